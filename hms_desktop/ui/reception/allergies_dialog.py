"""A known patient's allergies: record one, state that none is known, take back a wrong one."""

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget

from hms_desktop.domain.errors import ClinicError
from hms_desktop.domain.ids import Id
from hms_desktop.domain.patients import AllergenRow, AllergyRow, AllergySeverity, AllergyState, PatientDetails
from hms_desktop.services.clinic import Outcome
from hms_desktop.services.patients import (
    RecordAllergy,
    StateNoAllergies,
    VoidAllergy,
    patient_details,
    record_allergy,
    state_no_allergies,
    void_allergy,
)
from hms_desktop.ui.kit.buttons import beside_primary, harmful, primary
from hms_desktop.ui.kit.desk import DeskContext
from hms_desktop.ui.kit.dialogs import Dialog, ask_reason
from hms_desktop.ui.kit.fields import ChoiceField, SearchField, TextField, choices_of
from hms_desktop.ui.kit.layout import row
from hms_desktop.ui.kit.table import Column, RowsView
from hms_desktop.ui.kit.theme import GRID, label, px
from hms_desktop.ui.reception.allergy_fields import substance_source
from hms_desktop.words.errors import sentence
from hms_desktop.words.labels import say
from hms_desktop.words.language import tr


class AllergiesDialog(Dialog):
    """Stays open while several are recorded; Esc closes."""

    def __init__(self, context: DeskContext, details: PatientDetails, parent: QWidget | None = None) -> None:
        super().__init__("reception.allergies_dialog", tr("Allergies"), parent=parent)
        self._context = context
        self._patient = details.id
        self.setMinimumWidth(px(620))
        self.state = label("", bold=True)
        self.list = RowsView[AllergyRow](
            "reception.allergies",
            tr("Recorded allergies"),
            [
                Column(tr("Substance"), lambda r: r.substance, stretch=True, bold=True),
                Column(tr("Reaction"), lambda r: r.reaction or "–", width=160),
                Column(tr("Severity"), lambda r: say(r.severity), width=140),
            ],
            key=lambda r: r.id,
            empty=tr("No allergy is recorded."),
        )
        self.list.setMinimumHeight(px(120))
        self._add_fields()
        self._show(details)

    def _add_fields(self) -> None:
        self.substance: SearchField[AllergenRow] = SearchField(
            "reception.substance", tr("&Substance"), source=lambda text: substance_source(self._context, text),
            background=self._context.background, free_text=True, reserve_note=True,
        )  # fmt: skip
        self.reaction = TextField(
            "reception.reaction", tr("&Reaction"), max_length=120, placeholder=tr("rash"), reserve_note=True
        )
        self.severity: ChoiceField[AllergySeverity] = ChoiceField(
            "reception.severity", tr("Se&verity"), choices_of(AllergySeverity), reserve_note=True
        )
        self.severity.set_value(AllergySeverity.UNKNOWN)
        self.void_button = harmful("reception.void_allergy", tr("Recorded &wrongly…"), self._on_void)
        self.none_button = beside_primary("reception.no_allergies", tr("&None known"), self._on_none)
        self.body.addWidget(self.state)
        self.body.addWidget(self.list)
        typed = row(self.substance, self.reaction, self.severity, space=2 * GRID)
        for place, share in enumerate((3, 3, 2)):
            typed.setStretch(place, share)
        self.body.addLayout(typed)
        record = primary("reception.record_allergy", tr("R&ecord"), self._on_record)
        self.add_buttons(record, self.none_button, self.void_button, cancel_text=tr("&Done"))
        self.go_on(self.substance, self.reaction, self.severity)

    def _show(self, details: PatientDetails) -> None:
        self.list.set_rows(details.allergies)
        self.state.setText(say(details.allergy_state))
        self.none_button.setEnabled(details.allergy_state is not AllergyState.RECORDED)
        self.void_button.setEnabled(bool(details.allergies))

    def _on_record(self) -> None:
        text = self.substance.text()
        if not text:
            self.substance.error(tr("Needed."))
            self.substance.focus_editor()
            return
        found = self.substance.chosen()
        self._save(
            record_allergy,
            RecordAllergy(
                patient_id=self._patient, substance=found.value.name if found else text,
                code=found.value.code if found else None, reaction=self.reaction.value(),
                severity=self.severity.value() or AllergySeverity.UNKNOWN,
            ),
        )  # fmt: skip

    def _on_none(self) -> None:
        self._save(state_no_allergies, StateNoAllergies(patient_id=self._patient))

    def _on_void(self) -> None:
        chosen = self.list.current() or (self.list.rows()[0] if len(self.list.rows()) == 1 else None)
        if chosen is None:
            self.list.setFocus()
            return
        ask_reason(
            self, "reception.void_allergy_dialog", tr("Take back “{substance}”", substance=chosen.substance),
            tr("It stays in the record, marked as wrong."), tr("&Take back"),
            lambda reason: self._save(void_allergy, VoidAllergy(allergy_id=chosen.id, reason=reason)),
        )  # fmt: skip

    def _save(self, service: Callable[..., Outcome[Any]], command: Any) -> None:
        clinic, actor = self._context.clinic, self._context.actor
        self._context.background.write(
            lambda: service(clinic, actor, command), self._on_saved, self._on_refused, owner=self
        )

    def _on_saved(self, _outcome: Outcome[Any]) -> None:
        for field in (self.substance, self.reaction):
            field.clear()
        self.severity.set_value(AllergySeverity.UNKNOWN)
        self.substance.focus_editor()
        clinic, actor, patient_id = self._context.clinic, self._context.actor, self._patient
        self._context.background.read(lambda: patient_details(clinic, actor, patient_id), self._show, owner=self)

    def _on_refused(self, error: Exception) -> None:
        if isinstance(error, ClinicError) and error.field is not None:
            self.substance.error(sentence(error.code, error.facts))
            self.substance.focus_editor()
        else:
            self._context.messages.failed(error)

    def patient_id(self) -> Id:
        """Whose allergies these are."""
        return self._patient
