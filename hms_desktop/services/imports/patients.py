"""`hms import patients`: people from a CSV file become patients; who is here already, or can't be read, is told.

A person who is surely known (same national ID, or the same name and birth) is refused with the number of the record;
one who only looks like somebody comes in and is remarked. A second run adds nothing.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path

from hms_desktop.data.queries import patients as queries
from hms_desktop.data.queries.source_keys import known
from hms_desktop.domain.accounts import Actor
from hms_desktop.domain.dates import ParsedDate, parse_date
from hms_desktop.domain.errors import InvalidValue
from hms_desktop.domain.ids import Id
from hms_desktop.domain.names import Person, fold
from hms_desktop.domain.patients import full_name, tidy
from hms_desktop.interop import patients_csv
from hms_desktop.interop.patients_csv import PatientRow
from hms_desktop.services import patient_records as records
from hms_desktop.services import patient_search
from hms_desktop.services.clinic import Clinic
from hms_desktop.services.imports.batches import Batch, ImportReport, Refusal, in_batch, in_parts, source_id
from hms_desktop.services.patient_records import NewContact, PersonFacts
from hms_desktop.services.service import require

SOURCE = "patients_csv"
SURE = 85
"""A likeness (0 to 100) from which a person is taken for one who is here already."""
SAVED_AT_ONCE = 200

Entry = tuple[int, dict[str, str], PatientRow]


@dataclass(frozen=True, slots=True)
class _Job:
    """What every batch of one file needs to know."""

    file: str
    columns: Mapping[str, str]


def import_patients(
    clinic: Clinic,
    actor: Actor,
    path: Path,
    mapping: Path | None = None,
    *,
    dry_run: bool = False,
    on_progress: Callable[[int], None] = lambda _patients: None,
) -> ImportReport:
    """Import the people of a CSV file. With `dry_run` all is done and judged, and nothing kept.

    Raises NotAllowed without `store.import`, BadInput for a file or map that can't be read.
    """
    require(actor, "store.import")
    columns = patients_csv.columns_of(path, patients_csv.read_map(mapping) if mapping else None)
    job = _Job(path.name, {field: column for column, field in columns.fields.items()})
    report = ImportReport()
    done = 0
    entries = patients_csv.patients_of(path, columns)
    batches: Iterable[list[Entry]] = [list(entries)] if dry_run else in_parts(entries, SAVED_AT_ONCE)
    for batch in batches:
        report.take_in(in_batch(clinic, actor, SOURCE, partial(_save, job, batch), keep=not dry_run))
        for column in columns.left_out:
            report.no_place[f"{path.name}: {column}"] += sum(1 for _line, cells, _row in batch if cells.get(column))
        done += len(batch)
        on_progress(done)
    report.no_place = +report.no_place
    return report


def _save(job: _Job, entries: list[Entry], batch: Batch) -> None:
    payers = {fold(key): row.id for row in queries.payer_groups(batch.work) for key in (row.code, row.name)}
    ids = [_source_id(row) for _line, _cells, row in entries]
    before = known(batch.work, SOURCE, "patient", ids)
    for key, entry in zip(ids, entries, strict=True):
        if key in before:
            batch.report.known["patient"] += 1
            continue
        try:
            added = _take(job, entry, batch, payers)
        except InvalidValue as bad:
            reason = str(bad.facts["reason"])
            batch.report.refused.append(_refusal(job, entry, bad.field or "", reason, facts=bad.facts))
            continue
        if added is not None:
            before[key] = added
            batch.remember("patient", {key: added})
            batch.report.added["patient"] += 1


def _source_id(row: PatientRow) -> str:
    name = fold(f"{row.name} {row.given_name} {row.middle_name} {row.family_name}")
    return source_id(row.number, name, row.sex, row.birth_date or row.age, row.phone, row.national_id)


def _refusal(
    job: _Job, entry: Entry, field: str, reason: str, *, meets: str = "", facts: Mapping[str, object] | None = None
) -> Refusal:
    line, cells, _row = entry
    return Refusal(job.file, line, job.columns.get(field, field), reason, cells, facts or {}, meets)


def _take(job: _Job, entry: Entry, batch: Batch, payers: Mapping[str, Id]) -> Id | None:
    """The new patient, or None when the person is surely here already. Raises InvalidValue."""
    work = batch.work
    row = entry[2]
    person = records.tidied(_person(row, work.today, payers), work.today)
    contacts = _contacts(row)
    name = full_name(person.given_name, person.middle_name, person.family_name)
    candidate = Person(
        "", name, person.birth_date, person.birth_estimated, person.sex, person.phone, person.national_id
    )
    alike = patient_search.duplicates(work, candidate)
    if alike and alike[0].score >= SURE:
        batch.report.refused.append(_refusal(job, entry, "name", "possible_duplicate", meets=alike[0].hit.mrn))
        return None
    patient_id, mrn = records.add_patient(work, person)
    records.set_contacts(work, patient_id, contacts, [])
    batch.report.added["patient_contact"] += len(contacts)
    if alike:
        others = ", ".join(each.hit.mrn for each in alike)
        batch.report.remarks.append(_refusal(job, entry, "name", "possible_duplicate", meets=f"{mrn} ~ {others}"))
    return patient_id


def _person(row: PatientRow, today: date, payers: Mapping[str, Id]) -> PersonFacts:
    given, middle, family = row.given_name, row.middle_name, row.family_name
    if row.name and not (given or family):
        given, middle, family = patients_csv.split_name(row.name)
    sex = patients_csv.read_sex(row.sex)
    if sex is None:
        raise InvalidValue(field="sex", reason="choice" if row.sex else "required", value=row.sex)
    born = _born(row, today)
    person = PersonFacts(
        given_name=given, middle_name=middle, family_name=family, sex=sex, birth_date=born.day if born else None,
        birth_estimated=bool(born and born.estimated), phone=row.phone, email=row.email, address=row.address,
        national_id=row.national_id, occupation=row.occupation, language=row.language,
    )  # fmt: skip
    return _with_groups(person, row, payers)


def _born(row: PatientRow, today: date) -> ParsedDate | None:
    """The birth date, else what the age says."""
    if row.birth_date:
        return parse_date(row.birth_date.partition("T")[0].partition(" 00:")[0], today, field="birth_date")
    return parse_date(patients_csv.read_age(row.age), today, field="age") if row.age else None


def _with_groups(person: PersonFacts, row: PatientRow, payers: Mapping[str, Id]) -> PersonFacts:
    if row.blood_group:
        group = patients_csv.read_blood_group(row.blood_group)
        if group is None:
            raise InvalidValue(field="blood_group", reason="choice", value=row.blood_group)
        person = replace(person, blood_group=group)
    if row.payer_group:
        payer = payers.get(fold(row.payer_group))
        if payer is None:
            raise InvalidValue(field="payer_group", reason="choice", value=row.payer_group)
        person = replace(person, payer_group_id=payer)
    return person


def _contacts(row: PatientRow) -> list[NewContact]:
    """Whom to call. Raises InvalidValue, so that it is asked before the patient is added."""
    if not row.contact_name:
        return []
    kin = tidy("relationship", row.contact_relationship, 40)
    phone = tidy("contact_phone", row.contact_phone, 40)
    return [NewContact(tidy("contact_name", row.contact_name, 120), relationship=kin, phone=phone)]
