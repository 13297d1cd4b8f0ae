"""The audit trail in words: what was done, to what, and each field before and after."""

from datetime import date, datetime
from decimal import Decimal

from hms_desktop.domain.administration.audit import AuditChange, AuditRow, Shown
from hms_desktop.domain.money import Currency
from hms_desktop.words.facts import shown
from hms_desktop.words.labels import has_label, label
from hms_desktop.words.language import tr


def action_text(action: str) -> str:
    """What was done."""
    return label("action", action)


def subject_text(row: AuditRow) -> str:
    """What it was done to: kind and number or name."""
    kind = label("kind", row.subject_table)
    return f"{kind} {row.subject}" if row.subject else kind


def field_text(change: AuditChange) -> str:
    """The field's name."""
    return label("field" if has_label("field", change.field) else "column", change.field)


def value_text(value: Shown, kind: str, currency: Currency) -> str:
    """A value before or after; what was not there is a dash."""
    if value is None or value in ("", ()):
        return "–"
    if isinstance(value, bool):
        return tr("yes") if value else tr("no")
    if isinstance(value, tuple):
        return ", ".join(value_text(each, kind, currency) for each in value)
    if kind == "money" and isinstance(value, Decimal):
        return currency.show(value)
    if kind and isinstance(value, str):
        return label(kind, value)
    if isinstance(value, datetime | date | Decimal):
        return shown(value)
    return str(value)
