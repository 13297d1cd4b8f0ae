"""Questions asked by the driver give what the same select gives by SQLAlchemy, and fail as it does."""

from dataclasses import FrozenInstanceError, dataclass

import pytest
from sqlalchemy import Integer, bindparam, select, text

from hms_desktop.data import types as t
from hms_desktop.data.base import Base, table_of
from hms_desktop.data.failures import translated
from hms_desktop.data.question import Question, first, rows_of, words
from hms_desktop.data.tables.patients import Patient
from hms_desktop.data.tables.visits import QueueEntry
from hms_desktop.domain.accounts import SYSTEM
from hms_desktop.domain.ids import new_id
from hms_desktop.domain.patients import PatientHit, Sex
from hms_desktop.services.clinic import Clinic
from tests.make.patients import make_patient
from tests.make.visits import make_visit


@pytest.mark.parametrize("mapped", [Patient, QueueEntry])
def test_every_type_comes_out_as_by_the_long_way(clinic: Clinic, mapped: type[Base]) -> None:
    make_visit(clinic, make_patient(clinic, "Asha", "Otieno"))
    make_visit(clinic, make_patient(clinic, "Juma", ""))
    statement = select(table_of(mapped)).order_by(table_of(mapped).c.id)
    with clinic.read(SYSTEM) as reader:
        short = list(zip(*reader.columns(Question(statement)), strict=True))
        long = [tuple(row) for row in reader.rows(statement)]
    assert short == long
    assert [[type(value) for value in row] for row in short] == [[type(value) for value in row] for row in long]


def test_places_are_filled_as_their_types_say_and_no_row_is_no_fault(clinic: Clinic) -> None:
    patient = make_patient(clinic, "Asha", "Otieno")
    column = table_of(Patient).c.id
    question = Question(
        first(select(column, table_of(Patient).c.sex).where(column == bindparam("id", type_=t.Id())), 1)
    )
    with clinic.read(SYSTEM) as reader:
        assert reader.columns(question, id=patient) == [[patient], [Sex.FEMALE]]
        assert reader.columns(question, id=new_id()) == [(), ()]
        with pytest.raises(TypeError):
            reader.columns(question)


def test_a_work_sees_what_it_has_not_sent_yet(clinic: Clinic) -> None:
    question = Question(select(table_of(Patient).c.mrn))
    with clinic.work(SYSTEM, "tests.look") as work:
        before = len(work.columns(question)[0])
        row = work.rows(select(table_of(Patient)))
        assert len(row) == before
        work.finish()


def test_a_list_of_unknown_length_is_refused(clinic: Clinic) -> None:
    question = Question(select(table_of(Patient).c.id).where(table_of(Patient).c.sex.in_(["female"])))
    with clinic.read(SYSTEM) as reader, pytest.raises(TypeError):
        reader.columns(question)


def test_the_drivers_fault_is_told_as_any_other(clinic: Clinic) -> None:
    gone = text("SELECT nothing FROM nowhere").columns(nothing=Integer()).subquery()
    with clinic.read(SYSTEM) as reader, pytest.raises(Exception, match="nowhere") as fault, translated("store"):
        reader.columns(Question(select(gone)))
    assert type(fault.value).__module__ == "sqlalchemy.exc"


def test_rows_are_made_whole_and_stay_frozen() -> None:
    made = rows_of(PatientHit, *([value] for value in range(10)))
    assert made == [PatientHit(*range(10))]
    with pytest.raises(FrozenInstanceError):
        made[0].mrn = "x"  # type: ignore[misc]


def test_a_row_that_checks_itself_is_not_made_past_its_check() -> None:
    @dataclass(frozen=True, slots=True)
    class Careful:
        value: int

        def __post_init__(self) -> None:
            raise ValueError

    with pytest.raises(TypeError):
        rows_of(Careful, [1])


def test_words_are_those_of_the_enumeration() -> None:
    assert words(Sex)("female") is Sex.FEMALE
