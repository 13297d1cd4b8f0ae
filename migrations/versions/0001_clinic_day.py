"""The clinic day: every table of the first release, as frozen statements for each engine.

The statements stand in `0001_clinic_day.sqlite.sql` and `.postgresql.sql`; a test holds them equal to the classes.
"""

from pathlib import Path

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create every table, index, guard and word index."""
    connection = op.get_bind()
    script = Path(__file__).with_name(f"0001_clinic_day.{connection.dialect.name}.sql")
    for statement in script.read_text(encoding="utf-8").split("\n--;;\n"):
        escaped = statement.replace("%", "%%") if connection.dialect.name == "postgresql" else statement
        connection.exec_driver_sql(escaped)


def downgrade() -> None:
    """Remove everything this revision made."""
    connection = op.get_bind()
    if connection.dialect.name == "postgresql":
        rows = connection.exec_driver_sql("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()")
        names = [row[0] for row in rows if row[0] != "alembic_version"]
        connection.exec_driver_sql(f"DROP TABLE {', '.join(names)}")
        connection.exec_driver_sql("DROP FUNCTION refuse_change(), keep_name_variants()")
        return
    connection.exec_driver_sql("DROP TABLE patient_words")
    rows = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table' AND sql IS NOT NULL")
    for name in [row[0] for row in rows if row[0] != "alembic_version" and not row[0].startswith("sqlite_")]:
        connection.exec_driver_sql(f"DROP TABLE {name}")
