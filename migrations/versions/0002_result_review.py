"""Results to review: one row for each result that leaves the lab, until a doctor has seen it.

The statements stand frozen in `0002_result_review.sqlite.sql` and `.postgresql.sql`. Results that were released before
this revision stay in the charts and are on no list, as before.
"""

from pathlib import Path

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table and its indexes."""
    connection = op.get_bind()
    script = Path(__file__).with_name(f"0002_result_review.{connection.dialect.name}.sql")
    for statement in script.read_text(encoding="utf-8").split("\n--;;\n"):
        connection.exec_driver_sql(statement)


def downgrade() -> None:
    """Remove the table; the results stay."""
    op.get_bind().exec_driver_sql("DROP TABLE result_review")
