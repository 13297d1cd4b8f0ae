"""Long papers: pages follow each other with head, table heading and number; nothing is lost or cut."""

from dataclasses import replace
from decimal import Decimal

import pytest

from hms_desktop.documents.kinds import render_kind
from hms_desktop.documents.lab_report import ResultGroup
from hms_desktop.documents.money_lines import MoneyLine
from hms_desktop.documents.parts import Form
from tests.documents import samples
from tests.documents.reading import outside, pages_of


def test_three_hundred_results_fill_pages_with_heads() -> None:
    rows = tuple(samples.result(f"Test {n:03d}", f"{n}.5", "mmol/L", "1.0–9.9") for n in range(1, 301))
    report = replace(samples.LAB_REPORT, groups=(ResultGroup(name="All of them", results=rows),))
    paper = render_kind("lab-report", report, copy=True)
    pages = pages_of(paper)
    assert len(pages) > 5
    together = "\n".join(pages)
    assert [n for n in range(1, 301) if together.count(f"Test {n:03d}") != 1] == []
    for number, page in enumerate(pages, 1):
        assert f"Page {number} of {len(pages)}" in page
        assert samples.ASHA.name in page
        assert samples.ASHA.mrn in page
        assert "KH-DA-A000204-V" in page
        assert "COPY" in page
    assert all("Range" in page for page in pages)
    assert "End of report" in pages[-1]
    assert outside(paper) == []


@pytest.mark.parametrize("form", [Form.A5, Form.A4, Form.ROLL_80])
def test_a_bill_of_sixty_lines_keeps_every_line_and_its_sums_together(form: Form) -> None:
    lines = tuple(MoneyLine(text=f"Service number {n:02d}", amount=Decimal(n)) for n in range(1, 61))
    bill = replace(samples.BILL, lines=lines, form=form, reductions=(), total=Decimal(1830), balance=Decimal(830))
    pages = pages_of(render_kind("bill", bill))
    together = "\n".join(pages)
    assert [n for n in range(1, 61) if together.count(f"Service number {n:02d}") != 1] == []
    assert len(pages) == {Form.A5: 3, Form.A4: 2, Form.ROLL_80: 1}[form]
    assert "KES 1,830.00" in pages[-1]
    assert "KES 830.00" in pages[-1]


def test_a_prescription_of_many_medicines_signs_on_its_last_page() -> None:
    many = replace(samples.PRESCRIPTION, items=samples.PRESCRIPTION.items * 8)
    pages = pages_of(render_kind("prescription", many))
    assert len(pages) > 2
    assert "Signature and stamp" in pages[-1]
    assert not any("Signature and stamp" in page for page in pages[:-1])
    assert "16 medicines on this prescription" in "\n".join(pages)


def test_a_signature_that_does_not_fit_gets_its_own_page() -> None:
    pages = [
        pages_of(render_kind("prescription", replace(samples.PRESCRIPTION, items=samples.PRESCRIPTION.items[:1] * n)))
        for n in range(1, 12)
    ]
    assert all("Signature and stamp" in each[-1] for each in pages)
    assert [len(each) for each in pages] == sorted(len(each) for each in pages)


def test_a_receipt_for_many_lines_on_a5_goes_on_with_its_code_once() -> None:
    long = replace(samples.RECEIPT, form=Form.A5, lines=samples.MONEY_LINES * 10)
    pages = pages_of(render_kind("receipt", long))
    assert len(pages) > 1
    assert sum(page.count("Balance still owed") for page in pages) == 1
