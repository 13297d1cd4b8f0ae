"""The laboratory's own list: tests, panels, ranges; and the lock under which a visit's orders move.

What is asked for: `lab_orders.py`; the bench: `lab_bench.py`; results: `lab_results.py`.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from sqlalchemy import select

from hms_desktop.data.base import table_of
from hms_desktop.data.reader import AnyRow, Reader
from hms_desktop.data.tables.lab import LabOrder, LabPanel, LabTest, ReferenceRange
from hms_desktop.data.tables.patients import Patient
from hms_desktop.data.tables.triage import Vitals
from hms_desktop.data.work import Work
from hms_desktop.domain.dates import age_in_days, age_text
from hms_desktop.domain.ids import Id
from hms_desktop.domain.lab import ResultKind
from hms_desktop.domain.lab_rows import LabPerson
from hms_desktop.domain.lab_values import Option, ValueRules, make_range
from hms_desktop.domain.labrules import Range
from hms_desktop.domain.patients import listed_name
from hms_desktop.domain.texts import pick


def locked_orders(work: Work, visit_id: Id) -> Sequence[AnyRow]:
    """Every lab order of a visit as it stands now, kept from other stations until the work ends. Whoever moves an
    order, an item, a specimen or a result takes this lock first: the last release must see what the others did.
    """
    order = table_of(LabOrder)
    return work.rows(select(order).where(order.c.visit_id == visit_id).order_by(order.c.id).with_for_update())


def offered_tests(reader: Reader, codes: Collection[str] | None = None) -> list[AnyRow]:
    """The tests that can be ordered: all, or those of these codes."""
    test = table_of(LabTest)
    statement = select(test).where(test.c.active, test.c.voided_at.is_(None))
    if codes is not None:
        statement = statement.where(test.c.code.in_(sorted(codes)))
    return list(reader.rows(statement.order_by(test.c.code)))


def offered_panels(reader: Reader, codes: Collection[str] | None = None) -> list[AnyRow]:
    """The panels that can be ordered: all, or those of these codes."""
    panel = table_of(LabPanel)
    statement = select(panel).where(panel.c.active, panel.c.voided_at.is_(None))
    if codes is not None:
        statement = statement.where(panel.c.code.in_(sorted(codes)))
    return list(reader.rows(statement.order_by(panel.c.code)))


def panel_names(reader: Reader) -> Mapping[str, str]:
    """The name of every panel, also of those that are not offered any more."""
    panel = table_of(LabPanel)
    rows = reader.rows(select(panel.c.code, panel.c.name))
    return {row.code: pick(row.name, reader.actor.language) for row in rows}


def ranges_of(reader: Reader, test_ids: Collection[Id]) -> dict[Id, list[Range]]:
    """The reference ranges of tests."""
    table = table_of(ReferenceRange)
    statement = select(table).where(table.c.test_id.in_(sorted(test_ids)), table.c.voided_at.is_(None))
    found: dict[Id, list[Range]] = {}
    for r in reader.rows(statement.order_by(table.c.id)):
        limits = (r.normal_low, r.normal_high, r.critical_low, r.critical_high)
        made = make_range(r.sex, r.pregnant, r.age_from_days, r.age_to_days, limits, r.source)
        found.setdefault(r.test_id, []).append(made)
    return found


def rules_of(reader: Reader, test: AnyRow) -> ValueRules:
    """How a result of this test must look; choices in the reader's language."""
    return ValueRules(
        kind=ResultKind(test.result_kind), places=test.places, options=options_of(reader, test.choices),
        possible_low=test.possible_low, possible_high=test.possible_high,
    )  # fmt: skip


def options_of(reader: Reader, choices: object) -> tuple[Option, ...]:
    """The choices of a test as its row keeps them."""
    if not isinstance(choices, list):
        return ()
    language = reader.actor.language
    return tuple(Option(each["value"], pick(each["name"], language), bool(each["abnormal"])) for each in choices)


def is_pregnant(reader: Reader, visit_id: Id) -> bool | None:
    """What triage last noted at this visit; None when nobody asked."""
    statement = (
        select(Vitals.pregnant)
        .where(Vitals.visit_id == visit_id, Vitals.pregnant.is_not(None), Vitals.voided_at.is_(None))
        .order_by(Vitals.taken_at.desc())
    )
    found: bool | None = reader.scalar(statement)
    return found


def patient_by_number(reader: Reader, mrn: str) -> AnyRow | None:
    """The patient with this number, or None."""
    patient = table_of(Patient)
    return reader.first(select(patient).where(patient.c.mrn == mrn, patient.c.voided_at.is_(None)))


def age_days(birth_date: date | None, on: date) -> int | None:
    """Completed days of age on a day; None when nobody knows the date of birth, or it lies after that day."""
    return None if birth_date is None or birth_date > on else age_in_days(birth_date, on)


def person_of(reader: Reader, row: AnyRow) -> LabPerson:
    """The patient of a row that carries the patient's columns."""
    born = row.birth_date
    age = age_text(born, reader.today, estimated=row.birth_estimated) if born and born <= reader.today else ""
    name = listed_name(row.given_name, row.middle_name, row.family_name)
    return LabPerson(row.patient_id, name, row.mrn, row.sex, age)
