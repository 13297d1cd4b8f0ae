"""Languages: what is offered, who speaks which, and the clinic's own words."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from hms_desktop.words import catalogue, language
from hms_desktop.words.language import N_, NC_, tr, trc, trn

FRENCH = """
msgid ""
msgstr ""
"Language: fr\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=2; plural=(n > 1);\\n"

msgid "Saved {time}"
msgstr "Enregistré à {time}"

msgctxt "verb"
msgid "Open"
msgstr "Ouvrir"

msgctxt "bill_state"
msgid "Open"
msgstr "Ouverte"

msgid "{n} bill"
msgid_plural "{n} bills"
msgstr[0] "{n} facture"
msgstr[1] "{n} factures"

#, fuzzy
msgid "Cancel"
msgstr "Peut-être"
"""


@pytest.fixture(autouse=True)
def translations(tmp_path: Path) -> Iterator[Path]:
    write(tmp_path, "fr", FRENCH)
    write(tmp_path, "ar", 'msgid "Saved {time}"\nmsgstr "حُفظ {time}"\n')
    language.configure(tmp_path)
    yield tmp_path
    language.configure(catalogue.beside_the_package())


def write(folder: Path, code: str, text: str) -> Path:
    place = folder / code / "LC_MESSAGES"
    place.mkdir(parents=True)
    (place / "hms.po").write_text(text, encoding="utf-8")
    return place


def test_only_languages_with_a_catalogue_are_offered() -> None:
    assert [each.code for each in language.available()] == ["en", "fr", "ar"]
    assert [each.code for each in language.available() if each.right_to_left] == ["ar"]


def test_a_language_without_catalogue_falls_back_to_english() -> None:
    assert language.set_language("sw").code == "en"
    assert language.set_language(None).code == "en"
    assert tr("Saved {time}", time="12:41") == "Saved 12:41"


def test_a_text_is_translated_then_filled_in() -> None:
    language.set_language("fr")
    assert language.current().name == "Français"
    assert tr("Saved {time}", time="12:41") == "Enregistré à 12:41"
    assert tr("Never seen {x}", x=1) == "Never seen 1"


def test_a_guessed_translation_is_not_shown() -> None:
    language.set_language("fr")
    assert tr("Cancel") == "Cancel"


def test_one_english_word_has_two_translations() -> None:
    language.set_language("fr")
    assert (trc("verb", "Open"), trc("bill_state", "Open")) == ("Ouvrir", "Ouverte")


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("en", ["0 bills", "1 bill", "2 bills"]),
        ("fr", ["0 facture", "1 facture", "2 factures"]),
    ],
)
def test_each_language_counts_its_own_way(code: str, expected: list[str]) -> None:
    language.set_language(code)
    assert [trn("{n} bill", "{n} bills", n) for n in range(3)] == expected


def test_a_paper_speaks_another_language_than_the_window() -> None:
    with language.using("fr") as chosen:
        assert chosen.code == "fr"
        with language.using("en"):
            assert tr("Saved {time}", time="9") == "Saved 9"
        assert tr("Saved {time}", time="9") == "Enregistré à 9"
    assert language.current().code == "en"


def test_another_thread_does_not_hear_the_paper() -> None:
    heard: list[str] = []
    with language.using("fr"):
        thread = threading.Thread(target=lambda: heard.append(tr("Saved {time}", time="9")))
        thread.start()
        thread.join()
    assert heard == ["Saved 9"]


def test_the_program_language_reaches_every_thread() -> None:
    language.set_language("fr")
    heard: list[str] = []
    thread = threading.Thread(target=lambda: heard.append(tr("Saved {time}", time="9")))
    thread.start()
    thread.join()
    assert heard == ["Enregistré à 9"]


def test_the_clinic_says_its_own_word() -> None:
    language.set_overrides("en", {"Saved {time}": "Stored at {time}", "{n} bill": "{n} invoice", "Open": "Start"})
    assert tr("Saved {time}", time="9") == "Stored at 9"
    assert (trn("{n} bill", "{n} bills", 1), trn("{n} bill", "{n} bills", 2)) == ("1 invoice", "2 bills")
    assert trc("verb", "Open") == "Start"
    language.set_language("fr")
    assert tr("Saved {time}", time="9") == "Enregistré à 9"


def test_an_own_word_can_be_given_back() -> None:
    language.set_overrides("en", {"Ticket": "Token"})
    language.set_overrides("en", {"Ticket": ""})
    assert tr("Ticket") == "Ticket"


def test_an_own_word_with_a_strange_placeholder_is_refused() -> None:
    language.set_overrides("en", {"Ticket": "Token"})
    with pytest.raises(ValueError, match="no placeholder hour"):
        language.set_overrides("en", {"Ticket": "Slip", "Saved {time}": "At {hour}"})
    assert tr("Ticket") == "Token"


def test_marks_leave_the_text_alone() -> None:
    assert (N_("Triage"), NC_("verb", "Open")) == ("Triage", "Open")


def test_a_compiled_catalogue_is_read(translations: Path) -> None:
    place = translations / "fr" / "LC_MESSAGES"
    (place / "hms.mo").write_bytes(catalogue.compile_po(place / "hms.po"))
    (place / "hms.po").unlink()
    language.configure(translations)
    language.set_language("fr")
    assert tr("Saved {time}", time="9") == "Enregistré à 9"


def test_newer_words_win_over_the_compiled_catalogue(translations: Path) -> None:
    import os

    place = translations / "fr" / "LC_MESSAGES"
    (place / "hms.mo").write_bytes(catalogue.compile_po(place / "hms.po"))
    os.utime(place / "hms.mo", (1, 1))
    (place / "hms.po").write_text(FRENCH.replace("Enregistré", "Sauvé"), encoding="utf-8")
    language.configure(translations)
    language.set_language("fr")
    assert tr("Saved {time}", time="9") == "Sauvé à 9"


def test_placeholders_are_found() -> None:
    assert language.placeholders("{n} of {total}") == {"n", "total"}
    with pytest.raises(ValueError, match="expected"):
        language.placeholders("{n")
