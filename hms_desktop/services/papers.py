"""Papers: their facts are kept in the transaction that they prove, the PDF is made after the commit and kept too.

A crash between the two loses nothing: the PDF is made from the facts when somebody wants it, as the original. Every
print after the first is marked COPY.
"""

import hashlib
from dataclasses import dataclass, replace
from typing import Any
from zoneinfo import ZoneInfo

from hms_desktop.data.queries import papers as queries
from hms_desktop.data.queries.papers import PaperRow
from hms_desktop.data.reader import Reader
from hms_desktop.data.tables.audit import Paper, PrintJob
from hms_desktop.data.work import Work
from hms_desktop.documents.kinds import KINDS, render_kind
from hms_desktop.documents.parts import Head, PatientLine, Printed
from hms_desktop.domain.accounts import SYSTEM, Actor
from hms_desktop.domain.commands import Command
from hms_desktop.domain.dates import age_text
from hms_desktop.domain.ids import Id
from hms_desktop.domain.plain import from_plain, to_plain
from hms_desktop.services.clinic import Clinic
from hms_desktop.services.paper_times import in_zone
from hms_desktop.services.service import require

_RIGHTS = {
    "patient-card": "patients.view",
    "ticket": "visits.view",
    "triage-slip": "triage.view",
    "prescription": "prescriptions.view",
    "drug-label": "pharmacy.view",
    "specimen-label": "lab.view",
    "lab-report": "lab.view",
    "receipt": "billing.view",
    "bill": "billing.view",
    "refund-note": "billing.view",
    "x-report": "billing.view",
    "z-report": "billing.view",
}
"""What a person needs to see a paper again."""


@dataclass(frozen=True, slots=True)
class PaperFile:
    """A paper as it can be shown, saved or printed. `file_name` is made of its kind and number."""

    pdf: bytes
    file_name: str
    kind: str
    is_copy: bool
    number: str = ""


@dataclass(frozen=True, kw_only=True)
class RecordPrint(Command):
    """That a paper went to a printer: `printed`, or `failed`."""

    paper_id: Id
    printer: str
    state: str = "printed"


def head(reader: Reader, *, about_money: bool = False) -> Head:
    """The clinic's head for a paper; the logo is put in when the PDF is made, not kept with every receipt.

    The clinic's last words to who pays stand only on papers that are `about_money`.
    """
    whole = Head.of(reader.facility)
    return replace(whole, logo=None, footer=whole.footer if about_money else "")


def printed(reader: Reader) -> Printed:
    """Station, person and clinic time for the foot of a paper."""
    return Printed(station=reader.station.code, user=reader.actor.name, at=reader.local(reader.now))


def patient_line(reader: Reader, patient_id: Id, payer: str = "") -> PatientLine:
    """Whom a paper is about, with today's age. Raises NotFound."""
    facts = queries.patient_facts(reader, patient_id)
    age = age_text(facts.birth_date, reader.today, estimated=facts.birth_estimated) if facts.birth_date else ""
    return PatientLine(
        name=facts.name, mrn=facts.mrn, sex=facts.sex, age=age, birth_date=facts.birth_date,
        birth_estimated=facts.birth_estimated, phone=facts.phone, address=facts.address, payer=payer,
    )  # fmt: skip


def keep_paper(
    work: Work, kind: str, paper: Any, *, subject_table: str, subject_id: Id,
    patient_id: Id | None = None, number: str = "", language: str = "",
) -> Id:  # fmt: skip
    """Keep a paper's facts in the running transaction; returns its id, by which the PDF is had after the commit."""
    return work.insert(
        Paper, kind=kind, subject_table=subject_table, subject_id=subject_id, patient_id=patient_id, number=number,
        language=language or work.actor.language, template_version=KINDS[kind].version, content=to_plain(paper),
        day=work.today,
    )  # fmt: skip


def pdf(clinic: Clinic, actor: Actor, paper_id: Id) -> PaperFile:
    """The paper as it must be printed now: the original until it was printed, then a COPY. Raises NotAllowed."""
    with clinic.read(actor) as reader:
        row = queries.content(reader, paper_id)
        again = queries.times_printed(reader, paper_id) > 0
    require(actor, _RIGHTS[row.kind])
    name = KINDS[row.kind].file_name(row.number)
    if again:
        return PaperFile(_rendered(clinic, row, copy=True), name, row.kind, True, row.number)
    return PaperFile(row.pdf or _kept(clinic, row), name, row.kind, False, row.number)


def original(clinic: Clinic, paper_id: Id) -> PaperFile:
    """The paper as it was kept, for `witness.py`; no right is asked here."""
    with clinic.read(SYSTEM) as reader:
        row = queries.content(reader, paper_id)
    return PaperFile(row.pdf or _kept(clinic, row), KINDS[row.kind].file_name(row.number), row.kind, False, row.number)


def _rendered(clinic: Clinic, row: Any, *, copy: bool) -> bytes:
    paper = from_plain(KINDS[row.kind].paper, row.content)
    whole = replace(paper, head=replace(paper.head, logo=clinic.facility.logo))
    local = in_zone(whole, ZoneInfo(clinic.facility.time_zone))
    return render_kind(row.kind, local, copy=copy, language=row.language)


def _kept(clinic: Clinic, row: Any) -> bytes:
    """Make the original and keep it; if another station was faster, theirs is the original."""
    made = _rendered(clinic, row, copy=False)
    with clinic.work(SYSTEM, "papers.render") as work:
        digest = hashlib.sha256(made).hexdigest()
        won = work.claim(Paper, row.id, {"sha256": None}, sha256=digest, pdf=made)
        kept: bytes = made if won else queries.content(work, row.id).pdf
        work.finish()
    return kept


def render_missing(clinic: Clinic) -> int:
    """Make the PDFs that a crash left unmade; returns how many. Runs in the background at start."""
    with clinic.read(SYSTEM) as reader:
        waiting = queries.unrendered(reader)
    for paper_id in waiting:
        with clinic.read(SYSTEM) as reader:
            row = queries.content(reader, paper_id)
        _kept(clinic, row)
    return len(waiting)


def record_print(clinic: Clinic, actor: Actor, command: RecordPrint) -> None:
    """Note that a paper reached a printer, or did not. Raises NotAllowed."""
    with clinic.work(actor, "papers.record_print") as work:
        require(actor, _RIGHTS[queries.content(work, command.paper_id).kind])
        again = queries.times_printed(work, command.paper_id) > 0
        original = 1 if command.state == "printed" and not again else None
        work.insert(
            PrintJob, paper_id=command.paper_id, printer=command.printer, is_copy=again, original_key=original,
            state=command.state, printed_at=work.now,
        )  # fmt: skip
        work.finish()


def papers_of_patient(clinic: Clinic, actor: Actor, patient_id: Id) -> list[PaperRow]:
    """The papers about a patient that this person may see, newest first."""
    return _papers(clinic, actor, "patient_id", patient_id)


def papers_of_subject(clinic: Clinic, actor: Actor, subject_id: Id) -> list[PaperRow]:
    """The papers that prove one fact (a receipt of a payment, a report of an order), newest first."""
    return _papers(clinic, actor, "subject_id", subject_id)


def _papers(clinic: Clinic, actor: Actor, column: str, id: Id) -> list[PaperRow]:
    kinds = [kind for kind, right in _RIGHTS.items() if actor.may(right)]
    with clinic.read(actor) as reader:
        return queries.papers_about(reader, column, id, kinds)
