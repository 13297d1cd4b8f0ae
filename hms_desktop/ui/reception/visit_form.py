"""Open a visit: kind, department, who pays, new problem or not, complaint. Everything has a sensible answer already."""

from collections.abc import Callable, Sequence
from typing import Any

from hms_desktop.domain.consultations import Occurrence
from hms_desktop.domain.ids import Id
from hms_desktop.domain.patients import PatientDetails, PayerGroupRow
from hms_desktop.domain.visits import DepartmentRow, VisitKind
from hms_desktop.services.clinic import Outcome
from hms_desktop.services.visits import OpenVisit, open_visit
from hms_desktop.ui.kit.desk import DeskContext
from hms_desktop.ui.kit.fields import Choice, ChoiceField, Segment, SegmentedField, TextField, ToggleField
from hms_desktop.ui.kit.form import Form
from hms_desktop.ui.reception.two_columns import buttons_below_fields
from hms_desktop.words.labels import say
from hms_desktop.words.language import tr

_KINDS = {
    VisitKind.OUTPATIENT: "o", VisitKind.EMERGENCY: "e", VisitKind.MATERNITY: "m", VisitKind.FOLLOW_UP: "f",
}  # fmt: skip


class VisitForm(Form):
    """The visit that is about to begin."""

    def __init__(self, context: DeskContext) -> None:
        super().__init__(context, "reception.visit_form", save_text=tr("&Open visit"), save_name="reception.open_visit")
        self.context = context
        self._patient: Id | None = None
        self._usual_payer: Id | None = None
        self._lists: tuple[list[DepartmentRow], list[PayerGroupRow]] = ([], [])
        self.add_section(tr("New visit"))
        self.kind: SegmentedField[VisitKind] = SegmentedField(
            "reception.kind", tr("&Kind of visit"), [Segment(kind, say(kind), key) for kind, key in _KINDS.items()],
        )  # fmt: skip
        self.add(self.kind)
        self.complaint = self.add(TextField("reception.complaint", tr("Co&mplaint, in their words"), max_length=200))
        self.department: ChoiceField[Id] = ChoiceField(
            "reception.department", tr("&Department"), blank=tr("– any –"), key="department_id"
        )
        self.payer: ChoiceField[Id] = ChoiceField(
            "reception.visit_payer", tr("Who &pays"), blank=tr("– not said –"), key="payer_group_id"
        )
        self.add_row(self.department, self.payer)
        self.occurrence: SegmentedField[Occurrence] = SegmentedField(
            "reception.occurrence", tr("For this pro&blem"),
            [
                Segment(Occurrence.NEW, tr("New"), "n"),
                Segment(Occurrence.REPEAT, tr("Comes again"), "a"),
            ],
        )  # fmt: skip
        self.red = ToggleField("reception.straight_to_red", tr("&Straight to the doctor, red"))
        self.add_row(self.occurrence, self.red)
        buttons_below_fields(self)
        self.kind.changed.connect(self._on_kind)

    def set_choices(self, departments: Sequence[DepartmentRow], groups: Sequence[PayerGroupRow]) -> None:
        """Offer the clinic's departments and payer groups; an untouched form stays untouched."""
        if (list(departments), list(groups)) == self._lists:
            return
        self._lists = (list(departments), list(groups))
        touched = self.dirty
        self.department.set_choices([Choice(row.id, row.name) for row in departments])
        self.payer.set_choices([Choice(row.id, row.name) for row in groups])
        if not touched:
            self.payer.set_value(self._usual_payer)
            self.set_clean()

    def begin(self, details: PatientDetails) -> None:
        """A visit of this patient; what is being typed about the same patient stays."""
        if self._patient == details.id and self.dirty:
            return
        self.reset()
        self._patient, self._usual_payer = details.id, details.payer_group_id
        self.kind.set_value(VisitKind.OUTPATIENT)
        self.occurrence.set_value(Occurrence.NEW)
        self.payer.set_value(details.payer_group_id)
        self.set_clean()
        self.use_draft(details.id)

    def prepare(self) -> Callable[[], Outcome[Any]]:
        """Open it."""
        assert self._patient is not None
        clinic, actor = self.context.clinic, self.context.actor
        command = OpenVisit(
            key=self.key, patient_id=self._patient, kind=self.kind.value() or VisitKind.OUTPATIENT,
            department_id=self.department.value(), payer_group_id=self.payer.value(),
            occurrence=self.occurrence.value() or Occurrence.NEW, complaint=self.complaint.value(),
            straight_to_red=self.red.value(),
        )  # fmt: skip
        return lambda: open_visit(clinic, actor, command)

    def _on_kind(self) -> None:
        if self.kind.value() is VisitKind.FOLLOW_UP:
            self.occurrence.set_value(Occurrence.REPEAT)
