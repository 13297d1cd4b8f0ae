"""Codes that machines read, as rectangles: a QR symbol and a Code 128 bar code (ISO/IEC 15417)."""

from functools import lru_cache

Bars = tuple[tuple[int, int, int], ...]
"""(column, row, length) of each dark run, in modules, row 0 at the top."""

_WIDTHS = (
    "212222 222122 222221 121223 121322 131222 122213 122312 132212 221213 221312 231212 112232 122132 122231 113222 "
    "123122 123221 223211 221132 221231 213212 223112 312131 311222 321122 321221 312212 322112 322211 212123 212321 "
    "232121 111323 131123 131321 112313 132113 132311 211313 231113 231311 112133 112331 132131 113123 113321 133121 "
    "313121 211331 231131 213113 213311 213131 311123 311321 331121 312113 312311 332111 314111 221411 431111 111224 "
    "111422 121124 121421 141122 141221 112214 112412 122114 122411 142112 142211 241211 221114 413111 241112 134111 "
    "111242 121142 121241 114212 124112 124211 411212 421112 421211 212141 214121 412121 111143 111341 131141 114113 "
    "114311 411113 411311 113141 114131 311141 411131 211412 211214 211232 2331112"
).split()
"""Widths of bars and gaps of the symbols 0–106, from the standard's table."""

_CODE_C, _CODE_B, _START_B, _START_C, _STOP = 99, 100, 104, 105, 106


@lru_cache(maxsize=256)
def qr(payload: str) -> tuple[int, Bars]:
    """Modules a side (without the quiet zone) and the dark runs of a QR symbol with medium error correction.

    The mask is fixed: every reader takes any of the eight, and looking for the best costs five times the rest.
    """
    import segno  # when the first code is drawn

    symbol = segno.make(payload, error="m", micro=False, boost_error=False, mask=3)
    runs: list[tuple[int, int, int]] = []
    for row, cells in enumerate(symbol.matrix):
        column = 0
        while column < len(cells):
            end = column
            while end < len(cells) and cells[end]:
                end += 1
            if end > column:
                runs.append((column, row, end - column))
            column = end + 1
    return len(symbol.matrix), tuple(runs)


def code_128(text: str) -> tuple[int, Bars]:
    """Modules (without the quiet zones) and bars of `text`. Raises ValueError for what code set B does not have."""
    if not text or any(not " " <= char <= "~" for char in text):
        raise ValueError(f"Code 128 takes printable ASCII, not {text!r}")
    values = _values(text)
    check = (values[0] + sum(place * value for place, value in enumerate(values[1:], 1))) % 103
    bars: list[tuple[int, int, int]] = []
    at = 0
    for value in (*values, check, _STOP):
        for place, char in enumerate(_WIDTHS[value]):
            if place % 2 == 0:
                bars.append((at, 0, int(char)))
            at += int(char)
    return at, tuple(bars)


def _values(text: str) -> list[int]:
    """Symbol values from the start on: pairs of digits in code set C where at least four digits stand together."""
    values: list[int] = []
    at, in_digits = 0, False
    while at < len(text):
        digits = len(text[at:]) - len(text[at:].lstrip("0123456789"))
        pairs = digits // 2 if digits >= 4 else 0
        if pairs:
            start = at + digits % 2
            if digits % 2:
                _switch(values, to_digits=False, in_digits=in_digits)
                in_digits = False
                values.append(ord(text[at]) - 32)
            _switch(values, to_digits=True, in_digits=in_digits)
            in_digits = True
            values.extend(int(text[start + 2 * pair : start + 2 * pair + 2]) for pair in range(pairs))
            at = start + 2 * pairs
        else:
            _switch(values, to_digits=False, in_digits=in_digits)
            in_digits = False
            values.append(ord(text[at]) - 32)
            at += 1
    return values


def _switch(values: list[int], *, to_digits: bool, in_digits: bool) -> None:
    if not values:
        values.append(_START_C if to_digits else _START_B)
    elif to_digits != in_digits:
        values.append(_CODE_C if to_digits else _CODE_B)
