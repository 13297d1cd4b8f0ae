"""Names say what a thing is: banned words, sentences for tests, frozen commands, Qt endings, role.thing."""

import ast
import re
from collections.abc import Iterator

from tests.house.tree import Source, everything, none_of, ours, snippet, sources, text_of

BANNED = ("utils", "util", "helpers", "helper", "misc", "common", "manager", "handler")
QT_ENDINGS = (
    "Application", "Area", "Background", "Badge", "Banner", "Bar", "Board", "Bottom", "Box", "Button", "Card",
    "Cell", "Chart", "Completer", "Context", "Delegate", "Desk", "Dialog", "Door", "Drafts", "Driver", "Edit",
    "Field", "Filter", "Form", "Frame", "Grid", "Guard", "Header", "Item", "Label", "Layout", "Line", "List",
    "Menu", "Messages", "Model", "Page", "Panel", "Popup", "Preview", "Proxy", "Row", "Runner", "Sheet",
    "Signals", "Spin", "Stack", "Strip", "Style", "Tab", "Table", "Tabs", "Theme", "Thread", "Tile", "Timer",
    "Validator", "View", "Watcher", "Widget", "Window", "Wizard",
)  # fmt: skip
OBJECT_NAME = re.compile(r"[a-z][a-z_]*\.[a-z0-9_]+")
QT_CLASS = re.compile(r"Q(?!Object$)[A-Z]\w+")


def words_of(name: str) -> list[str]:
    """`StockManager` → stock, manager."""
    return [word.lower() for word in re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])", name)]


def banned_names(source: Source) -> Iterator[str]:
    names = [(1, part.removesuffix(".py")) for part in source.path.split("/")]
    named = (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    names.extend((node.lineno, node.name) for node in ast.walk(source.tree) if isinstance(node, named))
    names = [(line, name) for line, name in names if not name.startswith("test_")]  # sentences may use any word
    for line, name in names:
        for word in set(words_of(name)) & set(BANNED):
            yield source.at(line, f"`{name}` says nothing: instead of “{word}” say what it does")


def short_test_names(source: Source) -> Iterator[str]:
    for node in ast.walk(source.tree):
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) or not node.name.startswith("test"):
            continue
        if len([part for part in node.name.split("_") if part]) < 3:
            yield source.at(node, f"`{node.name}` is no sentence: say who does what, test_two_cashiers_share_one_bill")


def last_name(node: ast.expr) -> str:
    """`Command` of `commands.Command` and of `Command[int]`."""
    if isinstance(node, ast.Subscript):
        return last_name(node.value)
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def dataclass_options(node: ast.ClassDef) -> dict[str, object] | None:
    """The options given to @dataclass, or None when the class is none."""
    for each in node.decorator_list:
        if isinstance(each, ast.Call) and last_name(each.func) == "dataclass":
            return {word.arg or "": getattr(word.value, "value", None) for word in each.keywords}
        if last_name(each) == "dataclass":
            return {}
    return None


def thawed_values(source: Source) -> Iterator[str]:
    """Commands that are not frozen and keyword-only; rows that are not frozen."""
    for node in ast.walk(source.tree):
        if not isinstance(node, ast.ClassDef):
            continue
        options = dataclass_options(node)
        if any(last_name(base) == "Command" for base in node.bases):
            if not options or not (options.get("frozen") and options.get("kw_only")):
                yield source.at(node, f"command `{node.name}`: write @dataclass(frozen=True, kw_only=True)")
        elif node.name.endswith("Row") and options is not None and not options.get("frozen"):
            yield source.at(node, f"row `{node.name}`: write @dataclass(frozen=True, slots=True)")


def qt_classes(all_sources: tuple[Source, ...]) -> Iterator[tuple[Source, ast.ClassDef]]:
    """Classes that come from a Qt class, directly or through another class of ours; a bare QObject may be anything."""
    classes = [(s, n) for s in all_sources for n in ast.walk(s.tree) if isinstance(n, ast.ClassDef)]
    known: set[str] = set()
    while True:
        found = {
            node.name
            for _, node in classes
            if any(QT_CLASS.fullmatch(last_name(base)) or last_name(base) in known for base in node.bases)
        }
        if found == known:
            break
        known = found
    yield from ((source, node) for source, node in classes if node.name in known)


def endless_qt_names(all_sources: tuple[Source, ...]) -> Iterator[str]:
    for source, node in qt_classes(all_sources):
        if not node.name.endswith(QT_ENDINGS):
            yield source.at(node, f"Qt class `{node.name}`: end in what it is ({', '.join(QT_ENDINGS[:8])}, …)")


def bad_object_names(source: Source) -> Iterator[str]:
    parts = source.path.split("/")
    role = parts[2] if len(parts) > 3 and parts[1] == "ui" and parts[2] not in {"kit", "shell", "tour"} else ""
    for name, call in source.calls():
        text = text_of(call.args[0]) if name == "setObjectName" and call.args else None
        if text is None:
            continue
        if not OBJECT_NAME.fullmatch(text):
            yield source.at(call, f"object name `{text}`: write role.thing in small letters, triage.temperature")
        elif role and not text.startswith(f"{role}."):
            yield source.at(call, f"object name `{text}` in the {role} window: write {role}.{text.split('.')[1]}")


def test_names_say_what_a_thing_is() -> None:
    none_of(finding for source in everything() for finding in banned_names(source))


def test_tests_are_named_by_sentences() -> None:
    none_of(finding for source in sources("tests") for finding in short_test_names(source))


def test_commands_and_rows_are_frozen() -> None:
    none_of(finding for source in ours() for finding in thawed_values(source))


def test_qt_classes_end_in_what_they_are() -> None:
    none_of(endless_qt_names(sources("hms_desktop/ui")))


def test_object_names_are_role_and_thing() -> None:
    none_of(finding for source in sources("hms_desktop/ui") for finding in bad_object_names(source))


def test_the_name_rules_can_fail() -> None:
    assert list(banned_names(snippet("class StockManager: ...")))
    assert list(banned_names(snippet("", "hms_desktop/ui/helpers.py")))
    assert not list(banned_names(snippet("class Commonwealth: ...")))
    assert list(short_test_names(snippet("def test_vitals(): ...")))
    assert not list(short_test_names(snippet("def test_a_nurse_saves_vitals(): ...")))
    assert list(thawed_values(snippet("@dataclass(frozen=True)\nclass TakePayment(Command): ...")))
    assert not list(thawed_values(snippet("@dataclass(frozen=True, kw_only=True)\nclass TakePayment(Command): ...")))
    assert list(thawed_values(snippet("@dataclass\nclass QueueRow: ...")))
    assert list(endless_qt_names((snippet("class Base(QWidget): ...\nclass Vitals(Base): ..."),)))
    assert not list(endless_qt_names((snippet("class VitalsForm(QWidget): ..."),)))
    assert list(bad_object_names(snippet("w.setObjectName('Temperature')")))
    assert list(bad_object_names(snippet("w.setObjectName('doctor.temperature')")))
    assert not list(bad_object_names(snippet("w.setObjectName('triage.temperature')")))
