"""One line of a prescription while it is written: medicine with its stock, dose, how often, how long, how much."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from hms_desktop.domain.dosing import Frequency, check_notation, parse_dose
from hms_desktop.domain.errors import ClinicError
from hms_desktop.domain.ids import Id
from hms_desktop.domain.prescriptions import MedicationRow, Route
from hms_desktop.services.catalogue import name_of
from hms_desktop.services.dose_check import LineCheck, PrescribeItem
from hms_desktop.services.prescriptions import check_line, search_medications
from hms_desktop.ui.kit.badges import tone_badge
from hms_desktop.ui.kit.buttons import beside_primary
from hms_desktop.ui.kit.desk import Desk
from hms_desktop.ui.kit.field import Field
from hms_desktop.ui.kit.fields import Choice, ChoiceField, Found, SearchField, TextField, WholeField, choices_of
from hms_desktop.ui.kit.layout import row
from hms_desktop.words.errors import sentence
from hms_desktop.words.labels import say
from hms_desktop.words.language import tr


@dataclass(frozen=True, slots=True)
class TakenRow:
    """A line as it will be prescribed, with how people call it and what is left of it."""

    item: PrescribeItem
    name: str
    strength: str
    form: str
    quantity: int
    left: int


class PrescriptionLine(QWidget):
    """The fields of one line; every change is checked aside and shown by `checked`."""

    checked = Signal(object)
    """A `LineCheck`, or None when there is nothing to check."""
    wanted = Signal()
    """Add the line."""

    def __init__(self, desk: Desk, checks: QWidget) -> None:
        """`checks` stands right below the medicine: what speaks against it."""
        super().__init__()
        self.checks = checks
        self._desk = desk
        self._language = desk.context.actor.language or "en"
        self._known: MedicationRow | None = None
        self.visit_id: Id | None = None
        self.others: Callable[[], list[Id]] = list
        self.medicine = SearchField[MedicationRow](
            "doctor.medicine",
            tr("&Medicine"),
            source=self._found,
            background=desk.context.background,
            free_text=True,
            explain=lambda text: tr("The clinic keeps nothing like “{text}”. Enter writes it as free text.", text=text),
        )
        self.dose = TextField("doctor.dose", tr("&Dose"), max_length=40, placeholder="500 mg", check=_dose_problem)
        self.frequency = ChoiceField[str](
            "doctor.frequency", tr("How o&ften"), [Choice(f.value, say(f)) for f in Frequency], blank=""
        )
        self.days = WholeField("doctor.days", tr("D&ays"), low=1, high=3660)
        self.most = WholeField("doctor.max_per_day", tr("Ma&x a day"), low=1, high=24)
        self.quantity = WholeField("doctor.quantity", tr("Q&uantity"), low=1, high=100_000)
        self.route = ChoiceField[Route]("doctor.route", tr("&Route"), choices_of(Route))
        self.route.set_value(Route.ORAL)
        self.instructions = TextField(
            "doctor.instructions", tr("I&nstructions"), max_length=300, check=_notation_problem
        )
        self.add_button = beside_primary("doctor.add_line", tr("Add &line"), self.wanted.emit, icon="add")
        self._fields: list[Field] = [
            self.medicine, self.dose, self.frequency, self.days, self.most, self.quantity, self.instructions,
        ]  # fmt: skip
        self._lay_out()
        self._wire()

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        first = row(self.medicine, self.dose, space=12)
        first.setStretch(0, 5)
        first.setStretch(1, 2)
        layout.addLayout(first)
        layout.addWidget(self.checks)
        second = row(self.frequency, self.days, self.most, self.quantity, self.route, space=12)
        for index, stretch in enumerate((4, 2, 2, 3, 4)):
            second.setStretch(index, stretch)
        layout.addLayout(second)
        third = row(self.instructions, self.add_button, space=12)
        third.setStretch(0, 1)
        third.setAlignment(self.add_button, Qt.AlignmentFlag.AlignBottom)
        layout.addLayout(third)
        self.most.hide()

    def _wire(self) -> None:
        for index, field in enumerate(self._fields):
            field.entered.connect(lambda at=index: self._go_on(at))
            field.changed.connect(self._on_changed)
        self.route.changed.connect(self._on_changed)
        self.route.entered.connect(self.instructions.focus_editor)
        self.medicine.picked.connect(self._on_picked)

    def _go_on(self, at: int) -> None:
        following = next((field for field in self._fields[at + 1 :] if not field.isHidden()), None)
        if following is None:
            self.add_button.setFocus()
        else:
            following.focus_editor()

    # --- the medicine --------------------------------------------------------------------------------

    def _found(self, text: str) -> list[Found[MedicationRow]]:
        context = self._desk.context
        return [self._answer(each) for each in search_medications(context.clinic, context.actor, text)]

    def _answer(self, each: MedicationRow) -> Found[MedicationRow]:
        form, unit = self.form_of(each), name_of("medicine_units", each.unit, self._language)
        if each.left == 0:
            badge = tone_badge(tr("None in stock"), "warn")
        else:
            badge = tone_badge(tr("{n} × {unit}", n=each.left, unit=unit), "plain")
        return Found(each, " ".join((each.tall_man or each.name, each.strength)), form, badge)

    def form_of(self, medicine: MedicationRow) -> str:
        """The form in words."""
        return name_of("medicine_forms", medicine.form, self._language)

    def unit_of(self, medicine: MedicationRow) -> str:
        """The unit that is given and counted, in words."""
        return name_of("medicine_units", medicine.unit, self._language)

    def chosen_medicine(self) -> MedicationRow | None:
        """The medicine of the list, or None for free text."""
        return self.medicine.value()

    def _on_picked(self, chosen: object) -> None:
        if not isinstance(chosen, MedicationRow):
            return
        self.dose.set_value(chosen.default_dose)
        self.frequency.set_value(chosen.default_frequency or None)
        self.days.set_value(chosen.default_days)
        self.quantity.set_value(None)
        self.route.set_value(Route(chosen.route) if chosen.route in set(Route) else Route.OTHER)

    # --- checking --------------------------------------------------------------------------------------

    def _forget_defaults(self) -> None:
        """Another medicine is being typed: dose and days of the one before are no longer meant."""
        known, self._known = self._known, self.chosen_medicine()
        if known is not None and self._known is None:
            for field in (self.dose, self.frequency, self.days, self.quantity, self.most):
                field.clear()

    def _on_changed(self) -> None:
        self._forget_defaults()
        self.most.setVisible(self.frequency.value() == Frequency.AS_NEEDED)
        item = self.item()
        if self.visit_id is None or item.medication_id is None:
            self._show_counted(None)
            self.checked.emit(None)
            return
        context, visit, others = self._desk.context, self.visit_id, self.others()
        context.background.latest(
            "doctor.line", lambda: check_line(context.clinic, context.actor, visit, item, others), self._on_checked,
            lambda _error: self.checked.emit(None), owner=self,
        )  # fmt: skip

    def _on_checked(self, check: LineCheck) -> None:
        self._show_counted(check)
        self.checked.emit(check)

    def _show_counted(self, check: LineCheck | None) -> None:
        counted = check.quantity.units if check is not None and check.quantity is not None else None
        self.quantity.set_hint(tr("{n} by dose and days", n=counted) if counted is not None else "")

    def problem(self) -> Field | None:
        """The first field that can't stay so, its problem shown."""
        return next((field for field in (*self._fields, self.route) if not field.isHidden() and field.check()), None)

    def item(self, override_reason: str = "") -> PrescribeItem:
        """The line as a command's part; a dose that can't be read yet is left out of the checks."""
        medicine = self.chosen_medicine()
        dose = self.dose.value()
        return PrescribeItem(
            medication_id=medicine.id if medicine is not None else None,
            free_text="" if medicine is not None else self.medicine.text(),
            dose="" if dose and _dose_problem(dose) else dose,
            route=self.route.value() or Route.ORAL,
            frequency=self.frequency.value() or "",
            days=self.days.value(),
            quantity=self.quantity.value(),
            max_per_day=None if self.most.isHidden() else self.most.value(),
            instructions=self.instructions.value(),
            override_reason=override_reason,
        )

    def change_medicine(self) -> None:
        """Back to the medicine, ready to be typed over."""
        self.medicine.focus_editor()
        self.medicine.line.selectAll()

    def clear(self) -> None:
        """Ready for the next line."""
        for field in self._fields:
            field.clear()
        self.route.set_value(Route.ORAL)
        self.quantity.set_hint("")


def _dose_problem(text: str) -> str | None:
    try:
        parse_dose(text, "dose")
    except ClinicError as error:
        return sentence(error.code, error.facts)
    return None


def _notation_problem(text: str) -> str | None:
    try:
        check_notation(text, "instructions")
    except ClinicError as error:
        return sentence(error.code, error.facts)
    return None
