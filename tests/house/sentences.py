"""What in a source is a text for people, and whether it goes through the catalogue."""

import ast
import builtins
import re
import string
from collections.abc import Iterator

from tests.house.tree import Source, called, text_of

SPOKEN = {"tr": 1, "trc": 2, "trn": 2, "N_": 1, "NC_": 2}
"""The functions of words/language.py and how many of their first arguments are texts."""

SHOWN_WORDS = frozenset({"tr", "trc", "trn", "label", "say", "sentence"})
SINKS = frozenset(
    """QAction QCheckBox QDockWidget QGroupBox QLabel QMenu QPushButton QRadioButton QToolButton addAction addButton
    addItem addItems addMenu addRow addTab insertItem insertTab setAccessibleDescription setAccessibleName
    setDetailedText setHeaderLabels setHorizontalHeaderLabels setHtml setInformativeText setLabelText setPlaceholderText
    setPlainText setPrefix setStatusTip setSuffix setTabText setText setTitle setToolTip setWhatsThis setWindowTitle
    showMessage information warning question critical about""".split()
)
"""Qt's functions that show a text to a person."""

SECOND_IS_A_CODE = frozenset({"addItem", "insertItem"})
LOGGING = frozenset({"debug", "info", "warning", "error", "exception", "critical", "log", "warn"})
LETTERS = re.compile(r"[^\W\d_]{2,}")
SQL = re.compile(
    r"\s*(SELECT|INSERT|UPDATE|DELETE|CREATE|ALTER|DROP|PRAGMA|WITH|BEGIN|NOTIFY|LISTEN|SET|VACUUM|REINDEX|GRANT|COPY|"
    r"REFERENCES|CHECK|RAISE|EXECUTE|TRUNCATE|FOR|COALESCE|CASE)\b"
)
STYLE = re.compile(r"\{[^{}]*:[^{}]*;?[^{}]*\}")
PROGRAMMERS_ERRORS = frozenset(name for name in dir(builtins) if name.endswith(("Error", "Exception", "Exit")))


def shown_literals(node: ast.expr) -> Iterator[ast.expr]:
    """The literals with letters that this argument would show as they are."""
    if isinstance(node, ast.List | ast.Tuple):
        for each in node.elts:
            yield from shown_literals(each)
    elif isinstance(node, ast.JoinedStr):
        if any(LETTERS.search(text_of(part) or "") for part in node.values):
            yield node
    elif isinstance(node, ast.IfExp):
        yield from shown_literals(node.body)
        yield from shown_literals(node.orelse)
    elif isinstance(node, ast.BinOp):
        yield from shown_literals(node.left)
        yield from shown_literals(node.right)
    elif LETTERS.search(text_of(node) or ""):
        yield node


def untranslated(source: Source) -> Iterator[str]:
    """Literals handed to Qt without going through the catalogue."""
    for name, call in source.calls():
        if name in SINKS and not _is_log(call):
            for argument in call.args[:1] if name in SECOND_IS_A_CODE else call.args:
                for literal in shown_literals(argument):
                    yield source.at(
                        literal, f"{name} shows {ast.unparse(literal)[:60]}: write tr(…) around a plain literal"
                    )


def badly_spoken(source: Source) -> Iterator[str]:
    """Texts that Babel cannot find or that are filled in before they are translated."""
    for name, call in source.calls():
        if name not in SPOKEN or not isinstance(call.func, ast.Name):
            continue
        for argument in call.args[: SPOKEN[name]]:
            if isinstance(argument, ast.JoinedStr | ast.BinOp | ast.Call | ast.IfExp | ast.BoolOp):
                yield source.at(
                    argument, f'{name}: one literal, filled in afterwards: {name}("Saved {{time}}", time=…)'
                )
        yield from _wrong_facts(source, name, call)


def _wrong_facts(source: Source, name: str, call: ast.Call) -> Iterator[str]:
    texts = [text for each in call.args[: SPOKEN[name]] if (text := text_of(each)) is not None]
    if name in {"trc", "NC_"}:
        texts = texts[1:]
    given = {each.arg for each in call.keywords} | ({"n"} if name == "trn" else set())
    for text in texts:
        try:
            wanted = {field for _, field, _, _ in string.Formatter().parse(text) if field is not None}
        except ValueError:
            yield source.at(call, f"{text!r}: a brace that is not a placeholder; leave braces out of texts")
            continue
        if any(not field.isidentifier() for field in wanted):
            yield source.at(call, f"{text!r}: name the placeholder, {{time}}")
        elif name in {"tr", "trc", "trn"} and None not in given and wanted - given:
            yield source.at(call, f"{text!r} needs {', '.join(sorted(wanted - given))} as keyword")


def spoken_too_early(source: Source) -> Iterator[str]:
    """Texts translated while the module is loaded, before anybody chose a language."""
    for name, call in source.calls():
        if name in SHOWN_WORDS and isinstance(call.func, ast.Name):
            inside = [
                n for n in source.around(call) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
            ]
            if not inside or _in_default(source, call):
                yield source.at(
                    call, f"{name} at import speaks the wrong language: mark with N_ and translate when shown"
                )


def _in_default(source: Source, call: ast.Call) -> bool:
    return isinstance(source.parents.get(call), ast.arguments)


def loose_sentences(source: Source) -> Iterator[str]:
    """Sentences for people outside the catalogue."""
    for node in ast.walk(source.tree):
        text = text_of(node)
        if text and is_sentence(text) and not _is_excused(source, node):
            way = (
                "tr(…) around it"
                if source.room in {"ui", "documents", "cli", "cli_imports"}
                else "a code here, its words in words/"
            )
            yield source.at(node, f"{text[:60]!r} is a sentence: write {way}")


def is_sentence(text: str) -> bool:
    """Four words that begin like a sentence, or two that end like one; not SQL, not a style sheet."""
    words = LETTERS.findall(text)
    if " " not in text.strip() or SQL.match(text) or STYLE.search(text):
        return False
    begins = len(words) >= 4 and text.lstrip()[:1].isupper()
    return begins or (len(words) >= 2 and re.search(r"[^\W\d_]{2}[.!?]$", text.strip()) is not None)


def _is_excused(source: Source, node: ast.AST) -> bool:
    child = node
    for parent in source.around(node):
        if isinstance(parent, ast.Expr) or _is_spoken(parent, child) or _names_its_source(parent):
            return True
        if isinstance(parent, ast.Call) and (
            _is_log(parent) or _is_for_programmers(parent) or called(parent) == "warn"
        ):
            return True
        if isinstance(parent, ast.Assert | ast.FunctionDef | ast.ClassDef):
            return isinstance(parent, ast.Assert)
        if isinstance(parent, ast.Attribute) and parent.attr in {"split", "splitlines"}:
            return True
        child = parent
    return False


def _is_spoken(parent: ast.AST, child: ast.AST) -> bool:
    return isinstance(parent, ast.Call) and called(parent) in SPOKEN and child in parent.args


def _is_log(call: ast.Call) -> bool:
    """`log.warning(…)` and its like, not QMessageBox.warning."""
    owner = call.func.value if isinstance(call.func, ast.Attribute) else None
    name = owner.attr if isinstance(owner, ast.Attribute) else owner.id if isinstance(owner, ast.Name) else ""
    return called(call) in LOGGING and name.lower().strip("_") in {"log", "logger", "logging", "warnings"}


def _is_for_programmers(call: ast.Call) -> bool:
    return isinstance(call.func, ast.Name) and call.func.id in PROGRAMMERS_ERRORS


def _names_its_source(parent: ast.AST) -> bool:
    """`SOURCE = "…"`, `SOURCES = {…}`, `source="…"`: a citation is a name, not a sentence."""
    if isinstance(parent, ast.keyword):
        return (parent.arg or "").lower().rstrip("s").endswith("source")
    targets = (
        parent.targets
        if isinstance(parent, ast.Assign)
        else [parent.target]
        if isinstance(parent, ast.AnnAssign)
        else []
    )
    return any(isinstance(each, ast.Name) and each.id.lower().rstrip("s").endswith("source") for each in targets)
