"""Every revision: up, down, up and down again; head equals the mapped classes; a newer store is refused."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from hms_desktop.data.ddl import create_statements
from hms_desktop.data.schema import HEAD, definitions, stamp
from hms_desktop.data.store import Store, open_store
from hms_desktop.data.upgrade import alembic_config, run, upgrade
from hms_desktop.domain.errors import StoreNewer
from hms_desktop.services.clinic import Clinic
from tests.stores import MIGRATIONS, _administer, with_database

REVISIONS = [script.revision for script in ScriptDirectory.from_config(alembic_config(MIGRATIONS)).walk_revisions()]


@pytest.fixture
def empty(engine_kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """A database with nothing in it."""
    if engine_kind == "sqlite":
        store = open_store(str(tmp_path / "empty.db"), must_exist=False)
        yield store
        store.close()
        return
    server: str = request.getfixturevalue("postgres_server")
    name = f"hms_empty_{tmp_path.name.lower()}"
    _administer(server, f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)', f'CREATE DATABASE "{name}"')
    store = open_store(with_database(server, name))
    yield store
    store.close()
    _administer(server, f'DROP DATABASE "{name}" WITH (FORCE)')


def down(store: Store, revision: str) -> None:
    def step(connection: Connection) -> None:
        config = alembic_config(MIGRATIONS)
        config.attributes["connection"] = connection
        command.downgrade(config, revision)

    run(store, step)


def schema(store: Store) -> dict[str, str]:
    with store.reading() as connection:
        return definitions(connection)


def test_the_head_is_what_the_program_expects() -> None:
    assert REVISIONS[0] == HEAD


@pytest.mark.parametrize("revision", REVISIONS)
def test_up_down_up_leaves_the_same_schema(empty: Store, revision: str) -> None:
    upgrade(empty, MIGRATIONS, revision)
    first = schema(empty)
    down(empty, "-1")
    upgrade(empty, MIGRATIONS, revision)
    assert schema(empty) == first


def test_down_to_nothing_leaves_nothing(empty: Store) -> None:
    upgrade(empty, MIGRATIONS)
    down(empty, "base")
    assert schema(empty) == {}


def test_a_migrated_store_equals_a_fresh_one(empty: Store) -> None:
    upgrade(empty, MIGRATIONS)
    migrated = schema(empty)
    down(empty, "base")
    with empty.writing() as connection:
        for statement in create_statements(empty.dialect):
            connection.exec_driver_sql(statement.replace("%", "%%") if empty.dialect == "postgresql" else statement)
    assert schema(empty) == migrated


def test_the_schema_survives_the_way_down_with_data_in_it(clinic: Clinic) -> None:
    down(clinic.store, "base")
    assert schema(clinic.store) == {}
    upgrade(clinic.store, MIGRATIONS)
    assert stamp(clinic.store).revision == HEAD


def test_a_store_in_use_goes_to_the_first_revision_and_back_with_its_rows(clinic: Clinic) -> None:
    whole = schema(clinic.store)
    with clinic.store.reading() as connection:
        before = connection.execute(text("SELECT count(*), max(username) FROM user_account")).one()
    down(clinic.store, "0001")
    assert stamp(clinic.store).revision == "0001"
    assert not [name for name in schema(clinic.store) if "result_review" in name]
    upgrade(clinic.store, MIGRATIONS)
    assert schema(clinic.store) == whole
    with clinic.store.reading() as connection:
        assert connection.execute(text("SELECT count(*), max(username) FROM user_account")).one() == before


def test_a_store_from_a_newer_program_is_refused(clinic: Clinic) -> None:
    with clinic.store.writing() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StoreNewer):
        upgrade(clinic.store, MIGRATIONS)
