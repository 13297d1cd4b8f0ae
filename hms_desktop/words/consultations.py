"""Words about consultations: notes, diagnoses, the problem list."""

from hms_desktop.words.language import NC_

LABELS: dict[str, dict[str, str]] = {
    "note_kind": {
        "soap": NC_("note_kind", "SOAP note"),
        "progress": NC_("note_kind", "Progress note"),
        "consultation": NC_("note_kind", "Consultation note"),
        "admission": NC_("note_kind", "Admission note"),
        "discharge": NC_("note_kind", "Discharge note"),
        "procedure": NC_("note_kind", "Procedure note"),
        "operative": NC_("note_kind", "Operation note"),
    },
    "certainty": {
        "confirmed": NC_("certainty", "Confirmed"),
        "provisional": NC_("certainty", "Provisional"),
        "refuted": NC_("certainty", "Refuted"),
    },
    "diagnosis_rank": {
        "primary": NC_("diagnosis_rank", "Primary"),
        "secondary": NC_("diagnosis_rank", "Secondary"),
    },
    "occurrence": {
        "new": NC_("occurrence", "New"),
        "repeat": NC_("occurrence", "Repeat"),
    },
    "clinical_note_state": {
        "signed": NC_("clinical_note_state", "Signed"),
        "unsigned": NC_("clinical_note_state", "Not signed"),
        "changed": NC_("clinical_note_state", "Changed"),
        "addendum": NC_("clinical_note_state", "With an addendum"),
    },
    "condition_state": {
        "active": NC_("condition_state", "Active"),
        "resolved": NC_("condition_state", "Resolved"),
    },
}
