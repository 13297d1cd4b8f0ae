"""The training clinic: sound books, people at every desk, the same for the same seed, never over a real clinic."""

import os
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from hms_desktop.data.tables.patients import Patient
from hms_desktop.data.tables.pharmacy import StockBatch
from hms_desktop.data.tables.visits import Visit
from hms_desktop.domain.accounts import SYSTEM, Actor
from hms_desktop.domain.errors import BadInput, StoreNotEmpty
from hms_desktop.interop.demo_clinic import read_facility
from hms_desktop.services import lab, triage, visits
from hms_desktop.services.accounts import SignIn, sign_in
from hms_desktop.services.bills import debtors
from hms_desktop.services.catalogue import catalogues_folder
from hms_desktop.services.checking import check_store
from hms_desktop.services.clinic import Clinic
from hms_desktop.services.pharmacy.queue import pharmacy_queue
from hms_desktop.services.training.clinic import EVERYBODYS, TODAY, make_training_clinic, training_day
from hms_desktop.services.training.scene import Stop
from hms_desktop.system.machine import Machine
from tests.stores import MIGRATIONS, NOON, Clock, _administer, with_database

DAY = date(2026, 3, 5)


def machine_at(home: Path, now: datetime = NOON) -> Machine:
    return Machine(home, MIGRATIONS, Clock(now), catalogues=catalogues_folder())


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def training(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Clinic]:
    """A training clinic with three past days, made once for this file and engine."""
    folder = tmp_path_factory.mktemp("training")
    if request.param == "sqlite":
        clinic = make_training_clinic(str(folder / "clinic.db"), machine_at(folder / "home"), 1, DAY, past_days=3)
        yield clinic
        clinic.store.close()
        return
    server: str = request.getfixturevalue("postgres_server")
    name = f"hms_training_{os.getpid()}"
    _administer(server, f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)', f'CREATE DATABASE "{name}"')
    clinic = make_training_clinic(
        with_database(server, name), machine_at(folder / "home"), 1, DAY, past_days=3
    )  # fmt: skip
    yield clinic
    clinic.store.close()
    _administer(server, f'DROP DATABASE "{name}" WITH (FORCE)')


def someone(clinic: Clinic, username: str) -> Actor:
    return sign_in(clinic, SignIn(username=username, password=EVERYBODYS))


def test_its_books_stock_and_numbers_are_sound(training: Clinic) -> None:
    report = check_store(training.store)
    assert report.findings == []
    assert training.facility.training
    assert training.facility.logo is not None
    assert report.counts["stock_batch"] > 300
    assert report.counts["visit"] >= len(TODAY) + 6
    assert report.counts["lab_result"] > 0
    assert report.counts["payment"] > 0


def test_patients_wait_at_every_desk(training: Clinic) -> None:
    board = visits.board(training, someone(training, "mercy"))
    assert len(board) == len(TODAY)
    assert {row.doctor_state for row in board} >= {"waiting", "sent_to_lab", "completed"}
    assert "red" in {row.colour for row in board}
    waiting = triage.triage_board(training, someone(training, "akinyi")).waiting
    assert len(waiting) == TODAY.count(Stop.TRIAGE)
    bench = lab.lab_board(training, someone(training, "grace"))
    assert bench.collect
    assert bench.bench
    assert bench.release
    assert len(pharmacy_queue(training, someone(training, "zawadi"))) == TODAY.count(Stop.PHARMACY)
    assert len(debtors(training, someone(training, "faith"))) >= TODAY.count(Stop.CASHIER)


def test_everybody_signs_in_with_the_training_password(training: Clinic) -> None:
    assert someone(training, "admin").windows == ("admin",)
    assert someone(training, "wanjiru").may("prescriptions.create")


def test_past_visits_are_closed_and_some_lots_have_expired(training: Clinic) -> None:
    with training.read(SYSTEM) as reader:
        past = reader.rows(select(Visit.state).where(Visit.day < DAY).distinct())
        assert [row.state for row in past] == ["closed"]
        assert reader.rows(select(StockBatch.id).where(StockBatch.expiry < DAY))
        assert reader.scalar(select(Patient.id).where(Patient.birth_date > DAY)) is None


def story_of(clinic: Clinic) -> list[tuple[object, ...]]:
    columns = (Visit.number, Visit.complaint, Visit.colour, Visit.opened_at, Patient.family_name, Patient.birth_date)
    with clinic.read(SYSTEM) as reader:
        statement = select(*columns).join_from(Visit, Patient, Patient.id == Visit.patient_id).order_by(Visit.number)
        return [tuple(row) for row in reader.rows(statement)]


def test_the_same_seed_makes_the_same_clinic_and_another_one_another(tmp_path: Path) -> None:
    made = [
        make_training_clinic(str(tmp_path / f"{n}.db"), machine_at(tmp_path / str(n)), seed, DAY, past_days=0)
        for n, seed in enumerate((5, 5, 6))
    ]
    stories = [story_of(clinic) for clinic in made]
    for clinic in made:
        clinic.store.close()
    assert stories[0] == stories[1]
    assert stories[0] != stories[2]


def test_just_after_midnight_everybody_has_come_today(tmp_path: Path) -> None:
    after_midnight = datetime(2026, 3, 4, 21, 4, tzinfo=UTC)
    clinic = make_training_clinic(
        str(tmp_path / "clinic.db"), machine_at(tmp_path / "home", after_midnight), 1, past_days=0
    )
    with clinic.read(SYSTEM) as reader:
        rows = reader.rows(select(Visit.day, Visit.opened_at))
    clinic.store.close()
    assert len(rows) == len(TODAY)
    assert {row.day for row in rows} == {DAY}
    assert max(row.opened_at for row in rows) <= after_midnight + timedelta(seconds=1)


def test_nothing_is_made_where_something_is_and_leftovers_go(tmp_path: Path) -> None:
    place = tmp_path / "clinic.db"
    place.write_text("a file of somebody's")
    with pytest.raises(StoreNotEmpty):
        make_training_clinic(str(place), machine_at(tmp_path / "home"), 1, DAY)
    place.unlink()
    (tmp_path / "clinic.db.making").write_text("cut off")
    (tmp_path / "clinic.db.making-wal").write_text("cut off")
    machine = machine_at(tmp_path / "home")
    clinic = make_training_clinic(str(place), machine, 1, DAY, past_days=0)
    clinic.store.close()
    assert [path.name for path in tmp_path.glob("*making*")] == []
    assert training_day(str(place), machine) == (DAY, DAY)


def test_a_real_clinic_is_no_training_clinic(clinic: Clinic, location: str, machine: Machine) -> None:
    with pytest.raises(StoreNotEmpty):
        training_day(location, machine)
    assert not clinic.facility.training


def test_a_spoilt_description_of_the_clinic_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput) as caught:
        read_facility(tmp_path)
    assert caught.value.facts["reason"] == "no_file"
    (tmp_path / "facility.json").write_text("{}")
    with pytest.raises(BadInput) as caught:
        read_facility(tmp_path)
    assert caught.value.facts["reason"] == "json"
