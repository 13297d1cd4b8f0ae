"""The papers that exist: the name of each kind, what it is made of, how it is drawn and what its file is called."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from hms_desktop.documents import (
    bill,
    cash_report,
    drug_label,
    lab_report,
    patient_card,
    prescription,
    receipt,
    refund_note,
    specimen_label,
    ticket,
    triage_slip,
)


class Renderer(Protocol):
    """A paper's `render`."""

    def __call__(self, paper: Any, *, copy: bool = False, language: str = "en") -> bytes:
        """The paper as PDF; the same facts, language and copy mark give the same bytes."""


@dataclass(frozen=True, slots=True)
class PaperKind:
    """One kind of paper. `version` counts its templates: a kept paper says which one drew it."""

    name: str
    paper: type
    render: Renderer
    version: int = 1

    @property
    def stem(self) -> str:
        """How the kind's files begin."""
        return self.name

    def file_name(self, number: str) -> str:
        """`receipt-KH-CA-000123.pdf`; what a file name may not hold becomes a hyphen."""
        safe = re.sub(r"[^0-9A-Za-z._-]+", "-", number).strip("-.")
        return f"{self.stem}-{safe}.pdf" if safe else f"{self.stem}.pdf"


_ALL: tuple[tuple[str, type, Callable[..., bytes]], ...] = (
    ("patient-card", patient_card.PatientCardPaper, patient_card.render),
    ("ticket", ticket.TicketPaper, ticket.render),
    ("triage-slip", triage_slip.TriageSlipPaper, triage_slip.render),
    ("prescription", prescription.PrescriptionPaper, prescription.render),
    ("drug-label", drug_label.DrugLabelPaper, drug_label.render),
    ("specimen-label", specimen_label.SpecimenLabelPaper, specimen_label.render),
    ("lab-report", lab_report.LabReportPaper, lab_report.render),
    ("receipt", receipt.ReceiptPaper, receipt.render),
    ("bill", bill.BillPaper, bill.render),
    ("refund-note", refund_note.RefundNotePaper, refund_note.render),
    ("x-report", cash_report.CashReportPaper, cash_report.render),
    ("z-report", cash_report.CashReportPaper, cash_report.render),
)

KINDS: Mapping[str, PaperKind] = {name: PaperKind(name, paper, render) for name, paper, render in _ALL}
"""Kind name → what it is."""


def render_kind(kind: str, paper: Any, *, copy: bool = False, language: str = "en") -> bytes:
    """Draw a paper of a kind. Raises KeyError for an unknown kind and TypeError for a paper of another kind."""
    wanted = KINDS[kind]
    if not isinstance(paper, wanted.paper):
        raise TypeError(f"{kind} is made of {wanted.paper.__name__}, not {type(paper).__name__}")
    return wanted.render(paper, copy=copy, language=language)
