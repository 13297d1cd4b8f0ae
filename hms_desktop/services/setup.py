"""The first run: a new clinic on an empty store; and a PC that comes to a clinic that exists."""

import string
from collections.abc import Callable
from dataclasses import dataclass, field

from hms_desktop.data.queries.facility import only_facility, stations
from hms_desktop.data.reader import Where
from hms_desktop.data.schema import HEAD, stamp
from hms_desktop.data.store import Store, open_store
from hms_desktop.data.tables import accounts, billing, pharmacy
from hms_desktop.data.tables import facility as tables
from hms_desktop.data.work import Work
from hms_desktop.domain import topics
from hms_desktop.domain.accounts import SYSTEM, Actor
from hms_desktop.domain.billing import ClinicProfile
from hms_desktop.domain.checkdigit import format_number
from hms_desktop.domain.commands import Command
from hms_desktop.domain.errors import (
    InvalidValue,
    NotAClinic,
    NotAllowed,
    StationUnknown,
    StoreMissing,
    StoreNewer,
    StoreNotEmpty,
)
from hms_desktop.domain.facility import Facility, NumberKind, ReceiptPaper, Station
from hms_desktop.domain.ids import Id, new_id
from hms_desktop.domain.money import Currency
from hms_desktop.domain.patients import Sex
from hms_desktop.domain.rights import SHIPPED_ROLES
from hms_desktop.services.clinic import Clinic
from hms_desktop.services.passwords import check_strength, hashed
from hms_desktop.system.machine import Machine
from hms_desktop.system.station import StationIdentity, read_identity, write_identity
from hms_desktop.words.labels import label


@dataclass(frozen=True, kw_only=True)
class CreateClinic(Command):
    """What the first-run wizard asks."""

    name: str
    code: str
    address: str = ""
    phone: str = ""
    email: str = ""
    website: str = ""
    established_year: int | None = None
    licence_number: str = ""
    currency: Currency = field(default_factory=Currency)
    time_zone: str = "UTC"
    profile: ClinicProfile = ClinicProfile.PAY_AT_END
    receipt_footer: str = ""
    logo: bytes | None = field(default=None, repr=False)
    training: bool = False
    admin_username: str = "admin"
    admin_given_name: str = ""
    admin_family_name: str = ""
    admin_password: str = field(repr=False)
    admin_must_change: bool = False
    language: str = "en"
    station_code: str = "A"
    station_name: str = ""
    receipt_paper: ReceiptPaper = ReceiptPaper.ROLL


def _migrated(store: Store, machine: Machine) -> None:
    found = stamp(store)
    if found.revision == HEAD:
        return
    if found.revision is not None and found.revision > HEAD:
        raise StoreNewer(store=store.shown, found=found.revision, known=HEAD)
    from hms_desktop.data.upgrade import upgrade  # Alembic loads 200 ms: only when there is something to do

    upgrade(store, machine.migrations)


def _check_ours(store: Store) -> None:
    """Raises StoreMissing where nothing is, NotAClinic where another program keeps its tables."""
    found = stamp(store)
    if found.revision is None:
        raise StoreMissing(store=store.shown) if found.empty else NotAClinic(store=store.shown)


def _or_closed(store: Store, step: Callable[[Store], Clinic]) -> Clinic:
    """What `step` makes of an open store, which is closed when it fails."""
    try:
        return step(store)
    except BaseException:
        store.close()
        raise


def create_clinic(location: str, machine: Machine, command: CreateClinic) -> Clinic:
    """Make a clinic on an empty store. Raises StoreNotEmpty, NotAClinic, InvalidValue, PasswordTooWeak."""
    _check(command)
    store = open_store(location, must_exist=False)
    return _or_closed(store, lambda store: _create(store, machine, command))


def _create(store: Store, machine: Machine, command: CreateClinic) -> Clinic:
    found = stamp(store)
    if found.revision is None and not found.empty:
        raise NotAClinic(store=store.shown)
    _migrated(store, machine)
    facility = Facility(
        id=new_id(), code=command.code, name=command.name.strip(), address=command.address, phone=command.phone,
        email=command.email, website=command.website, established_year=command.established_year,
        licence_number=command.licence_number, currency=command.currency, time_zone=command.time_zone,
        profile=command.profile, receipt_footer=command.receipt_footer, training=command.training, logo=command.logo,
    )  # fmt: skip
    station = Station(new_id(), command.station_code, command.station_name, "A", new_id())
    clinic = Clinic(store, Where(facility, station), machine.clock or store.now)
    with clinic.work(SYSTEM, "setup.create_clinic") as work:
        if only_facility(work.connection) is not None:
            raise StoreNotEmpty(store=store.shown)
        _first_rows(work, command, machine)
        if machine.catalogues is not None:
            from hms_desktop.services.catalogue_load import load_catalogues  # read once in a clinic's life

            load_catalogues(work, machine.catalogues)
        work.finish()
    _remember(machine, clinic.where)
    return clinic


def _check(command: CreateClinic) -> None:
    if not command.name.strip():
        raise InvalidValue(field="name", reason="required")
    try:
        format_number(NumberKind.MRN, command.code, command.station_code, "A", 1)
    except InvalidValue as wrong:
        if wrong.field != "facility":
            raise
        raise InvalidValue(field="code", reason="facility_code", value=command.code) from None
    try:
        from zoneinfo import ZoneInfo

        ZoneInfo(command.time_zone)
    except (KeyError, ValueError, OSError):
        raise InvalidValue(field="time_zone", reason="time_zone", value=command.time_zone) from None
    if not command.training:
        check_strength(command.admin_password, command.admin_username, 8, "admin_password")


def _first_rows(work: Work, command: CreateClinic, machine: Machine) -> None:
    facility, station = work.facility, work.station
    work.insert_many(tables.Topic, [{"name": name, "version": 1} for name in sorted(topics.ALL)])
    work.insert(
        tables.Facility, id=facility.id, code=facility.code, name=facility.name, logo=facility.logo,
        address=facility.address, phone=facility.phone, email=facility.email, website=facility.website,
        established_year=facility.established_year, licence_number=facility.licence_number,
        currency_code=facility.currency.code, currency_digits=facility.currency.digits, time_zone=facility.time_zone,
        profile=facility.profile, receipt_footer=facility.receipt_footer, training=facility.training,
    )  # fmt: skip
    location = work.insert(
        pharmacy.StockLocation, code="main", name=label("stock_location", "main"), owner_station_id=station.id,
        dispensing=True,
    )  # fmt: skip
    _insert_station(work, station, location, command.receipt_paper, machine.version)
    work.insert(
        billing.PriceList,
        code="standard",
        name=label("price_list", "standard"),
        multiplier=1,
        round_to=0,
        standard=True,
    )
    roles = {}
    for role in SHIPPED_ROLES:
        roles[role.code] = work.insert(
            accounts.Role,
            code=role.code,
            name=label("role", role.code),
            rights=sorted(role.rights),
            windows=role.windows,
        )
    user = work.insert(
        accounts.UserAccount, username=command.admin_username.strip().casefold(), given_name=command.admin_given_name,
        family_name=command.admin_family_name, gender=Sex.UNKNOWN, language=command.language, active=True,
        verified=True, password_hash=hashed(command.admin_password), failed_tries=0,
        must_change_password=command.admin_must_change,
    )  # fmt: skip
    work.insert(accounts.UserRole, user_id=user, role_id=roles["administrator"])


def _insert_station(work: Work, station: Station, location: Id, paper: ReceiptPaper, version: str) -> None:
    work.insert(
        tables.Station, id=station.id, code=station.code, name=station.name, series=station.series,
        incarnation=station.incarnation, receipt_paper=paper, stock_location_id=location, last_seen_at=work.now,
        app_version=version, schema_version=HEAD,
    )  # fmt: skip


def _remember(machine: Machine, where: Where) -> None:
    station = where.station
    identity = StationIdentity(where.facility.id, station.id, station.code, station.series, station.incarnation)
    write_identity(machine.home, identity)


def open_clinic(location: str, machine: Machine) -> Clinic:
    """Open a clinic as the station that this PC is. Raises StoreMissing (no clinic), NotAClinic, StationUnknown."""
    return _or_closed(open_store(location), lambda store: _open(store, machine))


def _open(store: Store, machine: Machine) -> Clinic:
    _check_ours(store)
    _migrated(store, machine)
    with store.reading() as connection:
        facility = only_facility(connection)
        known = stations(connection)
    if facility is None:
        raise StoreMissing(store=store.shown)
    identity = read_identity(machine.home, facility.id)
    mine = next((line.station for line in known if identity and line.station.id == identity.station_id), None)
    clock = machine.clock or store.now
    if mine is not None:
        return Clinic(store, Where(facility, mine), clock)
    if not facility.training:
        raise StationUnknown(store=store.shown)
    return _enrolled(Clinic(store, Where(facility, known[0].station), clock), SYSTEM, machine)


def open_as_guest(location: str, machine: Machine) -> Clinic:
    """Open a clinic that does not know this PC, to let an administrator sign in and `enrol_station`."""
    return _or_closed(open_store(location), lambda store: _open_as_guest(store, machine))


def _open_as_guest(store: Store, machine: Machine) -> Clinic:
    _check_ours(store)
    _migrated(store, machine)
    with store.reading() as connection:
        facility = only_facility(connection)
        known = stations(connection)
    if facility is None:
        raise StoreMissing(store=store.shown)
    return Clinic(store, Where(facility, known[0].station), machine.clock or store.now)


def enrol_station(guest: Clinic, actor: Actor, machine: Machine) -> Clinic:
    """Give this PC the next free station code. Raises NotAllowed unless the actor may correct the facility."""
    if not actor.may("facility.correct"):
        raise NotAllowed(right="facility.correct")
    return _enrolled(guest, actor, machine)


def _enrolled(guest: Clinic, actor: Actor, machine: Machine) -> Clinic:
    with guest.work(actor, "setup.enrol_station") as work:
        known = stations(work.connection)
        station = Station(new_id(), next_code({line.station.code for line in known}), "", "A", new_id())
        location = known[0].stock_location_id
        assert location is not None
        _insert_station(work, station, location, known[0].receipt_paper, machine.version)
        work.finish()
    clinic = Clinic(guest.store, Where(guest.facility, station), guest.clock)
    _remember(machine, clinic.where)
    return clinic


def next_code(taken: set[str]) -> str:
    """The first free station code: A to Z, then AA, AB, …"""
    letters = string.ascii_uppercase
    singles = list(letters)
    pairs = [first + second for first in letters for second in letters]
    return next(code for code in singles + pairs if code not in taken)
