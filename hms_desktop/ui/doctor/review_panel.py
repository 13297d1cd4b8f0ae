"""Results that came after the doctor had finished: looked at one by one, Space marks the chosen one as seen."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from hms_desktop.domain.lab_reviews import ReviewRow
from hms_desktop.services.clinic import Outcome
from hms_desktop.services.lab_reviews import MarkReviewed, PutBackForReview, mark_reviewed, put_back_for_review
from hms_desktop.ui.doctor.note_text import moment
from hms_desktop.ui.doctor.results_panel import flag_badge, flag_text
from hms_desktop.ui.kit.buttons import beside_primary, primary
from hms_desktop.ui.kit.desk import Desk
from hms_desktop.ui.kit.layout import row
from hms_desktop.ui.kit.messages import MessageAction
from hms_desktop.ui.kit.shortcuts import Key, bind
from hms_desktop.ui.kit.table import Column, RowsView
from hms_desktop.ui.kit.theme import TypeSize, label
from hms_desktop.words.language import tr


class ReviewPanel(QWidget):
    """The list, the one thing to do with it, and the way into the chart."""

    chart_wanted = Signal(object)
    """The id of a patient."""
    left = Signal()
    """Back to the queue."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._zone = ZoneInfo(desk.context.clinic.facility.time_zone)
        self.list = self._view()
        self.seen_button = primary("doctor.mark_reviewed", tr("I have &seen it"), self._on_seen, icon="check")
        self.chart_button = beside_primary("doctor.review_chart", tr("Open the &chart"), self._on_chart)
        self.back_button = beside_primary("doctor.review_back", tr("Back to the &queue"), self.left.emit)
        self._detail = label("", TypeSize.SMALL, muted=True)
        self._detail.setObjectName("doctor.review_detail")
        self._detail.setWordWrap(True)
        self.list.current_row_changed.connect(self._on_current)
        self.list.activated_row.connect(lambda _row: self._on_chart())
        bind("Space", self.list, self._on_seen, inside=True)
        bind(Key.BACK, self, self.left.emit, inside=True)
        self._lay_out()

    def _view(self) -> RowsView[ReviewRow]:
        return RowsView[ReviewRow](
            "doctor.results_to_review",
            tr("Results to review"),
            [
                Column(tr("Patient"), lambda r: r.person.name, stretch=True, tip=_person),
                Column(tr("Test"), lambda r: r.result.name, width=150),
                Column(tr("Result"), lambda r: f"{r.result.value} {r.result.unit}".strip(), width=110, bold=True),
                Column(tr("Flag"), lambda r: flag_text(r.result), width=130, badge=lambda r: flag_badge(r.result)),
                Column(tr("Asked by"), self._asker, width=120, muted=True),
            ],
            key=lambda r: r.id,
            empty=tr(
                "Nothing to review. Results that come after a consultation wait here until a doctor has seen them."
            ),
        )

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        title = label(tr("Results to review"), TypeSize.LARGE, bold=True)
        layout.addWidget(title)
        hint = label(
            tr("They came after the consultation. Space marks the chosen one as seen, Enter opens the chart."),
            TypeSize.SMALL,
            muted=True,
        )
        hint.setWordWrap(True)
        layout.addWidget(hint)
        layout.addWidget(self.list, 1)
        layout.addWidget(self._detail)
        buttons = row(self.seen_button, self.chart_button)
        buttons.addStretch(1)
        buttons.addWidget(self.back_button)
        layout.addLayout(buttons)

    def set_rows(self, rows: Sequence[ReviewRow]) -> None:
        """Show what waits now; the chosen one stays chosen."""
        self.list.set_rows(rows)
        if self.list.current() is None:
            self.list.select_first()
        for button in (self.seen_button, self.chart_button):
            button.setEnabled(bool(rows))
        self._on_current(self.list.current())

    def start(self) -> None:
        """The list has the focus."""
        self.list.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _asker(self, review: ReviewRow) -> str:
        return tr("you") if review.mine else review.ordered_by

    def _on_current(self, chosen: ReviewRow | None) -> None:
        self._detail.setText("" if chosen is None else self._more(chosen))

    def _more(self, chosen: ReviewRow) -> str:
        result = chosen.result
        parts = [_person(chosen), result.order_number, result.comment]
        if result.range:
            parts.append(tr("normal {range}", range=result.range))
        if result.previous:
            parts.append(tr("before: {value}", value=result.previous))
        if result.verified_at is not None:
            parts.append(
                tr("released {when} by {who}", when=moment(result.verified_at, self._zone), who=result.verified_by)
            )
        if result.first is not None:
            parts.append(tr("corrected: it was {value}", value=f"{result.first.value} {result.first.unit}".strip()))
        return " · ".join(part for part in parts if part)

    def _on_chart(self) -> None:
        chosen = self.list.current()
        if chosen is not None:
            self.chart_wanted.emit(chosen.person.patient_id)

    def _on_seen(self) -> None:
        chosen = self.list.current()
        if chosen is not None:
            command = MarkReviewed(result_id=chosen.id)
            self._desk.write(mark_reviewed, command, lambda outcome: self._on_marked(chosen, outcome))

    def _on_marked(self, review: ReviewRow, outcome: Outcome[bool]) -> None:
        facts = {"test": review.result.name, "value": review.result.value, "patient": review.person.name}
        if not outcome.value:
            self._desk.context.messages.info(tr("{test} of {patient} was reviewed before.", **facts))
            self._desk.look_again()
            return
        undo = MessageAction(tr("&Undo"), lambda: self._on_undo(review))
        self._desk.context.messages.good(tr("Reviewed: {test} {value} of {patient}.", **facts), undo)

    def _on_undo(self, review: ReviewRow) -> None:
        said = tr("{test} of {patient} waits for review again.", test=review.result.name, patient=review.person.name)
        self._desk.write(
            put_back_for_review,
            PutBackForReview(result_id=review.id),
            lambda _outcome: self._desk.context.messages.good(said),
        )


def _person(review: ReviewRow) -> str:
    return " · ".join(part for part in (review.person.name, review.person.age, review.person.mrn) if part)
