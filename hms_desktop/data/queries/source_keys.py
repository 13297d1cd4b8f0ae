"""Where imported facts came from."""

from collections.abc import Iterable
from itertools import islice

from sqlalchemy import select

from hms_desktop.data.base import table_of
from hms_desktop.data.reader import Reader
from hms_desktop.data.tables.facility import SourceKey
from hms_desktop.domain.ids import Id

_AT_ONCE = 500


def known(reader: Reader, source: str, kind: str, source_ids: Iterable[str]) -> dict[str, Id]:
    """The facts that these ids of a source became, as far as they were imported before."""
    table = table_of(SourceKey)
    left = iter(source_ids)
    found: dict[str, Id] = {}
    while part := list(islice(left, _AT_ONCE)):
        statement = select(table.c.source_id, table.c.fact_id).where(
            table.c.source == source, table.c.kind == kind, table.c.source_id.in_(part)
        )
        found.update((row.source_id, row.fact_id) for row in reader.rows(statement))
    return found
