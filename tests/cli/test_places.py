"""Places that can't be: what is named is refused in one sentence, with the way out, before anything is done."""

import re
from pathlib import Path

import pytest

from hms_desktop import cli
from hms_desktop.domain.errors import CanNotWrite
from hms_desktop.services.training import clinic as training
from hms_desktop.system.machine import Machine
from tests.stores import with_database

SAMPLES = Path(__file__).parents[1] / "interop" / "samples"


def the_sentence(capsys: pytest.CaptureFixture[str]) -> str:
    """What stands on stderr, one line of the program's."""
    said = capsys.readouterr().err
    assert said.startswith("hms: ")
    assert said.count("\n") == 1
    return said.removeprefix("hms: ").strip()


@pytest.fixture
def plain_file(tmp_path: Path) -> Path:
    """A file where a folder is wanted."""
    path = tmp_path / "plain.txt"
    path.write_text("nothing")
    return path


def test_a_list_of_refused_rows_has_a_place_before_anything_comes_in(
    stocked_clinic: object, location: str, home: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["import", "patients", str(SAMPLES / "patients.csv"), "--store", location, "--home", home]
    assert cli.main([*arguments, "--refused", str(tmp_path / "no" / "folder.csv")]) == 2
    assert the_sentence(capsys).endswith("folder.csv can't be written. Choose another place, or make room there.")
    assert cli.main(arguments) == 0
    assert re.search(r"patient +4 +1\n", capsys.readouterr().out)
    assert stocked_clinic


def test_a_list_that_can_not_be_finished_says_what_is_kept(
    stocked_clinic: object, location: str, home: str, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    def full(path: Path, *_rest: object) -> None:
        raise CanNotWrite(target=str(path))

    monkeypatch.setattr("hms_desktop.services.imports.batches.write_refused", full)
    arguments = ["import", "patients", str(SAMPLES / "patients.csv"), "--store", location, "--home", home]
    assert cli.main(arguments) == 2
    said = capsys.readouterr()
    assert "The rest is kept." in said.out
    assert "can't be written" in said.err
    assert stocked_clinic


def test_a_list_of_refused_rows_never_overwrites_another(
    stocked_clinic: object, location: str, home: str, tmp_path: Path
) -> None:
    mine = tmp_path / "patients-refused.csv"
    mine.write_text("mine")
    arguments = ["import", "patients", str(SAMPLES / "patients.csv"), "--store", location, "--home", home]
    assert cli.main([*arguments, "--dry-run"]) == 0
    assert cli.main(arguments) == 0
    assert mine.read_text() == "mine"
    assert sorted(path.name for path in tmp_path.glob("patients-refused*")) == [
        "patients-refused-2.csv", "patients-refused-3.csv", "patients-refused.csv",
    ]  # fmt: skip
    assert stocked_clinic


def test_a_tour_needs_a_folder_that_can_be_written(plain_file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for out in (str(plain_file), "/proc/x"):
        assert cli.main(["tour", "--out", out]) == 2
        assert f"{out} can't be written" in the_sentence(capsys)


@pytest.mark.parametrize("patients", ["0", "-3", "4", "many"])
def test_a_tour_has_patients_enough(patients: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from hms_desktop.ui.tour.cast import LEAST, cast

    assert cli.LEAST_GUESTS == LEAST == len(cast(1, LEAST)) + 1
    with pytest.raises(SystemExit) as ended:
        cli.main(["tour", "--out", str(tmp_path / "out"), "--patients", patients])
    assert ended.value.code == 2
    assert "at least 5 patients" in capsys.readouterr().err


def test_a_tour_never_walks_in_a_real_clinic(
    clinic: object, location: str, home: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["tour", "--store", location, "--out", str(tmp_path / "out"), "--home", home]) == 2
    assert "only in a training clinic" in the_sentence(capsys)
    assert clinic


def test_a_tour_of_a_named_store_is_this_pcs_station(
    tmp_path: Path, home: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(training, "PAST_DAYS", 0)
    monkeypatch.setenv("HMS_HOME", home)
    walked: list[Path] = []

    def only_look(_out: Path, _location: str, machine: Machine, **_day: int) -> int:
        walked.append(machine.home)
        return 0

    monkeypatch.setattr("hms_desktop.ui.tour.start.run_tour", only_look)
    store = str(tmp_path / "tour.db")
    assert cli.main(["init", "--demo", "--store", store]) == 0
    assert cli.main(["tour", "--store", store, "--out", str(tmp_path / "out")]) == 0
    assert walked == [Path(home)]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (["--code", "k1"], "--code: Code must be two to six letters from A to Z, such as KH."),
        (["--time-zone", "Mars"], "--time-zone: Time zone is not a time zone: write a region and a city, such as"),
        (["--currency", "KESH"], "--currency: Currency is not a currency"),
    ],
)
def test_init_names_the_option_and_the_rule(
    given: list[str], expected: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["init", "--store", str(tmp_path / "new.db"), *given]) == 2
    assert the_sentence(capsys).startswith(expected)


def test_a_folder_is_no_store_and_a_file_no_folder(
    tmp_path: Path, plain_file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    assert cli.main(["check", "--store", str(tmp_path)]) == 3
    assert "is a folder, not a store" in the_sentence(capsys)
    for arguments in (["init", "--store", "/proc/x"], ["init", "--store", f"{plain_file}/a/clinic.db"]):
        assert cli.main(arguments) == 3
        assert "Nothing can be kept at" in the_sentence(capsys)
    assert cli.main(["demo", "--dir", str(plain_file)]) == 3
    said = capsys.readouterr()
    assert said.out == ""
    assert "Nothing can be kept at" in said.err


@pytest.mark.postgres
def test_a_server_without_the_database_or_the_user_says_so(
    postgres_server: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["check", "--store", with_database(postgres_server, "not_there")]) == 3
    said = the_sentence(capsys)
    assert "there is no database postgresql://" in said
    stranger = with_database(postgres_server, "postgres").replace("postgres@", "stranger@")
    assert cli.main(["check", "--store", stranger]) == 3
    assert "does not let this PC in" in the_sentence(capsys)


def test_what_belongs_to_somebody_keeps_its_letters(
    location: str, home: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["import", "patients", str(SAMPLES / "patients.csv"), "--store", location, "--home", home]
    assert cli.main([*arguments, "--map", "nomap.json"]) == 2
    assert the_sentence(capsys).startswith("nomap.json ")
    assert cli.main(["check", "--store", "postgresql+psycopg://a:secret@127.0.0.1:1/x"]) == 3
    assert the_sentence(capsys).startswith("postgresql://a:***@127.0.0.1:1/x can't be reached")
