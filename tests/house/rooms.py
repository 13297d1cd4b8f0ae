"""Which library each room may use beside the standard library. A new word here is a decision: give it a reason."""

ROOMS = frozenset(
    {
        "__main__",
        "cli",
        "cli_imports",
        "app",
        "ui",
        "services",
        "sync",
        "data",
        "documents",
        "interop",
        "domain",
        "system",
        "words",
    }
)

ALLOWED: dict[str, frozenset[str]] = {
    "ui": frozenset(
        {
            "PySide6",
            "shiboken6",  # whether a Qt object still lives
            "pypdfium2",  # preview and printing raster the PDF
            "segno",  # the code on the screen of a card
        }
    ),
    "data": frozenset(
        {
            "sqlalchemy",
            "alembic",
            "psycopg",
            "sqlcipher3",
            "rapidfuzz",  # near names in the patient search
        }
    ),
    "sync": frozenset({"sqlalchemy", "psycopg"}),
    "documents": frozenset({"reportlab", "uharfbuzz", "PIL", "segno", "bidi"}),
    "services": frozenset(
        {
            "rapidfuzz",  # near names in the patient search
            "argon2",  # passwords and PINs
        }
    ),
    "system": frozenset({"platformdirs", "keyring", "argon2", "cryptography", "tzdata"}),
    "words": frozenset({"babel"}),
    "migrations": frozenset({"sqlalchemy", "alembic", "hms_desktop"}),
}
"""Rooms that are not named here use the standard library only: domain, interop, app, cli, cli_imports."""
