"""What a Synthea row becomes: the columns of our facts. Pure but for the numbers that new patients and visits take."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from hms_desktop.data.reader import AnyRow
from hms_desktop.data.work import Work
from hms_desktop.domain.consultations import ConditionState, Occurrence
from hms_desktop.domain.dates import age_in_months
from hms_desktop.domain.facility import NumberKind
from hms_desktop.domain.ids import Id
from hms_desktop.domain.lab import ResultStatus
from hms_desktop.domain.names import fold
from hms_desktop.domain.patient_search import index_words, mrn_key
from hms_desktop.domain.patients import AllergySeverity, AllergyState, Sex
from hms_desktop.domain.prescriptions import ItemState, PrescriptionState, Route
from hms_desktop.domain.protocols.vital_limits import FORMS, Measure
from hms_desktop.domain.visits import VisitKind, VisitOutcome, VisitState
from hms_desktop.domain.vitals import Subject, VitalLevel, level_of
from hms_desktop.interop import synthea
from hms_desktop.services.imports.batches import Values, fitted

GOING_ON_DAYS = 365
"""A medicine without an end counts as taken for so long after the import, unless a doctor stops it."""

SAME_UNITS: Mapping[str, str] = {"10*3/uL": "10*9/L", "10*6/uL": "10*12/L"}
"""UCUM units that are one and the same number."""

_SEXES = {"F": Sex.FEMALE, "M": Sex.MALE}
_SEVERITIES = {"MILD": AllergySeverity.MILD, "MODERATE": AllergySeverity.MODERATE, "SEVERE": AllergySeverity.SEVERE}
_ROUTES: tuple[tuple[str, Route], ...] = (
    ("oral", Route.ORAL), ("chewable", Route.ORAL), ("inhal", Route.INHALED), ("vaginal", Route.VAGINAL),
    ("topical", Route.TOPICAL), ("transdermal", Route.TOPICAL), ("ophthalmic", Route.EYE), ("otic", Route.EAR),
    ("nasal", Route.NASAL), ("rectal", Route.RECTAL), ("day pack", Route.ORAL),
)  # fmt: skip


@dataclass(frozen=True)
class Known:
    """What the clinic's own lists say: tests by LOINC code and unit, medicines and allergens by their folded names."""

    tests: Mapping[tuple[str, str], AnyRow]
    medicines: Mapping[str, Id]
    allergens: Sequence[tuple[str, str]]


def known_tests(rows: Iterable[AnyRow]) -> dict[tuple[str, str], AnyRow]:
    """Active tests by LOINC code and unit."""
    return {(row.loinc, row.unit): row for row in rows if row.loinc and row.active}


def known_medicines(rows: Iterable[AnyRow]) -> dict[str, Id]:
    """Medicines by what RxNorm would call them: `lisinopril 10 mg oral tablet`."""
    return {fold(f"{row.generic} {row.strength} {row.route} {row.form.replace('_', ' ')}"): row.id for row in rows}


def known_allergens(rows: Iterable[AnyRow]) -> list[tuple[str, str]]:
    """Every folded name of every allergen with its code; the longest name first, for it says most."""
    names = [
        (fold(name), row.code)
        for row in rows
        for name in (
            *row.name.values(),
            *(s for many in row.synonyms.values() for s in many),
            row.code.replace("_", " "),
        )
    ]
    return sorted(names, key=lambda pair: (-len(pair[0]), pair))


def patient(row: synthea.PatientRow, work: Work, seen: date | None, *, allergic: bool) -> Values:
    """A new patient with a number of this clinic."""
    given, middle, family = (synthea.clean_name(text) for text in (row.first, row.middle, row.last))
    mrn = work.number(NumberKind.MRN)
    place = ", ".join(part for part in (row.address, row.city, row.state) if part)
    return {
        "mrn": mrn, "mrn_folded": mrn_key(mrn), "given_name": fitted(given, 80), "middle_name": fitted(middle, 80),
        "family_name": fitted(family, 80), "birth_date": row.birthdate, "sex": _SEXES.get(row.gender, Sex.UNKNOWN),
        "search_words": index_words(f"{given} {middle} {family}", row.birthdate, seen or work.today),
        "address": fitted(place, 200), "national_id": fitted(row.ssn, 40), "deceased_on": row.deathdate,
        "allergy_state": AllergyState.RECORDED if allergic else AllergyState.NOT_ASKED, "last_visit_on": seen,
    }  # fmt: skip


def visit(row: synthea.EncounterRow, work: Work, patient_id: Id) -> Values:
    """A closed visit of the past: no ticket, no charge."""
    opened = synthea.aware(row.start)
    died = row.code == synthea.DEATH_CERTIFICATION
    complaint = synthea.clean_term(row.reasondescription or row.description)
    return {
        "number": work.number(NumberKind.VISIT), "patient_id": patient_id, "kind": VisitKind.IMPORTED,
        "state": VisitState.CLOSED, "day": work.local(opened).date(), "occurrence": Occurrence.NEW,
        "complaint": fitted(complaint, 200), "opened_at": opened,
        "closed_at": synthea.aware(row.stop) if row.stop else opened,
        "outcome": VisitOutcome.DIED if died else VisitOutcome.TREATED,
    }  # fmt: skip


def allergy(row: synthea.AllergyRow, patient_id: Id, allergens: Sequence[tuple[str, str]]) -> Values:
    """An allergy; its code when the clinic's list knows the substance."""
    substance = synthea.clean_term(row.description)
    typed = f" {fold(substance)} "
    return {
        "patient_id": patient_id, "substance": fitted(substance, 120), "noted_on": row.start,
        "allergen_code": next((code for name, code in allergens if f" {name} " in typed), None),
        "reaction": fitted(synthea.clean_term(row.reaction), 120),
        "severity": _SEVERITIES.get(row.severity.upper(), AllergySeverity.UNKNOWN),
    }  # fmt: skip


def condition(row: synthea.ConditionRow, patient_id: Id, visit_id: Id | None) -> Values:
    """An entry of the problem list."""
    return {
        "patient_id": patient_id, "visit_id": visit_id, "code": fitted(row.code, 40), "system": "SNOMED",
        "text": fitted(synthea.clean_term(row.description), 200), "onset_on": row.start, "resolved_on": row.stop,
        "state": ConditionState.RESOLVED if row.stop else ConditionState.ACTIVE,
    }  # fmt: skip


def immunization(row: synthea.ImmunizationRow, work: Work, patient_id: Id, visit_id: Id | None) -> Values:
    """A vaccine that was given."""
    given = synthea.aware(row.date)
    return {
        "patient_id": patient_id, "visit_id": visit_id, "vaccine_code": fitted(row.code, 20), "given_at": given,
        "vaccine": fitted(" ".join(row.description.split()), 120), "given_on": work.local(given).date(),
    }  # fmt: skip


def prescription(rows: Sequence[synthea.MedicationRow], work: Work, patient_id: Id, visit_id: Id) -> Values:
    """What was prescribed at one encounter; valid while a medicine of it goes on."""
    written = synthea.aware(min(row.start for row in rows))
    ends = [_day(work, row.stop) if row.stop else work.today + timedelta(days=GOING_ON_DAYS) for row in rows]
    return {
        "number": work.number(NumberKind.PRESCRIPTION), "visit_id": visit_id, "patient_id": patient_id,
        "status": PrescriptionState.COMPLETED, "prescriber_id": work.actor.user_id, "prescribed_at": written,
        "day": _day(work, written), "valid_until": max(ends),
    }  # fmt: skip


def prescription_item(
    row: synthea.MedicationRow, work: Work, patient_id: Id, prescription_id: Id, medicines: Mapping[str, Id]
) -> Values:
    """A medicine that was given out elsewhere: nothing of it is owed; one that ended is expired."""
    medicine = medicines.get(fold(row.description))
    days = (synthea.aware(row.stop) - synthea.aware(row.start)).days if row.stop else None
    packs = min(max(1, int(row.dispenses or 1)), 1_000_000)
    return {
        "prescription_id": prescription_id, "patient_id": patient_id, "medication_id": medicine,
        "free_text": "" if medicine else fitted(row.description, 200), "route": _route(row.description),
        "duration_days": days if days and 1 <= days <= 3660 else None, "quantity": packs, "dispensed": packs,
        "indication": fitted(synthea.clean_term(row.reasondescription), 200), "refills_allowed": 0, "refills_left": 0,
        "state": ItemState.EXPIRED if row.stop and _day(work, row.stop) < work.today else ItemState.DISPENSED,
        "alerts": None,
    }  # fmt: skip


def _route(description: str) -> Route:
    named = description.casefold()
    return next((route for word, route in _ROUTES if word in named), Route.OTHER)


def _day(work: Work, moment: datetime) -> date:
    return work.local(synthea.aware(moment)).date()


def lab_result(row: synthea.ObservationRow, work: Work, patient_id: Id, visit_id: Id, known: Known) -> Values:
    """A released result. It joins the trend of one of our tests only when code and unit are the same."""
    value = synthea.number(row.value) if row.type != "text" else None
    unit = SAME_UNITS.get(row.units, row.units)
    test = known.tests.get((row.code, unit))
    at = synthea.aware(row.date)
    return {
        "patient_id": patient_id, "visit_id": visit_id, "test_id": test.id if test else None,
        "loinc": fitted(row.code, 12), "name": fitted(row.description, 120),
        "unit": fitted(unit if test else row.units, 20),
        "value_number": None if value is None else _places(value, 4),
        "value_text": "" if value is not None else fitted(synthea.clean_term(row.value), 500), "range_used": None,
        "status": ResultStatus.FINAL, "current": True, "entered_by": work.actor.user_id, "entered_at": at,
        "verified_by": work.actor.user_id, "verified_at": at,
    }  # fmt: skip


def measured(measure: Measure, text: str, unit: str, wanted: str, born: date, day: date) -> tuple[Any, str]:
    """A vital sign as a column holds it and '', or None and why not (number, unit, range)."""
    value = synthea.number(text)
    if value is None:
        return None, "number"
    if unit != wanted:
        return None, "unit"
    months = age_in_months(born, day) if born <= day else None
    exact = _places(value, FORMS[measure].places)
    if level_of(measure, exact, Subject(months)) is VitalLevel.IMPOSSIBLE:
        return None, "range"
    return (exact if FORMS[measure].places else int(exact)), ""


def _places(value: Decimal, places: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
