"""Alembic runs here: always on a connection that `data/upgrade.py` gives it, inside its transaction."""

from alembic import context

from hms_desktop.data import tables  # noqa: F401  every mapped class, for autogenerate
from hms_desktop.data.base import Base

connection = context.config.attributes.get("connection")
if connection is None:
    raise SystemExit(
        "Migrations run through `hms` (or the tests), which lock the store and check it before the commit."
    )
context.configure(
    connection=connection,
    target_metadata=Base.metadata,
    render_as_batch=connection.dialect.name == "sqlite",
    transactional_ddl=False,
)
context.run_migrations()
