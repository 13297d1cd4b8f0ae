"""Nobody has to scroll: files, functions and folders stay small."""

import ast
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from tests.house.tree import Source, everything, none_of, snippet

FILE_LINES = 400
FUNCTION_LINES = 40
FOLDER_FILES = 60


def long_file(source: Source) -> Iterator[str]:
    lines = source.text.count("\n")
    if lines > FILE_LINES:
        yield source.at(1, f"{lines} lines; a file stops at {FILE_LINES} (aim at 150): give a part its own file")


def long_functions(source: Source) -> Iterator[str]:
    for node in ast.walk(source.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            body = node.body[1:] if ast.get_docstring(node) and len(node.body) > 1 else node.body
            lines = (body[-1].end_lineno or 0) - body[0].lineno + 1
            if lines > FUNCTION_LINES:
                yield source.at(
                    node,
                    f"{node.name}: {lines} lines; a function stops at {FUNCTION_LINES} (aim at 15): name a step of it",
                )


def crowded_folders(paths: list[str]) -> Iterator[str]:
    for folder, count in Counter(str(Path(path).parent) for path in paths).items():
        if count > FOLDER_FILES:
            yield f"{folder}: {count} files; a folder stops at {FOLDER_FILES}: make a folder for what belongs together"


def test_no_file_is_too_long() -> None:
    none_of(finding for source in everything() for finding in long_file(source))


def test_no_function_is_too_long() -> None:
    none_of(finding for source in everything() for finding in long_functions(source))


def test_no_folder_is_crowded() -> None:
    none_of(crowded_folders([source.path for source in everything() if "/versions/" not in source.path]))


def test_the_size_rules_can_fail() -> None:
    assert list(long_file(snippet("x = 1\n" * (FILE_LINES + 1))))
    assert list(long_functions(snippet("def f():\n    '''Doc.'''\n" + "    x = 1\n" * (FUNCTION_LINES + 1))))
    assert not list(long_functions(snippet("def f():\n    '''Doc.'''\n" + "    x = 1\n" * FUNCTION_LINES)))
    assert list(crowded_folders([f"a/{n}.py" for n in range(FOLDER_FILES + 1)]))
