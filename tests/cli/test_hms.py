"""The `hms` command: what scripts rely on. Exit codes, one sentence instead of a traceback, JSON of `check`."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from hms_desktop import app, cli
from hms_desktop.services.training import clinic as training
from hms_desktop.system.machine import Machine
from tests.stores import MIGRATIONS, Clock

SAMPLES = Path(__file__).parents[1] / "interop" / "samples"


def test_a_sound_store_checks_with_code_0_and_prints_json(
    location: str, home: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["check", "--store", location, "--home", home]) == 0
    assert "Sound" in capsys.readouterr().out
    assert cli.main(["check", "--store", location, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert set(found) == {"ok", "counts", "digest", "findings"}
    assert (found["ok"], found["findings"], found["counts"]["facility"]) == (True, [], 1)
    assert re.fullmatch("[0-9a-f]{64}", found["digest"]["facility"])


def test_a_finding_is_told_in_words_and_json_with_code_1(location: str, capsys: pytest.CaptureFixture[str]) -> None:
    from hms_desktop.data.store import open_store

    store = open_store(location)
    with store.engine.connect() as connection:
        connection.exec_driver_sql("DROP INDEX ix_patient__mrn_folded")
        connection.exec_driver_sql(
            "INSERT INTO counter (kind, station_id, series, value) SELECT 'mrn', id, 'A', 3 FROM station"
        )
        connection.commit()
    store.close()
    assert cli.main(["check", "--store", location]) == 1
    said = capsys.readouterr().out
    assert "ix_patient__mrn_folded is missing" in said
    assert "1 finding." in said
    assert cli.main(["check", "--store", location, "--json"]) == 1
    found = json.loads(capsys.readouterr().out)
    assert found["ok"] is False
    assert found["findings"][0]["what"] == "definition_missing"
    assert set(found["findings"][0]) == {"check", "table", "id", "what", "facts"}


def test_findings_name_the_row_and_its_facts(location: str, capsys: pytest.CaptureFixture[str]) -> None:
    from hms_desktop.data.store import open_store

    store = open_store(location)
    with store.engine.connect() as connection:
        connection.exec_driver_sql(
            "INSERT INTO counter (kind, station_id, series, value) SELECT 'mrn', id, 'A', 3 FROM station"
        )
        connection.commit()
    store.close()
    assert cli.main(["check", "--store", location]) == 1
    assert "the mrn counter of A, A, is at 3, the last number is 0" in capsys.readouterr().out


def test_init_asks_nothing_without_a_terminal_and_gives_a_password(
    empty_location: str, home: str, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["init", "--store", empty_location, "--home", home, "--name", "Hill Clinic", "--code", "HC"]
    assert cli.main(arguments) == 0
    said = capsys.readouterr().out
    password = re.search(r"One-time password: (\S+)", said)
    assert password
    assert "Hill Clinic" in said

    from hms_desktop.services.accounts import SignIn, sign_in
    from hms_desktop.services.setup import open_clinic

    clinic = open_clinic(empty_location, Machine(Path(home), MIGRATIONS, Clock()))
    actor = sign_in(clinic, SignIn(username="admin", password=password[1]))
    assert actor.must_change_password
    clinic.store.close()
    assert cli.main(["check", "--store", empty_location]) == 0
    assert cli.main(arguments) == 3
    assert "A clinic lives at" in capsys.readouterr().err


def test_the_database_of_another_program_is_left_alone(
    empty_location: str, home: str, capsys: pytest.CaptureFixture[str]
) -> None:
    from hms_desktop.data.store import open_store

    store = open_store(empty_location, must_exist=False)
    with store.engine.connect() as connection:
        connection.exec_driver_sql("CREATE TABLE somebodys (id INTEGER)")
        connection.commit()
    store.close()
    assert cli.main(["init", "--store", empty_location, "--home", home]) == 3
    assert cli.main(["check", "--store", empty_location]) == 3
    assert cli.main(["import", "patients", str(SAMPLES / "patients.csv"), "--store", empty_location]) == 3
    assert capsys.readouterr().err.count("belongs to another program") == 3


def test_init_with_a_terminal_takes_what_is_typed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    answers = iter(["Typed Clinic", "ty"])
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("builtins.input", lambda _question: next(answers))
    monkeypatch.setattr(cli, "getpass", lambda _question: "a long typed password")
    assert (
        cli.main(["init", "--store", str(tmp_path / "t.db"), "--currency", "xof", "--time-zone", "Africa/Dakar"]) == 0
    )
    said = capsys.readouterr().out
    assert "Typed Clinic" in said
    assert "One-time" not in said


@pytest.mark.parametrize(
    "wrong",
    [
        ["init", "--store", "x.db", "--code", "1"],
        ["init", "--store", "x.db", "--currency", "KESH"],
        ["init", "--store", "x.db", "--time-zone", "Mars/Base"],
        ["import", "synthea", "nowhere", "--store", "clinic.db"],
        ["import", "patients", "nowhere.csv", "--store", "clinic.db"],
        ["check", "--store", "mysql://x"],
    ],
)
def test_wrong_input_is_one_sentence_and_code_2(
    clinic: object, wrong: list[str], home: str, capsys: pytest.CaptureFixture[str], location: str
) -> None:
    arguments = [location if each == "clinic.db" else each for each in wrong]
    assert cli.main([*arguments, "--home", home]) == 2
    said = capsys.readouterr().err
    assert said.startswith("hms: ")
    assert said.count("\n") == 1
    assert "Traceback" not in said
    assert clinic


@pytest.mark.parametrize("place", ["nothing.db", "postgresql://nobody@127.0.0.1:1/nothing"])
@pytest.mark.parametrize("command", [["check"], ["import", "patients", str(SAMPLES / "patients.csv")]])
def test_a_store_that_can_not_be_opened_is_code_3(
    place: str, command: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main([*command, "--store", place]) == 3
    assert capsys.readouterr().err.startswith("hms: ")


def test_a_pc_without_a_station_may_not_import(
    location: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["import", "patients", str(SAMPLES / "patients.csv"), "--store", location]
    assert cli.main([*arguments, "--home", str(tmp_path / "stranger")]) == 3
    assert capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments", [["nonsense"], ["check", "--what"], ["import"], ["tour"], ["run", "--role", "king"]]
)
def test_wrong_usage_is_code_2_with_the_usage(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main(arguments)
    assert ended.value.code == 2
    assert "usage: hms" in capsys.readouterr().err


@pytest.mark.parametrize(
    "words",
    [[], ["run"], ["demo"], ["init"], ["check"], ["tour"], ["import"], ["import", "synthea"], ["import", "patients"]],
)
def test_help_is_everywhere_and_names_the_exit_codes(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main([*words, "--help"])
    assert ended.value.code == 0
    said = " ".join(capsys.readouterr().out.split())
    assert "Exit codes: 0 done" in said
    assert "--home DIR" in said


def test_the_version_is_told_by_the_module_too() -> None:
    found = subprocess.run(
        [sys.executable, "-m", "hms_desktop", "--version"], capture_output=True, text=True, check=True
    )  # fmt: skip
    assert found.stdout.strip() == f"hms {app.program_version()}"


def test_a_synthea_set_is_imported_with_counts_and_refused_rows(
    stocked_clinic: object, location: str, home: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["import", "synthea", str(SAMPLES / "synthea"), "--store", location, "--home", home]
    assert cli.main(arguments) == 0
    said = capsys.readouterr().out
    assert re.search(r"patient +3 +0\n", said)
    assert re.search(r"2  payers\.csv", said)
    assert "9 rows refused." in said
    listed = (tmp_path / "synthea-refused.csv").read_text(encoding="utf-8-sig").splitlines()
    assert listed[0].startswith("refused_file,refused_line,refused_column,refused_reason")
    assert "observations.csv,8,value,is in another unit than the clinic's" in "\n".join(listed)
    assert len(listed) == 10
    assert cli.main(arguments) == 0
    assert re.search(r"patient +0 +3\n", capsys.readouterr().out)
    assert stocked_clinic


def test_a_list_of_patients_is_tried_and_then_imported(
    stocked_clinic: object, location: str, home: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["import", "patients", str(SAMPLES / "patients.csv"), "--store", location, "--home", home]
    assert cli.main([*arguments, "--dry-run", "--refused", str(tmp_path / "try.csv")]) == 0
    said = capsys.readouterr().out
    assert "nothing is kept" in said
    assert "1 row came in and looks like somebody." in said
    assert "looks like somebody who is here" in (tmp_path / "try.csv").read_text(encoding="utf-8-sig")
    assert cli.main(arguments) == 0
    assert re.search(r"patient +4 +1\n", capsys.readouterr().out)
    assert cli.main(["check", "--store", location]) == 0
    assert stocked_clinic


def test_a_training_clinic_is_made_where_there_is_none(
    tmp_path: Path, home: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(training, "PAST_DAYS", 0)
    store = str(tmp_path / "made" / "clinic.db")
    assert cli.main(["init", "--demo", "--seed", "3", "--store", store, "--home", home]) == 0
    assert "password is: training" in capsys.readouterr().out
    assert cli.main(["check", "--store", store]) == 0
    assert cli.main(["init", "--demo", "--store", store, "--home", home]) == 3


def test_without_a_screen_the_windows_say_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    for arguments in ([], ["run"], ["demo"]):
        assert cli.main(arguments) == 3
        assert "no screen" in capsys.readouterr().err


def test_an_interruption_is_code_130(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(_given: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(cli, "_check", interrupted)
    assert cli.main(["check", "--store", "x"]) == 130


def test_a_closed_pipe_is_no_fault(location: str) -> None:
    command = f'"{sys.executable}" -m hms_desktop check --json --store "{location}" | true'
    found = subprocess.run(["bash", "-o", "pipefail", "-c", command], capture_output=True, text=True)
    assert found.returncode == 0
    assert "Traceback" not in found.stderr
