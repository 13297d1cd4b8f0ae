"""Taking specimens of one order: what to take, the patient's card, labels."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel

from hms_desktop.domain.errors import ClinicError, WrongSpecimen
from hms_desktop.domain.ids import Id
from hms_desktop.domain.lab_rows import CollectRow, SpecimenNeed
from hms_desktop.services.clinic import Outcome
from hms_desktop.services.lab_specimens import Collected, CollectSpecimens, collect_specimens
from hms_desktop.ui.kit.badges import BadgeLabel
from hms_desktop.ui.kit.buttons import harmful
from hms_desktop.ui.kit.desk import DeskContext
from hms_desktop.ui.kit.fields import TextField, ToggleField
from hms_desktop.ui.kit.form import Form
from hms_desktop.ui.kit.layout import column, row, scrolled
from hms_desktop.ui.kit.theme import TypeSize, label, px, set_look_property
from hms_desktop.ui.lab.lab_words import person_text, priority_badge
from hms_desktop.words.errors import sentence
from hms_desktop.words.language import tr


class CollectForm(Form):
    """One order. It is thrown away when another one is opened."""

    stopped = Signal(str)
    """The scanned card is another patient's."""
    decline_wanted = Signal()

    def __init__(self, context: DeskContext, shown: CollectRow) -> None:
        self.context, self.shown = context, shown
        super().__init__(
            context, "lab.collect_form", save_text=tr("&Collect and print labels"), save_name="lab.collect",
            save_icon="print",
        )  # fmt: skip
        order = shown.order
        self.add_widget(_wrapped(person_text(order.person), large=True))
        head = row(label(_asked(shown), muted=True), space=12)
        head.addWidget(BadgeLabel("lab.collect_priority", priority_badge(order.priority)))
        head.addStretch(1)
        self.body.addLayout(head)
        for text in (order.diagnosis, order.clinical_notes):
            if text:
                self.add_widget(_wrapped(text))
        self._ticks: list[tuple[ToggleField, SpecimenNeed]] = []
        self._lay_out_needs()
        self.card = TextField(
            "lab.patient_number", tr("Patient's car&d"), hint=tr("Scan it to be sure that it is the right patient."),
            width=260,
        )  # fmt: skip
        self.add(self.card)
        self.here = ToggleField("lab.received", tr("Taken in the lab: on the &bench at once"))
        self.here.set_value(context.actor.may("lab.enter"))
        if context.actor.may("lab.enter"):
            self.add(self.here)
        self.emergency = ToggleField("lab.emergency", tr("&Emergency: go on without payment"))
        self._lay_out_owed()
        if context.actor.may("lab.reject"):
            self.add_button(harmful("lab.decline", tr("Not possib&le…"), self.decline_wanted.emit), apart=True)
        self.set_clean()

    def _lay_out_needs(self) -> None:
        self.add_section(tr("To take"))
        places = column(space=4)
        for place, need in enumerate(self.shown.needs, start=1):
            tick = self.adopt(ToggleField(f"lab.take{place}", need.name, key=f"take{place}"))
            tick.set_value(True)
            self._ticks.append((tick, need))
            places.addWidget(tick)
            places.addWidget(_wrapped(", ".join(need.tests), muted=True, indent=True))
            for text in need.preparation:
                places.addWidget(_wrapped(text, muted=True, indent=True))
            if need.reject_reason:
                again = tr(
                    "Again: {number} was rejected ({why}).", number=need.rejected_accession, why=need.reject_reason
                )
                said = _wrapped(again, indent=True)
                set_look_property(said, "tone", "warn")
                places.addWidget(said)
        inside = QLabel()
        inside.setLayout(places)
        places.addStretch(1)
        self.add_widget(scrolled(inside), 1)

    def _lay_out_owed(self) -> None:
        """In a clinic that is paid first: what is missing, and the way round it."""
        if not self.shown.owed:
            return
        money = self.context.clinic.facility.currency.show(self.shown.owed, code=True)
        said = _wrapped(tr("Not paid: {money}. The patient goes to the cashier first.", money=money))
        set_look_property(said, "tone", "error")
        self.add_widget(said)
        if self.context.actor.may("emergency.override"):
            self.add(self.emergency)

    def chosen(self) -> tuple[Id, ...]:
        """The items of what is ticked."""
        return tuple(item for tick, need in self._ticks if tick.value() for item in need.item_ids)

    def check_all(self) -> str | None:
        """At least one specimen."""
        return None if self.chosen() else tr("Tick what you take.")

    def prepare(self) -> Callable[[], Outcome[Collected]]:
        """Take what is ticked."""
        command = CollectSpecimens(
            key=self.key, order_id=self.shown.id, item_ids=self.chosen(), patient_number=self.card.value(),
            received=self.here.value(), emergency=self.emergency.value(),
        )  # fmt: skip
        clinic, actor = self.context.clinic, self.context.actor
        return lambda: collect_specimens(clinic, actor, command)

    def on_refused(self, error: ClinicError) -> bool:
        """Another patient's card stops everything."""
        if not isinstance(error, WrongSpecimen):
            return False
        self.card.clear()
        self.stopped.emit(sentence(error.code, error.facts))
        return True


def _asked(shown: CollectRow) -> str:
    order = shown.order
    who = tr("asked by {name}", name=order.ordered_by) if order.ordered_by else ""
    ticket = tr("ticket {number}", number=shown.ticket) if shown.ticket else ""
    return " · ".join(each for each in (order.number, who, ticket) if each)


def _wrapped(text: str, *, large: bool = False, muted: bool = False, indent: bool = False) -> QLabel:
    made = label(text, TypeSize.LARGE if large else TypeSize.BODY, bold=large, muted=muted)
    made.setWordWrap(True)
    if indent:
        made.setIndent(px(36))
    return made
