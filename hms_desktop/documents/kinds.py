"""The papers that exist: the name of each kind, what it is made of, how it is drawn and what its file is called.

The file that draws a kind is loaded when one is made: the names here are the one place where papers are tied to it.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Protocol, cast


class Renderer(Protocol):
    """A paper's `render`."""

    def __call__(self, paper: Any, *, copy: bool = False, language: str = "en") -> bytes:
        """The paper as PDF; the same facts, language and copy mark give the same bytes."""


@dataclass(frozen=True, slots=True)
class PaperKind:
    """One kind of paper. `version` counts its templates: a kept paper says which one drew it. `file` is the file here
    that draws it, `facts` the class of its facts there.
    """

    name: str
    file: str
    facts: str
    version: int = 1

    @property
    def paper(self) -> type:
        """What it is made of."""
        return cast(type, getattr(import_module(f"hms_desktop.documents.{self.file}"), self.facts))

    @property
    def render(self) -> Renderer:
        """What draws it."""
        return cast(Renderer, import_module(f"hms_desktop.documents.{self.file}").render)

    @property
    def stem(self) -> str:
        """How the kind's files begin."""
        return self.name

    def file_name(self, number: str) -> str:
        """`receipt-KH-CA-C000123-A.pdf`; what a file name may not hold becomes a hyphen."""
        safe = re.sub(r"[^0-9A-Za-z._-]+", "-", number).strip("-.")
        return f"{self.stem}-{safe}.pdf" if safe else f"{self.stem}.pdf"


_ALL = (
    PaperKind("patient-card", "patient_card", "PatientCardPaper"),
    PaperKind("ticket", "ticket", "TicketPaper"),
    PaperKind("triage-slip", "triage_slip", "TriageSlipPaper"),
    PaperKind("prescription", "prescription", "PrescriptionPaper"),
    PaperKind("drug-label", "drug_label", "DrugLabelPaper"),
    PaperKind("specimen-label", "specimen_label", "SpecimenLabelPaper"),
    PaperKind("lab-report", "lab_report", "LabReportPaper"),
    PaperKind("receipt", "receipt", "ReceiptPaper"),
    PaperKind("bill", "bill", "BillPaper"),
    PaperKind("refund-note", "refund_note", "RefundNotePaper"),
    PaperKind("x-report", "cash_report", "CashReportPaper"),
    PaperKind("z-report", "cash_report", "CashReportPaper"),
)

KINDS: Mapping[str, PaperKind] = {kind.name: kind for kind in _ALL}
"""Kind name → what it is."""


def render_kind(kind: str, paper: Any, *, copy: bool = False, language: str = "en") -> bytes:
    """Draw a paper of a kind. Raises KeyError for an unknown kind and TypeError for a paper of another kind."""
    wanted = KINDS[kind]
    if not isinstance(paper, wanted.paper):
        raise TypeError(f"{kind} is made of {wanted.paper.__name__}, not {type(paper).__name__}")
    return wanted.render(paper, copy=copy, language=language)
