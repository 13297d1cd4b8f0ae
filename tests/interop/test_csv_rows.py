"""CSV files become typed rows; what can't be read is named with its line and column."""

import csv
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum
from pathlib import Path

import pytest

from hms_desktop.domain.errors import BadInput, CanNotWrite
from hms_desktop.interop.csv_rows import column, needed_columns, read_cells, read_rows, sift_rows, write_rows


class Fruit(StrEnum):
    """A word of a list."""

    APPLE = "apple"
    PEAR = "pear"


@dataclass(frozen=True, slots=True, kw_only=True)
class ShelfRow:
    """One of each kind of column."""

    name: str
    kind: Fruit
    count: int
    weight: Decimal | None
    ripe: bool
    picked: date
    seen: datetime | None = None
    tags: tuple[str, ...] = column("Labels", default=())


HEADER = "name,kind,count,weight,ripe,picked,seen,labels\n"
GOOD = "Golden,apple,3,0.25,1,2026-03-05,2026-03-05T10:00:00Z,red|\tsweet |\n"


def file_with(tmp_path: Path, text: str, encoding: str = "utf-8") -> Path:
    path = tmp_path / "shelf.csv"
    path.write_bytes(text.encode(encoding))
    return path


def test_every_kind_of_cell_becomes_its_value(tmp_path: Path) -> None:
    row = next(read_rows(file_with(tmp_path, HEADER + GOOD), ShelfRow))
    assert row == ShelfRow(
        name="Golden", kind=Fruit.APPLE, count=3, weight=Decimal("0.25"), ripe=True, picked=date(2026, 3, 5),
        seen=datetime(2026, 3, 5, 10, tzinfo=UTC), tags=("red", "sweet"),
    )  # fmt: skip


def test_a_column_with_a_default_may_be_missing_and_headers_have_no_case(tmp_path: Path) -> None:
    text = "\ufeffNAME;Kind;COUNT;Weight;ripe;picked\nRed;pear;1;;0;2026-01-01\n\n;;;;;\n"
    rows = list(read_rows(file_with(tmp_path, text), ShelfRow))
    assert [(r.name, r.weight, r.seen, r.tags) for r in rows] == [("Red", None, None, ())]
    assert needed_columns(ShelfRow) == ("name", "kind", "count", "weight", "ripe", "picked")


@pytest.mark.parametrize(
    ("old", "new", "where", "reason"),
    [
        ("apple", "stone", "kind", "choice"),
        ("apple", "", "kind", "required"),
        (",3,", ",three,", "count", "number"),
        (",3,", ",,", "count", "required"),
        ("0.25", "NaN", "weight", "number"),
        ("0.25", "heavy", "weight", "number"),
        (",1,", ",yes,", "ripe", "flag"),
        ("2026-03-05,", "5/3/26,", "picked", "date"),
        ("2026-03-05,", ",", "picked", "required"),
        ("2026-03-05T10:00:00Z", "noon", "seen", "date"),
    ],
)
def test_a_bad_cell_is_refused_with_its_column(tmp_path: Path, old: str, new: str, where: str, reason: str) -> None:
    path = file_with(tmp_path, HEADER + GOOD + GOOD.replace(old, new, 1))
    good, bad = sift_rows(path, ShelfRow)
    assert good.value is not None
    assert (bad.number, bad.column, bad.reason, bad.value) == (3, where, reason, None)
    with pytest.raises(BadInput) as caught:
        list(read_rows(path, ShelfRow))
    assert caught.value.facts["line"] == 3


@pytest.mark.parametrize(
    ("text", "encoding", "reason"),
    [
        ("", "utf-8", "empty"),
        ("name,kind\n", "utf-8", "columns"),
        (HEADER + GOOD.replace("Golden", "Gélée"), "latin-1", "encoding"),
        (HEADER + GOOD + '"' + "x" * 200_000, "utf-8", "format"),
    ],
)
def test_a_file_that_is_no_such_list_is_refused(tmp_path: Path, text: str, encoding: str, reason: str) -> None:
    with pytest.raises(BadInput) as caught:
        list(read_rows(file_with(tmp_path, text, encoding), ShelfRow))
    assert caught.value.facts["reason"] == reason


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(BadInput) as caught:
        list(read_cells(tmp_path / "nothing.csv"))
    assert caught.value.facts["reason"] == "no_file"


def test_a_written_file_reads_back_and_starts_no_formula(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    write_rows(path, ["name", "phone"], [["=cmd()", "+254 700 1"], ["@x", "-5"], ["Zoë", "-a"]])
    with path.open(encoding="utf-8-sig", newline="") as file:
        assert list(csv.reader(file))[1:] == [["'=cmd()", "+254 700 1"], ["'@x", "-5"], ["Zoë", "'-a"]]
    with pytest.raises(CanNotWrite):
        write_rows(tmp_path / "no" / "folder.csv", ["a"], [])
