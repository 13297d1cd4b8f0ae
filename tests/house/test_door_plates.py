"""Each package says at the door what belongs in it, what it may import and what to read first."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.house.tree import PACKAGE, ROOT, Source, none_of, ours, snippet

LISTS_ITS_CHILDREN = "hms_desktop/data/tables/__init__.py"


def bad_plate(source: Source) -> Iterator[str]:
    plate = ast.get_docstring(source.tree) or ""
    if len(plate) < 60 or "read first" not in plate.lower():
        yield source.at(1, "the door plate says what belongs here, what it may import, and `Read first: …`")
    for node in source.tree.body[1:]:
        if source.path != LISTS_ITS_CHILDREN or not isinstance(
            node, ast.Import | ast.ImportFrom | ast.Assign | ast.AnnAssign
        ):
            yield source.at(node, "no code at the door: put it in a file with a name")


def rooms_without_plate(package: Path) -> Iterator[str]:
    for folder in sorted({file.parent for file in package.rglob("*.py")}):
        if not (folder / "__init__.py").is_file():
            yield f"{folder.relative_to(package.parent)}: has no __init__.py with a door plate"


def test_every_package_has_a_door_plate() -> None:
    none_of(rooms_without_plate(PACKAGE))


def test_door_plates_hold_words_and_no_code() -> None:
    none_of(finding for source in ours() if source.path.endswith("__init__.py") for finding in bad_plate(source))


def test_tests_are_found_without_packages() -> None:
    none_of(
        f"{file.relative_to(ROOT)}: tests need no __init__.py, take it away"
        for file in (ROOT / "tests").rglob("__init__.py")
    )


def test_the_door_plate_rules_can_fail(tmp_path: Path) -> None:
    good = '"""WHAT IS SHOWN: ' + "x" * 60 + '. Read first: `a.py`."""\n'
    assert not list(bad_plate(snippet(good, "hms_desktop/ui/__init__.py")))
    assert list(bad_plate(snippet(good + "from os import path\n", "hms_desktop/ui/__init__.py")))
    assert not list(bad_plate(snippet(good + "from os import path\n", LISTS_ITS_CHILDREN)))
    assert list(bad_plate(snippet('"""Short."""', "hms_desktop/ui/__init__.py")))
    (tmp_path / "room").mkdir()
    (tmp_path / "room" / "a.py").touch()
    assert list(rooms_without_plate(tmp_path / "room"))
