"""Lab tests of the clinic: names, price, whether they are offered, and the ranges that results are judged by."""

from dataclasses import dataclass
from decimal import Decimal

from hms_desktop.data.queries.administration import catalogue as queries
from hms_desktop.data.queries.administration.users import hold
from hms_desktop.data.reader import Reader
from hms_desktop.data.tables.lab import LabTest, ReferenceRange
from hms_desktop.data.work import Work
from hms_desktop.domain.administration import entries
from hms_desktop.domain.administration.catalogue import (
    OLDEST_DAYS,
    PREGNANT,
    SEXES,
    LabTestRow,
    RangeRow,
    check_ages,
    check_limits,
)
from hms_desktop.domain.billing import ChargeKind
from hms_desktop.domain.commands import Command
from hms_desktop.domain.errors import AlreadyExists, InvalidValue, NotFound
from hms_desktop.domain.ids import Id, new_id
from hms_desktop.domain.lab import ResultKind
from hms_desktop.domain.names import fold
from hms_desktop.services.administration.priced_items import keep_item
from hms_desktop.services.catalogue import names_of
from hms_desktop.services.catalogues.merge import search_words
from hms_desktop.services.service import reads, writes


@dataclass(frozen=True, kw_only=True)
class LabTestDetails(Command):
    """What may be changed of a test at any time. `delta_percent` None: changes are not pointed out."""

    name_en: str
    name_fr: str = ""
    turnaround_minutes: int = 0
    delta_percent: int | None = None
    active: bool = True
    price: Decimal | None = None


@dataclass(frozen=True, kw_only=True)
class AddLabTest(LabTestDetails):
    """A new test. `choices` (of a choice test) run from normal to abnormal; abnormal ones end in `*`."""

    category: str
    specimen: str
    result_kind: ResultKind = ResultKind.NUMBER
    unit: str = ""
    places: int = 0
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class CorrectLabTest(LabTestDetails):
    """Other details. Unit, decimals and kind stay, for results are kept in them."""

    test_id: Id
    version: int


@dataclass(frozen=True, kw_only=True)
class AddRange(Command):
    """Limits for one kind of patient: ages in completed days, the end excluded; None: no limit on that side."""

    test_id: Id
    sex: str = "any"
    pregnant: str = "any"
    age_from: int = 0
    age_to: int | None = None
    normal_low: Decimal | None = None
    normal_high: Decimal | None = None
    critical_low: Decimal | None = None
    critical_high: Decimal | None = None
    source: str = ""


@dataclass(frozen=True, kw_only=True)
class CorrectRange(AddRange):
    """Other limits. Results that were judged keep the range that was used."""

    range_id: Id
    version: int


@dataclass(frozen=True, kw_only=True)
class VoidRange(Command):
    """Take a range away."""

    range_id: Id
    version: int
    reason: str


@dataclass(frozen=True, slots=True)
class Saved:
    """A row as it is now."""

    id: Id
    version: int


@reads("catalogue.view")
def list_lab_tests(reader: Reader) -> list[LabTestRow]:
    """All tests by name, retired ones last."""
    return queries.lab_tests(reader)


@reads("catalogue.view")
def ranges_of(reader: Reader, test_id: Id) -> list[RangeRow]:
    """The reference ranges of a test."""
    return queries.ranges(reader, test_id)


@writes("catalogue.correct")
def add_lab_test(work: Work, command: AddLabTest) -> Saved:
    """A new test. Raises InvalidValue, AlreadyExists (name), NotAllowed (a price without the right)."""
    hold(work)
    names = _names(work, command, None)
    choices = _choices(command)
    code = entries.code_from(command.name_en, queries.item_codes(work, ChargeKind.LAB), 60)
    test_id = work.insert(
        LabTest, code=code, name=names, search_words=search_words(400, *names.values()),
        category=entries.one_of("category", command.category, names_of("lab_categories")),
        specimen=entries.one_of("specimen", command.specimen, names_of("specimens")),
        unit=entries.line("unit", command.unit, 20), result_kind=command.result_kind,
        places=entries.whole("places", command.places, 0, 4), choices=choices, preparation={}, **_times(command),
    )  # fmt: skip
    _keep_item(work, code, names, command)
    return Saved(test_id, 1)


@writes("catalogue.correct")
def correct_lab_test(work: Work, command: CorrectLabTest) -> Saved:
    """Correct or retire a test. Raises StaleRecord, InvalidValue, AlreadyExists (name), NotFound, NotAllowed."""
    hold(work)
    row = work.get(LabTest, command.test_id)
    if row.voided_at is not None:
        raise NotFound(kind="lab_test", id=command.test_id)
    names = {**row.name, **_names(work, command, row.id)}
    if not command.name_fr.strip():
        names.pop("fr", None)
    words = search_words(400, *names.values(), row.search_words)
    version = work.change(
        LabTest, row.id, command.version, name=names, search_words=words, **_times(command)
    )  # fmt: skip
    _keep_item(work, row.code, names, command)
    return Saved(row.id, version)


def _names(work: Work, command: LabTestDetails, test_id: Id | None) -> dict[str, str]:
    name = entries.line("name_en", command.name_en, 120, required=True)
    if any(fold(row.name_en) == fold(name) and row.id != test_id for row in queries.lab_tests(work)):
        raise AlreadyExists(kind="lab_test", field="name_en", value=name)
    return entries.names(name, entries.line("name_fr", command.name_fr, 120))


def _times(command: LabTestDetails) -> dict[str, object]:
    delta = command.delta_percent
    return {
        "turnaround_minutes": entries.whole("turnaround_minutes", command.turnaround_minutes, 0, 100_000),
        "delta_percent": None if delta is None else entries.whole("delta_percent", delta, 1, 10_000),
        "active": command.active,
    }


def _choices(command: AddLabTest) -> list[dict[str, object]]:
    """Answers as results keep them. Raises InvalidValue: required (fewer than two), duplicate."""
    if command.result_kind is not ResultKind.CHOICE:
        return []
    found = [entries.line("choices", each, 60) for each in command.choices if each.strip("* ")]
    plain = [each.rstrip("* ") for each in found]
    if len(found) < 2:
        raise InvalidValue(field="choices", reason="required")
    if len({fold(each) for each in plain}) < len(plain):
        raise InvalidValue(field="choices", reason="duplicate")
    return [
        {"value": value, "name": {"en": value}, "abnormal": each.endswith("*")}
        for value, each in zip(plain, found, strict=True)
    ]


def _keep_item(work: Work, code: str, names: dict[str, str], command: LabTestDetails) -> None:
    keep_item(
        work, ChargeKind.LAB, code, names, active=command.active, price=command.price, department_code="laboratory"
    )


@writes("catalogue.correct")
def add_range(work: Work, command: AddRange) -> Saved:
    """Limits for one more kind of patient. Raises InvalidValue (order, overlap, required), NotFound."""
    hold(work)
    values = _range_values(work, command, new_id(), 1)
    return Saved(work.insert(ReferenceRange, test_id=command.test_id, **values), 1)


@writes("catalogue.correct")
def correct_range(work: Work, command: CorrectRange) -> Saved:
    """Other limits. Raises StaleRecord, InvalidValue, NotFound."""
    hold(work)
    row = work.get(ReferenceRange, command.range_id)
    if row.voided_at is not None or row.test_id != command.test_id:
        raise NotFound(kind="reference_range", id=command.range_id)
    values = _range_values(work, command, row.id, row.version)
    return Saved(row.id, work.change(ReferenceRange, row.id, command.version, **values))


@writes("catalogue.correct")
def void_range(work: Work, command: VoidRange) -> Saved:
    """Take a range away: what it was for then has no flag. Raises ReasonNeeded, StaleRecord, NotFound."""
    work.void(ReferenceRange, command.range_id, command.reason, command.version)
    return Saved(command.range_id, command.version + 1)


def _range_values(work: Work, command: AddRange, range_id: Id, version: int) -> dict[str, object]:
    work.get(LabTest, command.test_id)
    age_to = OLDEST_DAYS if command.age_to is None else entries.whole("age_to", command.age_to, 0, OLDEST_DAYS)
    if command.sex == "male" and command.pregnant == "yes":
        raise InvalidValue(field="pregnant", reason="impossible")
    wanted = RangeRow(
        range_id, entries.one_of("sex", command.sex, SEXES), entries.one_of("pregnant", command.pregnant, PREGNANT),
        entries.whole("age_from", command.age_from, 0, OLDEST_DAYS), age_to, command.normal_low, command.normal_high,
        command.critical_low, command.critical_high,
        entries.line("source", command.source, 200, required=True), version,
    )  # fmt: skip
    check_limits(wanted.normal_low, wanted.normal_high, wanted.critical_low, wanted.critical_high)
    check_ages(wanted, queries.ranges(work, command.test_id))
    return {
        "sex": wanted.sex, "pregnant": wanted.pregnant, "age_from_days": wanted.age_from_days,
        "age_to_days": wanted.age_to_days, "normal_low": wanted.normal_low, "normal_high": wanted.normal_high,
        "critical_low": wanted.critical_low, "critical_high": wanted.critical_high, "source": wanted.source,
    }  # fmt: skip
