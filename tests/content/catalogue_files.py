"""Reads the shipped CSV files as rows of text, with nothing but the standard library."""

import csv
from functools import cache
from pathlib import Path

RESOURCES = Path(__file__).resolve().parents[2] / "resources"
CATALOGUES = RESOURCES / "catalogues"
DEMO_CLINIC = RESOURCES / "demo_clinic"
HELP = RESOURCES / "help"

Row = dict[str, str]


@cache
def read(path: Path) -> tuple[tuple[str, ...], tuple[Row, ...]]:
    """Header and rows of a file; a row with too many or too few cells is refused."""
    with path.open(encoding="utf-8", newline="") as stream:
        reader = csv.reader(stream, strict=True)
        header = tuple(next(reader))
        rows = [dict(zip(header, cells, strict=True)) for cells in reader]
    return header, tuple(rows)


def catalogue(name: str) -> tuple[Row, ...]:
    """Rows of a catalogue file."""
    return read(CATALOGUES / f"{name}.csv")[1]


def demo(name: str) -> tuple[Row, ...]:
    """Rows of a file of the training clinic."""
    return read(DEMO_CLINIC / f"{name}.csv")[1]


def codes(name: str) -> frozenset[str]:
    """The codes of a catalogue file."""
    return frozenset(row["code"] for row in catalogue(name))


def listed(cell: str) -> tuple[str, ...]:
    """The parts of a cell that holds a list; none for an empty cell."""
    return tuple(cell.split("|")) if cell else ()
