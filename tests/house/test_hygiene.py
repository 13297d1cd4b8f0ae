"""Nothing of one machine, nothing half done, nothing swallowed."""

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.tree import ROOT, Source, everything, none_of, ours, snippet, sources

TEXTS = ("*.py", "*.toml", "*.md", "*.cfg", "*.ini", "*.mako", "*.spec", "*.lock", "*.yml", "Makefile", "run", "system")
OF_A_MACHINE = re.compile(r"""["'\s(=:](/(?:home|root|work|Users|mnt|opt|srv)/[\w.-]+|[A-Z]:\\\\?Users)""")
REGISTRY = re.compile("|".join(("py" + r"pi\.org", "python" + r"hosted\.org", "--(extra-)?" + "index-url [^ ]")))
UNFINISHED = re.compile(r"\b(" + "|".join(("TO" + "DO", "FIX" + "ME", "XX" + "X", "HA" + "CK")) + r")\b")
FLOATS = frozenset({"Float", "REAL", "Double", "DOUBLE", "DOUBLE_PRECISION", "FLOAT", "float"})
BLANKET = re.compile(r"#\s*(type:\s*ignore(?!\[)|noqa(?!:\s*[A-Z]+\d))|\bpragma: no " + "cover")


def project_files() -> list[Path]:
    """Every text file of the project that a reader meets (not what was made, not what is ignored)."""
    skipped = {".venv", ".git", "build", "dist", "tour", "__pycache__"}
    found = (file for pattern in TEXTS for file in ROOT.rglob(pattern))
    return sorted(file for file in found if file.is_file() and not _made(file.relative_to(ROOT), skipped))


def _made(path: Path, skipped: set[str]) -> bool:
    hidden = [part for part in path.parts if part.startswith(".") and part != ".ci"]
    return bool(hidden or skipped & set(path.parts) or any(part.endswith(".egg-info") for part in path.parts))


def dirty_lines(path: str, text: str) -> Iterator[str]:
    rules = (
        (OF_A_MACHINE, "names a place of one machine: take it from the settings, the environment or tmp_path"),
        (REGISTRY, "names a package registry: the person's own pip settings decide"),
        (UNFINISHED, "is unfinished: finish it, or write it down in the tracker"),
        (BLANKET, "silences everything: name the code, and say why"),
    )
    for number, line in enumerate(text.splitlines(), start=1):
        for rule, message in rules:
            if rule.search(line):
                yield f"{path}:{number}: {message}: {line.strip()[:80]}"


def swallowed(source: Source) -> Iterator[str]:
    """Handlers that take every exception and do nothing with it."""
    for node in ast.walk(source.tree):
        if not isinstance(node, ast.ExceptHandler):
            continue
        broad = node.type is None or (
            isinstance(node.type, ast.Name) and node.type.id in {"Exception", "BaseException"}
        )
        idle = all(isinstance(each, ast.Pass | ast.Continue) or _is_ellipsis(each) for each in node.body)
        if node.type is None or (broad and idle):
            yield source.at(node, "swallows every error: name the one that you expect, let the others through")


def _is_ellipsis(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and node.value.value is ...


def sleepers(source: Source) -> Iterator[str]:
    for name, call in source.calls():
        owner = call.func.value if isinstance(call.func, ast.Attribute) else None
        of = owner.id if isinstance(owner, ast.Name) else ""
        if name == "sleep" or (name == "wait" and of == "qtbot") or name == "qWait":
            yield source.at(call, "waits for a time: wait for the thing itself (qtbot.waitUntil, an Event, a deadline)")


def printers(source: Source) -> Iterator[str]:
    for name, call in source.calls():
        if name == "print" and isinstance(call.func, ast.Name) and source.room not in {"cli", "cli_imports"}:
            yield source.at(call, "prints: only cli speaks on the terminal; log it, or return it")


def floats_in_the_store(source: Source) -> Iterator[str]:
    for node in ast.walk(source.tree):
        name = node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""
        if name in FLOATS:
            yield source.at(node, f"{name}: no floats in the store; take Money or Scaled(places) of data/types.py")


def test_no_line_is_dirty() -> None:
    for file in project_files():
        none_of(dirty_lines(file.relative_to(ROOT).as_posix(), file.read_text(encoding="utf-8")))


def test_no_error_is_swallowed() -> None:
    none_of(finding for source in everything() for finding in swallowed(source))


def test_no_test_waits_for_a_time() -> None:
    none_of(finding for source in sources("tests") for finding in sleepers(source))


def test_only_the_command_line_prints() -> None:
    none_of(finding for source in ours() for finding in printers(source))


def test_no_float_reaches_the_store() -> None:
    none_of(
        finding
        for source in sources("hms_desktop/data/tables", "migrations")
        for finding in floats_in_the_store(source)
    )


@pytest.mark.parametrize("script", [".ci/run", ".ci/system"])
def test_shell_scripts_are_sound(script: str) -> None:
    file = ROOT / script
    assert file.stat().st_mode & 0o111, f"{script} can't be run: chmod +x"
    subprocess.run(["bash", "-n", str(file)], check=True)
    assert "set -eu" in file.read_text(encoding="utf-8")


def test_the_hygiene_rules_can_fail() -> None:
    for bad in (
        'HERE = "/ho' + 'me/asha/clinic"',
        "pip install from https://py" + "pi.org/simple",
        "# TO" + "DO: later",
        "x = f()  # type: " + "ignore",
        "import x  # no" + "qa",
    ):
        assert list(dirty_lines("a.py", bad)), bad
    assert not list(dirty_lines("a.py", "x = f()  # type: ignore[attr-defined] - reportlab has no types"))
    assert list(swallowed(snippet("try:\n    f()\nexcept Exception:\n    pass")))
    assert list(swallowed(snippet("try:\n    f()\nexcept:\n    log()")))
    assert not list(swallowed(snippet("try:\n    f()\nexcept KeyError:\n    pass")))
    assert list(sleepers(snippet("time.sleep(1)")))
    assert list(sleepers(snippet("qtbot.wait(10)")))
    assert list(printers(snippet("print('x')", "hms_desktop/data/a.py")))
    assert not list(printers(snippet("print('x')", "hms_desktop/cli.py")))
    assert list(floats_in_the_store(snippet("price = Column(Float)")))
