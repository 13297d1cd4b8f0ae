"""The audit trail can be read: every deed, every kind of fact and every column that it may name has a word."""

import ast
from collections.abc import Iterator

from hms_desktop.data.base import Base
from hms_desktop.data.queries.administration.audit import is_technical, kinds
from hms_desktop.words.labels import has_label
from tests.house.tree import none_of, ours

OF_EVERY_ROW = frozenset(
    {"id", "facility_id", "station_id", "created_at", "created_by", "updated_at", "updated_by", "version"}
)


def deeds() -> Iterator[str]:
    """What services write into the trail: themselves, and what they look at by a literal name."""
    for source in ours():
        if "/services/" not in f"/{source.path}":
            continue
        module = source.path.rsplit("/", 1)[-1].removesuffix(".py")
        for node in ast.walk(source.tree):
            if isinstance(node, ast.FunctionDef) and any(_is_writes(each) for each in node.decorator_list):
                yield f"{module}.{node.name}"
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr in {"look", "work"}
            ):
                yield from (
                    each.value
                    for each in node.args[:2]
                    if isinstance(each, ast.Constant) and isinstance(each.value, str) and "." in each.value
                )


def _is_writes(decorator: ast.expr) -> bool:
    return isinstance(decorator, ast.Call) and getattr(decorator.func, "id", "") == "writes"


def test_every_deed_has_words() -> None:
    found = sorted(set(deeds()))
    assert len(found) > 50
    none_of(f"{deed}: add it to words/actions.py" for deed in found if not has_label("action", deed))


def test_every_kind_of_fact_has_a_word() -> None:
    none_of(f"{kind}: add it to words/kinds.py" for kind in kinds() if not has_label("kind", kind))


def test_every_column_that_is_shown_has_a_word() -> None:
    tables = [mapper.local_table for mapper in Base.registry.mappers if mapper.class_.AUDITED]
    secret = frozenset().union(*(mapper.class_.SECRET for mapper in Base.registry.mappers))
    names = {column.name for table in tables for column in table.columns} - OF_EVERY_ROW - secret
    none_of(
        f"{name}: add it to words/columns.py"
        for name in sorted(names)
        if not (is_technical(name) or has_label("field", name) or has_label("column", name))
    )
