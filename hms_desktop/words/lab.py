"""Words about the lab: orders, specimens, results and flags."""

from hms_desktop.words.language import NC_

LABELS: dict[str, dict[str, str]] = {
    "result_kind": {
        "number": NC_("result_kind", "Number"),
        "choice": NC_("result_kind", "Choice"),
        "text": NC_("result_kind", "Text"),
    },
    "lab_priority": {
        "stat": NC_("lab_priority", "At once"),
        "urgent": NC_("lab_priority", "Urgent"),
        "routine": NC_("lab_priority", "Routine"),
    },
    "order_state": {
        "ordered": NC_("order_state", "Ordered"),
        "specimen_collected": NC_("order_state", "Specimen collected"),
        "in_progress": NC_("order_state", "In progress"),
        "completed": NC_("order_state", "Completed"),
        "cancelled": NC_("order_state", "Cancelled"),
    },
    "specimen_state": {
        "collected": NC_("specimen_state", "Collected"),
        "received": NC_("specimen_state", "Received"),
        "rejected": NC_("specimen_state", "Rejected"),
    },
    "result_status": {
        "preliminary": NC_("result_status", "Preliminary"),
        "final": NC_("result_status", "Final"),
        "corrected": NC_("result_status", "Corrected"),
        "cancelled": NC_("result_status", "Cancelled"),
    },
    "flag": {
        "N": NC_("flag", "Normal"),
        "L": NC_("flag", "Low"),
        "H": NC_("flag", "High"),
        "LL": NC_("flag", "Critically low"),
        "HH": NC_("flag", "Critically high"),
        "A": NC_("flag", "Abnormal"),
    },
    "range_sex": {
        "any": NC_("range_sex", "Everybody"),
        "female": NC_("range_sex", "Women and girls"),
        "male": NC_("range_sex", "Men and boys"),
    },
    "range_pregnant": {
        "any": NC_("range_pregnant", "Pregnant or not"),
        "yes": NC_("range_pregnant", "Pregnant"),
        "no": NC_("range_pregnant", "Not pregnant"),
    },
}
