"""One patient's triage: signs, vitals, colour. The suggestion moves while values are typed; saving sends to the queue.

A first triage needs a colour. A later look keeps the colour unless another one is chosen or suggested as more urgent.
"""

from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

from PySide6.QtCore import Signal

from hms_desktop.domain.errors import ClinicError, StaleRecord
from hms_desktop.domain.ids import Id
from hms_desktop.domain.protocols.iitt import Sign
from hms_desktop.domain.triage import Assessment, Colour, Suggestion, suggest
from hms_desktop.domain.triage_rows import TriageSheet
from hms_desktop.domain.vitals import Subject, Vitals, unusual
from hms_desktop.services.clinic import Outcome
from hms_desktop.services.triage import RecordTriage, record_triage
from hms_desktop.services.vitals import RecordVitals, VitalsVoided, record_vitals
from hms_desktop.ui.kit.buttons import plain
from hms_desktop.ui.kit.desk import DeskContext
from hms_desktop.ui.kit.field import Field
from hms_desktop.ui.kit.fields import Choice, ToggleField
from hms_desktop.ui.kit.form import Form
from hms_desktop.ui.kit.theme import label
from hms_desktop.ui.triage.form_fields import Place, TriageFields
from hms_desktop.ui.triage.steps_panel import StepsPanel
from hms_desktop.ui.triage.suggestion_panel import SuggestionPanel
from hms_desktop.ui.triage.vital_field import clock_text
from hms_desktop.words.labels import say
from hms_desktop.words.language import tr

_URGENCY = {colour: place for place, colour in enumerate(Colour)}


class TriageForm(Form):
    """The form of the desk. `show_sheet` begins with a patient, `renew` tells it what changed in the store."""

    red_wanted = Signal(object)
    """A danger sign was pressed (tuple of `Sign`): red at once."""
    outdated = Signal()
    """Somebody else triaged meanwhile: the sheet must be read again."""

    def __init__(self, context: DeskContext) -> None:
        super().__init__(context, "triage.form", save_text=tr("Save and send"), cancel_text=tr("Back to the list"))
        self.desk_context = context
        self.sheet: TriageSheet | None = None
        self.red_pending = False
        self._refreshing, self._save_after_red = False, False
        self.who = Subject(None)
        self._carried: VitalsVoided | None = None
        self.inputs = TriageFields()
        self.suggestion = SuggestionPanel("triage.suggestion")
        self.slip = ToggleField("triage.slip", tr("Print a slip"))
        self._put_in = plain("triage.put_in", tr("Use void values (&Z)"), self._on_put_in)
        self._lay_out_pages()
        for field in self.inputs:
            self.adopt(field)
            field.changed.connect(self._refresh)
        self.inputs.danger.appeared.connect(self._on_danger)
        self.steps.field_wanted.connect(self._turn_to)

    def _lay_out_pages(self) -> None:
        self.heading = label(muted=True)
        self.heading.setWordWrap(True)
        self.steps = StepsPanel(self.inputs, self.suggestion)
        self.add_widget(self.heading)
        self.add_widget(self.steps, 1)
        self.buttons.addWidget(self.slip)
        self.add_button(self._put_in)
        self._put_in.hide()

    # --- a patient --------------------------------------------------------------------------------

    @property
    def zone(self) -> ZoneInfo:
        """The clinic's own time zone."""
        return ZoneInfo(self.desk_context.clinic.facility.time_zone)

    @property
    def current(self) -> Colour | None:
        """The colour that the patient has by a triage that holds."""
        found = self.sheet.assessment if self.sheet else None
        return found.chosen if found else None

    @property
    def first(self) -> bool:
        """Whether nobody has measured this patient for a triage yet (red at once leaves it so)."""
        found = self.sheet.assessment if self.sheet else None
        return found is None or found.vitals_id is None

    def show_sheet(self, sheet: TriageSheet, places: list[Choice[Place]]) -> None:
        """Begin with a patient: what is known stands there, the focus where the work starts."""
        self.keep_draft()
        self.sheet, self.red_pending = sheet, False
        self._refreshing = True
        self.reset()
        self.slip.set_value(False)
        self.inputs.fit(sheet, self.desk_context.today())
        self.steps.vitals_page.arrange()
        self.inputs.send_to.set_choices(places)
        self.inputs.complaint.set_value(sheet.complaint)
        self.inputs.pregnant.set_value(sheet.pregnant)
        self.inputs.send_to.set_value(_place_of(sheet))
        self.who = self._now_subject()
        self.inputs.fit_subject(self.who)
        self._show_signs(sheet)
        self._refreshing = False
        self.renew(sheet)
        self.set_clean()
        self.use_draft(str(sheet.visit_id), 1 if sheet.assessment else 0)
        self._put_in.setVisible(self._carried is not None and self._carried.visit_id != sheet.visit_id)
        self.start()

    def _show_signs(self, sheet: TriageSheet) -> None:
        signs = sheet.assessment.signs if sheet.assessment else ()
        self.inputs.danger.set_value(signs)
        self.inputs.further.set_value(signs)

    def renew(self, sheet: TriageSheet) -> None:
        """What the store says now; what was typed stays."""
        self.sheet = sheet
        self.inputs.show_before(sheet.last, self.desk_context.today(), self.zone)
        self.inputs.colour.required = self.first
        self.inputs.colour.set_label(tr("Co&lour") if self.first else tr("Another co&lour"))
        self.heading.setText(self._heading(sheet))
        self.heading.setVisible(sheet.assessment is not None)
        self._save_text = tr("Save and send") if self.first else tr("Save")
        self.save_button.setText(self._save_text)
        self._refresh()
        self.red_pending = False
        if self._save_after_red:
            self._save_after_red = False
            self.save()

    def _heading(self, sheet: TriageSheet) -> str:
        found = sheet.assessment
        if found is None:
            return ""
        facts = {"time": clock_text(found.assessed_at, self.zone), "colour": say(found.chosen), "who": found.by or "–"}
        if self.first:
            return tr("{colour} since {time} by {who}, vitals to follow", **facts)
        return tr("Triaged {time} by {who}: {colour}. The colour stays unless you choose another.", **facts)

    def start(self) -> None:
        """Danger signs first; who was triaged is measured again."""
        self._turn_to(self.inputs.danger if self.current is None else self.inputs.first_vital)

    def carry(self, voided: VitalsVoided | None) -> None:
        """Values made void on another patient, which may be put in here."""
        self._carried = voided

    def _on_put_in(self) -> None:
        if self._carried is not None:
            self.inputs.put_in(self._carried.vitals, self._carried.pregnant)
            self._carried = None
            self._put_in.hide()
            self._turn_to(self.inputs.first_vital)

    # --- while typing -------------------------------------------------------------------------------

    def signs(self) -> frozenset[Sign]:
        """All signs that are there."""
        further = frozenset() if self.inputs.further.isHidden() else self.inputs.further.value()
        return self.inputs.danger.value() | further

    def suggested(self) -> Suggestion:
        """What the rules say of what stands here now."""
        found = Assessment(
            subject=self.who,
            vitals=self.inputs.measured(),
            signs=self.signs(),
            signs_checked=self._all_signs_asked(),
        )
        return suggest(found)

    def _all_signs_asked(self) -> bool:
        further = self.inputs.further
        return self.inputs.danger.gone_through and (further.isHidden() or further.gone_through)

    def _now_subject(self) -> Subject:
        assert self.sheet is not None
        return self.sheet.subject(self.desk_context.today(), pregnant=self.inputs.pregnant.value() is True)

    def _refresh(self) -> None:
        """Something was typed: limits, suggestion, colour, reason and steps follow."""
        if self._refreshing or self.sheet is None:
            return
        self._refreshing = True
        subject = self._now_subject()
        if subject != self.who:
            self.who = subject
            self.inputs.fit_subject(subject)
            self.inputs.show_before(self.sheet.last, self.desk_context.today(), self.zone)
        suggestion = self.suggested()
        self.suggestion.show_suggestion(subject, self.inputs.measured(), suggestion)
        if not self.inputs.colour.by_hand:
            self.inputs.colour.set_value(self._followed(suggestion.colour))
        against = suggestion.colour is not None and self.is_triage() and self.chosen() is not suggestion.colour
        self.inputs.reason.setVisible(against and self.chosen() is not None)
        self.steps.show_steps()
        self._refreshing = False

    def _followed(self, suggested: Colour | None) -> Colour | None:
        """The colour that stands there by itself: the suggested one, but never a less urgent one than now."""
        current = self.current
        if current is None:
            return suggested
        if suggested is not None and _URGENCY[suggested] < _URGENCY[current]:
            return suggested
        return current if self.first else None

    def chosen(self) -> Colour | None:
        """The colour that saving gives."""
        return self.inputs.colour.value() or self.current

    def is_triage(self) -> bool:
        """Whether saving records a triage; else it is one more set of vitals."""
        if self.sheet is None or self.sheet.assessment is None or self.first:
            return True
        before = frozenset(self.sheet.assessment.signs)
        return (
            self.inputs.colour.value() is not None
            or self.signs() != before
            or self.inputs.complaint.value().strip() != self.sheet.complaint
            or self.inputs.send_to.value() != _place_of(self.sheet)
        )

    def _on_danger(self, _sign: Sign) -> None:
        if self.current is not Colour.RED and not self.red_pending:
            self.red_pending = True
            self.red_wanted.emit(tuple(sorted(self.inputs.danger.value())))

    def red_failed(self) -> None:
        """The patient could not be sent red; the sign stays pressed and counts when saving."""
        self.red_pending = self._save_after_red = False

    # --- pages --------------------------------------------------------------------------------------

    def _turn_to(self, field: Field) -> None:
        """Show the page of a field and put the focus there."""
        self.steps.turn_to_page_of(field)
        field.focus_editor()

    def _go_on_from(self, field: Field) -> None:
        after = self.fields[self.fields.index(field) + 1 :]
        following = next((each for each in after if not each.isHidden()), None)
        if following is not None:
            self.steps.turn_to_page_of(following)
        super()._go_on_from(field)

    def _shown_beside_field(self, error: ClinicError) -> bool:
        found = next((field for field in self.fields if error.field and field.key == error.field), None)
        if found is not None and not found.isHidden():
            self.steps.turn_to_page_of(found)
        return super()._shown_beside_field(error)

    def _fields_are_right(self) -> bool:
        bad = next((field for field in self.fields if not field.isHidden() and field.problem()), None)
        if bad is not None:
            self.steps.turn_to_page_of(bad)
        return super()._fields_are_right()

    # --- saving -------------------------------------------------------------------------------------

    def save(self) -> None:
        """Save once; while red is on its way, after it."""
        if self.sheet is None:
            return
        if self.red_pending:
            self._save_after_red = True
            return
        super().save()

    def check_all(self) -> str | None:
        """A later look must bring something new."""
        if not self.is_triage() and self.inputs.measured().empty:
            return tr("Nothing new to save. Measure something, or choose another colour.")
        return None

    def prepare(self) -> Callable[[], Outcome[Any]]:
        """The triage, or one more set of vitals."""
        assert self.sheet is not None
        clinic, actor = self.desk_context.clinic, self.desk_context.actor
        vitals, pregnant = (
            self.inputs.measured(),
            None if self.inputs.pregnant.isHidden() else self.inputs.pregnant.value(),
        )
        confirmed = tuple(finding.measure for finding in unusual(vitals, self.who))
        if not self.is_triage():
            again = RecordVitals(
                key=self.key, visit_id=self.sheet.visit_id, vitals=vitals, pregnant=pregnant, confirmed=confirmed
            )
            return lambda: record_vitals(clinic, actor, again)
        command = self._command(vitals, pregnant, confirmed)
        return lambda: record_triage(clinic, actor, command)

    def _command(self, vitals: Vitals, pregnant: bool | None, confirmed: tuple[Any, ...]) -> RecordTriage:
        assert self.sheet is not None
        chosen, seen = self.chosen(), self.sheet.assessment
        assert chosen is not None
        kind, place = self.inputs.send_to.value() or ("", None)
        suggestion = self.suggested()
        return RecordTriage(
            key=self.key, visit_id=self.sheet.visit_id, seen=seen.id if seen else None, colour=chosen,
            signs=tuple(sorted(self.signs())), signs_checked=self._all_signs_asked(), vitals=vitals,
            pregnant=pregnant, confirmed=confirmed, complaint=self.inputs.complaint.value(),
            override_reason="" if chosen is suggestion.colour else self.inputs.reason.value(),
            department_id=Id(place) if place and kind == "department" else None,
            practitioner_id=Id(place) if place and kind == "practitioner" else None, slip=self.slip.value(),
        )  # fmt: skip

    def on_refused(self, error: ClinicError) -> bool:
        """When somebody was faster, the sheet is read again; what was typed stays."""
        if isinstance(error, StaleRecord):
            self.desk_context.messages.failed(error)
            self.outdated.emit()
            return True
        return False

    def restore(self, values: dict[str, Any]) -> None:
        """A draft's colour is the person's own when it is not the suggested one."""
        self.inputs.colour.by_hand = True
        super().restore(values)
        self.inputs.colour.by_hand = self.inputs.colour.value() not in {None, self.suggested().colour}
        self._refresh()

    def clear_sheet(self) -> None:
        """Nobody is open."""
        self.keep_draft()
        self.sheet = None
        self.reset()


def _place_of(sheet: TriageSheet) -> Place | None:
    """Where the patient is sent: a doctor, else a department."""
    if sheet.practitioner_id is not None:
        return "practitioner", sheet.practitioner_id
    return ("department", sheet.department_id) if sheet.department_id is not None else None
