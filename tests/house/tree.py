"""The program's own source, parsed once, for the rules to read."""

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "hms_desktop"


@dataclass(frozen=True, eq=False)
class Source:
    """One Python file: its path from the top, its text, its syntax tree, and who encloses whom."""

    path: str
    text: str
    tree: ast.Module
    parents: dict[ast.AST, ast.AST] = field(default_factory=dict)

    @property
    def room(self) -> str:
        """`ui` for hms_desktop/ui/kit/form.py, `cli` for hms_desktop/cli.py; empty outside the package."""
        parts = Path(self.path).with_suffix("").parts
        return parts[1] if parts[0] == "hms_desktop" and len(parts) > 1 else ""

    def at(self, node: ast.AST | int, message: str) -> str:
        """A finding: where, and what to write instead."""
        line = node if isinstance(node, int) else getattr(node, "lineno", 1)
        return f"{self.path}:{line}: {message}"

    def around(self, node: ast.AST) -> Iterator[ast.AST]:
        """The nodes that enclose `node`, innermost first."""
        while (parent := self.parents.get(node)) is not None:
            yield parent
            node = parent

    def calls(self) -> Iterator[tuple[str, ast.Call]]:
        """Every call with the last part of the called name."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Call):
                yield called(node), node


def called(call: ast.Call) -> str:
    """`setText` of `self.name.setText(…)`, `tr` of `tr(…)`."""
    if isinstance(call.func, ast.Attribute):
        return call.func.attr
    return call.func.id if isinstance(call.func, ast.Name) else ""


def snippet(text: str, path: str = "hms_desktop/ui/triage/example.py") -> Source:
    """A piece of source as if it stood at `path`: for showing that a rule can fail."""
    tree = ast.parse(text)
    parents = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
    return Source(path, text, tree, parents)


@cache
def sources(*folders: str) -> tuple[Source, ...]:
    """Every Python file below these folders of the repository, in order."""
    files = sorted(file for folder in folders for file in (ROOT / folder).rglob("*.py"))
    return tuple(snippet(file.read_text(encoding="utf-8"), file.relative_to(ROOT).as_posix()) for file in files)


def ours() -> tuple[Source, ...]:
    """The program itself."""
    return sources("hms_desktop")


def everything() -> tuple[Source, ...]:
    """The program, its migrations and its tests."""
    return sources("hms_desktop", "migrations", "tests")


def text_of(node: ast.AST | None) -> str | None:
    """The value of a string literal."""
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def none_of(findings: Iterable[str]) -> None:
    """Fail with every finding on a line of its own."""
    found = list(findings)
    assert not found, "\n" + "\n".join(found)
