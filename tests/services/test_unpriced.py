"""What was done without a price: seen at the cashier's, and priced once somebody has set one."""

from decimal import Decimal

import pytest
from sqlalchemy import select

from hms_desktop.data.base import table_of
from hms_desktop.data.queries.prices import item_by_code, standard_list
from hms_desktop.data.tables.billing import Charge
from hms_desktop.domain.accounts import SYSTEM, Actor
from hms_desktop.domain.bill_rows import DebtScope
from hms_desktop.domain.billing import BillState, ChargeKind
from hms_desktop.domain.errors import NoPriceYet, NotAllowed
from hms_desktop.domain.prices import SHIPPED_CURRENCY
from hms_desktop.interop.catalogues import PRICED_IN
from hms_desktop.services.bills import VoidLine, debtors, void_line
from hms_desktop.services.clinic import Clinic
from hms_desktop.services.prices import put_price
from hms_desktop.services.unpriced import PriceLines, price_lines
from tests.make import billing as make
from tests.stores import actor_for, make_user


def set_price_of(clinic: Clinic, code: str, amount: int) -> None:
    """Whoever keeps the prices sets one."""
    with clinic.work(SYSTEM, "tests.set_price") as work:
        item = item_by_code(work, ChargeKind.SERVICE, code)
        assert item is not None
        put_price(work, standard_list(work).id, item.id, Decimal(amount))
        work.finish()


@pytest.fixture
def cashier(clinic: Clinic) -> Actor:
    """Who works at the drawer."""
    return make.till(clinic)


def test_who_has_only_a_line_without_a_price_is_on_the_cashiers_list(clinic: Clinic, cashier: Actor) -> None:
    guest = make.billed_patient(clinic)
    make.charge(clinic, cashier, guest, "never_heard_of")
    assert [row.patient_id for row in debtors(clinic, cashier)] == [guest.patient_id]
    assert debtors(clinic, cashier, DebtScope.EARLIER) == []
    (line,) = make.account(clinic, guest).lines
    assert (line.priced, line.amount) == (False, Decimal(0))


def test_a_price_that_was_set_since_goes_on_the_bill_once(clinic: Clinic, cashier: Actor) -> None:
    make.price(clinic, "dressing", 200)
    make.price(clinic, "swab", None)
    guest = make.billed_patient(clinic)
    make.charge(clinic, cashier, guest, "dressing")
    make.charge(clinic, cashier, guest, "swab", 3)
    make.pay(clinic, cashier, guest, make.cash(200))
    assert make.account(clinic, guest).bills[0].state is BillState.PAID
    with pytest.raises(NoPriceYet) as none:
        price_lines(clinic, cashier, PriceLines(patient_id=guest.patient_id))
    assert none.value.facts["items"] == "Swab"
    set_price_of(clinic, "swab", 50)
    done = price_lines(clinic, cashier, PriceLines(patient_id=guest.patient_id)).value
    assert (done.lines, done.amount, done.left) == (1, Decimal(150), ())
    again = price_lines(clinic, cashier, PriceLines(patient_id=guest.patient_id)).value
    assert (again.lines, again.amount) == (0, Decimal(0))
    seen = make.account(clinic, guest)
    assert (seen.bills[0].state, seen.bills[0].owed) == (BillState.PART_PAID, Decimal(150))
    assert {line.text: (line.amount, line.unit_price, line.priced) for line in seen.lines}["Swab"] == (
        Decimal(150), Decimal(50), True,
    )  # fmt: skip
    assert make.findings(clinic) == []


def test_what_has_no_price_still_is_named_and_what_is_void_is_left(clinic: Clinic, cashier: Actor) -> None:
    make.price(clinic, "swab", None)
    guest = make.billed_patient(clinic)
    make.charge(clinic, cashier, guest, "swab")
    make.charge(clinic, cashier, guest, "never_heard_of")
    gone = make.charge(clinic, cashier, guest, "nor_of_this")
    void_line(
        clinic, make_user(clinic, "cash_supervisor", name="Sue Super"), VoidLine(charge_id=gone.charge_id, reason="no")
    )
    set_price_of(clinic, "swab", 50)
    done = price_lines(clinic, cashier, PriceLines(patient_id=guest.patient_id)).value
    assert (done.lines, done.left) == (1, ("never heard of",))
    with clinic.read(cashier) as reader:
        rows = {row.item_code: row.amount for row in reader.rows(select(table_of(Charge)))}
    assert rows == {"swab": 5000, "never_heard_of": 0, "nor_of_this": 0}
    assert make.findings(clinic) == []


def test_a_price_of_nothing_is_a_price(clinic: Clinic, cashier: Actor) -> None:
    make.price(clinic, "dressing", 0)
    guest = make.billed_patient(clinic)
    make.charge(clinic, cashier, guest, "dressing")
    assert [line.priced for line in make.account(clinic, guest).lines] == [True]
    assert debtors(clinic, cashier) == []


def test_only_who_charges_prices(clinic: Clinic) -> None:
    guest = make.billed_patient(clinic)
    with pytest.raises(NotAllowed):
        price_lines(clinic, actor_for("nurse"), PriceLines(patient_id=guest.patient_id))


def test_the_program_says_in_which_currency_its_prices_are() -> None:
    assert PRICED_IN == SHIPPED_CURRENCY
