"""`hms check`: quiet on a sound store; each thing broken on purpose is found, on both engines; digests agree."""

import json
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import Connection, text

from hms_desktop.data.ddl import create_statements
from hms_desktop.data.queries.checks.digests import digest, synced_tables
from hms_desktop.data.store import open_store
from hms_desktop.domain.errors import NotAClinic, StoreNewer
from hms_desktop.domain.ids import new_id
from hms_desktop.services import checking
from hms_desktop.services.checking import check_location, check_store
from hms_desktop.services.clinic import Clinic
from tests.make.books import Books, make_books
from tests.stores import make_user


@pytest.fixture
def books(clinic: Clinic) -> Books:
    """The ids of a small clinic whose books agree."""
    return make_books(clinic, make_user(clinic, "cashier"))


@contextmanager
def tampering(clinic: Clinic) -> Iterator[Connection]:
    """A connection for which no guard holds: what a broken disk or a bad hand could do."""
    with clinic.store.engine.connect() as connection:
        if clinic.store.dialect == "postgresql":
            connection.exec_driver_sql("SET session_replication_role = replica")
            yield connection
            connection.exec_driver_sql("SET session_replication_role = DEFAULT")
        else:
            connection.connection.execute("PRAGMA foreign_keys = OFF")
            guards = [s for s in create_statements("sqlite") if s.startswith("CREATE TRIGGER append_only")]
            for guard in guards:
                connection.exec_driver_sql(f"DROP TRIGGER {guard.split()[2]}")
            yield connection
            for guard in guards:
                connection.exec_driver_sql(guard)
        connection.commit()
        connection.invalidate()


def run(clinic: Clinic, *statements: str, **values: str) -> list[tuple[str, str, str]]:
    """Tamper with SQL (ids as `:name` values) and ask every check of rows: table, row and what, of each finding."""
    on_postgres = clinic.store.dialect == "postgresql"
    bound = {name: value if on_postgres else bytes.fromhex(value) for name, value in values.items()}
    with tampering(clinic) as connection:
        for statement in statements:
            named = {name: value for name, value in bound.items() if f":{name}" in statement}
            connection.execute(text(statement), named)
    with clinic.store.reading() as connection:
        return [(f.table, f.id, f.what) for check in checking.CHECKS.values() for f in check(connection)]


def test_a_sound_clinic_has_no_findings_and_counts_its_rows(clinic: Clinic, books: Books) -> None:
    steps: list[str] = []
    report = check_store(clinic.store, steps.append)
    assert report.findings == []
    assert report.ok
    assert (report.counts["patient"], report.counts["stock_movement"], report.counts["payment"]) == (1, 2, 2)
    assert set(report.counts) == set(report.digest)
    assert not {"counter", "topic", "save_key", "login_session"} & set(report.digest)
    assert steps[0] == "schema"
    assert steps[-1] == "digest"
    assert books.patient


def test_a_whole_catalogue_is_sound(stocked_clinic: Clinic) -> None:
    report = check_store(stocked_clinic.store)
    assert report.findings == []
    assert report.counts["medication"] > 200


def test_a_balance_that_is_not_its_movements_is_found(clinic: Clinic, books: Books) -> None:
    found = run(clinic, "UPDATE stock_balance SET quantity = 61 WHERE id = :balance", balance=books.balance)
    assert ("stock_balance", books.balance, "balance_not_movements") in found


def test_a_movement_that_was_changed_breaks_the_walk_of_its_shelf(clinic: Clinic, books: Books) -> None:
    found = run(clinic, "UPDATE stock_movement SET balance_after = 90 WHERE id = :came", came=books.movements[0])
    assert found == [("stock_movement", movement, "ledger_step_does_not_fit") for movement in books.movements]


def test_a_movement_that_vanished_is_found(clinic: Clinic, books: Books) -> None:
    found = run(clinic, "DELETE FROM stock_movement WHERE id = :went", went=books.movements[1])
    assert ("stock_balance", books.balance, "balance_not_movements") in found


def test_movements_without_a_balance_are_found(clinic: Clinic, books: Books) -> None:
    found = run(clinic, "DELETE FROM stock_balance WHERE id = :balance", balance=books.balance)
    assert {(table, what) for table, _id, what in found} == {("stock_movement", "movement_without_balance")}


def test_stock_of_another_medicine_than_its_batch_is_found(clinic: Clinic, books: Books) -> None:
    found = run(
        clinic,
        "UPDATE stock_balance SET medication_id = :other WHERE id = :balance",
        other=new_id(),
        balance=books.balance,
    )
    assert ("stock_balance", books.balance, "other_medicine_than_batch") in found
    assert ("stock_balance", books.balance, "points_nowhere") in found


@pytest.mark.parametrize("column", ["charged", "adjusted", "rounded", "paid", "pending", "refunded"])
def test_each_column_of_a_bill_is_the_sum_of_its_facts(clinic: Clinic, books: Books, column: str) -> None:
    found = run(clinic, f"UPDATE bill SET {column} = {column} + 1 WHERE id = :bill", bill=books.bill)
    assert ("bill", books.bill, "sum_not_as_kept") in found


def test_the_state_of_a_bill_and_of_its_lines_follow_from_its_figures(clinic: Clinic, books: Books) -> None:
    found = run(
        clinic, "UPDATE bill SET state = 'paid' WHERE id = :bill", "UPDATE bill_item SET settled = 1", bill=books.bill
    )
    assert found == [("bill", books.bill, "state_not_from_figures"), ("bill", books.bill, "lines_settled_otherwise")]


def books_findings(clinic: Clinic) -> dict[str, object]:
    """What of the books is found, by code: the facts."""
    with clinic.store.reading() as connection:
        return {each.what: (each.table, dict(each.facts)) for each in checking.CHECKS["books"](connection)}


def test_a_rounding_that_no_fact_made_names_the_bill_and_both_sums(clinic: Clinic, books: Books) -> None:
    run(clinic, "UPDATE bill SET rounded = 7 WHERE id = :bill", bill=books.bill)
    facts = {"number": bill_number(clinic), "column": "rounded", "kept": 7, "real": 0}
    assert books_findings(clinic)["sum_not_as_kept"] == ("bill", facts)


def test_a_rounding_fact_that_the_bill_does_not_keep_is_found(clinic: Clinic, books: Books) -> None:
    run(clinic, "UPDATE adjustment SET kind = 'rounding' WHERE bill_id = :bill", bill=books.bill)
    facts = {"number": bill_number(clinic), "column": "rounded", "kept": 0, "real": 5000}
    assert books_findings(clinic)["sum_not_as_kept"] == ("bill", facts)


def test_lines_that_are_settled_for_more_than_came_name_the_bill(clinic: Clinic, books: Books) -> None:
    run(clinic, "UPDATE bill_item SET settled = settled + 1 WHERE id = :item", item=books.item)
    facts = {"number": bill_number(clinic), "kept": 13001, "real": 13000}
    assert books_findings(clinic) == {"lines_settled_otherwise": ("bill", facts)}


def test_a_void_line_that_is_settled_names_the_bill(clinic: Clinic, books: Books) -> None:
    run(
        clinic,
        "UPDATE bill_item SET voided_at = created_at, voided_by = created_by, void_reason = 'x' WHERE id = :item",
        item=books.item,
    )
    facts = {"number": bill_number(clinic), "line": books.item, "kept": 13000, "real": 0}
    assert books_findings(clinic)["line_settled_beyond"] == ("bill", facts)


def bill_number(clinic: Clinic) -> str:
    """The number of the only bill."""
    with clinic.store.reading() as connection:
        return str(connection.execute(text("SELECT number FROM bill")).scalar_one())


def test_a_payment_without_its_share_is_found(clinic: Clinic, books: Books) -> None:
    found = run(clinic, "DELETE FROM payment_share WHERE payment_id = :payment", payment=books.payment)
    assert ("payment", books.payment, "sum_not_as_kept") in found
    assert ("bill", books.bill, "sum_not_as_kept") in found


def test_a_pending_payment_that_failed_counts_no_more(clinic: Clinic, books: Books) -> None:
    columns = "id, payment_id, state, note, facility_id, station_id, created_at, created_by"
    found = run(
        clinic,
        f"INSERT INTO payment_outcome ({columns}) SELECT id, id, 'failed', '', facility_id, station_id, created_at,"
        " created_by FROM payment WHERE needs_confirmation",
    )
    assert found == [("bill", books.bill, "sum_not_as_kept")]


def test_a_charge_that_no_bill_asks_for_is_found(clinic: Clinic, books: Books) -> None:
    found = run(clinic, "DELETE FROM bill_item WHERE id = :item", item=books.item)
    assert ("charge", books.charge, "charge_without_line") in found
    assert ("bill", books.bill, "sum_not_as_kept") in found


def test_a_line_that_is_not_what_was_charged_is_found(clinic: Clinic, books: Books) -> None:
    found = run(clinic, "UPDATE charge SET amount = 1 WHERE id = :charge", charge=books.charge)
    assert ("charge", books.charge, "line_not_as_charged") in found


def test_a_line_without_a_charge_is_found(clinic: Clinic, books: Books) -> None:
    found = run(clinic, "DELETE FROM charge WHERE id = :charge", charge=books.charge)
    assert ("bill_item", books.item, "line_without_charge") in found
    assert ("bill_item", books.item, "points_nowhere") not in found


def test_a_row_that_points_nowhere_is_found(clinic: Clinic, books: Books) -> None:
    found = run(
        clinic, "UPDATE charge SET department_id = :lost WHERE id = :charge", lost=new_id(), charge=books.charge
    )
    assert ("charge", books.charge, "points_nowhere") in found


def test_a_number_left_out_is_found_with_its_counter(clinic: Clinic, books: Books) -> None:
    found = run(clinic, "DELETE FROM receipt", "UPDATE counter SET value = 7 WHERE kind = 'mrn'")
    assert ("counter", "", "counter_not_at_last") in found
    findings = [f for f in check_store(clinic.store).findings if f.what == "counter_not_at_last"]
    assert {f.facts["kind"]: f.facts["last"] for f in findings} == {"receipt": 0, "mrn": 1}
    assert books.bill


def test_a_gap_a_double_and_a_malformed_number_are_found(clinic: Clinic, books: Books) -> None:
    good = "TC-AA-J000003"
    found = run(
        clinic,
        f"UPDATE cash_session SET number = '{good}'",
        "UPDATE visit SET ticket = 'A1' WHERE id = :visit",
        "DELETE FROM counter WHERE kind = 'bill'",
        "UPDATE refund SET number = 'TC-AA-C000001-P'",
        visit=books.visit,
    )
    assert ("cash_session", "", "number_left_out") in found
    assert ("visit", books.visit, "number_malformed") in found
    assert ("counter", "", "counter_missing") in found
    assert [what for table, _id, what in found if table == "refund"] == ["number_malformed"]


def test_a_ticket_given_twice_on_one_day_is_found(clinic: Clinic, books: Books) -> None:
    columns = [c.name for c in next(t for t in synced_tables() if t.name == "visit").columns]
    copied = ", ".join({"id": ":new", "number": "'TC-AA-V000002-R'", "open_key": "NULL"}.get(c, c) for c in columns)
    found = run(clinic, f"INSERT INTO visit ({', '.join(columns)}) SELECT {copied} FROM visit", new=new_id())
    assert "number_twice" in [what for table, _id, what in found if table == "visit"]
    assert books.visit


def test_a_changed_audit_event_breaks_the_chain(clinic: Clinic, books: Books) -> None:
    found = run(clinic, "UPDATE audit_event SET action = 'nothing' WHERE sequence = 3")
    assert [(table, what) for table, _id, what in found] == [("audit_event", "chain_broken")]
    assert books.bill


def test_a_missing_index_and_a_strange_table_are_found(clinic: Clinic) -> None:
    with tampering(clinic) as connection:
        connection.exec_driver_sql("DROP INDEX ix_patient__mrn_folded")
        connection.exec_driver_sql("CREATE TABLE strange (id INTEGER)")
    found = {(f.id.split()[-1], f.what) for f in check_store(clinic.store).findings}
    assert ("ix_patient__mrn_folded", "definition_missing") in found
    assert any("strange" in name and what == "definition_unknown" for name, what in found)


def test_a_definition_that_differs_is_found(clinic: Clinic) -> None:
    with tampering(clinic) as connection:
        connection.exec_driver_sql("DROP INDEX ix_patient__mrn_folded")
        connection.exec_driver_sql("CREATE INDEX ix_patient__mrn_folded ON patient (mrn)")
    assert [f.what for f in check_store(clinic.store).findings] == ["definition_differs"]


def test_another_revision_is_told_and_a_newer_one_refused(clinic: Clinic, location: str) -> None:
    with tampering(clinic) as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0000'")
    assert [f.what for f in check_location(location).findings] == ["other_revision"]
    with tampering(clinic) as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(StoreNewer):
        check_location(location)
    with tampering(clinic) as connection:
        connection.exec_driver_sql("DROP TABLE alembic_version")
    with pytest.raises(NotAClinic):
        check_location(location)


def test_a_damaged_file_is_found_by_its_engine(clinic: Clinic) -> None:
    if clinic.store.dialect == "postgresql":
        return
    with clinic.store.engine.connect() as connection:
        connection.connection.execute("PRAGMA ignore_check_constraints = ON")
        connection.exec_driver_sql("UPDATE facility SET currency_digits = 9")
        connection.commit()
        connection.invalidate()
    assert [(f.check, f.what) for f in check_store(clinic.store).findings] == [("file", "file_damaged")]


def test_a_role_that_may_not_make_a_schema_is_told_so(clinic: Clinic, monkeypatch: pytest.MonkeyPatch) -> None:
    if clinic.store.dialect == "sqlite":
        return
    role = f"reader_{new_id()[-8:]}"
    with clinic.store.engine.connect() as connection:
        connection.exec_driver_sql(f"CREATE ROLE {role} LOGIN")
        connection.exec_driver_sql(f"GRANT SELECT ON ALL TABLES IN SCHEMA public TO {role}")
        connection.commit()
    reader = open_store(clinic.store.location.replace("postgres@", f"{role}@"))
    try:
        assert [f.what for f in check_store(reader).findings] == ["schema_not_compared"]
    finally:
        reader.close()
        with clinic.store.engine.connect() as connection:
            connection.exec_driver_sql(f"DROP OWNED BY {role}")
            connection.exec_driver_sql(f"DROP ROLE {role}")
            connection.commit()


def test_too_many_findings_end_with_a_word_that_there_are_more(
    clinic: Clinic, books: Books, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checking, "MOST_FINDINGS", 1)
    run(clinic, "DELETE FROM stock_balance WHERE id = :balance", balance=books.balance)
    found = [finding.what for finding in check_store(clinic.store).findings]
    assert found == ["movement_without_balance", "and_more"]


def test_the_digest_is_alike_on_both_engines_and_moves_with_a_fact(
    clinic: Clinic, books: Books, sqlite_template: object
) -> None:
    tables = {table.name: table for table in synced_tables()}
    with clinic.store.reading() as connection:
        count, first = digest(connection, tables["charge"])
        row = connection.execute(tables["charge"].select()).one()
    assert count == 1
    line = {
        "id": row.id, "amount": 30000, "day": "2026-03-05", "description": "", "facility_id": row.facility_id,
        "item_code": "consultation_general", "kind": "consultation", "patient_id": row.patient_id,
        "price_list_code": "standard", "quantity": 1, "source_id": row.source_id, "source_table": "visit",
        "station_id": row.station_id, "unit_price": 30000, "version": 1, "visit_id": row.visit_id,
        "created_by": row.created_by, "updated_by": row.updated_by,
        "created_at": row.created_at.strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
        "updated_at": row.updated_at.strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
    }  # fmt: skip
    import hashlib

    text_line = json.dumps(line, sort_keys=True, separators=(",", ":"), ensure_ascii=False) + "\n"
    assert first == hashlib.sha256(text_line.encode()).hexdigest()
    run(clinic, "UPDATE charge SET description = 'x' WHERE id = :charge", charge=books.charge)
    with clinic.store.reading() as connection:
        assert digest(connection, tables["charge"])[1] != first
