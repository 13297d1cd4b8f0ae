"""Every finding of `hms check` can be told: its code has words, whose placeholders are its facts."""

import ast
import string
from collections.abc import Iterator
from pathlib import Path

from hms_desktop.services.checking import CHECKS
from hms_desktop.words.checking import LABELS

SOURCES = Path(__file__).parents[2] / "hms_desktop"
FILES = [*(SOURCES / "data" / "queries" / "checks").glob("*.py"), SOURCES / "services" / "checking.py"]


def codes() -> Iterator[str]:
    """The fourth argument of every `Finding(…)` that is written as a text."""
    for file in FILES:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Finding" and len(node.args) > 3:
                code = node.args[3]
                if isinstance(code, ast.Constant) and isinstance(code.value, str):
                    yield code.value


def test_every_finding_and_check_has_words() -> None:
    found = set(codes())
    assert len(found) > 15
    assert found <= set(LABELS["finding"])
    assert {*CHECKS, "schema", "digest"} <= set(LABELS["check"])


def test_words_of_findings_use_simple_placeholders() -> None:
    for text in LABELS["finding"].values():
        assert all(name is None or name.isidentifier() for _text, name, _form, _kind in string.Formatter().parse(text))
