"""Who was here lately comes first: the word index of SQLite in the order of the last visit, and today's queue entries.

The statements stand frozen in the `0003_here_lately` files, one each way and engine. Going up fills the index anew;
going down leaves its order, which the older program does not need.
"""

from pathlib import Path

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def _run(way: str) -> None:
    connection = op.get_bind()
    script = Path(__file__).with_name(f"0003_here_lately{way}.{connection.dialect.name}.sql")
    for statement in script.read_text(encoding="utf-8").rstrip().split("\n--;;\n"):
        connection.exec_driver_sql(statement)


def upgrade() -> None:
    """Order the word index by the month of the last visit; find today's queue entries by their day."""
    _run("")


def downgrade() -> None:
    """Let the older triggers number new rows, and drop the index."""
    _run(".down")
