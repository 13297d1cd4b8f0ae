"""The offline help: one short page a desk in every language, with the keys that the program really has."""

import re
from pathlib import Path

import pytest

from tests.content.catalogue_files import HELP

PAGES = frozenset("index sign-in shortcuts reception triage doctor lab pharmacy cashier admin board".split())
LANGUAGES = ("en", "fr")
FILES = sorted(HELP.glob("*/*.md"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_is_there(language: str) -> None:
    assert {path.stem for path in (HELP / language).glob("*.md")} == PAGES


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_page_is_short_and_starts_with_its_title(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    titles = [line for line in text.splitlines() if line.startswith("# ")]
    assert text.startswith("# ")
    assert len(titles) == 1
    assert 60 <= len(text.split()) <= 450
    assert not re.search(r"https?://|<[a-z]|!\[|\]\(", text)
    assert text.count("**") % 2 == 0


@pytest.mark.parametrize("page", sorted(PAGES))
def test_translations_have_the_same_parts(page: str) -> None:
    shapes = []
    for language in LANGUAGES:
        lines = (HELP / language / f"{page}.md").read_text(encoding="utf-8").splitlines()
        shapes.append([re.match(r"(#+ |- |\d+\. |\||)", line).group(0) for line in lines])  # type: ignore[union-attr]
    assert shapes[0] == shapes[1]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_keys_are_all_named(language: str) -> None:
    text = (HELP / language / "shortcuts.md").read_text(encoding="utf-8")
    for key in ("F1", "F2", "F8", "Ctrl+K", "Ctrl+/"):
        assert f"**{key}**" in text
