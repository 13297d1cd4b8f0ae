"""Any sequence of deliveries, hand-overs, reversals, counts, write-offs and nights: balances are the sum of movements,
never negative, and every reversal is exact. A model beside the store says what each step must do.
"""

import itertools
from datetime import timedelta
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    initialize,
    invariant,
    multiple,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import func, select

from hms_desktop.data.queries.checks.stock import stock_findings
from hms_desktop.data.tables.pharmacy import StockBalance, StockMovement
from hms_desktop.domain.accounts import Actor
from hms_desktop.domain.errors import NotEnoughStock
from hms_desktop.domain.ids import Id
from hms_desktop.domain.pharmacy import Lot, Pick, first_expiry_first, is_expired
from hms_desktop.services.clinic import Clinic
from hms_desktop.services.dispensing import Dispense, dispense
from hms_desktop.services.goods_receipts import ReceivedLine, ReceiveStock, receive_stock
from hms_desktop.services.pharmacy.adjustments import AdjustStock, WriteOffExpired, adjust_stock, write_off_expired
from hms_desktop.services.pharmacy.reversal import ReverseDispensing, reverse_dispensing
from tests.make.billing import billed_patient, next_visit
from tests.make.dispensing import wish
from tests.make.pharmacy import make_medicine
from tests.make.prescriptions import Written, make_prescription
from tests.stores import Clock

_names = itertools.count()


class Shelves(RuleBasedStateMachine):
    """One medicine, up to five batches."""

    clinic: Clinic
    clock: Clock
    actor: Actor
    handed_over = Bundle("handed_over")

    @initialize()
    def begin(self) -> None:
        """A medicine of its own in a store that all runs share."""
        self.medicine = make_medicine(self.clinic, f"medicine {next(_names)}", price=None)
        self.guest = billed_patient(self.clinic)
        self.lots: dict[Id, Lot] = {}

    def today(self) -> Any:
        """The clinic's date."""
        with self.clinic.read(self.actor) as reader:
            return reader.today

    def usable(self) -> int:
        """What the model would give."""
        return sum(lot.quantity for lot in self.lots.values() if not is_expired(lot.expiry, self.today()))

    def put(self, batch_id: Id, units: int) -> None:
        """The model's own movement."""
        lot = self.lots[batch_id]
        self.lots[batch_id] = Lot(lot.batch_id, lot.number, lot.expiry, lot.quantity + units)

    @rule(number=st.integers(1, 5), days=st.integers(0, 40), units=st.integers(1, 30))
    def receive(self, number: int, days: int, units: int) -> None:
        """A delivery; a known batch keeps its expiry."""
        known = next((lot for lot in self.lots.values() if lot.number == f"B{number}"), None)
        expiry = known.expiry if known else self.today() + timedelta(days=days)
        if is_expired(expiry, self.today()):
            return
        line = ReceivedLine(medication_id=self.medicine, batch=f"b{number}", expiry=expiry, quantity=units)
        made = receive_stock(self.clinic, self.actor, ReceiveStock(lines=(line,))).value
        self.lots.setdefault(made.batch_ids[0], Lot(made.batch_ids[0], f"B{number}", expiry, 0))
        self.put(made.batch_ids[0], units)

    @rule(target=handed_over, units=st.integers(1, 25))
    def give(self, units: int) -> Any:
        """A hand-over, exactly from the batches that expire first; refused whole when there is too little."""
        self.guest = next_visit(self.clinic, self.guest)
        sheet = make_prescription(
            self.clinic, Written(self.medicine, quantity=units), guest=self.guest, day=self.today()
        )
        command = Dispense(prescription_id=sheet.prescription_id, items=(wish(self.clinic, sheet.items[0], units),))
        expected = first_expiry_first(self.lots.values(), units, self.today())
        try:
            made = dispense(self.clinic, self.actor, command).value
        except NotEnoughStock:
            assert expected.missing
            return multiple()
        assert not expected.missing
        for pick in expected.picks:
            self.put(pick.batch_id, -pick.quantity)
        return made.dispensing_id, expected.picks

    @rule(given=consumes(handed_over))
    def take_back(self, given: tuple[Id, tuple[Pick, ...]]) -> None:
        """A reversal, to the very batches, expired or not."""
        dispensing_id, picks = given
        command = ReverseDispensing(dispensing_id=dispensing_id, reason="came back")
        back = reverse_dispensing(self.clinic, self.actor, command).value
        assert back.units == sum(pick.quantity for pick in picks)
        for pick in picks:
            self.put(pick.batch_id, pick.quantity)

    @rule(data=st.data(), counted=st.integers(0, 40))
    def count(self, data: st.DataObject, counted: int) -> None:
        """Somebody counts a batch."""
        if not self.lots:
            return
        lot = data.draw(st.sampled_from(sorted(self.lots.values(), key=lambda each: each.number)))
        if counted == lot.quantity:
            return
        command = AdjustStock(batch_id=lot.batch_id, counted=counted, seen=lot.quantity, reason_code="count_correction")
        assert adjust_stock(self.clinic, self.actor, command).value.balance == counted
        self.put(lot.batch_id, counted - lot.quantity)

    @rule()
    def write_off(self) -> None:
        """What is expired goes."""
        gone = [lot for lot in self.lots.values() if lot.quantity and is_expired(lot.expiry, self.today())]
        if gone:
            command = WriteOffExpired(batch_ids=tuple(lot.batch_id for lot in gone), reason="expired")
            write_off_expired(self.clinic, self.actor, command)
        for lot in gone:
            self.put(lot.batch_id, -lot.quantity)

    @rule(days=st.integers(1, 15))
    def sleep(self, days: int) -> None:
        """Days go by."""
        self.clock.forward(days=days)

    @invariant()
    def balances_are_the_sum_of_movements(self) -> None:
        """What the store keeps is what the ledger says and what the model expects."""
        if not hasattr(self, "lots"):
            return
        with self.clinic.read(self.actor) as reader:
            kept = {
                row[0]: row[1]
                for row in reader.rows(
                    select(StockBalance.batch_id, StockBalance.quantity).where(
                        StockBalance.medication_id == self.medicine
                    )
                )
            }
            moved = {
                row[0]: int(row[1])
                for row in reader.rows(
                    select(StockMovement.batch_id, func.sum(StockMovement.quantity))
                    .where(StockMovement.medication_id == self.medicine)
                    .group_by(StockMovement.batch_id)
                )
            }
        assert kept == moved == {batch: lot.quantity for batch, lot in self.lots.items()}
        assert all(units >= 0 for units in kept.values())


def test_any_sequence_of_movements_keeps_the_ledger_true(clinic: Clinic, clock: Clock, anyone: Actor) -> None:
    store, time, person = clinic, clock, anyone

    class TheseShelves(Shelves):
        clinic, clock, actor = store, time, person

    few = clinic.store.dialect == "postgresql"
    limits = settings(max_examples=8 if few else 25, stateful_step_count=20, deadline=None)
    run_state_machine_as_test(TheseShelves, settings=limits)
    with clinic.store.reading() as connection:
        assert list(stock_findings(connection)) == []
