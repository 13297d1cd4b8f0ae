"""Rows for tests about money: patients with a visit, items with prices, charges, an open cash session."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from hms_desktop.data.queries.checks.books import book_findings
from hms_desktop.data.queries.prices import standard_list
from hms_desktop.data.tables.audit import Paper
from hms_desktop.data.tables.billing import BillableItem, PayerGroup, Price, PriceList
from hms_desktop.data.tables.facility import Setting
from hms_desktop.data.tables.patients import Patient
from hms_desktop.data.tables.visits import Visit
from hms_desktop.data.work import Work
from hms_desktop.documents.kinds import KINDS
from hms_desktop.domain.accounts import SYSTEM, Actor
from hms_desktop.domain.billing import ChargeKind, PaymentMethod
from hms_desktop.domain.consultations import Occurrence
from hms_desktop.domain.facility import NumberKind
from hms_desktop.domain.ids import Id, new_id
from hms_desktop.domain.names import fold
from hms_desktop.domain.patient_search import mrn_key
from hms_desktop.domain.patients import AllergyState, Sex
from hms_desktop.domain.plain import from_plain
from hms_desktop.domain.tenders import Tender
from hms_desktop.domain.visits import VisitKind, VisitState
from hms_desktop.services.bills import patient_account
from hms_desktop.services.cash_sessions import OpenSession, open_session
from hms_desktop.services.charges import ChargeMade, raise_charge
from hms_desktop.services.clinic import Clinic
from hms_desktop.services.payments import TakePayment, take_payment
from tests.stores import actor_for, make_user


@dataclass(frozen=True)
class Guest:
    """A patient who is here."""

    patient_id: Id
    visit_id: Id


def billed_patient(
    clinic: Clinic,
    *,
    name: str = "Asha Otieno",
    birth: date = date(1998, 3, 5),
    payer: Id | None = None,
    kind: VisitKind = VisitKind.OUTPATIENT,
) -> Guest:
    """A patient with an open visit of today."""
    given, _space, family = name.partition(" ")
    with clinic.work(SYSTEM, "tests.billed_patient") as work:
        mrn = work.number(NumberKind.MRN)
        patient = work.insert(
            Patient, mrn=mrn, mrn_folded=mrn_key(mrn), given_name=given, family_name=family, search_words=fold(name),
            birth_date=birth, sex=Sex.FEMALE, allergy_state=AllergyState.NOT_ASKED, payer_group_id=payer, language="en",
        )  # fmt: skip
        visit = add_visit(work, patient, kind)
        work.finish()
    return Guest(patient, visit)


def add_visit(work: Work, patient_id: Id, kind: VisitKind = VisitKind.OUTPATIENT) -> Id:
    """An open visit of today."""
    return work.insert(
        Visit, number=work.number(NumberKind.VISIT), patient_id=patient_id, kind=kind, state=VisitState.OPEN,
        open_key=patient_id, day=work.today, occurrence=Occurrence.NEW, ticket=work.number(NumberKind.TICKET),
        opened_at=work.now,
    )  # fmt: skip


def next_visit(clinic: Clinic, guest: Guest) -> Guest:
    """The same patient comes again: the first visit is closed, another one open."""
    with clinic.work(SYSTEM, "tests.next_visit") as work:
        work.change(Visit, guest.visit_id, state=VisitState.CLOSED, open_key=None, closed_at=work.now)
        visit = add_visit(work, guest.patient_id)
        work.finish()
    return Guest(guest.patient_id, visit)


def price(clinic: Clinic, code: str, amount: int | None, kind: ChargeKind = ChargeKind.SERVICE) -> Id:
    """An item with a price on the standard list (None: without one)."""
    with clinic.work(SYSTEM, "tests.price") as work:
        item = work.insert(
            BillableItem, kind=kind, code=code, name={"en": code.capitalize(), "fr": f"{code} (fr)"},
            search_words=fold(code), active=True,
        )  # fmt: skip
        if amount is not None:
            work.insert(Price, price_list_id=_standard(work), item_id=item, amount=amount * 100)
        work.finish()
    return item


def _standard(work: Work) -> Id:
    found: Id = standard_list(work).id
    return found


def payer_group(
    clinic: Clinic, code: str, multiplier: str, *, round_to: int = 0, own: Sequence[tuple[Id, int]] = (),
    waives: bool = False,
) -> Id:  # fmt: skip
    """A payer group on a price list of its own."""
    with clinic.work(SYSTEM, "tests.payer_group") as work:
        prices = work.insert(
            PriceList, code=code, name=code, multiplier=Decimal(multiplier), round_to=round_to * 100, standard=False
        )
        for item, amount in own:
            work.insert(Price, price_list_id=prices, item_id=item, amount=amount * 100)
        group = work.insert(
            PayerGroup, code=code, name={"en": code}, price_list_id=prices, active=True,
            waives_under_five=waives, waives_maternity=waives,
        )  # fmt: skip
        work.finish()
    return group


def charge(
    clinic: Clinic, actor: Actor, guest: Guest, code: str, quantity: int = 1, *,
    kind: ChargeKind = ChargeKind.SERVICE, source_id: Id | None = None,
) -> ChargeMade:  # fmt: skip
    """A charge as a desk raises it, in a transaction of its own."""
    with clinic.work(actor, "tests.charge") as work:
        made = raise_charge(
            work, visit_id=guest.visit_id, patient_id=guest.patient_id, kind=kind, item_code=code, quantity=quantity,
            source_table="visit", source_id=source_id or new_id(),
        )  # fmt: skip
        work.finish()
    return made


def set_setting(clinic: Clinic, name: str, value: object) -> None:
    """Set one setting of the clinic."""
    with clinic.work(SYSTEM, "tests.set_setting") as work:
        work.insert(Setting, name=name, value=value)
        work.finish()


def till(clinic: Clinic, *roles: str, cash: str = "1000", name: str = "Carol Cash") -> Actor:
    """A cashier with an open drawer."""
    cashier = make_user(clinic, *(roles or ("cashier",)), name=name)
    open_session(clinic, cashier, OpenSession(float_amount=Decimal(cash)))
    return cashier


def cash(amount: str | int, tendered: str | int | None = None) -> Tender:
    """Cash."""
    given = None if tendered is None else Decimal(tendered)
    return Tender(method=PaymentMethod.CASH, amount=Decimal(amount), tendered=given)


def mobile(amount: str | int, code: str = "QX12", operator: str = "M-Pesa", *, confirmed: bool = False) -> Tender:
    """Mobile money."""
    return Tender(
        method=PaymentMethod.MOBILE, amount=Decimal(amount), operator=operator, code=code, confirmed=confirmed
    )


def pay(clinic: Clinic, cashier: Actor, guest: Guest, *tenders: Tender, bills: Sequence[Id] = ()) -> Any:
    """Take money; gives the `PaymentTaken`, untyped so that its figures compare with whole numbers."""
    command = TakePayment(patient_id=guest.patient_id, tenders=tenders, bills=tuple(bills))
    return take_payment(clinic, cashier, command).value


def account(clinic: Clinic, guest: Guest) -> Any:
    """A patient's `Account` as the cashier sees it, untyped so that its figures compare with whole numbers."""
    return patient_account(clinic, actor_for("cashier"), guest.patient_id)


def findings(clinic: Clinic) -> list[object]:
    """What does not agree in the books; nothing when all is well."""
    with clinic.store.reading() as connection:
        return list(book_findings(connection))


def paper(clinic: Clinic, paper_id: Id) -> Any:
    """The kept facts of a paper."""
    with clinic.read(SYSTEM) as reader:
        row = reader.get(Paper, paper_id)
        return from_plain(KINDS[row.kind].paper, row.content)


@pytest.fixture
def guest(clinic: Clinic) -> Guest:
    """A patient who owes 800: 300 for the consultation, 500 for a dressing."""
    price(clinic, "consultation", 300)
    price(clinic, "dressing", 500)
    found = billed_patient(clinic)
    charge(clinic, actor_for("everything"), found, "consultation")
    charge(clinic, actor_for("everything"), found, "dressing")
    return found
