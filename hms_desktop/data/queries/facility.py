"""The clinic's own rows: facility, stations."""

from dataclasses import dataclass

from sqlalchemy import Connection, select

from hms_desktop.data.base import table_of
from hms_desktop.data.tables.facility import Facility as FacilityRow
from hms_desktop.data.tables.facility import Station as StationRow
from hms_desktop.domain.billing import ClinicProfile
from hms_desktop.domain.facility import Facility, ReceiptPaper, Station
from hms_desktop.domain.ids import Id
from hms_desktop.domain.money import Currency


def only_facility(connection: Connection) -> Facility | None:
    """The clinic of this store, or None before the first run."""
    row = connection.execute(select(table_of(FacilityRow)).order_by(FacilityRow.created_at)).first()
    if row is None:
        return None
    return Facility(
        id=row.id,
        code=row.code,
        name=row.name,
        address=row.address,
        phone=row.phone,
        email=row.email,
        website=row.website,
        established_year=row.established_year,
        licence_number=row.licence_number,
        currency=Currency(row.currency_code, row.currency_digits),
        time_zone=row.time_zone,
        profile=ClinicProfile(row.profile),
        receipt_footer=row.receipt_footer,
        training=row.training,
        logo=row.logo,
        version=row.version,
    )


@dataclass(frozen=True, slots=True)
class StationLine:
    """A station as the list of stations shows it."""

    station: Station
    receipt_paper: ReceiptPaper
    stock_location_id: Id | None
    version: int


def stations(connection: Connection) -> list[StationLine]:
    """All stations, by code."""
    rows = connection.execute(select(table_of(StationRow)).order_by(StationRow.code))
    return [
        StationLine(
            Station(r.id, r.code, r.name, r.series, r.incarnation),
            ReceiptPaper(r.receipt_paper),
            r.stock_location_id,
            r.version,
        )
        for r in rows
    ]
