"""Who delivers."""

from sqlalchemy import select

from hms_desktop.data.reader import Reader
from hms_desktop.data.tables.pharmacy import Supplier
from hms_desktop.domain.ids import Id


def names(reader: Reader) -> list[str]:
    """Names of all suppliers, by name."""
    statement = select(Supplier.name).where(Supplier.voided_at.is_(None)).order_by(Supplier.name_folded)
    return [row.name for row in reader.rows(statement)]


def by_name(reader: Reader, folded: str) -> Id | None:
    """The supplier with this folded name, also one that was taken off the list."""
    found: Id | None = reader.scalar(select(Supplier.id).where(Supplier.name_folded == folded))
    return found
