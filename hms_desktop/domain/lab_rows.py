"""Rows of the laboratory's screens. Times are aware UTC; names and choices are in the reader's language."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from hms_desktop.domain.ids import Id
from hms_desktop.domain.lab import Flag, LabPriority, OrderState, ResultStatus, SpecimenState
from hms_desktop.domain.lab_values import ValueRules
from hms_desktop.domain.labrules import Delta, Range

PRIORITY_RANK = {LabPriority.STAT: 0, LabPriority.URGENT: 1, LabPriority.ROUTINE: 2}
"""The order of a worklist, most urgent first."""


@dataclass(frozen=True, slots=True)
class LabChoiceRow:
    """A test or panel that can be ordered. `price` None: nobody has set one. `matched`: the other name that led here.

    `tests` are the names of a panel's tests; `turnaround_minutes` that of the slowest.
    """

    code: str
    is_panel: bool
    name: str
    price: Decimal | None
    specimens: tuple[str, ...]
    tests: tuple[str, ...]
    preparation: tuple[str, ...]
    turnaround_minutes: int
    matched: str


@dataclass(frozen=True, slots=True)
class LabPerson:
    """Whom laboratory work is about."""

    patient_id: Id
    name: str
    mrn: str
    sex: str
    age: str


@dataclass(frozen=True, slots=True)
class OrderedTestRow:
    """A test of an order. `panel` is the panel's name, or ''."""

    id: Id
    version: int
    code: str
    name: str
    panel: str
    specimen: str
    category: str
    state: OrderState
    cancel_reason: str


@dataclass(frozen=True, slots=True)
class OrderRow:
    """An order with its tests. `released` counts tests with a released result, `total` those not cancelled."""

    id: Id
    version: int
    number: str
    person: LabPerson
    visit_id: Id
    visit_number: str
    priority: LabPriority
    state: OrderState
    ordered_at: datetime
    ordered_by: str
    completed_at: datetime | None
    clinical_notes: str
    diagnosis: str
    tests: tuple[OrderedTestRow, ...]
    colour: str = ""
    corrected: bool = False

    @property
    def rank(self) -> int:
        """Place by priority, the most urgent 0."""
        return PRIORITY_RANK[self.priority]

    @property
    def released(self) -> int:
        """How many tests have a released result."""
        return sum(test.state is OrderState.COMPLETED for test in self.tests)

    @property
    def total(self) -> int:
        """How many tests were not cancelled."""
        return sum(test.state is not OrderState.CANCELLED for test in self.tests)


@dataclass(frozen=True, slots=True)
class SpecimenNeed:
    """A tube or cup still to be taken. `reject_reason`: why the one before can't be used, or ''."""

    kind: str
    name: str
    tests: tuple[str, ...]
    item_ids: tuple[Id, ...]
    preparation: tuple[str, ...]
    rejected_accession: str = ""
    reject_reason: str = ""


@dataclass(frozen=True, slots=True)
class CollectRow:
    """An order of which something must be collected. `owed`: what must be paid first; zero where nothing must."""

    order: OrderRow
    needs: tuple[SpecimenNeed, ...]
    owed: Decimal
    ticket: str
    queue_entry_id: Id | None
    queue_state: str
    queue_version: int = 0

    @property
    def id(self) -> Id:
        """The order's id."""
        return self.order.id

    @property
    def again(self) -> bool:
        """Whether a rejected specimen must be replaced."""
        return any(need.reject_reason for need in self.needs)


@dataclass(frozen=True, slots=True)
class BenchRow:
    """A specimen on the bench. `entered` of its `total` unreleased tests have a result; `due_at` by when all should."""

    id: Id
    version: int
    accession: str
    order_id: Id
    order_number: str
    person: LabPerson
    specimen: str
    tests: tuple[str, ...]
    priority: LabPriority
    state: SpecimenState
    collected_at: datetime
    received_at: datetime | None
    due_at: datetime
    entered: int
    total: int
    reject_reason: str = ""
    reject_note: str = ""

    @property
    def waits_for_release(self) -> bool:
        """Whether everything is entered."""
        return self.total > 0 and self.entered == self.total

    def is_overdue(self, now: datetime) -> bool:
        """Whether the promised time has passed with results missing."""
        return not self.waits_for_release and now > self.due_at


def due_at(collected_at: datetime, received_at: datetime | None, turnaround_minutes: int) -> datetime:
    """When results should be there: the turnaround counts from when the specimen reached the lab."""
    return (received_at or collected_at) + timedelta(minutes=turnaround_minutes)


@dataclass(frozen=True, slots=True)
class CallRow:
    """That somebody was told of a critical result. `acknowledged_by` '' until a doctor has said so."""

    id: Id
    called_person: str
    called_at: datetime
    called_by: str
    read_back: bool
    note: str
    acknowledged_by: str
    acknowledged_at: datetime | None


@dataclass(frozen=True, slots=True)
class FirstValue:
    """What was reported before a correction."""

    value: str
    unit: str
    flag: Flag | None
    released_at: datetime | None
    reason: str


@dataclass(frozen=True, slots=True)
class ResultRow:
    """A result as it stands. `range` as text ('' where none is known); `delta` against the result before it.

    `status` preliminary is not released yet. `pending_correction`: a correction of it waits for release.
    """

    id: Id
    version: int
    item_id: Id | None
    order_id: Id | None
    order_number: str
    visit_id: Id | None
    test_code: str
    name: str
    panel: str
    number: Decimal | None
    value: str
    unit: str
    flag: Flag | None
    range: str
    limits: Range | None
    status: ResultStatus
    current: bool
    comment: str
    entered_by_id: Id
    entered_by: str
    entered_at: datetime
    verified_by: str
    verified_at: datetime | None
    own_release: bool
    first: FirstValue | None
    call: CallRow | None
    delta: Delta | None = None
    previous: str = ""
    previous_at: datetime | None = None
    pending_correction: bool = False

    @property
    def is_critical(self) -> bool:
        """Whether somebody must be called."""
        return self.flag in {Flag.CRITICAL_LOW, Flag.CRITICAL_HIGH}

    @property
    def released(self) -> bool:
        """Whether a second person verified it (or the first, where the clinic allows that)."""
        return self.status in {ResultStatus.FINAL, ResultStatus.CORRECTED}

    @property
    def needs_call(self) -> bool:
        """Whether it is critical and nobody was told."""
        return self.is_critical and self.call is None


@dataclass(frozen=True, slots=True)
class EntryRow:
    """A test in the entry grid: how its result must look, the range, the value before, what is entered now."""

    item_id: Id
    test_code: str
    name: str
    panel: str
    unit: str
    rules: ValueRules
    limits: Range | None
    delta_percent: int | None
    previous: str
    previous_number: Decimal | None
    previous_at: datetime | None
    state: OrderState
    result: ResultRow | None


@dataclass(frozen=True, slots=True)
class BenchSheet:
    """Everything the entry grid needs of one specimen."""

    row: BenchRow
    visit_id: Id
    pregnant: bool
    clinical_notes: str
    entries: tuple[EntryRow, ...]


@dataclass(frozen=True, slots=True)
class ReleaseSheet:
    """An order with results that wait for release, and what of it is released already."""

    order: OrderRow
    waiting: tuple[ResultRow, ...]
    released: tuple[ResultRow, ...]

    @property
    def id(self) -> Id:
        """The order's id."""
        return self.order.id

    @property
    def entered_at(self) -> datetime:
        """Since when the first of them waits."""
        return min(result.entered_at for result in self.waiting)


@dataclass(frozen=True, slots=True)
class AlertRow:
    """A critical result that nobody was told of, or that no doctor has acknowledged."""

    result: ResultRow
    person: LabPerson
    visit_id: Id | None
    ordered_by: str
    ordered_by_id: Id

    @property
    def id(self) -> Id:
        """The result's id."""
        return self.result.id


@dataclass(frozen=True, slots=True)
class LabBoard:
    """All lists of the lab's window at one moment."""

    now: datetime
    collect: tuple[CollectRow, ...]
    bench: tuple[BenchRow, ...]
    release: tuple[ReleaseSheet, ...]
    alerts: tuple[AlertRow, ...]
