"""Bring a store to our version: lock, migrate, check; refuse one that a newer program wrote."""

from collections.abc import Callable
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from hms_desktop.data.failures import translated
from hms_desktop.data.schema import HEAD, stamp
from hms_desktop.data.store import Store
from hms_desktop.domain.errors import StoreDamaged, StoreNewer

_LOCK = 4_811_062_001
"""Advisory lock: several stations start at eight o'clock, one migrates."""


def alembic_config(migrations: Path) -> Config:
    """Alembic's settings, without a file."""
    config = Config()
    config.set_main_option("script_location", str(migrations).replace("%", "%%"))
    return config


def upgrade(store: Store, migrations: Path, revision: str = "head") -> None:
    """Migrate an open store. Raises StoreNewer when its revision is unknown to this program."""
    found = stamp(store).revision
    config = alembic_config(migrations)
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    if found is not None and found not in known:
        raise StoreNewer(store=store.shown, found=found, known=HEAD)
    run(store, lambda connection: _upgrade(config, connection, revision))


def _upgrade(config: Config, connection: Connection, revision: str) -> None:
    config.attributes["connection"] = connection
    command.upgrade(config, revision)


def run(store: Store, step: Callable[[Connection], None]) -> None:
    """Run one migration step in one transaction, with foreign keys off on SQLite and checked before the commit."""
    with translated(store.shown), store.engine.connect() as bare:
        connection = bare.execution_options(hms_writer=True)
        _foreign_keys(store, connection, "OFF")
        try:
            with connection.begin():
                if store.dialect == "postgresql":
                    connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
                step(connection)
                if store.dialect == "sqlite" and connection.execute(text("PRAGMA foreign_key_check")).first():
                    raise StoreDamaged(store=store.shown)
        finally:
            _foreign_keys(store, connection, "ON")


def _foreign_keys(store: Store, connection: Connection, state: str) -> None:
    """SQLite changes this only outside a transaction, so it goes past SQLAlchemy to the driver."""
    if store.dialect == "sqlite":
        cursor = connection.connection.cursor()
        cursor.execute(f"PRAGMA foreign_keys = {state}")
        cursor.close()
