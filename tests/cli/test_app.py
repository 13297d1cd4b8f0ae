"""The joiner: where things are on this PC, which language it speaks, and the training clinic of the day."""

from datetime import timedelta
from pathlib import Path

import pytest

from hms_desktop import app
from hms_desktop.domain.errors import StoreNotEmpty, TrainingOnly
from hms_desktop.services.passwords import check_strength
from hms_desktop.services.setup import open_clinic
from hms_desktop.services.training import clinic as training
from hms_desktop.system import clock as pc_clock
from hms_desktop.system.machine import Machine
from hms_desktop.words import language
from tests.stores import MIGRATIONS, Clock


def test_the_store_is_the_named_one_or_the_file_at_home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv(app.STORE_VARIABLE, raising=False)
    assert app.default_store(tmp_path) == str(tmp_path / "clinic.db")
    monkeypatch.setenv(app.STORE_VARIABLE, "postgresql://server/clinic")
    assert app.default_store(tmp_path) == "postgresql://server/clinic"


def test_this_pc_knows_its_folders(tmp_path: Path) -> None:
    machine = app.machine(tmp_path)
    assert (machine.migrations / "env.py").is_file()
    assert machine.catalogues is not None
    assert (machine.catalogues / "medicines.csv").is_file()


def test_the_language_is_the_remembered_one_else_the_systems(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("LC_ALL", raising=False)
    monkeypatch.setenv("LC_MESSAGES", "C")
    app.speak(tmp_path)
    assert language.current().code == "en"
    (tmp_path / "preferences.json").write_text('{"language": "en"}')
    monkeypatch.setenv("LC_ALL", "fr_FR.UTF-8")
    app.speak(tmp_path)
    assert language.current().code == "en"


def test_the_time_zone_is_this_pcs_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Africa/Nairobi")
    assert app.local_zone() == "Africa/Nairobi"
    monkeypatch.setenv("TZ", "No/Where")
    monkeypatch.setattr("os.path.realpath", lambda _path: "/usr/share/zoneinfo/Asia/Kolkata")
    assert app.local_zone() == "Asia/Kolkata"
    monkeypatch.setattr("os.path.realpath", lambda _path: "/etc/localtime")
    assert app.local_zone() == "UTC"


def test_a_one_time_password_is_strong_and_new() -> None:
    first, second = app.one_time_password(), app.one_time_password()
    assert first != second
    check_strength(first, "admin", 12)


def test_the_training_clinic_is_made_once_a_day(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(training, "PAST_DAYS", 0)
    location = app.training_at(tmp_path, 1)
    made = Path(location).stat().st_mtime_ns
    assert app.training_at(tmp_path, 1) == location
    assert Path(location).stat().st_mtime_ns == made
    tomorrow = pc_clock.utc_now() + timedelta(days=1)
    monkeypatch.setattr("hms_desktop.data.store.Store.now", lambda _store: tomorrow)
    monkeypatch.setattr(training, "utc_now", lambda: tomorrow)
    app.training_at(tmp_path, 1)
    kept = [path.name for path in tmp_path.glob("clinic-*.db")]
    assert len(kept) == 1


def test_a_tour_gets_a_fresh_clinic_and_an_empty_place_is_filled(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(training, "PAST_DAYS", 0)
    location = app.fresh_training_at(tmp_path, tmp_path / "home", 1)
    first = Path(location).stat().st_mtime_ns
    assert app.fresh_training_at(tmp_path, tmp_path / "home", 1) == location
    assert Path(location).stat().st_mtime_ns != first
    second = Path(location).stat().st_mtime_ns
    app.training_if_empty(location, tmp_path / "home", 1)
    assert Path(location).stat().st_mtime_ns == second
    other = str(tmp_path / "other" / "clinic.db")
    app.training_if_empty(other, tmp_path / "home", 1)
    assert Path(other).exists()


def test_a_real_clinic_is_never_taken_for_training(clinic: object, location: str, tmp_path: Path) -> None:
    with pytest.raises(TrainingOnly):
        app.training_if_empty(location, tmp_path / "home", 1)
    if "://" in location:
        return
    folder = Path(location).parent
    with pytest.raises(StoreNotEmpty):
        app.training_at(folder, 1)
    with pytest.raises(StoreNotEmpty):
        app.fresh_training_at(folder, folder, 1)
    assert Path(location).exists()
    open_clinic(location, Machine(tmp_path / "home", MIGRATIONS, Clock())).store.close()
    assert clinic
