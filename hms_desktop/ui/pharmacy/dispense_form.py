"""Giving medicines out: the lines of a prescription, the chosen line beside them, one button."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from hms_desktop.domain.errors import ClinicError, StaleRecord, TakenBySomebody, WrongState
from hms_desktop.domain.ids import Id
from hms_desktop.domain.pharmacy import Pick, is_expired
from hms_desktop.services.clinic import Outcome
from hms_desktop.services.dispensing import Dispense, Dispensed, PricePrescription, dispense, price_prescription
from hms_desktop.services.pharmacy.sheet import DispenseSheet, Offer
from hms_desktop.ui.kit.badges import Badge, Shape, tone_badge
from hms_desktop.ui.kit.buttons import beside_primary, harmful
from hms_desktop.ui.kit.desk import DeskContext
from hms_desktop.ui.kit.form import Form
from hms_desktop.ui.kit.layout import card
from hms_desktop.ui.kit.table import Column, RowsView
from hms_desktop.ui.kit.theme import GRID, TypeSize, label, px
from hms_desktop.ui.pharmacy.line_draft import LineDraft, chosen_batches, drafts_of, with_product
from hms_desktop.ui.pharmacy.line_panel import LinePanel
from hms_desktop.ui.pharmacy.medicine_text import day_text, form_text, shelf_text
from hms_desktop.ui.pharmacy.room import spare_columns
from hms_desktop.words.errors import sentence
from hms_desktop.words.labels import say
from hms_desktop.words.language import tr

PANEL_WIDTH, TIGHT_PANEL_WIDTH = 352, 330


class DispenseForm(Form):
    """One prescription. `show_sheet` fills it; what was typed stays when the sheet is read again."""

    owe_wanted = Signal()
    emergency_wanted = Signal()
    outdated = Signal()
    """Somebody else was faster: what stands here must be read again."""

    def __init__(self, context: DeskContext) -> None:
        self.context = context
        self.sheet: DispenseSheet | None = None
        self.drafts: list[LineDraft] = []
        self._emergency_reason, self._tight = "", False
        super().__init__(
            context, "pharmacy.dispense_form", save_text=tr("Give and print &labels"), save_name="pharmacy.dispense",
            cancel_text=tr("Back"),
        )  # fmt: skip
        self.heading = label("", TypeSize.LARGE, bold=True)
        self.heading.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.list = RowsView[LineDraft](
            "pharmacy.lines", tr("Medicines of this prescription"), _columns(), key=lambda draft: draft.id
        )
        self.panel = LinePanel(self._today)
        self.emergency = harmful("pharmacy.urgent", tr("Give unpai&d…"), self.emergency_wanted.emit)
        self.owe = beside_primary("pharmacy.owe", tr("&Owe the rest"), self.owe_wanted.emit)
        self.add_button(self.emergency)
        self.add_button(self.owe, apart=True)
        self._lay_out_lines()
        self.list.current_row_changed.connect(self._on_line_chosen)
        self.list.activated_row.connect(lambda _draft: self.panel.focus_give())
        self.panel.give_changed.connect(self._on_give)
        self.panel.reason_changed.connect(self._on_reason)
        self.panel.gone_on.connect(self._on_gone_on)

    def _today(self) -> date:
        return self.context.today()

    def _lay_out_lines(self) -> None:
        beside = QHBoxLayout()
        beside.setSpacing(px(12))
        left = QWidget()
        inside = QVBoxLayout(left)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(px(GRID))
        inside.addWidget(self.heading)
        inside.addWidget(self.list, 2)
        self.below = inside
        self._right = card(self.panel, margins=12)
        self._right.setMinimumWidth(px(TIGHT_PANEL_WIDTH))
        beside.addWidget(left, 3)
        beside.addWidget(self._right, 2)
        self.set_tight(False)
        self.body.addLayout(beside, 1)

    def set_tight(self, tight: bool) -> None:
        """On a small screen the list does without strength, form and what is left: the line beside it tells them."""
        self._tight = tight
        self._show_heading()
        spare_columns(self.list, (1, 2, 3), tight=tight)
        self._right.setMaximumWidth(px(TIGHT_PANEL_WIDTH if tight else PANEL_WIDTH))

    # --- showing -----------------------------------------------------------------------------------

    def show_sheet(self, sheet: DispenseSheet) -> None:
        """Show a prescription, or the same one as it stands now."""
        same = self.sheet is not None and self.sheet.prescription_id == sheet.prescription_id
        chosen, typing = self.list.current(), self.panel.give.editor.hasFocus()
        self.drafts = drafts_of(sheet.lines, self.drafts if same else [])
        self.sheet = sheet
        self._show_heading()
        self.list.set_rows(self.drafts)
        if chosen is None or not same:
            self._choose_first()
        self._show_line()
        self._show_buttons()
        now = self.current()
        if typing and now is not None and not now.open:
            self._choose_first()
            self.start()

    def clear_sheet(self) -> None:
        """Nobody is open."""
        self.sheet, self.drafts = None, []
        self.list.set_rows([])
        self.panel.show_draft(None, may_choose=False)
        self.set_clean()

    def _show_heading(self) -> None:
        parts = _heading(self.sheet) if self.sheet is not None else [""]
        self.heading.setText(parts[0] if self._tight else " · ".join(parts))
        self.heading.setToolTip(" · ".join(parts))

    def _choose_first(self) -> None:
        first = next((draft for draft in self.drafts if draft.open), self.drafts[0] if self.drafts else None)
        if first is not None:
            self.list.select_key(first.id)

    def _show_buttons(self) -> None:
        sheet = self.sheet
        live = sheet is not None and sheet.live and any(draft.open for draft in self.drafts)
        pay_first = sheet is not None and sheet.pay_first
        self._save_text = tr("Price and send to the cash&ier") if pay_first else tr("Give and print &labels")
        if not self.saving:
            self.save_button.setText(self._save_text)
        self.save_button.setVisible(live)
        self.emergency.setVisible(live and pay_first)
        self.owe.setVisible(live and sheet is not None and sheet.entry_id is not None)

    def current(self) -> LineDraft | None:
        """The chosen line as it stands."""
        chosen = self.list.current()
        return next((draft for draft in self.drafts if chosen is not None and draft.id == chosen.id), None)

    def start_focus(self) -> QWidget:
        """The quantity of the first medicine; the list when there is nothing to give."""
        return self.panel.start_focus() if any(draft.open for draft in self.drafts) else self.list

    def start(self) -> None:
        """Begin with the first medicine that is to be given."""
        if any(draft.open for draft in self.drafts):
            self.panel.focus_give()
        else:
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- changing a line ---------------------------------------------------------------------------

    def change(self, draft: LineDraft) -> None:
        """Put a changed line in its place."""
        self.drafts = [draft if each.id == draft.id else each for each in self.drafts]
        self.list.set_rows(self.drafts)
        self._set_dirty(True)

    def set_product(self, offer: Offer, reason: str) -> None:
        """Give another product for the chosen line."""
        draft = self.current()
        if draft is not None:
            self.change(with_product(draft, offer, reason))
            self._show_line()
            self.panel.focus_give()

    def set_batches(self, picks: tuple[Pick, ...], give: int, expired_reason: str) -> None:
        """Give the chosen line out of these batches."""
        draft = self.current()
        if draft is not None and draft.offer is not None:
            units = min(give, draft.offer.units)
            self.change(replace(draft, batches=picks, give=units, expired_reason=expired_reason, touched=True))
            self._show_line()
            self.panel.focus_give()

    def take_batch(self, batch_id: Id) -> None:
        """The box in the hand is of this batch: give the chosen line out of it, if it holds enough and is good."""
        draft = self.current()
        lot = next(
            (lot for lot in (draft.offer.lots if draft and draft.offer else ()) if lot.batch_id == batch_id), None
        )
        if draft is None or lot is None:
            return
        if is_expired(lot.expiry, self._today()):
            self.context.messages.error(
                tr("Batch {batch} expired on {day}: take another one.", batch=lot.number, day=day_text(lot.expiry))
            )
        elif draft.give and draft.give <= lot.quantity:
            self.set_batches((Pick(lot.batch_id, lot.number, lot.expiry, draft.give),), draft.give, "")

    def save_unpaid(self, reason: str) -> None:
        """Give at once although it is not paid."""
        self._emergency_reason = reason
        self.save()

    def _on_line_chosen(self, draft: LineDraft | None) -> None:
        """Another line; the one that is being typed in is not filled again."""
        if draft is None or draft.id != self.panel.shown:
            self._show_line()

    def _show_line(self) -> None:
        self.panel.show_draft(self.current(), may_choose=self.sheet is not None and not self.sheet.pay_first)

    def _on_give(self) -> None:
        draft = self.current()
        typed = self.panel.give.value()
        if draft is not None:
            changed = replace(draft, give=max(typed or 0, 0), batches=(), expired_reason="", touched=True)
            self.change(changed)
            self.panel.show_outcome(changed)

    def _on_reason(self) -> None:
        draft = self.current()
        if draft is None:
            return
        changed = replace(draft, allergy_reason=self.panel.reason.value(), touched=True)
        if bool(changed.allergy_reason) != bool(draft.allergy_reason):
            changed = replace(changed, give=changed.most if changed.allergy_reason else 0)
        self.change(changed)
        self.panel.show_give(changed)

    def _on_gone_on(self) -> None:
        """Enter in a quantity: the next medicine that can be given, then the button."""
        draft = self.current()
        places = [each.id for each in self.drafts if each.open]
        after = places[places.index(draft.id) + 1 :] if draft is not None and draft.id in places else []
        if after:
            self.list.select_key(after[0])
            self.panel.focus_give()
        else:
            self.save_button.setFocus(Qt.FocusReason.TabFocusReason)

    # --- saving ------------------------------------------------------------------------------------

    def check_all(self) -> str | None:
        """Something must be given, what is typed must be possible, an allergy needs its reason."""
        given = [draft for draft in self.drafts if draft.open and draft.give]
        if not given:
            return tr("Nothing to give: type a quantity, or press “Owe the rest”.")
        stopped = next((draft for draft in given if draft.stopped_by_allergy), None)
        if stopped is not None:
            self._go_to(stopped)
            self.panel.reason.error(tr("Give the reason, or give none of it."))
            return tr("The patient is allergic to {medicine}.", medicine=stopped.line.item.name)
        return self._impossible(given)

    def _impossible(self, given: list[LineDraft]) -> str | None:
        """A line of more than is left, or of more than lies here; it is shown."""
        for draft in given:
            assert draft.offer is not None
            if draft.give > draft.offer.units:
                self._go_to(draft)
                found = self.panel.give.check()
                return found.text if found is not None else None
            if draft.picks(self._today()).missing:
                self._go_to(draft)
                text = shelf_text(draft.offer.lots, self._today())
                self.panel.give.error(text)
                return tr("{medicine}: {stock}", medicine=draft.offer.name, stock=text)
        return None

    def prepare(self) -> Callable[[], Outcome[Dispensed]]:
        """The command of what stands here: give, or price in a clinic that is paid first."""
        sheet, emergency_reason = self.sheet, self._emergency_reason
        self._emergency_reason = ""
        assert sheet is not None
        clinic, actor = self.context.clinic, self.context.actor
        given = [draft for draft in self.drafts if draft.open and draft.give]
        wishes = tuple(draft.wish() for draft in given)
        if sheet.pay_first and not emergency_reason:
            priced = PricePrescription(key=self.key, prescription_id=sheet.prescription_id, items=wishes)
            return lambda: price_prescription(clinic, actor, priced)
        command = Dispense(
            key=self.key, prescription_id=sheet.prescription_id, items=wishes,
            batches=chosen_batches(given, self._today()),
            expired_reason=next((draft.expired_reason for draft in given if draft.expired_reason), ""),
            emergency_reason=emergency_reason,
        )  # fmt: skip
        return lambda: dispense(clinic, actor, command)

    def on_refused(self, error: ClinicError) -> bool:
        """Show a refusal beside the line that it is about."""
        if isinstance(error, StaleRecord | WrongState | TakenBySomebody):
            self.outdated.emit()
        parts = (error.field or "").split(".")
        if len(parts) != 3 or parts[0] != "items":
            return False
        given = [draft for draft in self.drafts if draft.open and draft.give]
        self._go_to(given[int(parts[1])])
        beside = self.panel.reason if parts[2] == "allergy_override" else self.panel.give
        beside.error(sentence(error.code, error.facts))
        beside.focus_editor()
        return True

    def _go_to(self, draft: LineDraft) -> None:
        self.list.select_key(draft.id)
        self._show_line()
        self.panel.focus_give()

    def snapshot(self) -> dict[str, Any]:
        """A prescription is not kept as a draft: what is proposed comes again by itself."""
        return {}


def _columns() -> list[Column[LineDraft]]:
    return [
        Column(tr("Medicine"), _name, stretch=True, bold=True),
        Column(tr("Strength"), lambda draft: draft.offer.strength if draft.offer else "", width=92),
        Column(tr("Form"), lambda draft: form_text(draft.offer.form) if draft.offer else "", width=86),
        Column(tr("Left"), lambda draft: str(draft.line.item.left), width=52, right=True),
        Column(tr("Give"), lambda draft: str(draft.give) if draft.open else "–", width=54, right=True, bold=True),
        Column(tr("State"), lambda draft: _badge(draft).text, width=126, badge=_badge),
    ]


def _name(draft: LineDraft) -> str:
    return draft.offer.name if draft.offer is not None else draft.line.item.name


def _badge(draft: LineDraft) -> Badge:
    item = draft.line.item
    if item.medication_id is None:
        return tone_badge(tr("Elsewhere"), "plain")
    if item.priced and not item.left:
        return tone_badge(tr("At the cashier"), "warn", Shape.RING)
    if not draft.open:
        return tone_badge(say(item.state), "info" if not item.stop_reason else "plain")
    if draft.offer is not None and draft.offer.allergies:
        return tone_badge(tr("Allergy"), "error", Shape.OCTAGON)
    if draft.most == 0:
        return tone_badge(tr("None here"), "error", Shape.TRIANGLE)
    if draft.offer is not None and draft.give > draft.most and not draft.batches:
        return tone_badge(tr("Too many"), "error", Shape.CROSS)
    if draft.offer is not None and draft.give < draft.offer.units:
        return tone_badge(tr("Part"), "warn", Shape.DIAMOND)
    return tone_badge(tr("All"), "good", Shape.TICK)


def _heading(sheet: DispenseSheet) -> list[str]:
    parts = [tr("{number} of {day}", number=sheet.number, day=day_text(sheet.day))]
    if sheet.prescriber:
        parts.append(sheet.prescriber)
    if not sheet.live:
        parts.append(say(sheet.state))
    return [*parts, sheet.note] if sheet.note else parts
