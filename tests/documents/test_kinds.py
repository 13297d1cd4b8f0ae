"""The list of papers: every kind has its paper, its file name and a language."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from decimal import Decimal
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir

import hms_desktop.documents
from hms_desktop.documents import directions, triage_slip
from hms_desktop.documents.kinds import KINDS, PaperKind, render_kind
from hms_desktop.documents.parts import Form
from hms_desktop.domain.lab import ResultStatus
from hms_desktop.domain.patients import AllergyState
from hms_desktop.words import labels, language
from tests.documents import samples
from tests.documents.reading import outside, text_of

ROOM = Path(hms_desktop.documents.__path__[0])


def test_every_kind_has_a_sample_and_every_sample_a_kind() -> None:
    assert {kind for kind, _ in samples.PAPERS.values()} == set(KINDS)


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.name)
def test_a_kind_is_made_of_plain_rows(kind: PaperKind) -> None:
    assert kind.name == kind.stem
    paper = kind.paper
    assert is_dataclass(paper)
    assert {"head", "printed"} <= {each.name for each in fields(paper)}
    assert kind.version >= 1


def test_a_file_name_is_safe_everywhere() -> None:
    assert KINDS["receipt"].file_name("KH-CA-C000789-V") == "receipt-KH-CA-C000789-V.pdf"
    assert KINDS["z-report"].file_name("../31: ملف") == "z-report-31.pdf"
    assert KINDS["bill"].file_name("") == "bill.pdf"


def test_a_paper_of_another_kind_is_refused() -> None:
    with pytest.raises(TypeError, match="ReceiptPaper"):
        render_kind("receipt", samples.TICKET)
    with pytest.raises(KeyError):
        render_kind("passport", samples.TICKET)


@pytest.fixture
def long_words() -> Iterator[set[str]]:
    """Every English text made 40 % longer."""
    said = extract_from_dir(
        str(ROOM), method_map=[("**.py", "python")], keywords={"tr": None, "trn": (1, 2), "N_": None}
    )
    texts: set[str] = set()
    for _, _, message, _, _ in said:
        texts |= {message} if isinstance(message, str) else set(message)
    texts |= {word for kind in labels.LABELS.values() for word in kind.values()}
    language.set_overrides("en", {text: f"{text} {'mmmnn ' * (1 + len(text) // 15)}".rstrip() for text in texts})
    yield texts
    language.set_overrides("en", {})


@pytest.mark.parametrize("name", samples.PAPERS)
def test_words_forty_percent_longer_stay_on_the_paper(name: str, long_words: set[str]) -> None:
    kind, paper = samples.PAPERS[name]
    assert outside(render_kind(kind, samples.with_logo(paper), copy=True)) == []


@pytest.fixture
def arabic(tmp_path: Path) -> Iterator[dict[str, str]]:
    """A small catalogue in a language that runs from right to left."""
    folder = tmp_path / "ar" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    words = {"Receipt": "إيصال", "Total": "المجموع", "COPY": "نسخة", "Prescription": "وصفة طبية"}
    head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\nLanguage: ar\\n"\n\n'
    body = "\n".join(f'msgid "{text}"\nmsgstr "{word}"\n' for text, word in words.items())
    (folder / "hms.po").write_text(head + body, encoding="utf-8")
    before = language._speech.folder
    language.configure(tmp_path)
    yield words
    language.configure(before)


@pytest.mark.parametrize("name", samples.PAPERS)
def test_a_paper_in_arabic_is_mirrored_and_whole(name: str, arabic: dict[str, str]) -> None:
    kind, paper = samples.PAPERS[name]
    drawn = render_kind(kind, samples.with_logo(paper), language="ar", copy=True)
    assert outside(drawn) == []
    assert "نسخة" in text_of(drawn)
    assert drawn != render_kind(kind, samples.with_logo(paper), copy=True)
    assert b"(ar)" in drawn


def test_directions_are_said_in_plain_words() -> None:
    assert directions.frequency_words("alternate Mondays") == "alternate Mondays"
    assert directions.days_words(1) == "for 1 day"
    assert directions.days_words(None) == ""
    assert directions.directions("", None, "", None) == ""
    assert directions.medicine_name("Amoxicillin", "", "") == "Amoxicillin"
    assert "tds" not in text_of(render_kind("drug-label", samples.DRUG_LABEL))


def test_allergies_are_never_blank() -> None:
    asked = replace(samples.PRESCRIPTION, allergy_state=AllergyState.NOT_ASKED)
    known = replace(samples.PRESCRIPTION, allergy_state=AllergyState.RECORDED, allergies=("penicillin (rash)", "latex"))
    assert "allergies NOT ASKED" in text_of(render_kind("prescription", asked))
    assert "penicillin (rash), latex" in text_of(render_kind("prescription", known))
    assert "no known allergies" in text_of(render_kind("prescription", samples.PRESCRIPTION))


def test_a_child_without_a_weight_says_not_measured() -> None:
    child = replace(samples.PRESCRIPTION, weight_kg=None, weight_on=None)
    assert "not measured" in text_of(render_kind("prescription", child))
    adult = replace(child, child=False)
    assert "not measured" not in text_of(render_kind("prescription", adult))
    undated = replace(samples.PRESCRIPTION, weight_on=None, valid_until=None)
    assert "16.4 kg\n" in text_of(render_kind("prescription", undated))


def test_a_preliminary_report_warns() -> None:
    report = replace(samples.LAB_REPORT, status=ResultStatus.PRELIMINARY)
    assert "may still change" in text_of(render_kind("lab-report", report))


def test_a_count_is_exact_over_or_short() -> None:
    for counted, word in (("19740", "Exact"), ("19750", "Over"), ("19690", "Short")):
        report = replace(samples.Z_REPORT, counted=Decimal(counted))
        assert word in text_of(render_kind("z-report", report))
    quiet = replace(samples.X_REPORT, refunds=(), movements=(), pending=(), reductions=(), takings=())
    text = text_of(render_kind("x-report", quiet))
    assert "Refunds" not in text
    assert "Session still open" in text


def test_optional_facts_may_be_absent() -> None:
    bare = replace(
        samples.RECEIPT,
        patient=None,
        tendered=None,
        bills=(),
        visit_number="",
        reductions=(),
        previous_balance=Decimal(0),
    )
    text = text_of(render_kind("receipt", replace(bare, payer_name="County Health Fund")))
    assert "Paid by County Health Fund" in text
    assert "Tendered" not in text
    on_roll = replace(samples.BILL, form=Form.ROLL_80, payments=(), previous_balance=Decimal(50), due=None)
    assert "Previous balance" in text_of(render_kind("bill", on_roll))
    slip = replace(samples.SLIP, override_reason="Looks worse", ticket="", complaint="", vitals=())
    assert "Colour chosen by hand: Looks worse" in text_of(triage_slip.render(slip))
