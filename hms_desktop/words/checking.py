"""Words for what `hms check` does and finds."""

from hms_desktop.words.language import NC_

LABELS: dict[str, dict[str, str]] = {
    "check": {
        "schema": NC_("check", "How the store is built"),
        "file": NC_("check", "The file"),
        "references": NC_("check", "References between rows"),
        "stock": NC_("check", "Stock and its movements"),
        "books": NC_("check", "Charges, bills and payments"),
        "numbers": NC_("check", "Numbers and counters"),
        "audit": NC_("check", "The audit trail"),
        "altered": NC_("check", "Rows and what the audit trail says of them"),
        "sessions": NC_("check", "Closed cash sessions"),
        "digest": NC_("check", "Counts and digests"),
    },
    "finding": {
        "and_more": NC_("finding", "and more of this kind"),
        "file_damaged": NC_("finding", "the engine says: {detail}"),
        "points_nowhere": NC_("finding", "{column} names {missing}, which is not in {wanted}"),
        "balance_not_movements": NC_("finding", "the balance is {kept}, its movements make {moved}"),
        "movement_without_balance": NC_("finding", "batch {batch} has no balance here"),
        "ledger_step_does_not_fit": NC_(
            "finding", "leads from {before} by {quantity} to {after}: no movement led to {before}"
        ),
        "other_medicine_than_batch": NC_("finding", "names medicine {named}, its batch is of {real}"),
        "charge_without_line": NC_("finding", "{charged} charged, but no bill asks for it"),
        "line_not_as_charged": NC_("finding", "{charged} charged, {billed} on the bill"),
        "line_without_charge": NC_("finding", "asks for {billed} without a charge"),
        "sum_not_as_kept": NC_("finding", "{number} {column} is {kept}, its facts make {real}"),
        "state_not_from_figures": NC_("finding", "{number} the state is {kept}, the figures make {real}"),
        "lines_settled_otherwise": NC_("finding", "{number} {kept} of the lines is settled, the figures make {real}"),
        "line_settled_beyond": NC_("finding", "{number} {kept} of line {line} is settled, it can be {real} at most"),
        "number_malformed": NC_("finding", "{number} is no {kind} number of this clinic"),
        "number_twice": NC_("finding", "{kind} number {number} was given twice"),
        "number_left_out": NC_("finding", "{kind} number {number} of station {station}, series {series}, is missing"),
        "counter_not_at_last": NC_(
            "finding", "the {kind} counter of {station}, {series}, is at {kept}, the last number is {last}"
        ),
        "counter_missing": NC_("finding", "{kind} numbers of {station}, {series}, have no counter"),
        "chain_broken": NC_("finding", "the audit trail of station {station} is broken at {sequence}"),
        "altered_past_the_trail": NC_("finding", "{column} is not what the audit trail says last"),
        "figures_unreadable": NC_("finding", "{number} has figures that can't be read"),
        "other_revision": NC_(
            "finding", "the store is at revision {found}, this program at {known}: start the program once"
        ),
        "schema_not_compared": NC_("finding", "not compared: this user may not make a schema in the database"),
        "definition_missing": NC_("finding", "is missing"),
        "definition_unknown": NC_("finding", "is not known to this program"),
        "definition_differs": NC_("finding", "is built otherwise than this program builds it"),
    },
}
