"""Words about patients: sex, allergies, contacts, blood groups, why a search found somebody."""

from hms_desktop.words.language import NC_

LABELS: dict[str, dict[str, str]] = {
    "sex": {
        "female": NC_("sex", "Female"),
        "male": NC_("sex", "Male"),
        "other": NC_("sex", "Other"),
        "unknown": NC_("sex", "Unknown"),
    },
    "sex_letter": {
        "female": NC_("sex_letter", "F"),
        "male": NC_("sex_letter", "M"),
        "other": NC_("sex_letter", "O"),
        "unknown": NC_("sex_letter", "?"),
    },
    "allergy_state": {
        "not_asked": NC_("allergy_state", "Allergies NOT ASKED"),
        "none_known": NC_("allergy_state", "No known allergies"),
        "recorded": NC_("allergy_state", "Allergies recorded"),
    },
    "allergy_severity": {
        "mild": NC_("allergy_severity", "Mild"),
        "moderate": NC_("allergy_severity", "Moderate"),
        "severe": NC_("allergy_severity", "Severe"),
        "unknown": NC_("allergy_severity", "Severity unknown"),
    },
    "contact_kind": {
        "next_of_kin": NC_("contact_kind", "Next of kin"),
        "emergency": NC_("contact_kind", "Emergency contact"),
        "guardian": NC_("contact_kind", "Guardian"),
    },
    "blood_group": {
        "A+": NC_("blood_group", "A+"),
        "A-": NC_("blood_group", "A−"),
        "B+": NC_("blood_group", "B+"),
        "B-": NC_("blood_group", "B−"),
        "AB+": NC_("blood_group", "AB+"),
        "AB-": NC_("blood_group", "AB−"),
        "O+": NC_("blood_group", "O+"),
        "O-": NC_("blood_group", "O−"),
    },
    "matched": {
        "name": NC_("matched", "name"),
        "near_name": NC_("matched", "similar name"),
        "mrn": NC_("matched", "patient number"),
        "phone": NC_("matched", "phone"),
        "national_id": NC_("matched", "national ID"),
        "recent": NC_("matched", "recently here"),
        "visit": NC_("matched", "visit number"),
        "lab_order": NC_("matched", "lab order"),
        "specimen": NC_("matched", "specimen"),
        "prescription": NC_("matched", "prescription"),
        "dispensing": NC_("matched", "dispensing number"),
        "bill": NC_("matched", "bill"),
        "receipt": NC_("matched", "receipt"),
        "refund": NC_("matched", "refund note"),
    },
    "precision": {
        "day": NC_("precision", "Day"),
        "week": NC_("precision", "Week"),
        "month": NC_("precision", "Month"),
        "year": NC_("precision", "Year"),
    },
    "duplicate_reason": {
        "same_national_id": NC_("duplicate_reason", "Same national ID"),
        "similar_name_same_birth": NC_("duplicate_reason", "Similar name, same date of birth"),
        "same_name_similar_age": NC_("duplicate_reason", "Same name, similar age"),
        "same_name_other_order": NC_("duplicate_reason", "Same names in another order"),
        "similar_name": NC_("duplicate_reason", "Similar name"),
        "same_phone": NC_("duplicate_reason", "Same phone"),
    },
}
