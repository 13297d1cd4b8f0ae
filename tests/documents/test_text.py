"""Text of any script: right glyphs in the right order, wrapped without loss, a visible mark for what no font has."""

import unicodedata
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hms_desktop.documents import text
from hms_desktop.documents.kinds import render_kind
from hms_desktop.documents.sheet import Sheet
from hms_desktop.system.paths import resources
from hms_desktop.words.language import LANGUAGES
from tests.documents import samples
from tests.documents.reading import outside, pages_of, text_of

LONG = "OTIENO-WANYONYI-ODHIAMBO-NYAMWEYA, Akinyi Margaret Elisabeth Consolata Immaculate"
NAMES = [
    samples.ARABIC,
    samples.DEVANAGARI,
    samples.AMHARIC,
    "আয়েশা সিদ্দিকা",
    "Adéọlá Ọláwálé",
    "Đặng Thị Hồng",
    "Ünal Şahin",
]
CASES = [
    pytest.param(kind, paper, id=name) for name, (kind, paper) in samples.PAPERS.items() if hasattr(paper, "patient")
]


def letters(line: str) -> str:
    """What is left when line ends and the hyphens at them do not count."""
    return "".join(char for char in line if unicodedata.category(char)[0] in "LM")


def said(line: str, size: float = 12) -> str:
    sheet = Sheet(500, 60, title="x", author="y", language="en", rtl=False)
    sheet.text(20, 30, line, size)
    return pages_of(sheet.finish())[0]


@pytest.mark.parametrize("name", NAMES)
def test_a_name_comes_back_as_it_was_written(name: str) -> None:
    assert said(name) == name


@pytest.mark.parametrize("name", [*NAMES, LONG])
@pytest.mark.parametrize(("kind", "paper"), CASES)
def test_every_paper_takes_every_name(kind: str, paper: Any, name: str) -> None:
    drawn = render_kind(kind, replace(paper, patient=replace(samples.ASHA, name=name)))
    flat = letters(text_of(drawn))
    assert outside(drawn) == []
    cut = kind in {"specimen-label", "drug-label"} and "…" in text_of(drawn)  # a label is small; the cut shows
    backwards = "".join(reversed(name.split()))  # a line with more Latin letters is read from the left, word by word
    assert cut or letters(name) in flat or letters(backwards) in flat


def test_devanagari_is_shaped_and_not_set_letter_by_letter() -> None:
    line = text.set_line("प्रिया")
    drawn = [number for run in line.runs for number in run.used]
    face = line.runs[0].face
    assert face.name == "NotoSansDevanagari-Regular"
    assert len(drawn) < len("प्रिया")
    assert line.runs[0].said == "प्रिया"


def test_arabic_letters_join() -> None:
    alone = sum(text.width(letter, 10) for letter in "محمد")
    assert text.width("محمد", 10) < alone


def test_a_dose_inside_arabic_keeps_its_order() -> None:
    line = text.set_line("خذ 500 mg (2 tablets) بعد الأكل")
    face = line.runs[0].face
    order = [run for run in line.runs if face.glyph("m")[0] in run.used]
    assert len(order) == 1
    shown = order[0].pieces[0][1]
    five, unit = f"<{face.glyph('5')[0]:04X}>", f"<{face.glyph('m')[0]:04X}>"
    assert shown.index(five) < shown.index(unit)


@pytest.mark.parametrize("lost", ["王", "한", "🦓", "ꦗ"])
def test_what_no_font_has_shows_its_code(lost: str, glyphs_may_be_missing: bool, sheet_log: list[str]) -> None:
    patient = replace(samples.ASHA, name=f"OTIENO {lost}")
    assert f"▯U+{ord(lost):04X}" in text_of(render_kind("receipt", replace(samples.RECEIPT, patient=patient)))
    assert text.missing(f"a{lost}b") == {lost}
    assert f"No bundled font has U+{ord(lost):04X}" in sheet_log


def test_control_characters_and_joiners_do_not_show() -> None:
    assert said("a\u200bb\x07c\u200e") == "ab c"
    assert text.missing("a\u200d\u200c\ufeffb") == frozenset()


@given(st.text(alphabet=st.characters(codec="utf-8", categories=["L", "N", "P", "Z", "M", "Cf", "Cc"]), max_size=40))
@settings(max_examples=200, deadline=None)
def test_any_text_is_set_without_an_error(line: str) -> None:
    assert text.set_line(line).width >= 0
    assert text.set_line(line, True, True).width >= 0
    lines = text.wrap(line, 9, 60)
    kept = "".join(lines).replace(" ", "").replace("\u00a0", "")
    assert kept == "".join("".join(line.splitlines()).split(" ")).replace("\u00a0", "")


@pytest.mark.parametrize("room", [20, 45, 90, 300])
def test_lines_are_no_wider_than_their_room(room: int) -> None:
    lines = text.wrap("Amoxicillin 500 mg, three times a day for 7 days, until 05-Mar-2026 12:41", 9, room)
    assert all(text.width(line, 9) <= room for line in lines)


def test_a_dose_is_never_cut_between_number_and_unit() -> None:
    for room in range(40, 140, 3):
        lines = text.wrap("Take 500 mg or 10 ml at night", 9, room)
        assert not any(line.endswith(("500", "10")) for line in lines)


def test_a_word_is_not_cut_between_a_letter_and_its_mark() -> None:
    lines = text.wrap("प्रियाश्रीकृष्णद्विवेदी" * 3, 12, 50)
    assert len(lines) > 3
    assert all(not line or not "\u093a" <= line[0] <= "\u094d" for line in lines)


def test_a_size_is_found_that_fits() -> None:
    assert text.fit("short", 12, 100, 1, 6) == 12
    assert text.fit(LONG, 12, 200, 1, 4) < 12
    assert text.fit(LONG * 9, 12, 30, 1, 4) == 4


def test_the_first_strong_letter_gives_the_direction() -> None:
    assert text.right_to_left("12 محمد")
    assert not text.right_to_left("12 Otieno محمد")
    assert not text.right_to_left("123")


def test_a_place_with_room_for_two_lines_shows_that_it_was_cut() -> None:
    assert text.at_most("short", 9, 100, 1, 6) == (9, ["short"])
    size, lines = text.at_most(LONG * 3, 9, 100, 2, 6)
    assert size == 6
    assert len(lines) == 2
    assert lines[-1].endswith("…")
    assert text.width(lines[-1], size) <= 100


def test_everything_that_the_program_brings_can_be_printed() -> None:
    found: dict[str, str] = {}
    for folder, pattern in (("translations", "**/*.po"), ("catalogues", "*.csv"), ("demo_clinic", "**/*.csv")):
        for path in sorted((resources() / folder).glob(pattern)):
            for char in text.missing(path.read_text(encoding="utf-8")):
                found[char] = path.name
    assert found == {}


def test_every_language_of_the_program_can_be_printed_by_its_name() -> None:
    assert [each.name for each in LANGUAGES if said(each.name) != each.name] == []
