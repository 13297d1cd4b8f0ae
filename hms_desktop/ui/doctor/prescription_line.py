"""One line of a prescription: medicine with its stock, dose, how often, how long, how much; alerts stand beside it."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from hms_desktop.domain.dosing import Frequency
from hms_desktop.domain.ids import Id
from hms_desktop.domain.prescriptions import MedicationRow, Route
from hms_desktop.services.dose_check import LineCheck, PrescribeItem
from hms_desktop.services.prescriptions import check_line, search_medications
from hms_desktop.ui.kit.buttons import plain
from hms_desktop.ui.kit.desk import Desk
from hms_desktop.ui.kit.fields import Choice, ChoiceField, Found, SearchField, TextField, WholeField, choices_of
from hms_desktop.ui.kit.layout import row
from hms_desktop.words.labels import say
from hms_desktop.words.language import tr, trn


@dataclass(frozen=True, slots=True)
class LineTaken:
    """A line as it will be prescribed, with what was known when it was added."""

    item: PrescribeItem
    medicine: MedicationRow | None
    check: LineCheck

    @property
    def name(self) -> str:
        """What people call it."""
        if self.medicine is None:
            return self.item.free_text
        return self.medicine.tall_man or self.medicine.name

    @property
    def quantity(self) -> int:
        """Units to give."""
        if self.item.quantity is not None:
            return self.item.quantity
        return self.check.quantity.units if self.check.quantity else 0


class PrescriptionLine(QWidget):
    """The fields of one line; every change is checked aside and shown by `checked`."""

    checked = Signal(object)
    """A `LineCheck`, or the error that stands in its way."""
    wanted = Signal()
    """Add the line."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
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
        self.dose = TextField("doctor.dose", tr("D&ose"), max_length=40, placeholder="500 mg")
        self.frequency = ChoiceField[str](
            "doctor.frequency", tr("How o&ften"), [Choice(f.value, say(f)) for f in Frequency], blank=""
        )
        self.days = WholeField("doctor.days", tr("Da&ys"), low=1, high=3660)
        self.quantity = WholeField("doctor.quantity", tr("&Quantity"), low=1, high=100_000)
        self.route = ChoiceField[Route]("doctor.route", tr("&Route"), choices_of(Route))
        self.route.set_value(Route.ORAL)
        self.instructions = TextField("doctor.instructions", tr("Instr&uctions"), max_length=300)
        self.most = WholeField("doctor.max_per_day", tr("Most a day"), low=1, high=24)
        self.add_button = plain("doctor.add_line", tr("&Add line"), self.wanted.emit, icon="add")
        self._lay_out()
        self._wire()

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.medicine)
        first = row(self.dose, self.frequency, self.days, self.most, self.quantity, space=12)
        for index, stretch in enumerate((3, 4, 2, 2, 2)):
            first.setStretch(index, stretch)
        layout.addLayout(first)
        second = row(self.route, self.instructions, self.add_button, space=12)
        for index, stretch in enumerate((2, 5, 1)):
            second.setStretch(index, stretch)
        layout.addLayout(second)
        self.most.hide()

    def _wire(self) -> None:
        order = [self.medicine, self.dose, self.frequency, self.days, self.most, self.quantity, self.instructions]
        for index, field in enumerate(order):
            field.entered.connect(lambda at=index: self._go_on(order, at))
            field.changed.connect(self._on_changed)
        self.route.changed.connect(self._on_changed)
        self.medicine.picked.connect(self._on_picked)

    def _go_on(self, order: list[SearchField[MedicationRow] | TextField | ChoiceField[str] | WholeField], at: int) -> None:
        for field in order[at + 1 :]:
            if not field.isHidden():
                field.focus_editor()
                return
        self.add_button.setFocus()

    def _found(self, text: str) -> list[Found[MedicationRow]]:
        context = self._desk.context
        return [
            Found(each, f"{each.tall_man or each.name} {each.strength}", _stock_text(each))
            for each in search_medications(context.clinic, context.actor, text)
        ]

    def _on_picked(self, chosen: object) -> None:
        if isinstance(chosen, MedicationRow):
            self.dose.set_value(chosen.default_dose)
            self.frequency.set_value(chosen.default_frequency or None)
            self.days.set_value(chosen.default_days)
            if chosen.route in set(Route):
                self.route.set_value(Route(chosen.route))

    def _on_changed(self) -> None:
        self.most.setVisible(self.frequency.value() == Frequency.AS_NEEDED)
        item = self.item()
        if self.visit_id is None or item.medication_id is None:
            return
        context, visit, others = self._desk.context, self.visit_id, self.others()
        context.background.latest(
            "doctor.line", lambda: check_line(context.clinic, context.actor, visit, item, others), self._on_checked,
            self.checked.emit, owner=self,
        )  # fmt: skip

    def _on_checked(self, check: LineCheck) -> None:
        counted = check.quantity
        self.quantity.set_hint(
            trn("{n} by dose and days", "{n} by dose and days", counted.units) if counted else tr("count it yourself")
        )
        self.checked.emit(check)

    def item(self, override_reason: str = "") -> PrescribeItem:
        """The line as a command's part."""
        chosen = self.medicine.chosen()
        medicine = chosen.value if chosen else None
        known = isinstance(medicine, MedicationRow)
        return PrescribeItem(
            medication_id=medicine.id if isinstance(medicine, MedicationRow) else None,
            free_text="" if known else self.medicine.text().strip(),
            dose=self.dose.value(),
            route=self.route.value() or Route.ORAL,
            frequency=self.frequency.value() or "",
            days=self.days.value(),
            quantity=self.quantity.value(),
            max_per_day=self.most.value() if not self.most.isHidden() else None,
            instructions=self.instructions.value(),
            override_reason=override_reason,
        )

    def chosen_medicine(self) -> MedicationRow | None:
        """The medicine of the list, or None for free text."""
        chosen = self.medicine.chosen()
        return chosen.value if chosen and isinstance(chosen.value, MedicationRow) else None

    def clear(self) -> None:
        """Ready for the next line."""
        for field in (self.medicine, self.dose, self.frequency, self.days, self.quantity, self.instructions, self.most):
            field.clear()
        self.route.set_value(Route.ORAL)
        self.quantity.set_hint("")


def _stock_text(medicine: MedicationRow) -> str:
    if medicine.left == 0:
        return tr("{form} · none in stock", form=medicine.form)
    return tr("{form} · {n} in stock", form=medicine.form, n=medicine.left)


def dose_text(per_kg: Decimal, kg: Decimal) -> str:
    """A child's dose in words."""
    return tr("{dose} mg/kg at {kg} kg", dose=per_kg, kg=kg)
