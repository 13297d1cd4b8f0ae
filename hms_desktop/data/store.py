"""A store: the file on this PC or a PostgreSQL on the LAN. Same code, same tests, a location apart."""

import contextlib
import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import SQLAlchemyError

from hms_desktop.data.failures import translated
from hms_desktop.domain.errors import (
    BadInput,
    NoPlaceForStore,
    StoreIsFolder,
    StoreMissing,
    StoreOnShare,
    StoreReadOnly,
)

KeyHook = Callable[[], bytes | None]
"""Gives the raw 32-byte key of an encrypted store, or None for a plain one."""


_BUSY_MS = 15_000
"""So long a save waits for another one."""
_OPENING_MS = 2_000
"""So long opening waits for a program that holds the whole file: then a person is told."""


def no_key() -> bytes | None:
    """A store without encryption."""
    return None


@dataclass(frozen=True)
class Store:
    """An open store. `offset` is the server's clock minus this PC's, measured at connect; zero for a file."""

    location: str
    dialect: str
    engine: Engine
    path: Path | None = None
    offset: timedelta = field(default=timedelta())

    @property
    def shown(self) -> str:
        """The location as it may be shown and logged: without a password."""
        if self.path:
            return self.location
        return make_url(self.location).set(drivername="postgresql").render_as_string(hide_password=True)

    @contextlib.contextmanager
    def writing(self) -> Iterator[Connection]:
        """One transaction: committed on leaving, rolled back on any error, which comes out as a ClinicError."""
        with translated(self.shown), self.engine.connect() as bare:
            connection = bare.execution_options(hms_writer=True)
            with connection.begin():
                yield connection

    @contextlib.contextmanager
    def reading(self) -> Iterator[Connection]:
        """A consistent view that never blocks a writer."""
        with translated(self.shown), self.engine.connect() as connection:
            yield connection

    def now(self) -> datetime:
        """The time that facts are stamped with: the server's on the LAN, this PC's otherwise."""
        return datetime.now(UTC) + self.offset

    def close(self) -> None:
        """Close every connection."""
        self.engine.dispose()


def is_url(location: str) -> bool:
    """Whether `location` names a PostgreSQL rather than a file."""
    return location.startswith(("postgresql://", "postgresql+psycopg://", "postgres://"))


def open_store(location: str, *, key: KeyHook = no_key, must_exist: bool = True) -> Store:
    """Open a file or a PostgreSQL URL. Raises BadInput, StoreFailed in one of its kinds."""
    if is_url(location):
        return _open_postgresql(location)
    if "://" in location:
        raise BadInput(source=location, reason="store_location")
    return _open_sqlite(Path(location).expanduser(), key, must_exist)


def _open_sqlite(path: Path, key: KeyHook, must_exist: bool) -> Store:
    if _on_network_share(path):
        raise StoreOnShare(store=str(path))
    if must_exist and not path.exists():
        raise StoreMissing(store=str(path))
    if path.is_dir():
        raise StoreIsFolder(store=str(path))
    if not must_exist:
        _make_place(path)
    with translated(str(path)):
        from sqlcipher3 import dbapi2

        url = URL.create("sqlite", database=str(path))
        engine = create_engine(
            url, module=dbapi2, pool_size=4, max_overflow=8, connect_args={"timeout": 15.0}, hide_parameters=True
        )  # fmt: skip
        _sqlite_manners(engine, key)
        with _named_read_only(path), engine.connect() as connection:
            connection.exec_driver_sql(f"PRAGMA busy_timeout = {_OPENING_MS}")
            connection.execute(text("SELECT count(*) FROM sqlite_master"))
            connection.exec_driver_sql(f"PRAGMA busy_timeout = {_BUSY_MS}")
    return Store(str(path), "sqlite", engine, path)


def _make_place(path: Path) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except PermissionError:
        raise StoreReadOnly(store=str(path)) from None
    except OSError:
        raise NoPlaceForStore(store=str(path)) from None


@contextlib.contextmanager
def _named_read_only(path: Path) -> Iterator[None]:
    """SQLite "can't open" a store beside which it may write nothing; a person must be told what to allow."""
    try:
        yield
    except SQLAlchemyError as fault:
        if not path.exists() and os.access(path.parent, os.W_OK) and "unable to open" in str(fault):
            raise NoPlaceForStore(store=str(path)) from fault
        if path.exists() and not os.access(path.parent, os.W_OK):
            raise StoreReadOnly(store=str(path)) from fault
        raise


def _sqlite_manners(engine: Engine, key: KeyHook) -> None:
    @event.listens_for(engine, "connect")
    def _connect(raw: Any, _record: object) -> None:
        raw.isolation_level = None
        cursor = raw.cursor()
        secret = key()
        if secret is not None:
            cursor.execute(f"PRAGMA key = \"x'{secret.hex()}'\"")
        cursor.execute("PRAGMA cipher_log_level = NONE")
        cursor.execute("PRAGMA foreign_keys = ON")
        cursor.execute(f"PRAGMA busy_timeout = {_OPENING_MS}")
        with contextlib.suppress(Exception):  # a read-only disk keeps the mode the file has; saving then says so
            cursor.execute("PRAGMA journal_mode = WAL")
        cursor.execute("PRAGMA synchronous = FULL")
        cursor.execute("PRAGMA cache_size = -16000")
        cursor.execute("PRAGMA temp_store = MEMORY")
        cursor.execute(f"PRAGMA busy_timeout = {_BUSY_MS}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        if connection.get_execution_options().get("hms_writer", False):
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        else:
            connection.connection.cursor().execute("BEGIN")  # waits for nothing, so it cannot fail; a tenth of the time


def _open_postgresql(location: str) -> Store:
    try:
        url = make_url(location).set(drivername="postgresql+psycopg")
    except (SQLAlchemyError, ValueError) as fault:
        raise BadInput(source="--store", reason="store_location") from fault
    shown = url.set(drivername="postgresql").render_as_string(hide_password=True)
    options = {"connect_timeout": 10, "application_name": "hms", "options": "-c lock_timeout=15s -c timezone=UTC"}
    engine = create_engine(
        url, isolation_level="READ COMMITTED", pool_size=4, max_overflow=8, pool_pre_ping=True, connect_args=options,
        hide_parameters=True,
    )  # fmt: skip
    with translated(shown), engine.connect() as connection:
        before = datetime.now(UTC)
        server = connection.execute(text("SELECT clock_timestamp()")).scalar_one()
        after = datetime.now(UTC)
    offset = server.astimezone(UTC) - (before + (after - before) / 2)
    return Store(location, "postgresql", engine, None, offset if abs(offset) > timedelta(seconds=1) else timedelta())


_NETWORK_SYSTEMS = frozenset({"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "afs", "fuse.sshfs", "davfs", "glusterfs"})


def _on_network_share(path: Path, mounts: Path = Path("/proc/mounts")) -> bool:
    """Whether `path` lies on a network share, where SQLite's locks can't be trusted."""
    absolute = str(path.absolute())
    if absolute.startswith(("\\\\", "//")):
        return True
    if sys.platform == "win32":
        import ctypes

        drive_remote = 4
        return bool(ctypes.windll.kernel32.GetDriveTypeW(Path(absolute).drive + "\\") == drive_remote)
    if not mounts.exists():
        return False
    best, system = "", ""
    for line in mounts.read_text(errors="replace").splitlines():
        _device, point, kind, *_rest = line.split(" ")
        inside = absolute == point or absolute.startswith(point.rstrip("/") + "/")
        if inside and len(point) >= len(best):
            best, system = point, kind
    return system in _NETWORK_SYSTEMS
