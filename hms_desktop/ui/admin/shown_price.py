"""Prices, measures and whether something is offered, as the catalogue's pages show them."""

from decimal import Decimal

from hms_desktop.ui.kit.badges import Badge, tone_badge
from hms_desktop.ui.kit.desk import DeskContext
from hms_desktop.words.language import tr


def plain_number(value: Decimal | None) -> Decimal | None:
    """A measure without the zeros that only the store needs: 14.5000 is 14.5, 250.0000 is 250."""
    return None if value is None else Decimal(f"{value.normalize():f}")


def price_text(context: DeskContext, price: Decimal | None) -> str:
    """`1,250.00`; a price that nobody has set is said, not shown as nothing."""
    return tr("no price") if price is None else context.clinic.facility.currency.show(price)


def retired_badge(active: bool) -> Badge | None:
    """`Retired`, or nothing while it is offered."""
    return None if active else tone_badge(tr("Retired"), "plain")
