"""Allergies: what is recorded, one more, or that the patient was asked and knows of none."""

from functools import partial

from PySide6.QtWidgets import QWidget

from hms_desktop.domain.errors import ClinicError
from hms_desktop.domain.patients import AllergenRow, AllergyRow, AllergySeverity, PatientBanner
from hms_desktop.services.patients import (
    RecordAllergy,
    StateNoAllergies,
    VoidAllergy,
    find_allergens,
    record_allergy,
    state_no_allergies,
    void_allergy,
)
from hms_desktop.ui.kit.buttons import beside_primary, primary
from hms_desktop.ui.kit.desk import Desk
from hms_desktop.ui.kit.dialogs import Dialog, ask_reason
from hms_desktop.ui.kit.fields import ChoiceField, Found, SearchField, TextField, choices_of
from hms_desktop.ui.kit.shortcuts import bind
from hms_desktop.ui.kit.table import Column, RowsView
from hms_desktop.ui.kit.theme import px
from hms_desktop.words.errors import sentence
from hms_desktop.words.labels import label as word
from hms_desktop.words.labels import say
from hms_desktop.words.language import tr


class AllergyDialog(Dialog):
    """Record, state none, or take back (Delete)."""

    def __init__(self, desk: Desk, banner: PatientBanner, parent: QWidget) -> None:
        super().__init__("doctor.allergies", tr("Allergies"), banner.name, parent)
        self._desk, self._banner = desk, banner
        self.list = RowsView[AllergyRow](
            "doctor.allergy_list",
            tr("Recorded allergies"),
            [
                Column(tr("Substance"), lambda row: row.substance, stretch=True, bold=True),
                Column(tr("Reaction"), lambda row: row.reaction, width=130),
                Column(tr("Severity"), lambda row: say(row.severity), width=100),
            ],
            key=lambda row: row.id,
            empty=tr("None recorded."),
        )
        self.list.setFixedHeight(px(120))
        self.list.set_rows(list(banner.allergies))
        bind("Del", self.list, self._on_void, inside=True)
        self.substance = SearchField[AllergenRow](
            "doctor.substance",
            tr("&Substance"),
            source=self._found,
            background=desk.context.background,
            free_text=True,
            explain=lambda text: tr("Not in the clinic's list. Enter keeps “{text}” in your words.", text=text),
        )
        self.reaction = TextField("doctor.reaction", tr("&Reaction"), max_length=120, placeholder=tr("rash"))
        self.severity = ChoiceField[AllergySeverity](
            "doctor.allergy_severity", tr("Se&verity"), choices_of(AllergySeverity)
        )
        self.severity.set_value(AllergySeverity.UNKNOWN)
        for widget in (self.list, self.substance, self.reaction, self.severity):
            self.body.addWidget(widget)
        none = beside_primary("doctor.no_allergies", tr("&No known allergies"), self._on_none)
        none.setEnabled(not banner.allergies)
        self.add_buttons(primary("doctor.record_allergy", tr("Re&cord"), self._on_record, icon="check"), none)
        self.cancel_button.setText(tr("C&lose"))
        self.go_on(self.substance, self.reaction, self.severity)

    def _found(self, text: str) -> list[Found[AllergenRow]]:
        context = self._desk.context
        rows = find_allergens(context.clinic, context.actor, text)
        return [Found(row, row.name, row.matched) for row in rows]

    def _on_record(self) -> None:
        chosen = self.substance.value()
        command = RecordAllergy(
            patient_id=self._banner.id,
            substance=chosen.name if chosen is not None else self.substance.text(),
            code=chosen.code if chosen is not None else None,
            reaction=self.reaction.value(),
            severity=self.severity.value() or AllergySeverity.UNKNOWN,
        )
        said = tr("Allergy recorded: {substance}.", substance=command.substance)
        self._desk.write(record_allergy, command, lambda _outcome: self._done(said), self._on_refused)

    def _on_none(self) -> None:
        command = StateNoAllergies(patient_id=self._banner.id)
        said = tr("Noted: no known allergies.")
        self._desk.write(state_no_allergies, command, lambda _outcome: self._done(said), self._on_refused)

    def _on_void(self) -> None:
        row = self.list.current()
        if row is not None:
            ask_reason(
                self, "doctor.void_allergy", tr("Take back an allergy"), row.substance, tr("&Take back"),
                partial(self._void, row),
            )  # fmt: skip

    def _void(self, row: AllergyRow, reason: str) -> None:
        said = tr("Taken back: {substance}.", substance=row.substance)
        command = VoidAllergy(allergy_id=row.id, reason=reason)
        self._desk.write(void_allergy, command, lambda _outcome: self._done(said), self._on_refused)

    def _done(self, said: str) -> None:
        self._desk.context.messages.good(said)
        self.accept()

    def _on_refused(self, error: Exception) -> None:
        if isinstance(error, ClinicError):
            field = {"reaction": self.reaction}.get(error.field or "", self.substance)
            field.error(sentence(error.code, error.facts))
            field.focus_editor()
        else:
            self._desk.context.background.fail(error)


def allergy_hint(banner: PatientBanner) -> str:
    """What the button says: that nobody asked, or how many there are."""
    if banner.allergies:
        return tr("Aller&gies ({n})", n=len(banner.allergies))
    return tr("Aller&gies: {state}", state=word("allergy_state", banner.allergy_state.value))
