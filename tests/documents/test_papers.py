"""Every paper says what its stored text says, twice the same, with the clinic's head and a COPY mark when asked."""

import hashlib
import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from hms_desktop.documents.kinds import render_kind
from hms_desktop.documents.parts import Form, Head
from hms_desktop.domain.billing import ClinicProfile
from hms_desktop.domain.facility import Facility, ReceiptPaper
from hms_desktop.domain.ids import Id
from hms_desktop.domain.money import Currency
from tests.documents import samples
from tests.documents.reading import outside, sizes_of, text_of

EXPECTED = Path(__file__).parent / "expected"
CASES = [pytest.param(kind, paper, name, id=name) for name, (kind, paper) in samples.PAPERS.items()]


@pytest.mark.parametrize(("kind", "paper", "name"), CASES)
def test_a_paper_says_what_is_stored(kind: str, paper: Any, name: str) -> None:
    text = text_of(render_kind(kind, paper))
    stored = EXPECTED / f"{name}.txt"
    if os.environ.get("HMS_WRITE_EXPECTED"):
        stored.write_text(text, encoding="utf-8")
    assert text == stored.read_text(encoding="utf-8")


def test_no_expected_text_is_left_over() -> None:
    assert {path.stem for path in EXPECTED.glob("*.txt")} == set(samples.PAPERS)


@pytest.mark.parametrize(("kind", "paper", "name"), CASES)
def test_the_same_facts_give_the_same_bytes(kind: str, paper: Any, name: str) -> None:
    first = render_kind(kind, samples.with_logo(paper))
    render_kind("ticket", replace(samples.TICKET, patient=replace(samples.ASHA, name=samples.DEVANAGARI)))
    again = render_kind(kind, samples.with_logo(paper))
    assert hashlib.sha256(first).hexdigest() == hashlib.sha256(again).hexdigest()


@pytest.mark.parametrize(("kind", "paper", "name"), CASES)
def test_a_copy_says_so_large_and_in_words(kind: str, paper: Any, name: str) -> None:
    original, copy = text_of(render_kind(kind, paper)), text_of(render_kind(kind, paper, copy=True))
    assert "COPY" not in original
    assert copy.count("COPY") >= 2 * (1 + copy.count("--- page ---"))


@pytest.mark.parametrize(("kind", "paper", "name"), CASES)
def test_a_paper_of_the_training_clinic_is_unmistakable(kind: str, paper: Any, name: str) -> None:
    training = replace(paper, head=replace(paper.head, training=True))
    text = text_of(render_kind(kind, training))
    assert "TRAINING" in text
    assert "not valid" in text


@pytest.mark.parametrize(("kind", "paper", "name"), CASES)
def test_everything_lies_on_the_paper(kind: str, paper: Any, name: str) -> None:
    assert outside(render_kind(kind, samples.with_logo(paper))) == []


@pytest.mark.parametrize(("kind", "paper", "name"), CASES)
def test_a_paper_names_its_clinic_and_who_printed_it(kind: str, paper: Any, name: str) -> None:
    text = text_of(render_kind(kind, paper))
    assert "Kisumu Hill Clinic" in text
    assert "Wanjiru" in text
    if kind not in {"drug-label", "specimen-label"}:
        assert "KMPDC-004512" in text
        assert "1998" in text
        assert "printed 05-Mar-2026 12:41" in text.replace("\n", " ")


@pytest.mark.parametrize(
    ("name", "size"),
    [
        ("patient-card", (85.6, 54.0)),
        ("drug-label", (70.0, 35.0)),
        ("specimen-label", (50.0, 25.0)),
        ("prescription", (148.0, 210.0)),
        ("lab-report", (210.0, 297.0)),
        ("bill", (148.0, 210.0)),
        ("bill-a4", (210.0, 297.0)),
    ],
)
def test_a_paper_has_its_size(name: str, size: tuple[float, float]) -> None:
    kind, paper = samples.PAPERS[name]
    assert set(sizes_of(render_kind(kind, paper))) == {size}


def test_a_roll_is_as_long_as_what_it_says() -> None:
    ((wide, high),) = sizes_of(render_kind("receipt", samples.RECEIPT))
    ((_, longer),) = sizes_of(render_kind("receipt", replace(samples.RECEIPT, lines=samples.MONEY_LINES * 3)))
    ((narrow, _),) = sizes_of(render_kind("receipt", replace(samples.RECEIPT, form=Form.ROLL_58)))
    assert (wide, narrow) == (80.0, 58.0)
    assert longer > high + 40


def test_a_logo_that_is_no_picture_does_not_stop_a_receipt(sheet_log: list[str]) -> None:
    broken = replace(samples.RECEIPT, head=replace(samples.HEAD, logo=b"not a picture"))
    assert "Kisumu Hill Clinic" in text_of(render_kind("receipt", broken))
    assert sheet_log == ["The clinic's logo is not a picture that can be read"] * len(sheet_log)


def test_a_logo_is_drawn() -> None:
    plain, drawn = render_kind("ticket", samples.TICKET), render_kind("ticket", samples.with_logo(samples.TICKET))
    assert b"/Image" in drawn
    assert b"/Image " not in plain
    assert sizes_of(drawn)[0][1] > sizes_of(plain)[0][1] + 14


def test_a_head_is_made_from_the_facility() -> None:
    facility = Facility(
        id=Id("0" * 32),
        code="KH",
        name="Kisumu Hill Clinic",
        address="Oginga Odinga Street 14, Kisumu",
        phone="+254 57 202 0144",
        email="",
        website="",
        established_year=1998,
        licence_number="KMPDC-004512",
        currency=Currency("KES", 2),
        time_zone="Africa/Nairobi",
        profile=ClinicProfile.PAY_AT_END,
        receipt_footer="Thank you. We wish you good health.",
        training=False,
    )
    assert Head.of(facility) == samples.HEAD
    assert {Form(paper.value) for paper in ReceiptPaper} <= set(Form)
