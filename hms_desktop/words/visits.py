"""Words about visits: kinds, states, outcomes, service points, the queue."""

from hms_desktop.words.language import NC_

LABELS: dict[str, dict[str, str]] = {
    "visit_kind": {
        "outpatient": NC_("visit_kind", "Outpatient"),
        "emergency": NC_("visit_kind", "Emergency"),
        "maternity": NC_("visit_kind", "Maternity"),
        "follow_up": NC_("visit_kind", "Follow-up"),
        "imported": NC_("visit_kind", "Imported"),
    },
    "visit_state": {
        "open": NC_("visit_state", "Open"),
        "closed": NC_("visit_state", "Closed"),
        "cancelled": NC_("visit_state", "Cancelled"),
    },
    "visit_outcome": {
        "treated": NC_("visit_outcome", "Treated"),
        "admitted": NC_("visit_outcome", "Admitted"),
        "referred": NC_("visit_outcome", "Referred"),
        "left_without_being_seen": NC_("visit_outcome", "Left without being seen"),
        "died": NC_("visit_outcome", "Died"),
    },
    "service_point": {
        "triage": NC_("service_point", "Triage"),
        "doctor": NC_("service_point", "Doctor"),
        "lab": NC_("service_point", "Laboratory"),
        "pharmacy": NC_("service_point", "Pharmacy"),
        "cashier": NC_("service_point", "Cashier"),
    },
    "queue_state": {
        "waiting": NC_("queue_state", "Waiting"),
        "called": NC_("queue_state", "Called"),
        "in_service": NC_("queue_state", "In service"),
        "with_doctor": NC_("queue_state", "With the doctor"),
        "sent_to_lab": NC_("queue_state", "Sent to the lab"),
        "done": NC_("queue_state", "Done"),
        "completed": NC_("queue_state", "Completed"),
        "no_show": NC_("queue_state", "Did not come"),
        "cancelled": NC_("queue_state", "Cancelled"),
    },
}
