"""How medicines, batches and directions read on this desk."""

from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from hms_desktop.domain.dates import show_date
from hms_desktop.domain.dispensing import ItemRow
from hms_desktop.domain.dosing import Dose, DoseUnit, show_amount
from hms_desktop.domain.pharmacy import Lot, Pick, is_expired
from hms_desktop.services.catalogue import name_of
from hms_desktop.services.pharmacy.units import counted, unit_name
from hms_desktop.services.safety import SafetyAlert
from hms_desktop.words.explain import safety_alert
from hms_desktop.words.facts import months
from hms_desktop.words.labels import has_label, label, say
from hms_desktop.words.language import current, tr, trn


def form_text(form: str) -> str:
    """A form by its name: `capsule`."""
    return name_of("medicine_forms", form, current().code) if form else ""


def units_text(count: int, unit: str) -> str:
    """A count with its unit: `21 capsules`; the bare number where nobody knows the unit."""
    return counted(count, unit, current().code) if unit else str(count)


def unit_text(unit: str, count: int) -> str:
    """The unit for a count, without the number."""
    return unit_name(unit, count, current().code) if unit else ""


def day_text(day: date) -> str:
    """A date as it is shown everywhere."""
    return show_date(day, months())


def moment_text(at: datetime, zone: ZoneInfo) -> str:
    """Day and clinic time in a list: `05-Mar 14:05`."""
    local = at.astimezone(zone)
    return f"{local.day:02d}-{months()[local.month - 1]} {local:%H:%M}"


def dose_text(item: ItemRow) -> str:
    """The written dose: `500 mg`."""
    if item.dose_amount is None:
        return ""
    if item.dose_unit in set(DoseUnit):
        return Dose(item.dose_amount, DoseUnit(item.dose_unit)).text
    return f"{show_amount(item.dose_amount)} {item.dose_unit}".strip()


def directions(item: ItemRow) -> str:
    """Dose, way, how often, how long, and what else was written."""
    often = label("frequency", item.frequency) if has_label("frequency", item.frequency) else item.frequency
    long = trn("for {n} day", "for {n} days", item.days) if item.days else ""
    return " · ".join(part for part in (dose_text(item), say(item.route), often, long, item.instructions) if part)


def pick_text(pick: Pick | Lot) -> str:
    """Units of a batch: `8 × LB1003C · exp. 05-May-2026`."""
    return tr("{n} × {batch} · exp. {day}", n=pick.quantity, batch=pick.number, day=day_text(pick.expiry))


def shelf_text(lots: Sequence[Lot], today: date) -> str:
    """What a shelf holds of a medicine, and why it can't give when it can't."""
    held = [lot for lot in lots if lot.quantity]
    if not held:
        return tr("None in stock here.")
    usable = sum(lot.quantity for lot in held if not is_expired(lot.expiry, today))
    if usable:
        return tr("In stock: {n}", n=usable)
    last = day_text(max(lot.expiry for lot in held))
    return trn("{n} lot, expired {day}.", "{n} lots, all expired (the last {day}).", len(held), day=last)


def alert_text(alert: SafetyAlert) -> str:
    """What speaks against a medicine, on one line."""
    return safety_alert(alert.kind, alert.reason, alert.about, alert.detail)
