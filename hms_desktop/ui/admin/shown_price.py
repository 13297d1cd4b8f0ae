"""Prices and whether something is offered, as the catalogue's lists show them."""

from decimal import Decimal

from hms_desktop.ui.kit.badges import Badge, tone_badge
from hms_desktop.ui.kit.desk import DeskContext
from hms_desktop.words.language import tr


def price_text(context: DeskContext, price: Decimal | None) -> str:
    """`1,250.00`; a price that nobody has set is said, not shown as nothing."""
    return tr("no price") if price is None else context.clinic.facility.currency.show(price)


def retired_badge(active: bool) -> Badge | None:
    """`Retired`, or nothing while it is offered."""
    return None if active else tone_badge(tr("Retired"), "plain")
