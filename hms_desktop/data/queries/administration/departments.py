"""Departments, stations and what fixes the currency, for the administrator. The clinic itself: `facility.py`."""

from sqlalchemy import exists, func, or_, select

from hms_desktop.data.base import table_of
from hms_desktop.data.queries.accounts import name_column
from hms_desktop.data.reader import Reader
from hms_desktop.data.tables.billing import CashSession, Charge, Price, Receipt
from hms_desktop.data.tables.facility import Department, Station
from hms_desktop.data.tables.pharmacy import GoodsReceipt, StockBatch, StockLocation
from hms_desktop.domain.facility import DepartmentRow, ReceiptPaper, StationRow
from hms_desktop.domain.ids import Id
from hms_desktop.domain.names import fold


def departments(reader: Reader) -> list[DepartmentRow]:
    """All departments by name, closed ones last."""
    table = table_of(Department)
    head = name_column(table.c.head_id).label("head")
    rows = reader.rows(select(table, head).where(table.c.voided_at.is_(None)))
    money = reader.facility.currency.from_minor
    found = [
        DepartmentRow(
            r.id, r.code, r.name, r.description, r.head_id, r.head or "", r.location, r.phone, r.email,
            None if r.annual_budget is None else money(r.annual_budget), r.active, r.version,
        )
        for r in rows
    ]  # fmt: skip
    return sorted(found, key=lambda row: (not row.active, fold(row.name)))


def department_named(reader: Reader, folded: str) -> Id | None:
    """The department with this name, compared folded; void ones too, for the name stays theirs."""
    found: Id | None = reader.scalar(select(Department.id).where(Department.name_folded == folded))
    return found


def department_codes(reader: Reader) -> set[str]:
    """All codes."""
    return {row.code for row in reader.rows(select(Department.code))}


def stations(reader: Reader) -> list[StationRow]:
    """All stations by code."""
    table, location = table_of(Station), table_of(StockLocation)
    statement = (
        select(table, location.c.name.label("location"))
        .outerjoin(location, location.c.id == table.c.stock_location_id)
        .order_by(func.length(table.c.code), table.c.code)
    )
    return [
        StationRow(
            r.id, r.code, r.name, r.series, ReceiptPaper(r.receipt_paper), r.stock_location_id, r.location or "",
            r.last_seen_at, r.app_version, r.version,
        )
        for r in reader.rows(statement)
    ]  # fmt: skip


def stock_locations(reader: Reader) -> list[tuple[Id, str]]:
    """Every place that holds stock: id and name."""
    table = table_of(StockLocation)
    statement = select(table.c.id, table.c.name).where(table.c.voided_at.is_(None)).order_by(table.c.code)
    return [(row.id, row.name) for row in reader.rows(statement)]


def money_exists(reader: Reader) -> bool:
    """Whether any amount is kept that another currency would turn into another one."""
    facts = (
        exists().where(Price.amount > 0),
        exists().where(Charge.amount > 0),
        exists(select(Receipt.id)),
        exists(select(CashSession.id)),
        exists().where(GoodsReceipt.total_cost > 0),
        exists().where(StockBatch.unit_cost > 0),
        exists().where(Department.annual_budget > 0),
    )
    return bool(reader.scalar(select(or_(*facts))))
