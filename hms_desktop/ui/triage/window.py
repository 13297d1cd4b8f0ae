"""The triage desk: lists on one side, one patient's triage on the other."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from hms_desktop.domain import topics
from hms_desktop.domain.ids import Id
from hms_desktop.domain.protocols.iitt import Sign
from hms_desktop.domain.triage import Colour
from hms_desktop.domain.triage_rows import PlaceChoice, TriageBoard, TriagedRow, TriageSheet, VitalsRow
from hms_desktop.domain.visits import QueueState
from hms_desktop.services.clinic import Outcome
from hms_desktop.services.patients import patient_banner
from hms_desktop.services.triage import (
    SendRed,
    TriageSaved,
    places,
    send_red,
    triage_board,
    triage_sheet,
    triage_sheet_of_patient,
)
from hms_desktop.services.vitals import VitalsSaved, VitalsVoided, VoidVitals, void_vitals
from hms_desktop.ui.kit.desk import Desk, DeskContext
from hms_desktop.ui.kit.dialogs import ask_reason
from hms_desktop.ui.kit.fields import Choice
from hms_desktop.ui.kit.layout import card, nobody_card
from hms_desktop.ui.kit.messages import MessageAction
from hms_desktop.ui.kit.shortcuts import Shortcut, bind
from hms_desktop.ui.kit.theme import GRID, px
from hms_desktop.ui.triage.form_fields import Place
from hms_desktop.ui.triage.lists_panel import LOOKS, TAKEN, TRIAGED, ListsPanel
from hms_desktop.ui.triage.queue_deeds import QueueDeeds
from hms_desktop.ui.triage.triage_form import TriageForm
from hms_desktop.ui.triage.vital_field import clock_text
from hms_desktop.ui.triage.waiting_panel import WaitingPanel
from hms_desktop.words.labels import say
from hms_desktop.words.language import tr

TICK_MS = 20_000
LISTS_WIDTH, LISTS_ALONE_WIDTH, FORM_WIDTH = 352, 640, 620


class TriageDesk(Desk):
    """Puts the parts together: a list picks, the form saves, everything reloads by topics."""

    NAME = "triage"
    TOPICS = frozenset({topics.TRIAGE_QUEUE, topics.SETTINGS, topics.USERS})

    def __init__(self, context: DeskContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        zone = ZoneInfo(context.clinic.facility.time_zone)
        self.zone = zone
        self.waiting = WaitingPanel(self._now)
        self.lists = ListsPanel(self._now, zone, may_void=context.actor.may("triage.void"))
        self.form = TriageForm(context)
        self._places: list[Choice[Place]] = []
        self._announced: set[tuple[Id, datetime]] = set()
        self._opening: Id | None = None
        self._lay_out()
        self.deeds = QueueDeeds(self, self.waiting, self.open_visit, self._on_gone)
        self._connect()
        self._timer = QTimer(self, interval=TICK_MS)
        self._timer.timeout.connect(self._tick)

    def _now(self) -> datetime:
        return self.context.clinic.clock()

    def _lay_out(self) -> None:
        beside = QHBoxLayout(self)
        beside.setContentsMargins(px(12), px(GRID), px(12), px(GRID))
        beside.setSpacing(px(12))
        self.left = QWidget()
        self.left.setMinimumWidth(px(LISTS_WIDTH))
        inside = QVBoxLayout(self.left)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(px(GRID))
        inside.addWidget(self.waiting, 3)
        inside.addWidget(self.lists, 2)
        self.right = QStackedWidget()
        self.right.setMinimumWidth(px(320))
        self.right.addWidget(_nobody())
        self.right.addWidget(card(self.form, margins=12))
        beside.addWidget(self.left)
        beside.addWidget(self.right, 1)

    def _connect(self) -> None:
        self.lists.visit_wanted.connect(self.open_visit)
        self.lists.slip_wanted.connect(self._on_slip)
        self.lists.void_wanted.connect(self._on_void)
        self.form.saved.connect(self._on_saved)
        self.form.cancelled.connect(self._close_form)
        self.form.red_wanted.connect(self._on_red)
        self.form.outdated.connect(self._read_sheet_again)
        bind("Alt+1", self, self._open_waiting)
        for key, place in (("Alt+2", LOOKS), ("Alt+3", TRIAGED), ("Alt+4", TAKEN)):
            bind(key, self, partial(self._open_list, place))

    # --- the frame asks -----------------------------------------------------------------------------

    def title(self) -> str:
        """The desk's name."""
        return tr("Triage")

    def start_focus(self) -> QWidget:
        """The waiting list, or the form when somebody is open."""
        return self.waiting.list if self.form.sheet is None else self.form.fields[0].editor

    def shortcuts(self) -> list[Shortcut]:
        """Keys beside those that buttons and labels show."""
        return [
            *self.waiting.shortcuts(),
            Shortcut("Alt+1", tr("Waiting list")),
            Shortcut("Alt+2", tr("Look again")),
            Shortcut("Alt+3", tr("Triaged today")),
            Shortcut("Alt+4", tr("Measured in this visit; V makes void")),
            Shortcut("1 … 9, 0", tr("Danger signs, while they have the focus; N: none of these")),
            Shortcut("1 … 5", tr("Colour, while it has the focus")),
        ]

    def reload(self) -> None:
        """Read the lists again."""
        self.read(triage_board, self._show_board)
        self.read(places, self._show_places)

    def open_patient(self, patient_id: Id) -> None:
        """The search picked somebody: triage or measure again, if there is an open visit."""
        self.read(triage_sheet_of_patient, self._on_found, patient_id)

    def showEvent(self, event: QShowEvent) -> None:
        """Minutes count while somebody looks."""
        super().showEvent(event)
        self._timer.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody looks."""
        self._timer.stop()
        super().hideEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is no room for both, lists and patient take turns."""
        super().resizeEvent(event)
        self._share_room(patient=self.form.sheet is not None)

    def _share_room(self, *, patient: bool) -> None:
        narrow = self.width() < px(LISTS_WIDTH + FORM_WIDTH)
        self.left.setMaximumWidth(px(LISTS_ALONE_WIDTH if narrow else LISTS_WIDTH))
        self.left.setVisible(not (narrow and patient))
        self.right.setVisible(patient or not narrow)

    def release(self) -> None:
        """The desk goes."""
        self._timer.stop()
        super().release()

    def _open_waiting(self) -> None:
        self._share_room(patient=False)
        self.waiting.list.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _open_list(self, place: int) -> None:
        self._share_room(patient=False)
        self.lists.open_list(place)

    # --- lists --------------------------------------------------------------------------------------

    def _show_board(self, board: TriageBoard) -> None:
        self.waiting.set_rows(board.waiting)
        self.lists.set_board(board.looks, board.triaged)
        self._announce()

    def _show_places(self, found: tuple[Sequence[PlaceChoice], Sequence[PlaceChoice]]) -> None:
        departments, doctors = found
        self._places = [Choice(("department", each.id), each.name) for each in departments]
        self._places += [Choice(("practitioner", each.id), each.name, tr("doctor")) for each in doctors]
        self.form.inputs.send_to.set_choices(self._places)

    def _tick(self) -> None:
        self.waiting.tick()
        self.lists.tick()
        self._announce()

    def _announce(self) -> None:
        """Say once whose time to be looked at again is over (red is looked at all the time anyway)."""
        for row in self.lists.overdue():
            due = row.due
            if due is None or due == row.looked_at or (row.visit_id, due) in self._announced:
                continue
            self._announced.add((row.visit_id, due))
            text = tr(
                "Look again at {patient}: {colour}, due {time}.",
                patient=row.patient_name, colour=say(Colour(row.colour)).lower(), time=clock_text(due, self.zone),
            )  # fmt: skip
            action = MessageAction(tr("Op&en"), partial(self.open_visit, row.visit_id))
            self.context.messages.warn(text, action)

    def _on_slip(self, row: TriagedRow) -> None:
        if row.paper_id is None:
            self.context.messages.info(
                tr("No slip was asked for when {patient} was triaged.", patient=row.patient_name)
            )
        else:
            self.context.open_paper(row.paper_id)

    # --- one patient --------------------------------------------------------------------------------

    def open_visit(self, visit_id: Id) -> None:
        """Open a visit in the form."""
        self._opening = visit_id
        self.read(triage_sheet, self._show_sheet, visit_id)

    def _on_found(self, sheet: TriageSheet | None) -> None:
        if sheet is None:
            self.context.messages.info(tr("This patient has no open visit. Reception opens one."))
        elif sheet.entry_id is not None and sheet.entry_state in {QueueState.WAITING, QueueState.CALLED}:
            self.deeds.start(sheet.entry_id, sheet.visit_id)
        else:
            self.open_visit(sheet.visit_id)

    def _show_sheet(self, sheet: TriageSheet) -> None:
        if sheet.visit_id != self._opening:
            return
        if not sheet.open:
            self.context.messages.info(tr("The visit of {patient} is over.", patient=sheet.patient_name))
            return
        self.read(patient_banner, self.patient_shown.emit, sheet.patient_id)
        self.right.setCurrentIndex(1)
        self._share_room(patient=True)
        self.lists.set_taken(sheet.taken)
        self.form.show_sheet(sheet, self._places)

    def _read_sheet_again(self) -> None:
        if self.form.sheet is not None:
            self.read(triage_sheet, self._renew, self.form.sheet.visit_id)

    def _renew(self, sheet: TriageSheet) -> None:
        if self.form.sheet is not None and self.form.sheet.visit_id == sheet.visit_id:
            self.lists.set_taken(sheet.taken)
            self.form.renew(sheet)

    def _on_red(self, signs: tuple[Sign, ...]) -> None:
        sheet = self.form.sheet
        assert sheet is not None
        seen = sheet.assessment.id if sheet.assessment else None
        command = SendRed(visit_id=sheet.visit_id, signs=signs, seen=seen)
        self.write(send_red, command, lambda _done: self._on_red_sent(sheet, signs), self._on_red_failed)

    def _on_red_sent(self, sheet: TriageSheet, signs: tuple[Sign, ...]) -> None:
        found = ", ".join(say(sign) for sign in signs)
        self.context.messages.warn(
            tr("{patient} is RED in the doctor's queue: {sign}. Vitals follow.", patient=sheet.patient_name, sign=found)
        )
        self._read_sheet_again()

    def _on_red_failed(self, error: Exception) -> None:
        self.form.red_failed()
        self.context.messages.failed(error)
        self._read_sheet_again()

    def _on_saved(self, outcome: Outcome[TriageSaved | VitalsSaved]) -> None:
        saved, sheet = outcome.value, self.form.sheet
        assert sheet is not None
        if isinstance(saved, TriageSaved):
            self.context.messages.good(_sent_text(sheet.patient_name, saved))
            if saved.paper_id is not None:
                self.context.print_paper(saved.paper_id)
        else:
            self.context.messages.good(tr("Measurements of {patient} saved.", patient=sheet.patient_name))
        self._close_form()

    def _on_gone(self, visit_id: Id) -> None:
        if self.form.sheet is not None and self.form.sheet.visit_id == visit_id:
            self._close_form()

    def _close_form(self) -> None:
        self._opening = None
        self.form.clear_sheet()
        self.right.setCurrentIndex(0)
        self._share_room(patient=False)
        self.lists.set_taken(())
        self.patient_shown.emit(None)
        self.waiting.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_void(self, row: VitalsRow) -> None:
        time = clock_text(row.taken_at, self.zone)
        ask_reason(
            self,
            "triage.void_reason",
            tr("Make measurements void"),
            tr("The values of {time} stay visible, marked void. A colour that rests on them is void too.", time=time),
            tr("Make &void"),
            lambda reason: self.write(
                void_vitals, VoidVitals(vitals_id=row.id, version=row.version, reason=reason), self._on_voided
            ),
            reasons=[
                Choice("wrong_patient", tr("Measured on another patient")),
                Choice("typing", tr("Typed wrongly")),
                Choice("device", tr("The device was wrong")),
            ],
        )

    def _on_voided(self, outcome: Outcome[VitalsVoided]) -> None:
        gone = outcome.value
        self.form.carry(gone)
        text = tr("The values are void. Open the right patient to put them in there.")
        if gone.triage_again:
            text = tr(
                "The values are void, and the patient waits for triage again. Open the right patient to put them in."
            )
        self.context.messages.info(text)
        self._read_sheet_again()


def _sent_text(patient: str, saved: TriageSaved) -> str:
    colour = say(saved.colour).lower()
    if saved.doctor_entry_id is None:
        return tr("Saved: {patient} is {colour}.", patient=patient, colour=colour)
    return tr("Saved: {patient} is {colour} in the doctor's queue.", patient=patient, colour=colour)


def _nobody() -> QWidget:
    """What stands where a patient would be."""
    return nobody_card(
        tr("Nobody is open"),
        tr("Choose a patient of the list and press Enter. Danger signs come first."),
        tr("Alt+2 shows whom to look at again, Ctrl+K finds anybody who is here."),
    )
