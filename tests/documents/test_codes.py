"""Codes for machines: Code 128 against reportlab's own, QR against segno's, and the receipt's proof."""

from dataclasses import replace
from decimal import Decimal

import pytest
import segno
from hypothesis import given
from hypothesis import strategies as st
from reportlab.graphics.barcode import code128

from hms_desktop.documents.codes import code_128, qr
from hms_desktop.documents.receipt import proof, proves
from tests.documents import samples


@pytest.mark.parametrize("content", ["KH-LA-T000871-A", "A", "12", "1234", "12345", "A12345B", "99", "Mix 1234567 z~"])
def test_bars_start_stop_and_fill_their_width(content: str) -> None:
    extent, bars = code_128(content)
    assert bars[0][0] == 0
    assert bars[-1][0] + bars[-1][2] == extent
    assert extent % 11 == 2  # symbols of 11 modules, and 13 for the stop


@given(st.text(alphabet=st.characters(min_codepoint=32, max_codepoint=126), min_size=1, max_size=30))
def test_code_128_reads_back(content: str) -> None:
    extent, bars = code_128(content)
    assert read_back(extent, [(start, length) for start, _, length in bars]) == content


def read_back(extent: int, bars: list[tuple[int, int]]) -> str:
    """A reader of our own over reportlab's table of patterns, which checks the check symbol too."""
    row = ["0"] * extent
    for start, length in bars:
        row[start : start + length] = ["1"] * length
    symbols = ["".join(row[place : place + 11]) for place in range(0, extent - 13, 11)]
    known = {as_modules(pattern): value for value, pattern in code128._patterns.items()}
    values = [int(known[symbol]) for symbol in symbols]
    assert "".join(row[-13:]) == "1100011101011"
    *content, check = values
    assert check == (content[0] + sum(place * value for place, value in enumerate(content))) % 103
    read, pairs = "", content[0] == 105
    for value in content[1:]:
        if (value == 100 and pairs) or (value == 99 and not pairs):
            pairs = not pairs
        else:
            read += f"{value:02d}" if pairs else chr(value + 32)
    return read


def as_modules(pattern: str) -> str:
    """reportlab writes widths as letters: a bar in capitals, a gap in small ones."""
    return "".join(("1" if char.isupper() else "0") * (ord(char.lower()) - 96) for char in pattern)


def test_digits_are_packed_in_pairs() -> None:
    assert code_128("12345678")[0] < code_128("ABCDEF")[0]


@pytest.mark.parametrize("wrong", ["", "é", "a\n"])
def test_what_code_128_cannot_say_is_refused(wrong: str) -> None:
    with pytest.raises(ValueError, match="printable ASCII"):
        code_128(wrong)


@pytest.mark.parametrize(
    "payload", ["KH-RA-P000123-H", "KH-CA-C000789-V|2026-03-05|1000.00 KES|ffd40b81c25396fb", "عائشة"]
)
def test_qr_runs_are_the_dark_modules(payload: str) -> None:
    side, runs = qr(payload)
    symbol = segno.make(payload, error="m", micro=False, boost_error=False, mask=3)
    assert side == symbol.symbol_size(border=0)[0]
    drawn = [[0] * side for _ in range(side)]
    for column, row, length in runs:
        drawn[row][column : column + length] = [1] * length
    assert drawn == [[int(cell) for cell in row] for row in symbol.matrix]


def test_a_receipt_proves_itself_and_no_other() -> None:
    payload = proof(samples.RECEIPT)
    number, day, amount, digest = payload.split("|")
    assert (number, day, amount) == ("KH-CA-C000789-V", "2026-03-05", "1000.00 KES")
    assert len(digest) == 16
    assert proves(payload, samples.RECEIPT)
    assert proves(payload, replace(samples.RECEIPT, head=replace(samples.HEAD, name="Renamed Clinic")))
    assert not proves(payload, replace(samples.RECEIPT, paid=Decimal(1001)))
    assert not proves(payload, replace(samples.RECEIPT, payer_name="Somebody else"))
    assert not proves(payload, replace(samples.RECEIPT, lines=samples.MONEY_LINES[:-1]))
