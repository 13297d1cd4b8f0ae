"""Finds and loads a language's catalogue: `<folder>/<language>/LC_MESSAGES/hms.mo`, else the `.po` beside it.

An installed program brings the `.mo` files; a source tree may bring only `.po` files, or newer ones. Then the `.po` is
compiled in memory, so that nobody ever sees yesterday's words.
"""

import gettext
import io
from pathlib import Path

DOMAIN = "hms"
SOURCE = "en"
"""The language in which the program is written; it needs no catalogue."""


def beside_the_package() -> Path:
    """Where a source tree keeps its catalogues."""
    return Path(__file__).resolve().parents[2] / "resources" / "translations"


def _files(folder: Path, language: str) -> tuple[Path, Path]:
    place = folder / language / "LC_MESSAGES"
    return place / f"{DOMAIN}.mo", place / f"{DOMAIN}.po"


def exists(folder: Path, language: str) -> bool:
    """Whether the program can speak `language`."""
    return language == SOURCE or any(file.is_file() for file in _files(folder, language))


def load(folder: Path, language: str) -> gettext.NullTranslations:
    """The catalogue of `language`; an empty one (which answers with the English text) when there is none."""
    compiled, written = _files(folder, language)
    if language == SOURCE or not exists(folder, language):
        return gettext.NullTranslations()
    if compiled.is_file() and not _newer(written, compiled):
        with compiled.open("rb") as file:
            return gettext.GNUTranslations(file)
    return gettext.GNUTranslations(io.BytesIO(compile_po(written)))


def _newer(written: Path, compiled: Path) -> bool:
    return written.is_file() and written.stat().st_mtime > compiled.stat().st_mtime


def compile_po(written: Path) -> bytes:
    """The binary form of a `.po` file. Entries marked fuzzy are left out: a guess is not a translation."""
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    with written.open("rb") as file:
        catalogue = read_po(file)
    result = io.BytesIO()
    write_mo(result, catalogue, use_fuzzy=False)
    return result.getvalue()
