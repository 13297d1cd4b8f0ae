"""The clinic's own details, its departments and its stations."""

from dataclasses import dataclass, field
from decimal import Decimal

from hms_desktop.data.queries.administration import departments as queries
from hms_desktop.data.queries.administration.users import hold
from hms_desktop.data.queries.facility import only_facility
from hms_desktop.data.reader import Reader
from hms_desktop.data.tables import facility as tables
from hms_desktop.data.tables.accounts import UserAccount
from hms_desktop.data.tables.pharmacy import StockLocation
from hms_desktop.data.work import Work
from hms_desktop.domain.administration import entries
from hms_desktop.domain.administration.pictures import check_logo
from hms_desktop.domain.billing import ClinicProfile
from hms_desktop.domain.commands import Command
from hms_desktop.domain.errors import AlreadyExists, InvalidValue, NotFound
from hms_desktop.domain.facility import DepartmentRow, Facility, FacilityDetails, ReceiptPaper, StationRow
from hms_desktop.domain.ids import Id
from hms_desktop.domain.money import Currency
from hms_desktop.domain.names import fold
from hms_desktop.services.service import reads, writes


@dataclass(frozen=True, kw_only=True)
class CorrectFacility(Command):
    """What stands on every paper, and when patients pay. `logo` None: as it is; b"": none any more."""

    version: int
    name: str
    address: str = ""
    phone: str = ""
    email: str = ""
    website: str = ""
    established_year: int | None = None
    licence_number: str = ""
    receipt_footer: str = ""
    profile: ClinicProfile = ClinicProfile.PAY_AT_END
    currency: Currency | None = None
    logo: bytes | None = field(default=None, repr=False)


@dataclass(frozen=True, kw_only=True)
class CreateDepartment(Command):
    """A new department. `head_id` is a user."""

    name: str
    description: str = ""
    head_id: Id | None = None
    location: str = ""
    phone: str = ""
    email: str = ""
    annual_budget: Decimal | None = None
    active: bool = True


@dataclass(frozen=True, kw_only=True)
class CorrectDepartment(CreateDepartment):
    """Other details; `active` False closes it."""

    department_id: Id
    version: int


@dataclass(frozen=True, kw_only=True)
class CorrectStation(Command):
    """A PC's name, the paper in its receipt printer, and where the medicines that it gives out lie."""

    station_id: Id
    version: int
    name: str
    receipt_paper: ReceiptPaper
    stock_location_id: Id


@dataclass(frozen=True, slots=True)
class Saved:
    """A row as it is now."""

    id: Id
    version: int


@reads("facility.view")
def clinic_details(reader: Reader) -> FacilityDetails:
    """The clinic as it stands in the store (another station may have changed it), and whether its currency is fixed."""
    return FacilityDetails(_stored(reader), queries.money_exists(reader))


@reads("facility.view")
def list_departments(reader: Reader) -> list[DepartmentRow]:
    """All departments by name, closed ones last."""
    return queries.departments(reader)


@reads("facility.view")
def list_stations(reader: Reader) -> list[StationRow]:
    """All stations by code."""
    return queries.stations(reader)


@reads("facility.view")
def stock_locations(reader: Reader) -> list[tuple[Id, str]]:
    """Where stock may lie: id and name."""
    return queries.stock_locations(reader)


def _stored(reader: Reader) -> Facility:
    found = only_facility(reader.connection)
    assert found is not None
    return found


@writes("facility.correct")
def correct_facility(work: Work, command: CorrectFacility) -> Saved:
    """Correct the clinic's details. Raises StaleRecord, InvalidValue (currency: money, when amounts exist already)."""
    stored = _stored(work)
    values: dict[str, object] = {
        "name": entries.line("name", command.name, 120, required=True),
        "address": entries.line("address", command.address, 200),
        "phone": entries.line("phone", command.phone, 40),
        "email": entries.email("email", command.email),
        "website": entries.line("website", command.website, 120),
        "established_year": command.established_year,
        "licence_number": entries.line("licence_number", command.licence_number, 60),
        "receipt_footer": entries.note("receipt_footer", command.receipt_footer, 300),
        "profile": command.profile,
    }
    if command.established_year is not None:
        entries.whole("established_year", command.established_year, 1800, work.today.year)
    if command.currency is not None and command.currency != stored.currency:
        values |= _new_currency(work, command.currency)
    if command.logo is not None:
        values["logo"] = _logo(command.logo)
        work.look("facility.logo_changed", "facility", stored.id, size=len(command.logo))
    return Saved(stored.id, work.change(tables.Facility, stored.id, command.version, **values))


def _new_currency(work: Work, currency: Currency) -> dict[str, object]:
    code = currency.code.strip().upper()
    if not (len(code) == 3 and code.isascii() and code.isalpha()):
        raise InvalidValue(field="currency", reason="currency")
    entries.whole("currency_digits", currency.digits, 0, 3)
    if queries.money_exists(work):
        raise InvalidValue(field="currency", reason="currency_fixed")
    return {"currency_code": code, "currency_digits": currency.digits}


def _logo(data: bytes) -> bytes | None:
    if not data:
        return None
    check_logo(data)
    return data


@writes("facility.correct")
def create_department(work: Work, command: CreateDepartment) -> Saved:
    """A new department. Raises InvalidValue, AlreadyExists (name, in any case and accents), NotFound (head)."""
    hold(work)
    values = _department(work, command, None)
    code = entries.code_from(command.name, queries.department_codes(work), 20)
    return Saved(work.insert(tables.Department, code=code, **values), 1)


@writes("facility.correct")
def correct_department(work: Work, command: CorrectDepartment) -> Saved:
    """Correct or close a department. Raises StaleRecord, InvalidValue, AlreadyExists, NotFound."""
    hold(work)
    if work.get(tables.Department, command.department_id).voided_at is not None:
        raise NotFound(kind="department", id=command.department_id)
    values = _department(work, command, command.department_id)
    version = work.change(tables.Department, command.department_id, command.version, **values)
    return Saved(command.department_id, version)


def _department(work: Work, command: CreateDepartment, department_id: Id | None) -> dict[str, object]:
    name = entries.line("name", command.name, 80, required=True)
    if queries.department_named(work, fold(name)) not in (None, department_id):
        raise AlreadyExists(kind="department", field="name", value=name)
    if command.head_id is not None:
        work.get(UserAccount, command.head_id)
    budget = command.annual_budget
    if budget is not None:
        entries.not_negative("annual_budget", budget)
    return {
        "name": name, "name_folded": fold(name), "head_id": command.head_id, "active": command.active,
        "description": entries.line("description", command.description, 300),
        "location": entries.line("location", command.location, 120), "phone": entries.line("phone", command.phone, 40),
        "email": entries.email("email", command.email),
        "annual_budget": None if budget is None else work.facility.currency.to_minor(budget),
    }  # fmt: skip


@writes("facility.correct")
def correct_station(work: Work, command: CorrectStation) -> Saved:
    """Name a PC, say what paper it has and from where it gives out. Raises StaleRecord, NotFound, InvalidValue."""
    if work.get(StockLocation, command.stock_location_id).voided_at is not None:
        raise NotFound(kind="stock_location", id=command.stock_location_id)
    version = work.change(
        tables.Station, command.station_id, command.version, name=entries.line("name", command.name, 80),
        receipt_paper=command.receipt_paper, stock_location_id=command.stock_location_id,
    )  # fmt: skip
    return Saved(command.station_id, version)
