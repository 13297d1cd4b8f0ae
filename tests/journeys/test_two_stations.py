"""Two processes with real windows on one PostgreSQL: one queue, one winner for a ticket."""

import json
import os
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from hms_desktop.services.clinic import Clinic
from hms_desktop.services.setup import enrol_station, open_as_guest
from hms_desktop.system.machine import Machine
from tests.make.accounts import administrator
from tests.make.patients import make_patient
from tests.make.station import PATIENCE_MS, WARNED, colleague
from tests.stores import MIGRATIONS

pytestmark = [pytest.mark.journey, pytest.mark.parametrize("engine_kind", ["postgresql"])]
ROOT = Path(__file__).parents[2]
PEOPLE = ("Asha Otieno", "Brian Kamau", "Chebet Koech")


class Station:
    """A process with a window, asked line by line."""

    def __init__(self, location: str, home: Path, window: str) -> None:
        environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "HMS_HOME": str(home), "PYTHONPATH": str(ROOT)}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.make.station", location, str(home), window], cwd=ROOT, env=environment,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip

    def ask(self, *deed: object) -> None:
        """Ask for a deed; `answer` waits for it."""
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps(deed) + "\n")
        self.process.stdin.flush()

    def answer(self) -> Any:
        """What the deed gave. Fails when the process ended, as it does by itself after a time without success."""
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        assert line, f"the station ended with {self.process.wait(10)}"
        return json.loads(line)

    def do(self, *deed: object) -> Any:
        """Ask and wait."""
        self.ask(*deed)
        return self.answer()

    def end(self) -> int:
        """Close its input: the process ends by itself."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.close()
        self.process.stdout.close()
        return self.process.wait(PATIENCE_MS / 1000)


@pytest.fixture
def stations(location: str, clinic: Clinic, tmp_path: Path) -> Iterator[tuple[Station, Station]]:
    """Reception at station A, triage at station B, each somebody's own process."""
    colleague(clinic, "receptionist", "nurse", username="zola", name="Zola Clerk")
    colleague(clinic, "nurse", username="amina", name="Amina Juma")
    for person in PEOPLE:
        make_patient(clinic, *person.split(" "))
    first, second = tmp_path / "home", tmp_path / "home_b"
    guest = open_as_guest(location, Machine(second, MIGRATIONS))
    enrol_station(guest, administrator(clinic), Machine(second, MIGRATIONS)).store.close()
    made = (Station(location, first, "reception"), Station(location, second, "triage"))
    try:
        assert [each.answer() for each in made] == ["ready", "ready"]
        for each, name in zip(made, ("zola", "amina"), strict=True):
            each.ask("begin", name)
        assert [each.answer() for each in made] == [None, None]
        yield made
        assert [each.end() for each in made] == [0, 0]
    finally:
        for each in made:
            each.process.kill()
            each.process.wait()
        shutil.rmtree(second, ignore_errors=True)


def test_reception_fills_the_queue_of_triage_within_a_second_and_a_ticket_has_one_winner(
    stations: tuple[Station, Station],
) -> None:
    reception, triage = stations
    tickets = [f"A{number:03d}" for number in range(1, len(PEOPLE) + 1)]
    waited = []
    for ticket, person in zip(tickets, PEOPLE, strict=True):
        triage.ask("see_ticket", ticket)
        saved = reception.do("open_visit", person)
        waited.append(triage.answer() - saved)
    assert statistics.median(waited) < 1.0, waited
    reception.do("press", "Ctrl+2")
    told = []
    for ticket in tickets:
        for each in stations:
            each.ask("choose_ticket", ticket)
        assert [each.answer() for each in stations] == [None, None]
        moment = time.time() + 0.3
        for each in stations:
            each.ask("call_at", moment)
        said = [each.answer() for each in stations]
        won = [any(text.startswith("Called:") for _level, text in each) for each in said]
        assert won.count(True) == 1, said
        told += [level for level, _text in said[won.index(False)]]
        assert reception.do("states")[ticket] == triage.do("states")[ticket] == "called"
    assert set(told) <= WARNED
    assert told
