"""What the triage desk shows: rows of its lists, and whom it asks which question."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from hms_desktop.domain.dates import age_in_months
from hms_desktop.domain.ids import Id
from hms_desktop.domain.patients import Sex
from hms_desktop.domain.protocols import iitt
from hms_desktop.domain.protocols.iitt import Sign
from hms_desktop.domain.protocols.vital_limits import Measure
from hms_desktop.domain.queueing import colour_rank, is_overdue
from hms_desktop.domain.triage import Colour
from hms_desktop.domain.visits import QueueRow, QueueState
from hms_desktop.domain.vitals import Subject, Vitals

PREGNANCY_FROM_YEARS, PREGNANCY_TO_YEARS = 10, 55
"""Ages at which triage asks about pregnancy: wider than WHO's reproductive age (15 to 49), so that nobody is missed."""

MUAC_FROM_MONTHS, MUAC_TO_MONTHS = 6, 59
"""Ages at which arm circumference screens for malnutrition (WHO 2013)."""


def may_be_pregnant(sex: Sex, age_months: int | None) -> bool:
    """Whether pregnancy is asked about: not of a male, and not outside 10 to 55 years when the age is known."""
    if sex is Sex.MALE:
        return False
    return age_months is None or PREGNANCY_FROM_YEARS <= age_months // 12 <= PREGNANCY_TO_YEARS


def asks_muac(age_months: int | None) -> bool:
    """Whether the arm circumference is asked for: 6 to 59 months."""
    return age_months is not None and MUAC_FROM_MONTHS <= age_months <= MUAC_TO_MONTHS


class SignList(StrEnum):
    """What the further signs of the adult tool do: red alone, red when two of them are there, yellow alone."""

    RED_ALONE = "red_alone"
    RED_BY_TWO = "red_by_two"
    YELLOW_ALONE = "yellow_alone"


def further_signs(subject: Subject) -> Mapping[SignList, tuple[Sign, ...]]:
    """The criteria beside the danger signs that count for this patient, each once; none under 12 years or when the
    age is unknown, for there the tool has no colour for them.
    """
    years = subject.age_years
    if years is None or years < iitt.ADULT_FROM_YEARS:
        return {}
    danger = {row.sign for row in iitt.DANGER_SIGNS}
    red, yellow = (
        tuple(
            row.sign
            for row in rows
            if row.sign not in danger
            and (subject.pregnant or not row.pregnant)
            and (row.over_years is None or years > row.over_years)
        )
        for rows in (iitt.RED_SIGNS, iitt.YELLOW_SIGNS)
    )
    yellow = tuple(sign for sign in yellow if sign not in red)
    alone = {*red, *yellow}
    pairs = tuple(sorted((sign for sign in iitt.TWO_OF_FOUR if sign not in alone), key=list(Sign).index))
    return {SignList.RED_ALONE: red, SignList.RED_BY_TWO: pairs, SignList.YELLOW_ALONE: yellow}


def show_measure(measure: Measure, value: Decimal) -> str:
    """A measured value as people write it: temperature and glucose with their decimal, the others without idle
    zeros.
    """
    if measure in {Measure.TEMPERATURE, Measure.GLUCOSE}:
        return f"{value:.1f}"
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


@dataclass(frozen=True, slots=True)
class VitalsRow:
    """One set of measurements as a chart or a list shows it. `by` is who took them; void ones keep their trace."""

    id: Id
    version: int
    visit_id: Id
    taken_at: datetime
    by: str
    vitals: Vitals
    pregnant: bool | None
    comment: str
    voided_at: datetime | None = None
    voided_by: str = ""
    void_reason: str = ""


@dataclass(frozen=True, slots=True)
class AssessmentRow:
    """One triage: what was suggested and chosen. `reasons` are plain `code` and `facts`, as they were then."""

    id: Id
    version: int
    assessed_at: datetime
    by: str
    vitals_id: Id | None
    signs: tuple[Sign, ...]
    suggested: str
    chosen: Colour
    override_reason: str
    score: int | None
    table: str


@dataclass(frozen=True, slots=True)
class LastValue:
    """The newest value of one measure, from whichever visit."""

    value: Decimal
    taken_at: datetime


@dataclass(frozen=True, slots=True)
class LookRow:
    """Somebody triaged who still waits for the doctor. `due` is when the next look is; `measured` whether there are
    vitals of this visit (a red one may have none yet).
    """

    id: Id
    visit_id: Id
    patient_id: Id
    patient_name: str
    mrn: str
    age: str
    ticket: str
    colour: str
    state: QueueState
    waiting_since: datetime
    looked_at: datetime
    due: datetime | None
    measured: bool


def look_order(row: LookRow, now: datetime) -> tuple[int, int, datetime]:
    """Sort key: whose time is over comes first, by colour; then who is due next; at the end who has no interval."""
    if row.due is None:
        return 2, 0, row.waiting_since
    if is_overdue(row.due, now):
        return 0, colour_rank(row.colour), row.due
    return 1, 0, row.due


@dataclass(frozen=True, slots=True)
class TriagedRow:
    """A visit triaged today, newest first. `open` visits can be opened again; `doctor_state` is '' before the queue."""

    visit_id: Id
    patient_id: Id
    patient_name: str
    mrn: str
    age: str
    ticket: str
    colour: str
    assessed_at: datetime
    by: str
    vitals_id: Id | None
    vitals_taken_at: datetime | None
    doctor_state: str
    open: bool
    paper_id: Id | None = None


@dataclass(frozen=True, slots=True)
class TriageBoard:
    """The three lists of the desk as of `now`: who waits for triage, whom to look at again, who was triaged today."""

    now: datetime
    waiting: tuple[QueueRow, ...]
    looks: tuple[LookRow, ...]
    triaged: tuple[TriagedRow, ...]


@dataclass(frozen=True, slots=True)
class PlaceChoice:
    """A department or a doctor to send a patient to."""

    id: Id
    name: str


@dataclass(frozen=True, slots=True)
class TriageSheet:
    """Everything the form needs of one visit. `assessment` is the newest that holds; `taken` the visit's own vitals,
    newest first, void ones too; `last` the newest value of each measure, of any visit.
    """

    visit_id: Id
    visit_number: str
    patient_id: Id
    patient_name: str
    sex: Sex
    birth_date: date | None
    complaint: str
    colour: str
    open: bool
    department_id: Id | None
    practitioner_id: Id | None
    entry_id: Id | None
    entry_state: str
    claimed_by: str
    doctor_state: str
    assessment: AssessmentRow | None
    taken: tuple[VitalsRow, ...]
    last: Mapping[Measure, LastValue] = field(default_factory=dict)
    pregnant: bool | None = None

    def age_months(self, today: date) -> int | None:
        """Completed months on `today`; None when the birth date is not known."""
        return None if self.birth_date is None else age_in_months(self.birth_date, today)

    def subject(self, today: date, *, pregnant: bool = False) -> Subject:
        """Whom the rules speak about."""
        return Subject(self.age_months(today), pregnant)
