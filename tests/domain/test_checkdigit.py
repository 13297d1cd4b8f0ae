from collections.abc import Iterator
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hms_desktop.domain.checkdigit import (
    CHECK_CHARACTERS,
    KIND_LETTERS,
    MODULUS,
    Number,
    check_character,
    format_number,
    parse_number,
    read_number,
)
from hms_desktop.domain.errors import InvalidValue, WrongNumberKind
from hms_desktop.domain.facility import UNCHECKED, NumberKind

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
CHECKED = sorted(KIND_LETTERS.keys() - UNCHECKED)


def numbers(kinds: list[NumberKind]) -> st.SearchStrategy[Number]:
    return st.builds(
        Number,
        st.sampled_from(kinds),
        st.text(LETTERS, min_size=2, max_size=6),
        st.text(LETTERS, min_size=1, max_size=3),
        st.sampled_from(LETTERS),
        st.integers(1, 10**12 - 1),
    )


NUMBERS = numbers(sorted(KIND_LETTERS))


def refused(text: str, kind: NumberKind = NumberKind.MRN) -> str:
    with pytest.raises(InvalidValue) as error:
        parse_number(text, kind, facility="KH", field="mrn")
    assert error.value.field == "mrn"
    return str(error.value.facts["reason"])


def test_a_number_has_its_parts_its_kind_and_its_check_character() -> None:
    assert format_number(NumberKind.MRN, "KH", "T", "A", 123) == "KH-TA-P000123-7"
    assert format_number(NumberKind.SPECIMEN, "KH", "T", "A", 123) == "KH-TA-T000123-J"
    assert format_number(NumberKind.GOODS_RECEIPT, "KH", "T", "A", 123) == "KH-TA-G000123"
    assert Number(NumberKind.Z_REPORT, "KH", "T", "A", 1_234_567).text == "KH-TA-E1234567"


def test_every_kind_has_a_letter_of_its_own_that_is_not_read_as_a_digit() -> None:
    assert set(KIND_LETTERS) == set(NumberKind) - {NumberKind.TICKET}
    assert len(set(KIND_LETTERS.values())) == len(KIND_LETTERS)
    assert not set("BILOQSUZ") & set(KIND_LETTERS.values())


def test_a_ticket_is_no_number_of_another_kind() -> None:
    for station in ("A", "TA", "ABC", "TCA"):
        for count in (1, 99, 12345):
            assert read_number(f"{station}{count:03d}", facility="TC") is None


def test_check_characters_leave_out_what_is_read_as_a_digit() -> None:
    assert len(set(CHECK_CHARACTERS)) == MODULUS
    assert not set("BILOSUZ") & set(CHECK_CHARACTERS)
    assert check_character("kh?") == check_character("")


@given(NUMBERS)
def test_a_printed_number_is_read_back(number: Number) -> None:
    assert parse_number(number.text, number.kind) == number
    assert read_number(number.text) == number


@given(NUMBERS, st.sampled_from(sorted(KIND_LETTERS)))
def test_no_two_kinds_read_alike(number: Number, other: NumberKind) -> None:
    same = Number(other, number.facility, number.station, number.series, number.counter)
    assert (same.text == number.text) == (other is number.kind)
    if other is number.kind:
        return
    for typed in (number.text, number.text.lower(), number.text.replace("-", " "), number.text.replace("-", "")):
        with pytest.raises(WrongNumberKind) as error:
            parse_number(typed, other, facility=number.facility, field="scan")
        assert error.value.facts == {
            "field": "scan", "number": number.text, "found_kind": number.kind.value, "wanted_kind": other.value,
        }  # fmt: skip


@given(NUMBERS)
def test_lower_case_spaces_and_missing_dashes_are_forgiven(number: Number) -> None:
    spaced = number.text.replace("-", " ").lower()
    assert read_number(f" {spaced} ") == number
    joined = number.text.replace("-", "")
    assert read_number(joined, facility=number.facility) == number


@pytest.mark.parametrize(
    "text",
    [
        "kh-ta-p123-7", "KHTAP000123 7", "KHTAP0001237", "KH TA P OOOI23 7", "KH–TA–P000123–7", "KH/TA/P000l23/7",
        "KHTA-P123-7", "KH-TA-P0001237", "KH-TAP000123-7", "KHTA P 123 7",
    ],
)  # fmt: skip
def test_what_a_hurried_clerk_types_is_understood(text: str) -> None:
    assert parse_number(text, NumberKind.MRN, facility="KH") == Number(NumberKind.MRN, "KH", "T", "A", 123)


def test_without_a_known_facility_two_letters_are_taken() -> None:
    goods = Number(NumberKind.GOODS_RECEIPT, "KH", "T", "A", 123)
    assert read_number("KHTAG000123") == goods
    assert read_number("KHTAG000123", facility="XY") == goods
    found = read_number("KHMTAG000123", facility="KHM")
    assert found is not None
    assert found.facility == "KHM"


@pytest.mark.parametrize(
    "text",
    [
        "", "-", "7", "P-7", "hello", "KH-TA-P000000-5", "KH-TA-P12X456-7", "K1-TA-P000123-2", "KH-TA-P0001234-V",
        "KH-TA-P000123", "KH-TA-000123-7", "KH-TA-X000123-7", "KH-P000123-7", "KH-TA-RA-P000123-7", "0001237",
        "KH-TA-G000123-7",
    ],
)  # fmt: skip
def test_what_is_no_number_is_refused(text: str) -> None:
    assert refused(text) == "format"
    assert read_number(text, facility="KH") is None


def test_a_slip_is_no_number() -> None:
    assert refused("KH-TA-P000124-7") == "check_character"
    assert read_number("KH-TA-P000124-7") is None


def test_a_number_without_its_check_character_never_becomes_another_number() -> None:
    for counter in range(1, 3000):
        plain = format_number(NumberKind.MRN, "KH", "T", "A", counter)[:-2]
        assert refused(plain) == "format"
        assert refused(plain.replace("-", "")) == "format"


def test_a_number_without_its_kind_letter_never_becomes_another_number() -> None:
    for kind in KIND_LETTERS:
        for counter in (*range(1, 300), 123_456, 1_234_567):
            bare = format_number(kind, "KH", "TB", "A", counter).replace(f"-{KIND_LETTERS[kind]}", "-")
            for typed in (bare, bare.replace("-", " ")):
                assert read_number(typed, facility="KH") is None, typed


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
        format_number(NumberKind.MRN, *parts)
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


@pytest.mark.parametrize("kind", CHECKED)
@pytest.mark.parametrize(
    "parts", [("KH", "T", "A", 123), ("ZOO", "OL", "I", 999_999), ("AB", "C", "D", 120_450), ("IL", "OI", "A", 10**10)]
)
def test_every_wrong_character_and_every_swap_is_found(kind: NumberKind, parts: tuple[str, str, str, int]) -> None:
    right = Number(kind, *parts)
    for slip in slips(right.text):
        read = read_number(slip)
        assert read in (None, right), slip  # a letter O for a zero is no slip: it is the same number


def test_every_pair_of_values_at_every_distance_is_told_apart() -> None:
    for a in range(26):
        for b in range(26):
            if a != b:
                one, other = LETTERS[a], LETTERS[b]
                assert check_character(one) != check_character(other)
                assert check_character(one + other) != check_character(other + one)


@given(numbers(CHECKED), st.data())
def test_slips_in_any_number_are_found(number: Number, data: st.DataObject) -> None:
    slip = data.draw(st.sampled_from(list(slips(number.text))))
    assert read_number(slip) in (None, number)
