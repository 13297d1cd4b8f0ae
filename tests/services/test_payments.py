"""Taking money: what is owed and no more, by any method, once; and two cashiers on one bill."""

from collections.abc import Callable
from decimal import Decimal
from functools import partial

import pytest
from sqlalchemy import select

from hms_desktop.data.base import table_of
from hms_desktop.data.tables.audit import Paper
from hms_desktop.data.tables.billing import Payment, Receipt
from hms_desktop.data.tables.visits import QueueEntry, Visit
from hms_desktop.domain.accounts import Actor
from hms_desktop.domain.billing import BillState, PaymentMethod, PaymentState
from hms_desktop.domain.errors import (
    CashSessionStale,
    CodeUsed,
    InvalidValue,
    KeyReused,
    NoCashSession,
    NotAllowed,
    NotFound,
    ReasonNeeded,
    TooMuchMoney,
    WrongState,
)
from hms_desktop.domain.ids import new_id
from hms_desktop.domain.tenders import Tender
from hms_desktop.domain.visits import QueueState, ServicePoint, VisitState
from hms_desktop.services import papers
from hms_desktop.services.charges import is_settled
from hms_desktop.services.clinic import Clinic
from hms_desktop.services.payments import (
    ConfirmPayment,
    FailPayment,
    TakePayment,
    confirm_payment,
    fail_payment,
    pending_payments,
    take_payment,
)
from hms_desktop.services.queues import finish_entry
from tests.make.billing import (
    Guest,
    account,
    billed_patient,
    cash,
    charge,
    findings,
    guest,
    mobile,
    next_visit,
    paper,
    pay,
    till,
)
from tests.make.racing import at_once
from tests.make.visits import send_to
from tests.stores import Clock, actor_for, make_user

__all__ = ["guest"]


def test_cash_in_full_gives_change_a_receipt_and_its_paper(clinic: Clinic, guest: Guest) -> None:
    cashier = till(clinic)
    taken = pay(clinic, cashier, guest, cash(800, 1000))
    assert (taken.total, taken.change, taken.pending, taken.balance) == (800, 200, 0, 0)
    assert taken.number.startswith("TC-AA-C000001-")
    found = account(clinic, guest)
    assert [(bill.state, bill.owed) for bill in found.bills] == [(BillState.PAID, 0)]
    facts = paper(clinic, taken.paper_id)
    assert (facts.total, facts.paid, facts.tendered, facts.change, facts.balance) == (800, 800, 1000, 200, 0)
    assert [(line.text, line.amount) for line in facts.lines] == [("Consultation", 300), ("Dressing", 500)]
    assert facts.bills == (found.bills[0].number,)
    assert papers.pdf(clinic, cashier, taken.paper_id).pdf.startswith(b"%PDF")
    assert findings(clinic) == []


def test_a_part_payment_leaves_a_balance_and_the_next_receipt_says_so(clinic: Clinic, guest: Guest) -> None:
    cashier = till(clinic)
    first = pay(clinic, cashier, guest, cash(350))
    assert first.balance == 450
    found = account(clinic, guest)
    assert found.bills[0].state is BillState.PART_PAID
    assert [line.settled for line in found.lines] == [300, 50]
    second = pay(clinic, cashier, guest, cash(450))
    facts = paper(clinic, second.paper_id)
    assert (facts.total, facts.paid_before, facts.paid, facts.balance) == (800, 350, 450, 0)
    assert second.number.startswith("TC-AA-C000002-")


def test_old_debts_are_paid_together_oldest_first_on_one_receipt(clinic: Clinic, guest: Guest, clock: Clock) -> None:
    clock.forward(days=40)
    today = next_visit(clinic, guest)
    charge(clinic, actor_for("everything"), today, "consultation")
    cashier = till(clinic)
    found = account(clinic, today)
    assert (found.owed, [bill.overdue for bill in found.bills]) == (1100, [True, False])
    taken = pay(clinic, cashier, today, cash(900))
    assert [bill.owed for bill in account(clinic, today).bills] == [0, 200]
    facts = paper(clinic, taken.paper_id)
    assert len(facts.bills) == 2
    assert [line.group for line in facts.lines] == [facts.bills[0], facts.bills[0], facts.bills[1]]
    assert (facts.total, facts.paid, facts.balance, taken.balance) == (1100, 900, 200, 200)
    assert findings(clinic) == []


def test_one_bill_may_be_chosen_and_others_stay_owed(clinic: Clinic, guest: Guest, clock: Clock) -> None:
    clock.forward(days=1)
    today = next_visit(clinic, guest)
    charge(clinic, actor_for("everything"), today, "consultation")
    cashier = till(clinic)
    chosen = account(clinic, today).bills[1].id
    with pytest.raises(TooMuchMoney) as refused:
        pay(clinic, cashier, today, cash(301), bills=[chosen])
    assert refused.value.facts["limit"] == 300
    assert pay(clinic, cashier, today, cash(300), bills=[chosen]).balance == 0
    assert account(clinic, today).owed == 800


def test_a_payment_may_be_split_over_methods(clinic: Clinic, guest: Guest) -> None:
    cashier = till(clinic)
    card = Tender(method=PaymentMethod.CARD, amount=Decimal(100), code="4711")
    bank = Tender(method=PaymentMethod.BANK, amount=Decimal(50))
    taken = pay(clinic, cashier, guest, mobile(250), cash(400, 500), card, bank)
    assert (taken.total, taken.change, taken.pending, taken.balance) == (800, 100, 250, 250)
    facts = paper(clinic, taken.paper_id)
    assert [(line.method, line.amount, line.state) for line in facts.payments] == [
        (PaymentMethod.CASH, 400, PaymentState.CONFIRMED),
        (PaymentMethod.CARD, 100, PaymentState.CONFIRMED),
        (PaymentMethod.BANK, 50, PaymentState.CONFIRMED),
        (PaymentMethod.MOBILE, 250, PaymentState.PENDING),
    ]
    assert (facts.paid, facts.balance) == (550, 250)
    assert findings(clinic) == []


def test_mobile_money_counts_only_when_it_is_confirmed(clinic: Clinic, guest: Guest) -> None:
    cashier = till(clinic)
    pay(clinic, cashier, guest, mobile(800))
    found = account(clinic, guest)
    assert (found.owed, found.pending, found.bills[0].state) == (0, 800, BillState.OPEN)
    assert [line.settled for line in found.lines] == [0, 0]
    with pytest.raises(TooMuchMoney):
        pay(clinic, cashier, guest, cash(1))
    (waiting,) = pending_payments(clinic, cashier)
    assert (waiting.code, waiting.amount, waiting.patient_name) == ("QX12", Decimal(800), "Asha Otieno")
    settled = confirm_payment(clinic, cashier, ConfirmPayment(payment_id=waiting.payment_id)).value
    assert (settled.state, settled.balance) == (PaymentState.CONFIRMED, Decimal(0))
    assert account(clinic, guest).bills[0].state is BillState.PAID
    assert pending_payments(clinic, cashier, guest.patient_id) == []
    with pytest.raises(WrongState):
        fail_payment(clinic, cashier, FailPayment(payment_id=waiting.payment_id, note="late"))
    assert findings(clinic) == []


def test_failed_mobile_money_is_owed_again_and_its_code_may_come_back(clinic: Clinic, guest: Guest) -> None:
    cashier = till(clinic)
    for _time in range(2):
        pay(clinic, cashier, guest, mobile(800))
        (waiting,) = pending_payments(clinic, cashier)
        with pytest.raises(ReasonNeeded):
            fail_payment(clinic, cashier, FailPayment(payment_id=waiting.payment_id, note=" "))
        command = FailPayment(payment_id=waiting.payment_id, note="reversed by the operator")
        assert fail_payment(clinic, cashier, command).value.balance == 800
    assert account(clinic, guest).owed == 800
    assert findings(clinic) == []


def test_a_code_pays_once_and_the_refusal_names_the_receipt(clinic: Clinic, guest: Guest) -> None:
    cashier = till(clinic)
    first = pay(clinic, cashier, guest, mobile(100, "qx-12 ab"))
    for tender in (mobile(100, "QX12AB"), mobile(100, " Qx12ab", "m pesa")):
        with pytest.raises(CodeUsed) as refused:
            pay(clinic, cashier, guest, tender)
        assert refused.value.facts["receipt"] == first.number
    pay(clinic, cashier, guest, mobile(100, "QX12AB", "Airtel"))


def test_a_confirmation_seen_at_once_needs_the_right_to_confirm(clinic: Clinic, guest: Guest) -> None:
    cashier = till(clinic)
    assert pay(clinic, cashier, guest, mobile(100, confirmed=True)).pending == 0
    weak = Actor(cashier.user_id, "c", "C", cashier.rights - {"billing.confirm"}, ())
    with pytest.raises(NotAllowed):
        pay(clinic, weak, guest, mobile(100, "other", confirmed=True))


@pytest.mark.parametrize(
    ("tenders", "field"),
    [
        ((), "amount"),
        ((cash(0),), "amount"),
        ((cash("1.005"),), "amount"),
        ((cash(100, 99),), "tendered"),
        ((Tender(method=PaymentMethod.CARD, amount=Decimal(1), tendered=Decimal(2)),), "tendered"),
        ((mobile(1, ""),), "code"),
        ((mobile(1, operator=" "),), "operator"),
    ],
)
def test_a_tender_that_cannot_be_is_refused_beside_its_field(
    clinic: Clinic, guest: Guest, tenders: tuple[Tender, ...], field: str
) -> None:
    cashier = till(clinic)
    with pytest.raises(InvalidValue) as refused:
        pay(clinic, cashier, guest, *tenders)
    assert refused.value.field == field


def test_money_needs_the_right_an_open_session_and_the_patients_own_bill(
    clinic: Clinic, guest: Guest, clock: Clock
) -> None:
    with pytest.raises(NotAllowed):
        pay(clinic, actor_for("nurse"), guest, cash(1))
    with pytest.raises(NoCashSession):
        pay(clinic, make_user(clinic, "cashier"), guest, cash(1))
    cashier = till(clinic)
    other = billed_patient(clinic)
    with pytest.raises(NotFound):
        pay(clinic, cashier, other, cash(1), bills=[account(clinic, guest).bills[0].id])
    with pytest.raises(NotFound):
        pay(clinic, cashier, guest, cash(1), bills=[new_id()])
    clock.forward(days=1)
    with pytest.raises(CashSessionStale):
        pay(clinic, cashier, guest, cash(1))


def test_a_double_press_gives_the_same_receipt_and_never_a_second(clinic: Clinic, guest: Guest) -> None:
    cashier = till(clinic)
    command = TakePayment(patient_id=guest.patient_id, tenders=(cash(100, 500),))
    first = take_payment(clinic, cashier, command)
    again = take_payment(clinic, cashier, command)
    assert (first.value, again.repeated) == (again.value, True)
    with pytest.raises(KeyReused):
        take_payment(clinic, cashier, TakePayment(key=command.key, patient_id=guest.patient_id, tenders=(cash(200),)))
    with clinic.read(cashier) as reader:
        assert len(reader.rows(select(table_of(Receipt)))) == 1
        assert len(reader.rows(select(table_of(Paper)))) == 1
    assert account(clinic, guest).owed == 700


def test_money_may_be_meant_for_chosen_lines(clinic: Clinic, guest: Guest) -> None:
    cashier = till(clinic)
    dressing = account(clinic, guest).lines[1].charge_id
    for tender in (mobile(500), None):
        if tender is not None:
            command = TakePayment(patient_id=guest.patient_id, tenders=(tender,), charges=(dressing,))
            take_payment(clinic, cashier, command)
            continue
        (waiting,) = pending_payments(clinic, cashier)
        confirm_payment(clinic, cashier, ConfirmPayment(payment_id=waiting.payment_id))
    with clinic.read(cashier) as reader:
        assert is_settled(reader, dressing)
    assert [line.settled for line in account(clinic, guest).lines] == [0, 500]


def test_the_last_payment_closes_a_visit_that_a_doctor_has_finished(clinic: Clinic, guest: Guest) -> None:
    entry = send_to(clinic, guest.visit_id, ServicePoint.DOCTOR)
    with clinic.work(actor_for("everything"), "tests.done") as work:
        work.change(QueueEntry, entry, state=QueueState.WITH_DOCTOR)
        finish_entry(work, entry, QueueState.COMPLETED)
        work.finish()
    send_to(clinic, guest.visit_id, ServicePoint.CASHIER)
    cashier = till(clinic)
    pay(clinic, cashier, guest, cash(300))
    with clinic.read(cashier) as reader:
        assert reader.get(Visit, guest.visit_id).state is VisitState.OPEN
    pay(clinic, cashier, guest, cash(500))
    with clinic.read(cashier) as reader:
        assert reader.get(Visit, guest.visit_id).state is VisitState.CLOSED


def test_two_cashiers_on_one_bill_never_take_too_much(
    clinic: Clinic, guest: Guest, another_station: Callable[[], Clinic]
) -> None:
    cashiers = [(another_station(), till(clinic, name=f"Cashier {letter}")) for letter in "ABCD"]
    results = at_once([partial(pay, place, cashier, guest, cash(800)) for place, cashier in cashiers])
    refused = [each for each in results if isinstance(each, TooMuchMoney)]
    assert (len(refused), {each.facts["limit"] for each in refused}) == (3, {Decimal("0.00")})
    found = account(clinic, guest)
    assert (found.owed, found.credit, found.bills[0].kept) == (0, 0, 800)
    assert findings(clinic) == []
    with clinic.read(cashiers[0][1]) as reader:
        (receipt,) = reader.rows(select(table_of(Receipt)))
        assert receipt.number.startswith("TC-AA-C000001-")


def test_one_code_at_two_cashiers_at_once_pays_once(
    clinic: Clinic, guest: Guest, another_station: Callable[[], Clinic]
) -> None:
    other = billed_patient(clinic, name="Baraka Njoroge")
    charge(clinic, actor_for("everything"), other, "dressing")
    cashiers = [till(clinic, name=f"Cashier {letter}") for letter in "AB"]
    places = [another_station(), another_station()]
    results = at_once(
        [
            lambda: pay(places[0], cashiers[0], guest, mobile(100, "SAME1")),
            lambda: pay(places[1], cashiers[1], other, mobile(100, "SAME1")),
        ]
    )
    assert [type(each) for each in results if isinstance(each, Exception)] == [CodeUsed]
    with clinic.read(cashiers[0]) as reader:
        assert len(reader.rows(select(table_of(Payment)))) == 1
    assert findings(clinic) == []
