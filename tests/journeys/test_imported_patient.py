"""Somebody who came in with a Synthea import walks the day like everybody else: found, triaged, treated, paid."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from hms_desktop import app
from hms_desktop.cli import main
from hms_desktop.services.training import clinic as training
from hms_desktop.ui.shell.program import Opening, Program
from hms_desktop.ui.shell.start import application
from hms_desktop.ui.tour import at_cashier, at_doctor, at_triage
from hms_desktop.ui.tour.cast import ADULT, Guest
from hms_desktop.ui.tour.walk import Walk

pytestmark = [pytest.mark.journey, pytest.mark.slow]

SET = {
    "patients.csv": (
        "Id,BIRTHDATE,DEATHDATE,SSN,FIRST,MIDDLE,LAST,GENDER,ADDRESS,CITY,STATE",
        "s-1,1992-04-17,,999-10-0001,Amina12,,Barasa345,F,7 Lake Road,Kisumu,West",
        "s-2,1968-09-02,,999-10-0002,Peter4,,Kiprono88,M,1 Hill Road,Kisumu,West",
    ),
    "encounters.csv": (
        "Id,START,STOP,PATIENT,ENCOUNTERCLASS,CODE,DESCRIPTION,REASONCODE,REASONDESCRIPTION",
        "e-1,2024-05-06T08:00:00Z,2024-05-06T08:30:00Z,s-1,ambulatory,185345009,Encounter for symptom,,",
    ),
    "allergies.csv": (
        "START,STOP,PATIENT,ENCOUNTER,CODE,SYSTEM,DESCRIPTION,TYPE,CATEGORY",
        "2019-01-02,,s-1,e-1,91936005,SNOMED-CT,Allergy to penicillin,allergy,medication",
    ),
}
AMINA = Guest("short", "Amina", "Barasa", "f", "34y", "Back pain after work in the field", ADULT, "green")


@pytest.fixture
def walk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Walk]:
    """A training clinic into which a Synthea set was imported, opened at its sign-in page."""
    monkeypatch.setattr(training, "PAST_DAYS", 0)
    monkeypatch.setenv("HMS_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    store, folder = str(tmp_path / "clinic.db"), tmp_path / "synthea"
    folder.mkdir()
    for name, lines in SET.items():
        (folder / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert main(["init", "--demo", "--store", store]) == 0
    assert main(["import", "synthea", str(folder), "--store", store]) == 0
    application()
    program = Program(Opening(location=store, machine=app.machine(tmp_path / "home")))
    made = Walk(program, tmp_path)
    program.start()
    program.window.resize(1024, 768)
    made.until(lambda: made.page_is("sign_in") and program.clinic is not None, "the sign-in page")
    yield made
    program.close()
    program.window.deleteLater()


def arrive(walk: Walk, guest: Guest) -> None:
    """Found by search, never registered again; the visit opens."""
    walk.at("reception.search")
    walk.type(f"{guest.given} {guest.family}")
    walk.until(lambda: walk.find("reception.results") is not None, "the imported patient")
    walk.settled()
    assert [getattr(row, "name", "") for row in walk.rows("reception.results").rows()] == [guest.name]
    walk.press("Return")
    walk.until(lambda: walk.find("reception.complaint") is not None, "the patient's page")
    walk.settled()
    walk.fill("reception.complaint", guest.complaint)
    walk.press("Ctrl+Return")
    walk.at("reception.search")
    walk.settled()


def be_treated(walk: Walk, guest: Guest) -> None:
    """Note, diagnosis, a medicine, done."""
    at_doctor._take_in(walk, guest.name)
    at_doctor._note(walk, guest)
    diagnosis, drugs = at_doctor.SIMPLE[guest.story]
    at_doctor._diagnose(walk, diagnosis)
    at_doctor._prescribe(walk, *drugs)
    at_doctor._complete(walk)


def test_an_imported_patient_walks_the_day(walk: Walk, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    walk.sign_in("mercy", training.EVERYBODYS)
    arrive(walk, AMINA)
    walk.switch_to("akinyi", training.EVERYBODYS)
    at_triage.triage(walk, [AMINA])
    walk.switch_to("wanjiru", training.EVERYBODYS)
    be_treated(walk, AMINA)
    walk.switch_to("faith", training.EVERYBODYS)
    walk.fill("cashier.float_amount", "2000")
    walk.press("Ctrl+Return")
    walk.until(lambda: walk.find("cashier.debtors") is not None, "the drawer to be open")
    at_cashier._cash(walk, AMINA)
    walk.said("Receipt")
    capsys.readouterr()
    assert main(["check", "--store", str(tmp_path / "clinic.db"), "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert report["ok"]
    assert report["counts"]["receipt"] == 1
