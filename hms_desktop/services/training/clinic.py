"""Makes the training clinic: staff, shelves, three weeks of past days, and today with patients waiting everywhere.

Time is the clinic's own clock set back and moved on by the walks, so every fact has the moment it would have had. The
same seed and day make the same clinic, but for the identities of its rows.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from random import Random
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from hms_desktop.data.queries.catalogue_rows import by_key
from hms_desktop.data.queries.days import newest_day
from hms_desktop.data.schema import stamp
from hms_desktop.data.store import is_url, open_store
from hms_desktop.data.tables.billing import PayerGroup
from hms_desktop.data.tables.consultations import DiagnosisTerm
from hms_desktop.data.tables.facility import Department
from hms_desktop.data.tables.pharmacy import Medication
from hms_desktop.domain.accounts import SYSTEM, Actor
from hms_desktop.domain.billing import ClinicProfile
from hms_desktop.domain.errors import StoreNotEmpty
from hms_desktop.domain.ids import Id
from hms_desktop.domain.money import Currency
from hms_desktop.interop import demo_clinic as files
from hms_desktop.interop.csv_rows import read_rows
from hms_desktop.interop.demo_clinic import ComplaintRow
from hms_desktop.services.clinic import Clinic
from hms_desktop.services.setup import CreateClinic, create_clinic, open_as_guest, open_clinic
from hms_desktop.services.training.people import Village
from hms_desktop.services.training.scene import Scene, Stop, TrainingClock
from hms_desktop.services.training.staff import hire
from hms_desktop.services.training.supplies import DELIVERED_DAYS_AGO, fill_shelves
from hms_desktop.services.training.till import Till
from hms_desktop.services.training.walk import Walk
from hms_desktop.system.clock import utc_now
from hms_desktop.system.machine import Machine
from hms_desktop.system.paths import resources

EVERYBODYS = "training"
"""The password of everybody who works there; sign-in says so."""
PAST_DAYS = 16
"""Days back at which the training clinic begins to see patients."""

PATIENTS_A_DAY = (2, 4)

TODAY: tuple[Stop, ...] = (
    Stop.RELEASE, Stop.CASHIER, Stop.RETURNED, Stop.PHARMACY, Stop.BENCH, Stop.CASHIER, Stop.LAB, Stop.PHARMACY,
    Stop.DOCTOR, Stop.DOCTOR, Stop.DOCTOR, Stop.DOCTOR, Stop.DOCTOR, Stop.TRIAGE, Stop.TRIAGE, Stop.TRIAGE, Stop.TRIAGE,
)  # fmt: skip
"""Where today's patients wait when the clinic is opened, in the order in which they came."""

T = TypeVar("T")


def make_training_clinic(
    location: str, machine: Machine, seed: int, today: date | None = None, past_days: int | None = None
) -> Clinic:
    """Make a training clinic on an empty store and open it. `today` None is its own day, `past_days` None the usual.

    A file appears at its place only when it is whole; a database that is interrupted must be emptied by hand. Raises
    StoreNotEmpty, Unreachable, StoreFull.
    """
    past = PAST_DAYS if past_days is None else past_days
    if is_url(location):
        _live(location, machine, seed, today, past)
        return open_clinic(location, machine)
    path = Path(location)
    if path.exists():
        raise StoreNotEmpty(store=location)
    unfinished = path.with_name(f"{path.name}.making")
    for leftover in path.parent.glob(f"{unfinished.name}*"):
        leftover.unlink()
    _live(str(unfinished), machine, seed, today, past)
    unfinished.replace(path)
    return open_clinic(location, machine)


def training_day(location: str, machine: Machine) -> tuple[date, date]:
    """The last day on which somebody came to a training clinic, and its today. Raises StoreNotEmpty for another one."""
    clinic = open_as_guest(location, machine)
    try:
        if not clinic.facility.training:
            raise StoreNotEmpty(store=clinic.store.shown)
        with clinic.read(SYSTEM) as reader:
            return newest_day(reader) or reader.today, reader.today
    finally:
        clinic.store.close()


def nothing_at(location: str) -> bool:
    """Whether there is no store file, or a database without any table. Raises Unreachable, BadInput."""
    if not is_url(location) and "://" not in location and not Path(location).exists():
        return True
    store = open_store(location)
    try:
        return stamp(store).empty
    finally:
        store.close()


def _rows(kind: type[T]) -> list[T]:
    return list(read_rows(resources() / "demo_clinic" / files.FILES[kind], kind))


def _live(location: str, machine: Machine, seed: int, today: date | None, past_days: int) -> None:
    """Everything that has happened until now."""
    about = files.read_facility(resources() / "demo_clinic")
    zone = ZoneInfo(about["time_zone"])
    now = (machine.clock or utc_now)().astimezone(zone)
    day = today or now.date()
    until = now if day == now.date() else datetime.combine(day, time(12), zone)
    clock = TrainingClock(_at(day - timedelta(days=DELIVERED_DAYS_AGO), time(9), zone))
    clinic = create_clinic(location, replace(machine, clock=clock), _command(about, _rows(files.StaffRow)[0]))
    try:
        scene = _scene(clinic, clock, Random(seed))  # noqa: S311 - made-up patients, not secrets
        stock = _rows(files.StockRow)
        fill_shelves(clinic, scene.staff["zawadi"], _rows(files.SupplierRow), stock, day)
        village = Village(scene.random, _rows(files.NameRow), _rows(files.AddressRow))
        stories = _rows(files.ComplaintRow)
        for back in range(past_days, 0, -1):
            _past_day(scene, village, stories, day - timedelta(days=back), zone)
        _today(scene, village, stories, until)
    finally:
        clinic.store.close()


def _at(day: date, hour: time, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, hour, zone).astimezone(UTC)


def _command(about: dict[str, Any], admin: files.StaffRow) -> CreateClinic:
    return CreateClinic(
        code=about["code"], name=about["name"], address=about["address"], phone=about["phone"], email=about["email"],
        website=about["website"], established_year=about["established_year"], licence_number=about["licence_number"],
        currency=Currency(about["currency"], about["currency_digits"]), time_zone=about["time_zone"],
        profile=ClinicProfile(about["profile"]), receipt_footer=about["receipt_footer_en"], logo=about["logo"],
        training=True, admin_username=admin.username, admin_given_name=admin.given, admin_family_name=admin.family,
        admin_password=EVERYBODYS,
    )  # fmt: skip


def _scene(clinic: Clinic, clock: TrainingClock, random: Random) -> Scene:
    with clinic.read(SYSTEM) as reader:
        codes: dict[type, dict[str, Id]] = {
            mapped: {code: row.id for (code,), row in by_key(reader, mapped, ("code",)).items()}
            for mapped in (PayerGroup, Department, DiagnosisTerm, Medication)
        }
    staff: dict[str, Actor] = hire(clinic, _rows(files.StaffRow), codes[Department], EVERYBODYS)
    return Scene(
        clinic, clock, random, staff, codes[PayerGroup], codes[Department], codes[DiagnosisTerm], codes[Medication]
    )


def _chosen(random: Random, stories: Iterable[ComplaintRow]) -> ComplaintRow:
    known = list(stories)
    return random.choices(known, weights=[story.weight for story in known])[0]


def _past_day(scene: Scene, village: Village, stories: list[ComplaintRow], day: date, zone: ZoneInfo) -> None:
    """One day from the float to the Z report; nobody comes on a Sunday."""
    if day.isoweekday() == 7:
        return
    scene.clock.now = _at(day, time(8), zone)
    till = Till(scene, scene.staff["faith"])
    till.open()
    for number in range(scene.random.randint(*PATIENTS_A_DAY)):
        begun = _at(day, time(8, 15), zone) + timedelta(minutes=95 * number)
        scene.clock.now = max(begun, scene.clock.now)
        story = _chosen(scene.random, stories)
        walk = Walk(scene, village.somebody(story, day), story)
        walk.go(Stop.PAID)
        scene.clock.minutes(scene.random.uniform(3, 12))
        assert walk.guest.patient_id is not None
        till.take(walk.guest.patient_id)
        walk.go_home()
    scene.clock.minutes(20)
    till.close()


def _today(scene: Scene, village: Village, stories: list[ComplaintRow], until: datetime) -> None:
    """People who wait now. Early in the day they have come within the last minutes, for nobody came before midnight."""
    midnight = until.replace(hour=0, minute=1, second=0, microsecond=0)
    first = max(midnight, until - timedelta(minutes=9 * len(TODAY)))
    gap = (until - first) / len(TODAY)
    tested = [story for story in stories if story.tests or story.panels]
    treated = [story for story in stories if story.medicines and not story.tests and not story.panels]
    for number, stop in enumerate(TODAY):
        scene.clock.now = (first + gap * number).astimezone(UTC)
        fitting = tested if Stop.LAB <= stop <= Stop.RETURNED else treated if stop >= Stop.PHARMACY else stories
        story = _red(stories) if number == TODAY.index(Stop.DOCTOR) + 1 else _chosen(scene.random, fitting)
        scene.clock.limit = until.astimezone(UTC)
        Walk(scene, village.somebody(story, until.date()), story).go(stop)


def _red(stories: list[ComplaintRow]) -> ComplaintRow:
    """The emergency that every training day has."""
    return next(story for story in stories if story.triage == "red" and story.age_min_years >= 12)
