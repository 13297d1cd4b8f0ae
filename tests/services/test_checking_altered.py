"""`hms check` finds values that were changed past the program: what patients are treated by, and a Z report."""

import json
from decimal import Decimal

import pytest
from sqlalchemy import select, text

from hms_desktop.data.base import table_of
from hms_desktop.data.tables.billing import CashSession
from hms_desktop.data.tables.lab import LabResult
from hms_desktop.data.tables.triage import Vitals
from hms_desktop.data.tables.visits import Visit
from hms_desktop.domain.accounts import SYSTEM
from hms_desktop.domain.ids import Id
from hms_desktop.domain.lab import OrderState, ResultStatus
from hms_desktop.services.cash_sessions import CloseSession, CountSession, close_session, count_session
from hms_desktop.services.checking import check_store
from hms_desktop.services.clinic import Clinic
from tests.make.billing import Guest, cash, guest, mobile, pay, till
from tests.make.open_work import add_result
from tests.make.visits import make_visit
from tests.stores import Clock

__all__ = ["guest"]


def found(clinic: Clinic) -> list[tuple[str, str, object]]:
    """Check, table and column of each finding."""
    report = check_store(clinic.store)
    return [(each.check, each.table, each.facts.get("column")) for each in report.findings]


def tamper(clinic: Clinic, statement: str, **values: object) -> None:
    """Change rows with SQL, past the program."""
    with clinic.store.engine.connect() as connection:
        connection.execute(text(statement), values)
        connection.commit()


@pytest.fixture
def measured(clinic: Clinic, clock: Clock) -> Id:
    """Vitals that were corrected once and looked at."""
    visit_id = make_visit(clinic).visit_id
    with clinic.work(SYSTEM, "tests.vitals") as work:
        patient_id = work.get(Visit, visit_id).patient_id
        vitals = work.insert(
            Vitals, patient_id=patient_id, visit_id=visit_id, taken_at=work.now, pulse=80, temperature=Decimal("37.50")
        )
        add_result(work, patient_id, visit_id, OrderState.COMPLETED, ResultStatus.FINAL)
        work.finish()
    clock.forward(minutes=5)
    with clinic.work(SYSTEM, "tests.corrected") as work:
        work.change(Vitals, vitals, pulse=82, systolic=120)
        work.look("tests.looked", "vitals", vitals, pulse=1)
        work.finish()
    return vitals


@pytest.mark.parametrize(
    ("change", "column"),
    [
        ("pulse = 140", "pulse"), ("pulse = 80", "pulse"), ("temperature = 365", "temperature"),
        ("weight = 600", "weight"), ("systolic = NULL", "systolic"), ("comment = 'well'", "comment"),
        ("pulse = 82", None),
    ],
)  # fmt: skip
def test_an_altered_vital_sign_is_found(clinic: Clinic, measured: Id, change: str, column: str | None) -> None:
    assert found(clinic) == []
    tamper(clinic, f"UPDATE vitals SET {change}")
    assert found(clinic) == ([("altered", "vitals", column)] if column else [])
    assert measured


def test_what_is_voided_with_a_reason_is_sound_until_somebody_unvoids_it(clinic: Clinic, measured: Id) -> None:
    with clinic.work(SYSTEM, "tests.void") as work:
        work.void(Vitals, measured, "another patient's")
        work.finish()
    assert found(clinic) == []
    tamper(clinic, "UPDATE vitals SET voided_at = NULL, voided_by = NULL")
    assert found(clinic) == [("altered", "vitals", "voided_at"), ("altered", "vitals", "voided_by")]


def test_an_altered_result_is_found(clinic: Clinic, measured: Id) -> None:
    tamper(clinic, "UPDATE lab_result SET value_text = 'negative', value_number = 1")
    assert found(clinic) == [("altered", "lab_result", "value_number"), ("altered", "lab_result", "value_text")]
    assert table_of(LabResult).name == "lab_result"


def test_rows_of_which_the_trail_knows_nothing_are_left_alone(clinic: Clinic, measured: Id) -> None:
    with clinic.store.engine.connect() as connection:
        row = dict(connection.execute(select(table_of(Vitals))).one()._mapping)
        row["id"] = Id(row["id"][:-4] + "ffff")
        connection.execute(table_of(Vitals).insert(), row)
        connection.commit()
    with clinic.work(SYSTEM, "tests.looked") as work:
        work.look("tests.looked", "vitals", row["id"], pulse=1)
        work.finish()
    assert found(clinic) == []


def test_a_z_report_that_was_changed_is_found(clinic: Clinic, guest: Guest) -> None:
    cashier = till(clinic)
    pay(clinic, cashier, guest, cash(300), mobile(100))
    with clinic.read(SYSTEM) as reader:
        (row,) = reader.rows(select(table_of(CashSession)))
    count_session(clinic, cashier, CountSession(session_id=row.id, counts=(), other=Decimal(1300)))
    close_session(clinic, cashier, CloseSession(session_id=row.id))
    assert found(clinic) == []
    with clinic.read(SYSTEM) as reader:
        (row,) = reader.rows(select(table_of(CashSession)))
    takings = [{**row.figures["takings"][0], "amount": "100.00"}]
    tamper(clinic, "UPDATE cash_session SET figures = :new", new=json.dumps({**row.figures, "takings": takings}))
    assert found(clinic) == [
        ("sessions", "cash_session", "takings.cash"), ("altered", "cash_session", "figures"),
    ]  # fmt: skip
    tamper(clinic, "UPDATE cash_session SET figures = '{}'")
    assert found(clinic)[0] == ("sessions", "cash_session", None)
