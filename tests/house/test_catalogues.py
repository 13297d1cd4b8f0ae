"""A language that is offered is whole: no text missing, none guessed, every placeholder in its place."""

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from hms_desktop.words.catalogue import DOMAIN, SOURCE, beside_the_package
from hms_desktop.words.language import LANGUAGES, placeholders
from tests.house.tree import PACKAGE, none_of

PROMISED = frozenset({"en", "fr"})
"""Languages that this version must offer."""

KEYWORDS = {"tr": None, "trn": (1, 2), "trc": ((1, "c"), 2), "N_": None, "NC_": ((1, "c"), 2)}


def catalogues() -> dict[str, Path]:
    return {file.parts[-3]: file for file in sorted(beside_the_package().glob(f"*/LC_MESSAGES/{DOMAIN}.po"))}


def texts_of_the_program() -> Catalog:
    found = Catalog()
    for _, _, message, _, context in extract_from_dir(str(PACKAGE), [("**.py", "python")], keywords=KEYWORDS):
        found.add(message, context=context)
    return found


def written(message: Message) -> list[str]:
    return list(message.string) if isinstance(message.string, list | tuple) else [message.string or ""]


def faults(wanted: Catalog, given: Catalog) -> Iterator[str]:
    """What a catalogue lacks or gets wrong, measured by the texts of the program."""
    for message in wanted:
        if not message.id:
            continue
        single = message.id if isinstance(message.id, str) else message.id[0]
        found = given.get(single, message.context)
        if found is None or not all(written(found)):
            yield f"not translated: {single!r} ({message.context or 'no context'})"
        elif found.fuzzy:
            yield f"only guessed: {single!r}"
        else:
            yield from _misplaced(message, found)


def _misplaced(wanted: Message, found: Message) -> Iterator[str]:
    texts = [wanted.id] if isinstance(wanted.id, str) else list(wanted.id)
    needed, allowed = placeholders(texts[-1]), frozenset[str]().union(*(placeholders(each) for each in texts))
    for text in written(found):
        try:
            has = placeholders(text)
        except ValueError:
            yield f"{text!r}: a brace is not closed"
            continue
        if not has <= allowed or (len(texts) == 1 and has != needed):
            yield f"{text!r}: placeholders {sorted(has)} instead of {sorted(needed)}"


def test_promised_languages_are_offered() -> None:
    assert catalogues().keys() | {SOURCE} >= PROMISED
    assert catalogues().keys() <= {each.code for each in LANGUAGES}


def test_offered_languages_are_whole() -> None:
    wanted = texts_of_the_program()
    for code, file in catalogues().items():
        with file.open("rb") as stream:
            given = read_po(stream, locale=code)
        none_of(f"{code}: {fault}" for fault in faults(wanted, given))


def test_the_texts_of_the_program_are_found() -> None:
    found = texts_of_the_program()
    assert len(found) > 100
    assert found.get("Waiting", "queue_state") is not None


@pytest.mark.parametrize(
    ("entry", "fault"),
    [
        ('msgid "Saved {time}"\nmsgstr ""', "not translated"),
        ('msgid "Other"\nmsgstr "Autre"', "not translated"),
        ('#, fuzzy\nmsgid "Saved {time}"\nmsgstr "Gardé {time}"', "only guessed"),
        ('msgid "Saved {time}"\nmsgstr "Gardé à {heure}"', "placeholders"),
        ('msgid "Saved {time}"\nmsgstr "Gardé {time"', "not closed"),
    ],
)
def test_the_catalogue_rule_can_fail(entry: str, fault: str) -> None:
    wanted = Catalog()
    wanted.add("Saved {time}")
    assert any(fault in each for each in faults(wanted, read_po(io.BytesIO(f"{entry}\n".encode()))))


def test_a_whole_catalogue_has_no_fault() -> None:
    wanted = Catalog()
    wanted.add("Saved {time}")
    wanted.add(("{n} bill", "{n} bills"))
    entries = 'msgid "Saved {time}"\nmsgstr "Gardé à {time}"\n\nmsgid "{n} bill"\nmsgid_plural "{n} bills"\n'
    entries += 'msgstr[0] "une facture"\nmsgstr[1] "{n} factures"\n'
    assert not list(faults(wanted, read_po(io.BytesIO(entries.encode()), locale="fr")))
