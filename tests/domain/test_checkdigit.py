from collections.abc import Iterator
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hms_desktop.domain.checkdigit import (
    CHECK_CHARACTERS,
    MODULUS,
    Number,
    check_character,
    format_number,
    parse_number,
)
from hms_desktop.domain.errors import InvalidValue

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
NUMBERS = st.builds(
    Number,
    st.text(LETTERS, min_size=2, max_size=6),
    st.text(LETTERS, min_size=1, max_size=3),
    st.sampled_from(LETTERS),
    st.integers(1, 10**12 - 1),
    st.booleans(),
)


def refused(text: str, *, checked: bool = True) -> str:
    with pytest.raises(InvalidValue) as error:
        parse_number(text, checked=checked, facility="KH", field="mrn")
    assert error.value.field == "mrn"
    return str(error.value.facts["reason"])


def test_a_number_has_its_parts_and_its_check_character() -> None:
    assert format_number("KH", "T", "A", 123, checked=False) == "KH-TA-000123"
    assert format_number("KH", "T", "A", 123, checked=True) == "KH-TA-000123-V"
    assert Number("KH", "T", "A", 1_234_567).text == "KH-TA-1234567"


def test_check_characters_leave_out_what_is_read_as_a_digit() -> None:
    assert len(set(CHECK_CHARACTERS)) == MODULUS
    assert not set("BILOSUZ") & set(CHECK_CHARACTERS)
    assert check_character("kh?") == check_character("")


@given(NUMBERS)
def test_a_printed_number_is_read_back(number: Number) -> None:
    assert parse_number(number.text, checked=number.checked) == number


@given(NUMBERS)
def test_lower_case_spaces_and_missing_dashes_are_forgiven(number: Number) -> None:
    spaced = number.text.replace("-", " ").lower()
    assert parse_number(f" {spaced} ", checked=number.checked) == number
    joined = number.text.replace("-", "")
    assert parse_number(joined, checked=number.checked, facility=number.facility) == number


@pytest.mark.parametrize(
    "text",
    ["kh-ta-123-v", "KHTA000123V", "KH TA OOOI23 V", "KH–TA–000123–V", "KH/TA/000l23/V", "KHTA-123-V", "KH-TA-000123V"],
)
def test_what_a_hurried_clerk_types_is_understood(text: str) -> None:
    assert parse_number(text, checked=True, facility="KH") == Number("KH", "T", "A", 123, checked=True)


def test_without_a_known_facility_two_letters_are_taken() -> None:
    assert parse_number("KHTA000123", checked=False) == Number("KH", "T", "A", 123)
    assert parse_number("KHTA000123", checked=False, facility="XY") == Number("KH", "T", "A", 123)
    assert parse_number("KHMTA000123", checked=False, facility="KHM").facility == "KHM"


@pytest.mark.parametrize(
    "text",
    ["", "-", "7", "hello", "KH-TA-000000-5", "KH-TA-12X456-7", "K1-TA-000123-V", "KH-TA-0001234-V", "KH-TA-000123"],
)
def test_what_is_no_number_is_refused(text: str) -> None:
    assert refused(text) == "format"


def test_a_number_without_its_check_character_never_becomes_another_number() -> None:
    for counter in range(1, 3000):
        assert refused(format_number("KH", "T", "A", counter, checked=False)) == "format"
        assert refused(format_number("KH", "T", "A", counter, checked=False).replace("-", "")) == "format"


def test_an_unchecked_number_of_nothing_is_refused() -> None:
    assert refused("", checked=False) == "format"


@pytest.mark.parametrize(
    ("parts", "field"),
    [
        (("K", "T", "A", 1), "facility"),
        (("KH1", "T", "A", 1), "facility"),
        (("KH", "", "A", 1), "station"),
        (("KH", "T", "a", 1), "series"),
        (("KH", "T", "A", 0), "counter"),
        (("KH", "T", "A", 10**12), "counter"),
    ],
)
def test_parts_that_cannot_be_are_refused(parts: tuple[str, str, str, int], field: str) -> None:
    with pytest.raises(InvalidValue) as error:
        format_number(*parts, checked=True)
    assert error.value.field == field


def slips(text: str) -> Iterator[str]:
    """Every wrong single character (of the whole alphabet) and every swap of neighbours."""
    places = [i for i, c in enumerate(text) if c != "-"]
    for i in places:
        for other in LETTERS + "0123456789":
            if other != text[i]:
                yield text[:i] + other + text[i + 1 :]
    for i, j in pairwise(places):
        if text[i] != text[j]:
            swapped = list(text)
            swapped[i], swapped[j] = text[j], text[i]
            yield "".join(swapped)


@pytest.mark.parametrize(
    "text", ["KH-TA-000123", "ZOO-OLI-999999", "AB-CD-120450", "IL-OIA-10000000001", "KH-TO-100001"]
)
def test_every_wrong_character_and_every_swap_is_found(text: str) -> None:
    printed = f"{text}-{check_character(text)}"
    right = parse_number(printed, checked=True)
    for slip in slips(printed):
        try:
            read = parse_number(slip, checked=True)
        except InvalidValue:
            continue
        assert read == right, slip  # a letter O for a zero is no slip: it is the same number


def test_every_pair_of_values_at_every_distance_is_told_apart() -> None:
    for a in range(26):
        for b in range(26):
            if a != b:
                one, other = LETTERS[a], LETTERS[b]
                assert check_character(one) != check_character(other)
                assert check_character(one + other) != check_character(other + one)


@given(NUMBERS, st.data())
def test_slips_in_any_number_are_found(number: Number, data: st.DataObject) -> None:
    checked = Number(number.facility, number.station, number.series, number.counter, checked=True)
    slip = data.draw(st.sampled_from(list(slips(checked.text))))
    try:
        read = parse_number(slip, checked=True)
    except InvalidValue:
        return
    assert read == checked
