"""Lines of money that receipts, bills and refund notes share, and how they stand on a roll and on a page."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from hms_desktop.documents.flow import Cell, Flow
from hms_desktop.documents.parts import moment
from hms_desktop.documents.sheet import BLACK, INK, SOFT, Align
from hms_desktop.domain.billing import AdjustmentKind, ChargeKind, PaymentMethod, PaymentState
from hms_desktop.domain.money import Currency
from hms_desktop.words.labels import label, say
from hms_desktop.words.language import tr


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneyLine:
    """Something that was done or given. `amount` is the whole line's; `group` a ChargeKind's value or empty."""

    text: str
    amount: Decimal
    quantity: Decimal = Decimal(1)
    unit_price: Decimal | None = None
    group: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReductionLine:
    """A discount or waiver; a positive `amount` is less to pay, a negative one (rounding up) more."""

    kind: AdjustmentKind
    amount: Decimal
    reason: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentLine:
    """Money that came. `operator` and `code` are those of mobile money; `receipt` and `at` tell an earlier payment."""

    method: PaymentMethod
    amount: Decimal
    state: PaymentState = PaymentState.CONFIRMED
    operator: str = ""
    code: str = ""
    at: datetime | None = None
    receipt: str = ""


def add_lines(flow: Flow, lines: tuple[MoneyLine, ...], currency: Currency, *, roll: bool) -> None:
    """The lines, under the name of their group where they have one."""
    group = ""
    for line in lines:
        if line.group != group:
            group = line.group
            flow.gap(2, keep=True)
            flow.text(
                _group_name(group),
                size=flow.size - 1,
                bold=not roll,
                colour=BLACK if roll else SOFT,
                indent=0 if roll else 6,
                keep=True,
            )
        (_roll_line if roll else _page_line)(flow, line, currency)


def table_cells(flow: Flow, item: str, quantity: str, price: str, amount: str, **look: bool) -> tuple[Cell, ...]:
    """The four columns of a page's table of money."""
    room, size = flow.room, flow.size
    bold = look.get("bold", False)
    colour = SOFT if look.get("soft", False) else INK
    return (
        Cell(item, 6, room * 0.50 - 6, bold=bold, size=size, colour=colour),
        Cell(quantity, room * 0.50, room * 0.12, Align.END, bold, size, colour),
        Cell(price, room * 0.62, room * 0.17, Align.END, bold, size, colour),
        Cell(amount, room * 0.79, room * 0.21 - 6, Align.END, bold, size, colour),
    )


def add_reductions(flow: Flow, reductions: tuple[ReductionLine, ...], currency: Currency, colour: str) -> None:
    """Discounts, waivers and rounding, each with its reason and who allowed it."""
    for each in reductions:
        flow.pair(say(each.kind), shown_minus(each.amount, currency), colour=colour)
        why = " · ".join(part for part in (each.reason, each.by) if part)
        flow.text(why, size=flow.size - 1, indent=8, colour=colour if colour == BLACK else SOFT)


def add_payments(flow: Flow, payments: tuple[PaymentLine, ...], currency: Currency, colour: str) -> None:
    """Money by its method; mobile money with operator and code, and PENDING where it has not been confirmed."""
    for each in payments:
        how = " · ".join(part for part in (say(each.method), each.operator) if part)
        flow.pair(how, currency.show(each.amount), colour=colour)
        confirmed = each.state is PaymentState.CONFIRMED
        state = "" if confirmed else say(each.state).upper()
        when = moment(each.at) if each.at else ""
        more = " · ".join(part for part in (state, each.code, each.receipt, when) if part)
        soft = SOFT if confirmed and colour != BLACK else colour
        flow.text(more, size=flow.size - 1, indent=8, bold=not confirmed, colour=soft)


def quantity_text(quantity: Decimal) -> str:
    """A count without trailing zeros: `21`, `0.5`."""
    return f"{quantity.normalize():f}"


def shown_minus(amount: Decimal, currency: Currency) -> str:
    """What is taken off, with its sign."""
    return currency.show(-amount)


def _group_name(group: str) -> str:
    return label("charge_kind", group) if group in set(ChargeKind) else group or tr("Other")


def _roll_line(flow: Flow, line: MoneyLine, currency: Currency) -> None:
    flow.pair(line.text, currency.show(line.amount), share=0.7, colour=BLACK)
    if line.quantity != 1 and line.unit_price is not None:
        flow.text(
            f"{quantity_text(line.quantity)} × {currency.show(line.unit_price)}",
            size=flow.size - 1,
            indent=8,
            colour=BLACK,
        )


def _page_line(flow: Flow, line: MoneyLine, currency: Currency) -> None:
    price = "" if line.unit_price is None else currency.show(line.unit_price)
    cells = table_cells(flow, line.text, quantity_text(line.quantity), price, currency.show(line.amount))
    flow.row(*cells, before=1.5, after=1.5)
