"""Sums over the whole store: money and stock, for a report at the command line."""

from typing import Any

from sqlalchemy import func, select

from hms_desktop.data.reader import Reader
from hms_desktop.data.tables.audit import Paper
from hms_desktop.data.tables.billing import Adjustment, Bill, Charge, Payment, Refund
from hms_desktop.data.tables.pharmacy import Medication, StockBalance
from hms_desktop.data.tables.visits import Visit
from hms_desktop.domain.ids import Id


def money(reader: Reader) -> dict[str, int]:
    """Minor units charged, adjusted, paid, refunded, pending and owed; void charges left out."""
    sums = reader.first(
        select(
            func.coalesce(func.sum(Bill.charged), 0), func.coalesce(func.sum(Bill.adjusted), 0),
            func.coalesce(func.sum(Bill.paid), 0), func.coalesce(func.sum(Bill.refunded), 0),
            func.coalesce(func.sum(Bill.pending), 0),
        )
    )  # fmt: skip
    assert sums is not None
    charged, adjusted, paid, refunded, pending = (int(each) for each in sums)
    return {
        "charged": charged, "adjusted": adjusted, "paid": paid, "refunded": refunded, "pending": pending,
        "owed": charged - adjusted - paid + refunded - pending,
    }  # fmt: skip


def counts(reader: Reader) -> dict[str, int]:
    """How many charges, payments, refunds, adjustments, visits there are."""
    tables: dict[str, Any] = {
        "charges": Charge, "payments": Payment, "refunds": Refund, "adjustments": Adjustment, "visits": Visit,
    }  # fmt: skip
    return {name: int(reader.scalar(select(func.count(mapped.id)))) for name, mapped in tables.items()}


def stock(reader: Reader) -> dict[str, int]:
    """Units by medicine (its code), those with any."""
    statement = (
        select(Medication.code, func.sum(StockBalance.quantity))
        .join(Medication, Medication.id == StockBalance.medication_id)
        .group_by(Medication.code)
        .having(func.sum(StockBalance.quantity) > 0)
        .order_by(Medication.code)
    )
    return {row[0]: int(row[1]) for row in reader.rows(statement)}


def papers(reader: Reader) -> list[Id]:
    """Every kept paper, in the order it was made."""
    return [row.id for row in reader.rows(select(Paper.id).order_by(Paper.id))]
