"""What the safety checks of a line say, in words."""

from hms_desktop.domain.dates import show_date
from hms_desktop.domain.dosing import show_amount
from hms_desktop.services.dose_check import LineCheck
from hms_desktop.services.safety import SafetyAlert
from hms_desktop.words.facts import months
from hms_desktop.words.labels import label as word
from hms_desktop.words.language import tr

REASON_KINDS = {
    "allergy": "allergy_reason",
    "interaction": "interaction_severity",
    "duplicate": "duplicate_kind",
    "child_dose": "child_dose_level",
    "large_dose": "large_dose",
    "unchecked": "unchecked",
}
"""An alert's kind → the kind of label of its reason."""


def alert_text(alert: SafetyAlert) -> str:
    """What, against what, why: `Allergy: Amoxicillin 500 mg · Penicillin · Same class · rash`."""
    why = word(REASON_KINDS[alert.kind], alert.reason)
    if alert.kind == "allergy" and alert.reason == "not_asked":
        return why
    about = alert.about
    if alert.kind == "child_dose":
        about = tr("at {kg} kg", kg=alert.about) if alert.about else ""
    if alert.kind == "unchecked":
        about = ""
    head = tr("{kind}: {medicine}", kind=word("safety_alert", alert.kind), medicine=alert.medication)
    return " · ".join(part for part in (head, about, why, alert.detail) if part)


def serious_text(check: LineCheck) -> str:
    """The alerts that interrupt, a line each."""
    return "\n".join(alert_text(alert) for alert in check.serious)


def quiet_text(check: LineCheck, unit: str) -> str:
    """What is worth knowing and stops nobody: cautions, the child's dose, the stock (not of free text: no `unit`)."""
    parts = [alert_text(alert) for alert in check.alerts if not alert.serious]
    if check.weight_missing:
        parts.append(tr("A child: the weight is not measured. Weigh before you rely on the dose."))
    if check.weight is not None:
        parts.append(_weight_text(check))
    if check.maximum_mg is not None:
        parts.append(tr("Most for one dose: {mg} mg", mg=show_amount(check.maximum_mg)))
    if unit:
        parts.append(_stock_text(check.left, unit))
    return "\n".join(parts)


def _weight_text(check: LineCheck) -> str:
    assert check.weight is not None
    day, kg = show_date(check.weight.taken_at.date(), months()), show_amount(check.weight.kg)
    if check.per_kg is None:
        return tr("{kg} kg, weighed {day}", kg=kg, day=day)
    return tr("{dose} mg/kg at {kg} kg, weighed {day}", dose=show_amount(check.per_kg), kg=kg, day=day)


def _stock_text(left: int, unit: str) -> str:
    if left == 0:
        return tr("None in stock: the pharmacy will owe it, or give it elsewhere.")
    return tr("In stock: {n} × {unit}", n=left, unit=unit)
