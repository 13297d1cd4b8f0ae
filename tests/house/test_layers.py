"""Imports go down only, and each room keeps to its own libraries."""

import ast
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.rooms import ALLOWED, ROOMS
from tests.house.tree import PACKAGE, ROOT, Source, none_of, ours, snippet, sources

LINT = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c()", "--no-cache", "--no-logo"]


def imported(source: Source) -> Iterator[tuple[ast.AST, str]]:
    """Every imported module's top-level name."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Import):
            yield from ((node, alias.name.split(".")[0]) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node, node.module.split(".")[0]


def strange_libraries(source: Source) -> Iterator[str]:
    room = source.room or source.path.split("/", maxsplit=1)[0]
    may = ALLOWED.get(room, frozenset()) | sys.stdlib_module_names | {"hms_desktop"}
    for node, name in imported(source):
        if name not in may:
            yield source.at(
                node, f"{room} does not use {name}: ask another room for it, or allow it in tests/house/rooms.py"
            )


def undeclared_rooms(package: Path) -> Iterator[str]:
    for each in sorted(package.iterdir()):
        room = each.stem if each.suffix == ".py" else each.name if any(each.rglob("*.py")) else ""
        if room and room != "__init__" and not room.startswith("__pycache__") and room not in ROOMS:
            where = each.relative_to(package.parent)
            yield f"{where}: declare the new room in pyproject.toml's layers and in tests/house/rooms.py"


def run_contracts(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(LINT, cwd=folder, capture_output=True, text=True, timeout=120, check=False)


def test_imports_go_down_only() -> None:
    done = run_contracts(ROOT)
    assert done.returncode == 0, done.stdout + done.stderr


def test_each_room_keeps_to_its_libraries() -> None:
    none_of(finding for source in (*ours(), *sources("migrations")) for finding in strange_libraries(source))


def test_every_room_is_declared() -> None:
    none_of(undeclared_rooms(PACKAGE))


@pytest.fixture
def small_house(tmp_path: Path) -> Path:
    """A house of empty rooms under the real contracts, where a test may break them."""
    files = {f"{room}.py" for room in ROOMS if (PACKAGE / f"{room}.py").is_file()}
    folders = {room for room in ROOMS if f"{room}.py" not in files}
    for folder in ("", *folders, "ui/kit", "ui/shell", "ui/triage", "ui/lab"):
        (tmp_path / "hms_desktop" / folder).mkdir(parents=True)
        (tmp_path / "hms_desktop" / folder / "__init__.py").touch()
        if folder not in {"", "ui"}:
            (tmp_path / "hms_desktop" / folder / "store.py").touch()
    for file in files:
        (tmp_path / "hms_desktop" / file).touch()
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_a_house_of_empty_rooms_is_sound(small_house: Path) -> None:
    done = run_contracts(small_house)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("place", "line"),
    [
        ("domain/broken.py", "import hms_desktop.words.language"),
        ("domain/broken.py", "import hms_desktop.data.store"),
        ("data/broken.py", "import hms_desktop.services.store"),
        ("services/broken.py", "import hms_desktop.sync.store"),
        ("ui/kit/broken.py", "import hms_desktop.data.store"),
        ("ui/kit/broken.py", "import hms_desktop.ui.shell"),
        ("ui/triage/broken.py", "import hms_desktop.ui.lab.store"),
        ("services/broken.py", "import PySide6"),
        ("services/broken.py", "import sqlalchemy"),
        ("ui/kit/broken.py", "import reportlab"),
        ("attic/__init__.py", ""),
        ("ui/attic/__init__.py", ""),
    ],
)
def test_a_broken_import_rule_is_found(small_house: Path, place: str, line: str) -> None:
    file = small_house / "hms_desktop" / place
    file.parent.mkdir(exist_ok=True)
    file.write_text(f"{line}\n")
    done = run_contracts(small_house)
    assert done.returncode != 0, done.stdout
    assert "BROKEN" in done.stdout, done.stdout


def test_the_room_rules_can_fail(tmp_path: Path) -> None:
    assert list(strange_libraries(snippet("import PySide6", "hms_desktop/domain/example.py")))
    assert list(strange_libraries(snippet("from sqlalchemy import select", "hms_desktop/services/example.py")))
    assert not list(strange_libraries(snippet("import sqlalchemy, json", "hms_desktop/data/example.py")))
    (tmp_path / "package" / "attic").mkdir(parents=True)
    (tmp_path / "package" / "attic" / "a.py").touch()
    assert list(undeclared_rooms(tmp_path / "package"))
