"""Clinics for tests: the same tests on SQLite and on PostgreSQL, each test on a store of its own.

A template is made once a worker and copied for each test. PostgreSQL comes from `HMS_TEST_POSTGRES` or is started from
the system's programs (loopback, as another user when root); without either the tests fail, they do not skip.
"""

import itertools
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import select

from hms_desktop.data.tables.accounts import Role, UserAccount, UserRole
from hms_desktop.domain.accounts import SYSTEM, Actor
from hms_desktop.domain.ids import new_id
from hms_desktop.domain.rights import RIGHTS, SHIPPED_ROLES
from hms_desktop.services.clinic import Clinic
from hms_desktop.services.setup import CreateClinic, create_clinic, open_clinic
from hms_desktop.system.machine import Machine

MIGRATIONS = Path(__file__).parents[1] / "migrations"
PASSWORD = "a-long-test-password"
NOON = datetime(2026, 3, 5, 9, 0, tzinfo=UTC)
"""Noon in Nairobi, where the test clinic lives."""

_numbers = itertools.count()


class Clock:
    """A clock that tests move."""

    def __init__(self, now: datetime = NOON) -> None:
        self.now = now

    def __call__(self) -> datetime:
        self.now += timedelta(milliseconds=1)
        return self.now

    def forward(self, **parts: float) -> None:
        """Move on by hours=…, minutes=…, days=…."""
        self.now += timedelta(**parts)


def _create(location: str, home: Path) -> None:
    command = CreateClinic(
        name="Test Clinic", code="TC", phone="+254 700 000 001", address="Hill Road 1", licence_number="L-1",
        time_zone="Africa/Nairobi", admin_password=PASSWORD, admin_given_name="Ada", admin_family_name="Admin",
    )  # fmt: skip
    create_clinic(location, Machine(home, MIGRATIONS, Clock()), command).store.close()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a fresh clinic and the home of its PC."""
    folder = tmp_path_factory.mktemp("template")
    _create(str(folder / "clinic.db"), folder / "home")
    return folder


@pytest.fixture(scope="session")
def postgres_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A DSN of a server where databases may be made; a worker starts its own when none is given."""
    given = os.environ.get("HMS_TEST_POSTGRES")
    if given:
        yield given
        return
    from tests.postgres import running_server

    with running_server() as dsn:
        yield dsn


@pytest.fixture(scope="session")
def postgres_template(postgres_server: str, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    """A template database with a fresh clinic, and the home of its PC."""
    name = f"hms_template_{os.getpid()}"
    _administer(postgres_server, f'DROP DATABASE IF EXISTS "{name}"', f'CREATE DATABASE "{name}"')
    home = tmp_path_factory.mktemp("pg_template") / "home"
    _create(with_database(postgres_server, name), home)
    return name, home


def with_database(dsn: str, name: str) -> str:
    """The same server, another database."""
    return f"{dsn.rsplit('/', 1)[0]}/{name}"


def _administer(dsn: str, *statements: str) -> None:
    with psycopg.connect(dsn, autocommit=True) as connection:
        for statement in statements:
            connection.execute(statement)


@pytest.fixture
def clock() -> Clock:
    """The clinic's clock, standing at noon."""
    return Clock()


@pytest.fixture(params=["sqlite", "postgresql"])
def engine_kind(request: pytest.FixtureRequest) -> str:
    """Which engine a test runs on."""
    return str(request.param)


@pytest.fixture
def location(engine_kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Where a fresh clinic of a test lives; the PC's home is `tmp_path / "home"`; lists in it for `stocked_clinic`."""
    stocked = "stocked_" if "stocked_clinic" in request.fixturenames else ""
    if engine_kind == "sqlite":
        template: Path = request.getfixturevalue(f"{stocked}sqlite_template")
        shutil.copytree(template, tmp_path, dirs_exist_ok=True)
        yield str(tmp_path / "clinic.db")
        return
    server: str = request.getfixturevalue("postgres_server")
    name, home = request.getfixturevalue(f"{stocked}postgres_template")
    shutil.copytree(home, tmp_path / "home")
    database = f"hms_test_{os.getpid()}_{next(_numbers)}"
    _administer(server, f'CREATE DATABASE "{database}" TEMPLATE "{name}"')
    yield with_database(server, database)
    _administer(server, f'DROP DATABASE "{database}" WITH (FORCE)')


@pytest.fixture
def machine(tmp_path: Path, clock: Clock) -> Machine:
    """This PC."""
    return Machine(tmp_path / "home", MIGRATIONS, clock)


@pytest.fixture
def clinic(location: str, machine: Machine) -> Iterator[Clinic]:
    """A fresh clinic on each engine."""
    opened = open_clinic(location, machine)
    yield opened
    opened.store.close()


@pytest.fixture
def another_station(location: str, tmp_path: Path, clock: Clock) -> Iterator[Callable[[], Clinic]]:
    """Makes further connections to the same store, as other processes of the same PC have."""
    made: list[Clinic] = []

    def make() -> Clinic:
        made.append(open_clinic(location, Machine(tmp_path / "home", MIGRATIONS, clock)))
        return made[-1]

    yield make
    for opened in made:
        opened.store.close()


def actor_for(*roles: str, name: str = "Test Person") -> Actor:
    """Somebody with the rights of shipped roles (`everything` for all rights), without signing in."""
    known = {role.code: role for role in SHIPPED_ROLES}
    rights = RIGHTS if "everything" in roles else frozenset().union(*(known[role].rights for role in roles))
    windows = tuple(w for role in roles if role in known for w in known[role].windows)
    return Actor(new_id(), f"u.{'_'.join(roles)}", name, rights, windows)


@pytest.fixture
def anyone() -> Actor:
    """Somebody who may do everything: for tests that are not about rights."""
    return actor_for("everything")


def make_user(clinic: Clinic, *roles: str, username: str = "", name: str = "Test Person") -> Actor:
    """A real account row with roles, so that foreign keys to it hold; signed in without a password."""
    actor = actor_for(*roles, name=name)
    given, _space, family = name.partition(" ")
    with clinic.work(SYSTEM, "tests.make_user") as work:
        user = work.insert(
            UserAccount, username=username or f"u{next(_numbers)}", given_name=given, family_name=family,
            gender="unknown", language="en", active=True, verified=True, password_hash="-", failed_tries=0,
        )  # fmt: skip
        for row in work.rows(select(Role.id, Role.code)):
            if row.code in roles:
                work.insert(UserRole, user_id=user, role_id=row.id)
        work.finish()
    return replace(actor, user_id=user)
