"""`hms import synthea`: patients with their allergies, problems, visits, vitals, results, medicines and vaccines.

Visits come in closed, raise no charge and have no ticket. What has no table here is counted, not dropped in silence.
A run that was cut off, or is run again, adds only what is missing. What a row becomes: `synthea_rows.py`.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from hms_desktop.data.queries.catalogue_rows import by_key
from hms_desktop.data.tables import lab, patients, pharmacy, prescriptions, triage, visits
from hms_desktop.domain.accounts import Actor
from hms_desktop.domain.ids import Id
from hms_desktop.domain.patient_search import index_words
from hms_desktop.domain.patients import AllergyState, full_name
from hms_desktop.domain.protocols.vital_limits import Measure
from hms_desktop.interop import synthea
from hms_desktop.interop.csv_rows import Line, needed_columns, read_cells, sift_row, sift_rows
from hms_desktop.services.clinic import Clinic
from hms_desktop.services.imports import synthea_rows as made
from hms_desktop.services.imports.batches import Batch, ImportReport, Refusal, in_batch, in_parts, source_id
from hms_desktop.services.service import require

SOURCE = "synthea"
PATIENTS_READ = 500
"""Patients whose rows are in memory at a time: the files are read once for so many."""
PATIENTS_SAVED = 50
"""Patients that one transaction saves."""

T = TypeVar("T")


@dataclass
class Past:
    """The rows about one patient."""

    patient: synthea.PatientRow
    rows: dict[type, list[Line[Any]]] = field(default_factory=lambda: defaultdict(list))

    def of(self, kind: type[T]) -> list[tuple[Line[T], T]]:
        """The rows of one kind with their lines."""
        return [(line, line.value) for line in self.rows[kind] if line.value is not None]

    @property
    def last_seen(self) -> datetime | None:
        """When the last encounter began."""
        return max((synthea.aware(row.start) for _line, row in self.of(synthea.EncounterRow)), default=None)


def import_synthea(
    clinic: Clinic, actor: Actor, folder: Path, on_progress: Callable[[int], None] = lambda _patients: None
) -> ImportReport:
    """Import a folder of Synthea's CSV files; `on_progress` hears how many patients are done.

    Raises NotAllowed without `store.import`, BadInput for a folder or file that can't be read.
    """
    require(actor, "store.import")
    report = ImportReport()
    taken: set[str] = set()
    done, first = 0, True
    everybody = {cells.get("id", "") for _line, cells in read_cells(synthea.patients_file(folder))}
    for part in in_parts(sift_rows(synthea.patients_file(folder), synthea.PatientRow), PATIENTS_READ):
        pasts = _pasts(folder, _new_ones(part, taken, report), report, everybody if first else None)
        first = False
        for batch in in_parts(pasts, PATIENTS_SAVED):
            report.take_in(in_batch(clinic, actor, SOURCE, partial(_save, batch)))
            done += len(batch)
            on_progress(done)
    for name, rows in synthea.files_left_out(folder).items():
        report.no_place[name] += rows
    return report


def _new_ones(lines: list[Line[synthea.PatientRow]], taken: set[str], report: ImportReport) -> list[synthea.PatientRow]:
    """The patients of these lines; one that can't be read or stands there twice is refused."""
    found = []
    for line in lines:
        if line.value is None:
            report.refused.append(_refusal("patients.csv", line, line.reason, line.column))
        elif line.value.patient in taken:
            report.refused.append(_refusal("patients.csv", line, "duplicate", "id"))
        else:
            taken.add(line.value.patient)
            found.append(line.value)
    return found


def _pasts(
    folder: Path, rows: list[synthea.PatientRow], report: ImportReport, everybody: set[str] | None
) -> list[Past]:
    """Some patients with all their rows. With `everybody`, rows of nobody's are refused (once, not for every part)."""
    pasts = {row.patient: Past(row) for row in rows}
    for name, kind in list(synthea.FILES.items())[1:]:
        found: Iterator[Line[Any]] = _lines(folder / name, kind, pasts, everybody)
        for line in found:
            whose = line.cells.get("patient", "")
            if line.value is None:
                report.refused.append(_refusal(name, line, line.reason, line.column))
            else:
                pasts[whose].rows[kind].append(line)
    return list(pasts.values())


def _lines(path: Path, kind: type[T], pasts: Mapping[str, Past], everybody: set[str] | None) -> Iterator[Line[T]]:
    if not path.is_file():
        return
    for number, cells in read_cells(path, needed_columns(kind)):
        whose = cells.get("patient", "")
        if whose in pasts:
            yield sift_row(kind, number, cells)
        elif everybody is not None and whose not in everybody:
            yield Line(number, cells, None, "patient", "unknown_patient")


def _refusal(file: str, line: Line[Any], reason: str, column: str = "") -> Refusal:
    return Refusal(file, line.number, column, reason, line.cells)


def _save(pasts: list[Past], batch: Batch) -> None:
    """Everything about some patients, in one transaction."""
    work = batch.work
    known = made.Known(
        made.known_tests(by_key(work, lab.LabTest, ("code",)).values()),
        made.known_medicines(by_key(work, pharmacy.Medication, ("code",)).values()),
        made.known_allergens(by_key(work, patients.Allergen, ("code",)).values()),
    )
    by_id = {past.patient.patient: past for past in pasts}
    ids = batch.put(patients.Patient, "patient", by_id, lambda past: _patient(batch, past))
    encounters = {row.id: (ids[row.patient], row) for past in pasts for _line, row in past.of(synthea.EncounterRow)}
    visit_ids = batch.put(visits.Visit, "encounter", encounters, lambda pair: made.visit(pair[1], work, pair[0]))
    for past in pasts:
        one = _Person(batch, past, ids[past.patient.patient], visit_ids, known)
        one.save()


def _patient(batch: Batch, past: Past) -> dict[str, Any]:
    seen = past.last_seen
    day = batch.work.local(seen).date() if seen else None
    return made.patient(past.patient, batch.work, day, allergic=bool(_allergies(past)))


def _allergies(past: Past) -> list[synthea.AllergyRow]:
    return [row for _line, row in past.of(synthea.AllergyRow) if row.stop is None]


def _what(row: synthea.ObservationRow) -> str:
    """What an observation without a place is: its kind, and its name where others of the kind have a place."""
    return row.description if row.category in {"vital-signs", "laboratory"} else row.category or row.code


@dataclass
class _Person:
    """What one patient's rows become."""

    batch: Batch
    past: Past
    id: Id
    visits: Mapping[str, Id]
    known: made.Known

    def save(self) -> None:
        """All kinds of rows."""
        more_allergies = self._save_allergies()
        self._save_conditions()
        self._save_immunizations()
        self._save_medications()
        self._save_observations()
        self._bring_up_to_date(more_allergies=more_allergies)

    def _numbered(self, rows: list[tuple[Line[Any], T]], name: Callable[[T], tuple[object, ...]]) -> dict[str, T]:
        """Rows by an id of their own: what names them, and which one of that name it is."""
        seen: Counter[tuple[object, ...]] = Counter()
        found: dict[str, T] = {}
        for _line, row in rows:
            parts = (self.past.patient.patient, *name(row))
            seen[parts] += 1
            found[source_id(*parts, seen[parts])] = row
        return found

    def _save_allergies(self) -> bool:
        """Whether some came that were not known."""
        rows = self.past.of(synthea.AllergyRow)
        self.batch.report.no_place["allergies.csv: ended"] += sum(1 for _line, row in rows if row.stop is not None)
        holding = [(line, row) for line, row in rows if row.stop is None]
        items = self._numbered(holding, lambda row: (row.start, row.code))
        before = self.batch.report.added["allergy"]
        self.batch.put(patients.Allergy, "allergy", items, lambda row: made.allergy(row, self.id, self.known.allergens))
        return self.batch.report.added["allergy"] > before

    def _save_conditions(self) -> None:
        items = self._numbered(self.past.of(synthea.ConditionRow), lambda row: (row.start, row.encounter, row.code))
        self.batch.put(
            patients.Condition, "condition", items,
            lambda row: made.condition(row, self.id, self.visits.get(row.encounter)),
        )  # fmt: skip

    def _save_immunizations(self) -> None:
        items = self._numbered(self.past.of(synthea.ImmunizationRow), lambda row: (row.date, row.encounter, row.code))
        self.batch.put(
            patients.Immunization, "immunization", items,
            lambda row: made.immunization(row, self.batch.work, self.id, self.visits.get(row.encounter)),
        )  # fmt: skip

    def _save_medications(self) -> None:
        rows = self._with_visit("medications.csv", self.past.of(synthea.MedicationRow))
        sheets: dict[str, list[synthea.MedicationRow]] = defaultdict(list)
        for _line, row in rows:
            sheets[row.encounter].append(row)
        work = self.batch.work
        ids = self.batch.put(
            prescriptions.Prescription, "prescription", sheets,
            lambda some: made.prescription(some, work, self.id, self.visits[some[0].encounter]),
        )  # fmt: skip
        items = self._numbered(rows, lambda row: (row.start, row.encounter, row.code))
        self.batch.put(
            prescriptions.PrescriptionItem, "medication", items,
            lambda row: made.prescription_item(row, work, self.id, ids[row.encounter], self.known.medicines),
        )  # fmt: skip

    def _with_visit(self, file: str, rows: list[tuple[Line[T], T]]) -> list[tuple[Line[T], T]]:
        """The rows whose encounter is here; the others are refused."""
        kept = []
        for line, row in rows:
            if line.cells.get("encounter", "") in self.visits:
                kept.append((line, row))
            else:
                self.batch.report.refused.append(_refusal(file, line, "unknown_visit", "encounter"))
        return kept

    def _save_observations(self) -> None:
        signs, results = [], []
        for line, row in self.past.of(synthea.ObservationRow):
            if row.code in synthea.VITALS:
                signs.append((line, row))
            elif self._is_result(row):
                results.append((line, row))
            else:
                self.batch.report.no_place[f"observations.csv: {_what(row)}"] += 1
        self._save_vitals(self._with_visit("observations.csv", signs))
        results = self._with_visit("observations.csv", results)
        items = self._numbered(results, lambda row: (row.date, row.encounter, row.code))
        self.batch.put(
            lab.LabResult, "result", items,
            lambda row: made.lab_result(row, self.batch.work, self.id, self.visits[row.encounter], self.known),
        )  # fmt: skip

    def _is_result(self, row: synthea.ObservationRow) -> bool:
        listed = (row.code, made.SAME_UNITS.get(row.units, row.units)) in self.known.tests
        return row.code not in synthea.QUESTIONS and (row.category == "laboratory" or (not row.category and listed))

    def _save_vitals(self, rows: list[tuple[Line[synthea.ObservationRow], synthea.ObservationRow]]) -> None:
        """One set for each encounter and moment; a measure that comes twice begins another set."""
        sets: dict[tuple[str, datetime], list[dict[str, Any]]] = defaultdict(list)
        for line, row in rows:
            measure, value = self._measured(line, row)
            if value is None:
                continue
            moment = synthea.aware(row.date)
            many = sets[row.encounter, moment]
            free = next((each for each in many if measure.value not in each), None)
            if free is None:
                free = {"patient_id": self.id, "visit_id": self.visits[row.encounter], "taken_at": moment}
                many.append(free)
            free[measure.value] = value
        items = {
            source_id(self.past.patient.patient, encounter, moment, number): values
            for (encounter, moment), many in sets.items()
            for number, values in enumerate(many)
        }
        self.batch.put(triage.Vitals, "vitals", items, lambda values: values)

    def _measured(self, line: Line[Any], row: synthea.ObservationRow) -> tuple[Measure, Any]:
        measure, unit = synthea.VITALS[row.code]
        day = self.batch.work.local(synthea.aware(row.date)).date()
        value, reason = made.measured(measure, row.value, row.units, unit, self.past.patient.birthdate, day)
        if reason:
            self.batch.report.refused.append(_refusal("observations.csv", line, reason, "value"))
        return measure, value

    def _bring_up_to_date(self, *, more_allergies: bool) -> None:
        """A patient who was here before: a newer visit and allergies that were not known are noted."""
        work = self.batch.work
        row = work.get(patients.Patient, self.id)
        values: dict[str, Any] = {}
        seen = self.past.last_seen
        day: date | None = work.local(seen).date() if seen else None
        if day is not None and (row.last_visit_on is None or row.last_visit_on < day):
            name = full_name(row.given_name, row.middle_name, row.family_name)
            values = {"last_visit_on": day, "search_words": index_words(name, row.birth_date, day)}
        if more_allergies and row.allergy_state != AllergyState.RECORDED:
            values["allergy_state"] = AllergyState.RECORDED
        if values:
            work.change(patients.Patient, self.id, **values)
