"""What a helper may be sent (logs, crash reports, error texts, one-time keys) names nobody: ids only.

One patient with an unmistakable name, telephone and number walks through a clinic's services; then everything that was
written beside the store is searched for them.
"""

import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import SQLAlchemyError

from hms_desktop.data.base import table_of
from hms_desktop.data.tables.facility import SaveKey
from hms_desktop.data.tables.visits import QueueEntry
from hms_desktop.domain.accounts import SYSTEM, Actor
from hms_desktop.domain.errors import ClinicError, KeyReused, OpenVisitExists
from hms_desktop.domain.visits import QueueState, ServicePoint
from hms_desktop.services.clinic import Clinic
from hms_desktop.services.consultations import (
    CompleteConsultation,
    OpenChart,
    SaveNote,
    complete_consultation,
    open_chart,
    save_note,
)
from hms_desktop.services.patients import RegisterPatient, find_patients, register_patient
from hms_desktop.services.visits import OpenVisit, open_visit
from hms_desktop.system.crashes import FOLDER, write_crash
from tests.make import billing, lab
from tests.make.patients import person
from tests.make.visits import send_to
from tests.stores import make_user

GIVEN, FAMILY, PHONE, COMPLAINT = "Zephyrine", "Quillfeather", "0799 881 234", "unmentionable rash"


@dataclass(frozen=True)
class Day:
    """What the clinic knows of one patient after a day, and the errors on the way."""

    mrn: str
    faults: tuple[Exception, ...]

    def told_in(self, written: str) -> list[str]:
        """The facts of the patient that can be read there."""
        words = (GIVEN, FAMILY, PHONE, PHONE.replace(" ", ""), self.mrn, COMPLAINT)
        low = written.casefold()
        return [word for word in words if word.casefold() in low]


class Listener(logging.Handler):
    """Keeps whatever any part of the program, or a library below it, has to log."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep a line with the traceback that it may carry."""
        self.lines.append(self.format(record))


@pytest.fixture
def log() -> Iterator[Listener]:
    """Everything from DEBUG up, of every logger."""
    root, listener = logging.getLogger(), Listener()
    before = root.level
    root.addHandler(listener)
    root.setLevel(logging.DEBUG)
    engine = logging.getLogger("sqlalchemy.engine")
    engine_before = engine.level
    engine.setLevel(logging.INFO)
    yield listener
    engine.setLevel(engine_before)
    root.setLevel(before)
    root.removeHandler(listener)


def caught(run: Any, *args: Any) -> Exception:
    """What a person runs into."""
    try:
        run(*args)
    except (ClinicError, SQLAlchemyError, ValueError, TypeError) as fault:
        return fault
    raise AssertionError("nothing was refused")


@pytest.fixture
def day(stocked_clinic: Clinic, log: Listener) -> Day:
    """Reception, doctor, lab and cashier see the patient; a few things go wrong on the way."""
    clinic, staff = stocked_clinic, lab.staff(stocked_clinic)
    everybody = make_user(clinic, "receptionist", name="Rita Reception")
    facts = person(GIVEN, FAMILY, phone=PHONE)
    command = RegisterPatient(person=facts, anyway=True)
    made = register_patient(clinic, everybody, command).value
    find_patients(clinic, everybody, f"{GIVEN} {FAMILY}")
    find_patients(clinic, everybody, PHONE)
    visit = open_visit(clinic, everybody, OpenVisit(patient_id=made.patient_id, complaint=COMPLAINT)).value
    faults = [
        caught(open_visit, clinic, everybody, OpenVisit(patient_id=made.patient_id, complaint=COMPLAINT)),
        caught(register_patient, clinic, everybody, RegisterPatient(key=command.key, person=person(FAMILY, GIVEN))),
        caught(_break_a_rule, clinic, everybody, made.patient_id),
    ]
    entry = send_to(clinic, visit.visit_id, ServicePoint.DOCTOR)
    with clinic.work(SYSTEM, "tests.with_doctor") as work:
        who = staff.doctor.user_id
        work.change(QueueEntry, entry, state=QueueState.WITH_DOCTOR, claimed_by=who, practitioner_id=who)
        work.finish()
    open_chart(clinic, staff.doctor, OpenChart(patient_id=made.patient_id))
    save_note(clinic, staff.doctor, SaveNote(visit_id=visit.visit_id, complaint=COMPLAINT))
    order = lab.order(clinic, staff.doctor, visit.visit_id, "haemoglobin", clinical_notes=COMPLAINT)
    (taken,) = lab.collect(clinic, staff.technician, order).specimens
    lab.enter(clinic, staff.technician, taken.specimen_id, haemoglobin="9.1")
    lab.release(clinic, staff.supervisor, order)
    with clinic.work(SYSTEM, "tests.with_doctor") as work:
        work.change(QueueEntry, entry, state=QueueState.WITH_DOCTOR, claimed_by=staff.doctor.user_id)
        work.finish()
    done = CompleteConsultation(entry_id=entry, without_diagnosis_reason="advice")
    complete_consultation(clinic, staff.doctor, done)
    guest = billing.Guest(made.patient_id, visit.visit_id)
    cashier = billing.till(clinic)
    billing.pay(clinic, cashier, guest, billing.cash(billing.account(clinic, guest).owed))
    assert log.lines
    return Day(made.mrn, tuple(faults))


def _break_a_rule(clinic: Clinic, actor: Actor, patient_id: str) -> None:
    """A mistake of ours: the engine refuses a row that carries the patient's name."""
    with clinic.work(actor, "tests.mistake") as work:
        statement = text("UPDATE patient SET no_such_column = :name WHERE given_name = :name")
        work.rows(statement, {"name": f"{GIVEN} {FAMILY} {patient_id}"})


def test_no_log_line_names_a_patient(day: Day, log: Listener, capfd: pytest.CaptureFixture[str]) -> None:
    assert any("INSERT INTO patient" in each for each in log.lines)
    assert day.told_in("\n".join(log.lines)) == []
    streams = capfd.readouterr()
    assert day.told_in(streams.out + streams.err) == []


def test_no_error_that_is_shown_by_its_text_carries_what_was_saved(day: Day) -> None:
    known, reused, broken = day.faults
    assert isinstance(known, OpenVisitExists)
    assert isinstance(reused, KeyReused)
    assert not isinstance(broken, ClinicError)
    for fault in day.faults:
        assert day.told_in(f"{fault!r} {fault}") == []


def test_no_crash_report_names_a_patient(day: Day, tmp_path: Path) -> None:
    for fault in (*day.faults, ValueError(f"{GIVEN} {FAMILY}, {PHONE}, {day.mrn}")):
        write_crash(tmp_path / "crashed", fault, fault.__traceback__)
    written = sorted((tmp_path / "crashed" / FOLDER).glob("*.txt"))
    assert len(written) == len(day.faults) + 1
    for file in written:
        assert day.told_in(file.read_text(encoding="utf-8") + file.name) == []


def test_the_home_of_a_pc_keeps_nothing_of_a_patient(day: Day, tmp_path: Path) -> None:
    for file in (tmp_path / "home").rglob("*"):
        if file.is_file():
            assert day.told_in(f"{file} {file.read_bytes().decode('latin-1')}") == []


def test_a_one_time_key_keeps_a_seal_of_the_command_and_ids(day: Day, stocked_clinic: Clinic) -> None:
    with stocked_clinic.read(SYSTEM) as reader:
        keys = reader.rows(select(table_of(SaveKey)))
    assert len(keys) > 8
    for key in keys:
        assert re.fullmatch(r"[0-9a-f]{64}", key.command_digest)
        found = set(day.told_in(f"{key.service} {key.outcome}"))
        assert found <= ({day.mrn} if key.service == "patients.register_patient" else set()), key.service
