"""The tour is our best test: a whole day through the real windows, then the books must hold. On both engines."""

import json
from pathlib import Path

import pytest

from hms_desktop.cli import main

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.xdist_group("tour")]

KINDS = {
    "patient-card", "ticket", "triage-slip", "prescription", "drug-label", "specimen-label", "lab-report", "bill",
    "receipt", "refund-note", "x-report", "z-report",
}  # fmt: skip


@pytest.fixture
def empty_store(engine_kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A file that is not there yet, or a database with nothing in it."""
    if engine_kind == "sqlite":
        return str(tmp_path / "tour.db")
    from tests.stores import _administer, with_database

    server: str = request.getfixturevalue("postgres_server")
    name = "hms_tour"
    _administer(server, f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)', f'CREATE DATABASE "{name}"')
    return with_database(server, name)


def test_a_whole_day_walks_through_the_windows_and_the_books_hold(
    empty_store: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("HMS_HOME", str(tmp_path / "home"))
    out = tmp_path / "out"
    assert main(["tour", "--store", empty_store, "--out", str(out), "--patients", "5", "--seed", "3"]) == 0
    report = json.loads((out / "tour.json").read_text(encoding="utf-8"))
    assert {paper["kind"] for paper in report["papers"]} >= KINDS
    assert all((out / paper["file"]).read_bytes().startswith(b"%PDF") for paper in report["papers"])
    assert all((out / picture).stat().st_size > 5_000 for picture in report["pictures"])
    assert {"reception", "triage", "doctor", "lab", "pharmacy", "admin", "cashier"} <= report["desks"].keys()
    assert report["after"]["counts"]["refunds"] == report["before"]["counts"]["refunds"] + 1
    capsys.readouterr()
    assert main(["check", "--store", empty_store, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["ok"] is True
