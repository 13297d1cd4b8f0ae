"""The unit of work: one winner, nothing half done, everything audited, topics moved."""

import threading
from typing import Any

import pytest
from sqlalchemy import insert, select, text, update
from sqlalchemy.exc import DBAPIError

from hms_desktop.data.audit_chain import broken_links
from hms_desktop.data.base import table_of
from hms_desktop.data.tables.accounts import UserAccount
from hms_desktop.data.tables.audit import AuditEvent, Paper
from hms_desktop.data.tables.facility import Department
from hms_desktop.data.tables.pharmacy import Supplier
from hms_desktop.data.work import topic_versions
from hms_desktop.domain.accounts import Actor
from hms_desktop.domain.errors import AlreadyExists, NotFound, ReasonNeeded, StaleRecord
from hms_desktop.domain.facility import NumberKind
from hms_desktop.domain.ids import Id, new_id
from hms_desktop.services.clinic import Clinic
from tests.stores import make_user


def add_department(clinic: Clinic, actor: Actor, name: str = "Surgery") -> Id:
    with clinic.work(actor, "tests.add") as work:
        made = work.insert(Department, name=name, name_folded=name.casefold(), active=True)
        work.finish()
    return made


def test_a_fact_gets_its_base_columns_and_blanks_by_itself(clinic: Clinic, anyone: Actor) -> None:
    made = add_department(clinic, anyone)
    with clinic.read(anyone) as reader:
        row = reader.get(Department, made)
    assert (row.version, row.created_by, row.facility_id, row.station_id) == (
        1, anyone.user_id, clinic.facility.id, clinic.station.id,
    )  # fmt: skip
    assert row.description == ""
    assert row.voided_at is None


def test_an_error_inside_leaves_no_trace(clinic: Clinic, anyone: Actor) -> None:
    before = topic_versions_of(clinic)

    def fail() -> None:
        with clinic.work(anyone, "tests.fail") as work:
            work.insert(Department, name="X", name_folded="x", active=True)
            work.flush()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    with clinic.read(anyone) as reader:
        assert reader.rows(select(Department.id)) == []
    assert topic_versions_of(clinic) == before


def topic_versions_of(clinic: Clinic) -> dict[str, int]:
    with clinic.store.reading() as connection:
        return topic_versions(connection)


def test_a_save_moves_its_topics_and_hangs_on_the_audit_chain(clinic: Clinic, anyone: Actor) -> None:
    before = topic_versions_of(clinic)
    made = add_department(clinic, anyone)
    with clinic.work(anyone, "tests.rename") as work:
        work.change(Department, made, 1, name="Theatre")
        assert work.finish() == {"settings"}
    after = topic_versions_of(clinic)
    assert after["settings"] == before["settings"] + 2
    with clinic.store.reading() as connection:
        mine = select(AuditEvent).where(AuditEvent.subject_id == made).order_by(AuditEvent.sequence)
        events = connection.execute(mine)
        first, second = events.fetchall()
        assert list(broken_links(connection)) == []
    assert (first.action, first.after["name"]) == ("tests.add", "Surgery")
    assert (second.before, second.after) == ({"name": "Surgery"}, {"name": "Theatre"})


def test_a_stale_save_is_refused_with_the_new_values(clinic: Clinic, anyone: Actor) -> None:
    made = add_department(clinic, anyone)
    with clinic.work(anyone, "tests.first") as work:
        work.change(Department, made, 1, name="Theatre")
        work.finish()
    with pytest.raises(StaleRecord) as caught, clinic.work(anyone, "tests.second") as work:
        work.change(Department, made, 1, name="Ward")
    assert caught.value.facts["current"]["name"] == "Theatre"  # type: ignore[index]


def test_voiding_needs_a_reason_and_happens_once(clinic: Clinic, anyone: Actor) -> None:
    made = add_department(clinic, anyone)
    with pytest.raises(ReasonNeeded), clinic.work(anyone, "tests.void") as work:
        work.void(Department, made, "  ")
    with clinic.work(anyone, "tests.void") as work:
        work.void(Department, made, "closed")
        with pytest.raises(NotFound):
            work.void(Department, made, "again")
        work.finish()


def test_a_natural_key_in_use_names_the_table_and_field(clinic: Clinic, anyone: Actor) -> None:
    add_department(clinic, anyone)
    with pytest.raises(AlreadyExists) as caught:
        add_department(clinic, anyone)
    assert caught.value.facts == {"kind": "department", "field": "name_folded"}


def test_of_many_claims_at_once_one_wins(clinic: Clinic, anyone: Actor, another_station: Any) -> None:
    made = add_department(clinic, anyone)
    wins: list[bool] = []
    start = threading.Barrier(4)

    def claim(mine: Clinic) -> None:
        start.wait(20)
        with mine.work(anyone, "tests.claim") as work:
            wins.append(work.claim(Department, made, {"head_id": None}, head_id=new_id()))
            work.finish()

    threads = [threading.Thread(target=claim, args=(another_station(),)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(wins) == [False, False, False, True]


def test_numbers_are_gapless_when_saves_fail_in_between(clinic: Clinic, anyone: Actor) -> None:
    def take(fail: bool) -> str:
        with clinic.work(anyone, "tests.number") as work:
            number = work.number(NumberKind.RECEIPT)
            if fail:
                raise ZeroDivisionError
            work.finish()
        return number

    first = take(False)
    with pytest.raises(ZeroDivisionError):
        take(True)
    second = take(False)
    assert (first[:-2], second[:-2]) == ("TC-AA-C000001", "TC-AA-C000002")


def test_tickets_count_anew_every_day(clinic: Clinic, anyone: Actor, clock: Any) -> None:
    def ticket() -> str:
        with clinic.work(anyone, "tests.ticket") as work:
            taken = work.number(NumberKind.TICKET)
            work.finish()
        return taken

    assert [ticket(), ticket()] == ["A001", "A002"]
    clock.forward(days=1)
    assert ticket() == "A001"


def test_a_ledger_row_can_be_neither_changed_nor_deleted(clinic: Clinic, anyone: Actor) -> None:
    add_department(clinic, anyone)
    table = table_of(AuditEvent)
    for statement in (update(table).values(action="x"), table.delete()):
        with (
            pytest.raises(DBAPIError, match="append-only"),
            clinic.store.engine.connect() as connection,
            connection.begin(),
        ):
            connection.execute(statement)


def test_a_changed_audit_event_is_found(clinic: Clinic, anyone: Actor) -> None:
    add_department(clinic, anyone)
    with clinic.store.engine.connect() as connection, connection.begin():
        guard = "append_only_audit_event_update"
        on = "" if clinic.store.dialect == "sqlite" else " ON audit_event"
        connection.execute(text(f"DROP TRIGGER {guard}{on}"))
        connection.execute(update(table_of(AuditEvent)).where(AuditEvent.sequence == 2).values(action="tests.forged"))
    with clinic.store.reading() as connection:
        assert [found["sequence"] for found in broken_links(connection)] == [2]


def test_a_taken_amount_never_goes_below_zero(clinic: Clinic, anyone: Actor) -> None:
    with clinic.work(anyone, "tests.budget") as work:
        made = work.insert(Department, name="Lab", name_folded="lab", active=True, annual_budget=10)
        assert work.take(Department, made, "annual_budget", 4) == 6
        assert work.take(Department, made, "annual_budget", 7) is None
        assert work.add(Department, made, "annual_budget", 1) == 7
        work.finish()


def test_inserts_of_one_table_go_out_as_one_statement(clinic: Clinic, anyone: Actor) -> None:
    from sqlalchemy import event

    seen: list[str] = []
    event.listen(clinic.store.engine, "before_cursor_execute", lambda *a: seen.append(a[2].split("(")[0].strip()))
    with clinic.work(anyone, "tests.many") as work:
        work.insert_many(Supplier, [{"name": str(n), "name_folded": str(n)} for n in range(20)])
        work.finish()
    assert [s for s in seen if s.startswith("INSERT")] == ["INSERT INTO supplier", "INSERT INTO audit_event"]


def test_a_misspelt_column_is_our_own_mistake(clinic: Clinic, anyone: Actor) -> None:
    with pytest.raises(TypeError, match="nmae"), clinic.work(anyone, "tests.typo") as work:
        work.insert(Department, nmae="x")


def test_rows_can_be_written_by_core_too_and_are_still_guarded(clinic: Clinic) -> None:
    with pytest.raises(DBAPIError), clinic.store.engine.connect() as connection, connection.begin():
        connection.execute(insert(table_of(Department)).values(id=new_id(), name="half a row"))


def test_a_claim_puts_no_secret_and_no_picture_into_the_trail(clinic: Clinic, anyone: Actor) -> None:
    user = make_user(clinic, "nurse").user_id
    with clinic.work(anyone, "tests.paper") as work:
        paper = work.insert(
            Paper, kind="ticket", subject_table="visit", subject_id=new_id(), number="1", language="en",
            template_version=1, content={}, day=work.today,
        )  # fmt: skip
        assert work.claim(Paper, paper, {"sha256": None}, sha256="0" * 64, pdf=b"%PDF")
        assert work.claim(UserAccount, user, {"active": True}, password_hash="a secret", language="fr")
        work.finish()
    with clinic.read(anyone) as reader:
        events = reader.rows(select(AuditEvent.subject_id, AuditEvent.after).where(AuditEvent.action == "tests.paper"))
    assert [(event.subject_id, event.after) for event in events] == [(user, {"language": "fr"})]
