"""Steps inside a transaction that move a bill: its figures, its state, its rounding and what of its lines is settled.

Whoever moves a bill first takes it with `bills.locked`; `move` then writes all of it in one update that fails when
the row is not the one that was read, and the store's CHECKs refuse a bill that can't be.
"""

from collections.abc import Collection

from hms_desktop.data.queries import bills, settings
from hms_desktop.data.reader import AnyRow, Reader
from hms_desktop.data.tables.billing import Adjustment, Bill, BillItem
from hms_desktop.data.work import Work
from hms_desktop.domain.billing import AdjustmentKind, BillState
from hms_desktop.domain.bills import MOVABLE, Standing, moved, next_state, settled_by, spread
from hms_desktop.domain.errors import WrongState
from hms_desktop.domain.facility import NumberKind
from hms_desktop.domain.ids import Id
from hms_desktop.domain.money import Rounding


def open_bill(work: Work, visit: AnyRow, payer_group_id: Id | None) -> AnyRow:
    """The visit's one open bill under lock; made, with its number, when there is none yet."""
    found = bills.open_bill(work, visit.id)
    if found is None:
        found = work.insert(
            Bill, number=work.number(NumberKind.BILL), visit_id=visit.id, patient_id=visit.patient_id,
            payer_group_id=payer_group_id, state=BillState.OPEN, open_key=visit.id, day=work.today,
            charged=0, adjusted=0, rounded=0, paid=0, refunded=0, pending=0,
        )  # fmt: skip
    return bills.locked(work, found)


def takes_money(row: AnyRow) -> None:
    """Raises WrongState for a bill that is void or refunded."""
    if row.state not in MOVABLE:
        raise WrongState(kind="bill", state=row.state, wanted=BillState.PAID)


def move(
    work: Work,
    row: AnyRow,
    *,
    charged: int = 0,
    adjusted: int = 0,
    paid: int = 0,
    refunded: int = 0,
    pending: int = 0,
    first: Collection[Id] = (),
) -> Standing:
    """Move a locked bill by these amounts (minor units); returns its new figures. `first` names charges that the money
    is meant for. Raises WrongState, StaleRecord.
    """
    coin, rule = rounding_rule(work)
    old = bills.standing(row)
    new = moved(
        old, charged=charged, adjusted=adjusted, paid=paid, refunded=refunded, pending=pending, coin=coin, rule=rule
    )
    lines = bills.live_lines(work, row.id)
    state = next_state(BillState(row.state), new, len(lines))
    work.change(
        Bill, row.id, row.version, charged=new.charged, adjusted=new.adjusted, rounded=new.rounded, paid=new.paid,
        refunded=new.refunded, pending=new.pending, state=state, open_key=row.open_key if state in MOVABLE else None,
    )  # fmt: skip
    if new.rounded != old.rounded:
        work.insert(
            Adjustment, bill_id=row.id, kind=AdjustmentKind.ROUNDING, amount=new.rounded - old.rounded, day=work.today
        )
    for charge_id, settled in spread(lines, settled_by(new), first).items():
        work.change(BillItem, bills.item_of(work, charge_id).id, settled=settled)
    return new


def rounding_rule(reader: Reader) -> tuple[int, Rounding]:
    """The smallest coin in minor units, and how totals are rounded to it."""
    coin = reader.facility.currency.to_minor(settings.money(reader, "smallest_coin"))
    return coin, Rounding(settings.word(reader, "rounding"))
