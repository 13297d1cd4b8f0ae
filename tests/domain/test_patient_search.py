"""What a record is indexed by, and what a typed line asks for."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hms_desktop.domain.names import words
from hms_desktop.domain.patient_search import (
    BORN,
    SEEN,
    SOUND,
    SPELT,
    Every,
    Some,
    Term,
    ask_duplicates,
    ask_names,
    ask_near,
    index_words,
    mrn_key,
    name_words,
    one_letter_off,
    read_line,
    recent_months,
    reversed_phone,
    sounds,
    variants,
)

TODAY = date(2026, 3, 5)


def test_a_record_is_indexed_by_names_sounds_birth_year_and_month_seen() -> None:
    found = index_words("Asha Ng'ang'a", date(1998, 3, 5), TODAY).split(" ")
    assert found[:2] == ["asha", "nganga"]
    assert {word for word in found if word.startswith(SOUND)} == set(sounds("Asha Nganga"))
    assert f"{BORN}1998" in found
    assert f"{SEEN}202603" in found


def test_an_unknown_birth_has_an_index_word_of_its_own() -> None:
    assert f"{BORN}0" in index_words("Asha", None, TODAY).split(" ")


def test_scripts_with_their_own_sounds_are_indexed_once() -> None:
    assert sounds("王小明") == ()
    assert sounds("محمد") == sounds("Mohamed")


def test_letters_younger_than_the_engines_are_spelt_by_their_code_point() -> None:
    adlam = name_words("𞤀𞤣𞤢")[0]
    assert adlam.startswith(SPELT)
    assert set(adlam) <= set(SPELT + "0123456789abcdef")
    assert name_words("𞤀𞤣𞤢𞤥")[0].startswith(adlam)


@given(st.text(max_size=242))
def test_index_words_are_words_that_every_engine_can_take(text: str) -> None:
    found = index_words(text, None, TODAY)
    assert "  " not in found
    assert not set("\"'\\&|!():*<>") & set(found)
    assert len(found) <= 2000
    assert all(name_words(word) for word in words(text)[:12])


def test_patient_numbers_forgive_dashes_blanks_and_case() -> None:
    assert mrn_key("KH-TA-000123-h") == mrn_key(" kh ta 000123H") == "khta000123h"


def test_a_phone_is_kept_from_its_end() -> None:
    assert reversed_phone("+254 712-345 678") == "876543217452"


@pytest.mark.parametrize(
    ("line", "names", "years", "digits"),
    [
        ("Otieno Asha", ("otieno", "asha"), (), ""),
        ("asha 28y", ("asha",), (1997, 1998, 1999), ""),
        ("asha 1998", ("asha",), (1998,), ""),
        ("0712 345", (), (), "0712345"),
        ("1998", (), (), "1998"),
        ("٠٧١٢", (), (), "0712"),
        ("28y", (), (1997, 1998, 1999), ""),
        ("  ", (), (), ""),
    ],
)
def test_a_line_says_names_years_or_digits(
    line: str, names: tuple[str, ...], years: tuple[int, ...], digits: str
) -> None:
    typed = read_line(line, TODAY)
    assert (typed.words, typed.years, typed.digits) == (names, years, digits)


def test_recent_is_this_month_and_the_two_before() -> None:
    asked = recent_months(date(2026, 1, 31))
    assert [part.word for part in asked.parts if isinstance(part, Term)] == [
        f"{SEEN}202601", f"{SEEN}202512", f"{SEEN}202511",
    ]  # fmt: skip


def test_names_are_asked_whole_or_begun() -> None:
    typed = read_line("asha 1998", TODAY)
    assert ask_names(typed, prefix=True) == Every((Term("asha", prefix=True), Some((Term(f"{BORN}1998"),))))
    assert ask_names(typed, prefix=False).parts[0] == Term("asha")


def test_near_names_are_asked_by_beginning_sound_and_slip() -> None:
    asked = ask_near(read_line("otiemo", TODAY), {"otiemo": ("otieno",)})
    assert asked == Every((Some((Term("otiemo", prefix=True), Term(sounds("otiemo")[0]), Term("otieno"))),))


def test_duplicates_are_asked_by_two_names_and_an_age_that_fits() -> None:
    asked = ask_duplicates("Asha Otieno", date(1998, 3, 5))
    assert isinstance(asked, Every)
    names, years = asked.parts
    assert isinstance(names, Some)
    assert len(names.parts) == 1
    assert isinstance(years, Some)
    assert {part.word for part in years.parts if isinstance(part, Term)} == {
        f"{BORN}0", *(f"{BORN}{year}" for year in range(1995, 2002)),
    }  # fmt: skip


def test_a_single_name_without_an_age_is_asked_as_it_is() -> None:
    assert ask_duplicates("Juma", None) == Some((Term("juma"), *map(Term, sounds("Juma"))))
    assert ask_duplicates("", date(1998, 3, 5)) is None


@pytest.mark.parametrize(
    ("typed", "known"),
    [
        ("otiemo", "otieno"), ("otino", "otieno"), ("otienno", "otieno"), ("oteino", "otieno"), ("toieno", "otieno"),
        ("tieno", "otieno"), ("otiena", "otieno"),
    ],
)  # fmt: skip
def test_one_slip_of_the_finger_is_one_letter_off(typed: str, known: str) -> None:
    assert one_letter_off(typed, known)
    assert one_letter_off(known, typed)
    assert set(variants(typed)) & set(variants(known))


@pytest.mark.parametrize(
    ("one", "other"), [("otieno", "otieno"), ("abc", "cab"), ("asha", "ashantu"), ("abcd", "badc")]
)
def test_other_words_are_not_one_letter_off(one: str, other: str) -> None:
    assert not one_letter_off(one, other)


@given(st.text("abc", min_size=4, max_size=8), st.text("abc", min_size=4, max_size=8))
def test_words_one_letter_off_share_a_variant(one: str, other: str) -> None:
    if one_letter_off(one, other):
        assert set(variants(one)) & set(variants(other))


def test_short_and_very_long_words_have_no_variants() -> None:
    assert variants("ali") == ()
    assert variants("a" * 25) == ()
    assert variants("asha") == ("asha", "sha", "aha", "asa", "ash")
