"""Prescription on A5, with everything that WHO's Guide to Good Prescribing (1994, chapter 9) asks for.

Name, address and telephone of the prescriber; date; generic name, strength and form of the drug; total quantity;
instructions and warnings; name, address and age of the patient; signature. The weight is added for a child.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from hms_desktop.documents.directions import directions, medicine_name
from hms_desktop.documents.flow import Cell, Flow
from hms_desktop.documents.layout import Setting, pages
from hms_desktop.documents.parts import Form, Head, PatientLine, Printed, allergy_words
from hms_desktop.documents.sheet import ACCENT, INK, LINE, SOFT, Align, Sheet
from hms_desktop.domain.dates import show_date
from hms_desktop.domain.patients import AllergyState
from hms_desktop.domain.prescriptions import Route
from hms_desktop.words.language import tr, trn, using

_INDENT = 20.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Prescriber:
    """Who prescribes, and how a pharmacist reaches them."""

    name: str
    registration: str = ""
    qualification: str = ""
    phone: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PrescribedItem:
    """One medicine by its generic name. `frequency` is a code of the list or free text; `quantity` has its unit."""

    medicine: str
    quantity: str
    strength: str = ""
    form: str = ""
    dose: str = ""
    route: Route | None = None
    frequency: str = ""
    days: int | None = None
    instructions: str = ""
    indication: str = ""
    refills: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class PrescriptionPaper:
    """A prescription. `weight_on` is the day of the weight; `child` prints that a weight is missing."""

    head: Head
    printed: Printed
    number: str
    written: date
    prescriber: Prescriber
    patient: PatientLine
    items: tuple[PrescribedItem, ...]
    allergy_state: AllergyState
    allergies: tuple[str, ...] = ()
    valid_until: date | None = None
    weight_kg: Decimal | None = None
    weight_on: date | None = None
    child: bool = False
    diagnosis: str = ""
    note: str = ""


def render(paper: PrescriptionPaper, *, copy: bool = False, language: str = "en") -> bytes:
    """The prescription as PDF."""
    with using(language):
        setting = Setting(
            head=paper.head,
            printed=paper.printed,
            title=tr("Prescription"),
            number=paper.number,
            copy=copy,
            form=Form.A5,
        )
        return pages(
            setting,
            lambda flow: _fill(flow, paper),
            patient=paper.patient,
            fixed_foot=lambda flow: _signature(flow, paper),
        )


def _fill(flow: Flow, paper: PrescriptionPaper) -> None:
    label_room = flow.room * 0.22
    flow.fact(tr("Date"), _dates(paper), label_room=label_room)
    flow.fact(tr("Weight"), _weight(paper), label_room=label_room)
    alarming = paper.allergy_state is not AllergyState.NONE_KNOWN
    allergies = allergy_words(paper.allergy_state, paper.allergies)
    flow.fact(tr("Allergies"), allergies, label_room=label_room, bold=alarming)
    flow.fact(tr("Diagnosis"), paper.diagnosis, label_room=label_room)
    flow.rule(before=5, after=4)
    flow.add(22, lambda sheet, top: _rx(sheet, flow, top), keep=True)
    for place, item in enumerate(paper.items, 1):
        _item(flow, place, item)
    if paper.note:
        flow.rule(before=3, after=5)
        flow.text(paper.note)
    count = trn("{n} medicine on this prescription", "{n} medicines on this prescription", len(paper.items))
    flow.rule(before=2, after=3)
    flow.text(count, size=flow.size - 1.2, colour=SOFT)


def _rx(sheet: Sheet, flow: Flow, top: float) -> None:
    sheet.text(flow.left, top + 17, "Rx", 19, bold=True, colour=ACCENT)


def _dates(paper: PrescriptionPaper) -> str:
    until = tr("valid until {date}", date=show_date(paper.valid_until)) if paper.valid_until else ""
    return " · ".join(each for each in (show_date(paper.written), until) if each)


def _weight(paper: PrescriptionPaper) -> str:
    if paper.weight_kg is None:
        return tr("not measured") if paper.child else ""
    weight = f"{paper.weight_kg.normalize():f} kg"
    return f"{weight} ({show_date(paper.weight_on)})" if paper.weight_on else weight


def _item(flow: Flow, place: int, item: PrescribedItem) -> None:
    room = flow.room
    flow.row(
        Cell(f"{place}.", 0, _INDENT, bold=True),
        Cell(
            medicine_name(item.medicine, item.strength, item.form),
            _INDENT,
            room - _INDENT,
            bold=True,
            size=flow.size + 1.2,
        ),
        before=3,
        keep=True,
    )
    reason = tr("for {reason}", reason=item.indication) if item.indication else ""
    taken = directions(item.dose, item.route, item.frequency, item.days)
    flow.text(" · ".join(each for each in (taken, reason) if each), indent=_INDENT, keep=True)
    flow.text(item.instructions, indent=_INDENT, colour=SOFT, keep=True)
    quantity = tr("Quantity: {quantity}", quantity=item.quantity)
    again = trn("may be repeated {n} time", "may be repeated {n} times", item.refills) if item.refills else ""
    flow.text(" · ".join(each for each in (quantity, again) if each), indent=_INDENT, bold=True, after=5)


def _signature(flow: Flow, paper: PrescriptionPaper) -> None:
    who = paper.prescriber
    half = flow.room * 0.54
    facts = Flow(flow.left, half, flow.size)
    facts.text(" ".join(each for each in (who.name, who.qualification) if each), bold=True)
    registration = tr("Registration {number}", number=who.registration) if who.registration else ""
    for line in (registration, who.phone, who.address):
        facts.text(line, size=flow.size - 1, colour=SOFT)
    high = max(facts.height, 34)

    def draw(sheet: Sheet, top: float) -> None:
        for block in facts.blocks:
            block.draw(sheet, top)
            top += block.height

    def sign(sheet: Sheet, top: float) -> None:
        draw(sheet, top)
        start, length = flow.left + half + 8, flow.room - half - 8
        sheet.rule(start, top + 24, length, weight=0.8, colour=INK)
        sheet.text(
            start + length / 2, top + 33, tr("Signature and stamp"), flow.size - 1.5, align=Align.MIDDLE, colour=SOFT
        )

    flow.rule(colour=LINE, before=4, after=6)
    flow.add(high + 4, sign)
