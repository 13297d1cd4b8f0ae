"""What the buttons of the dispensing page ask before they act: other product, batches, withhold, emergency, reverse."""

from functools import partial
from typing import Any

from hms_desktop.domain.dispensing import GivenRow
from hms_desktop.domain.errors import AllergyConflict
from hms_desktop.domain.ids import new_id
from hms_desktop.services.catalogue import reasons
from hms_desktop.services.clinic import Outcome
from hms_desktop.services.dispensing import CancelPriced, Dispensed, HandOver, cancel_priced, hand_over
from hms_desktop.services.papers import papers_of_subject
from hms_desktop.services.pharmacy.queue import LeaveOwed, leave_owed
from hms_desktop.services.pharmacy.reversal import (
    DispensingReversed,
    ReverseDispensing,
    WithholdItem,
    reverse_dispensing,
    withhold_item,
)
from hms_desktop.services.pharmacy.sheet import Offer, substitutes
from hms_desktop.ui.kit.desk import Desk
from hms_desktop.ui.kit.dialogs import ask_reason, show
from hms_desktop.ui.kit.fields import Choice
from hms_desktop.ui.pharmacy.batches_dialog import BatchesDialog
from hms_desktop.ui.pharmacy.dispense_page import DispensePage
from hms_desktop.ui.pharmacy.line_draft import LineDraft
from hms_desktop.ui.pharmacy.product_dialog import ProductDialog
from hms_desktop.words.errors import sentence
from hms_desktop.words.language import tr, trn


class DispenseDeeds:
    """Listens to the dispensing page and does what its buttons say."""

    def __init__(self, desk: Desk, page: DispensePage) -> None:
        self._desk, self._page, self._form = desk, page, page.form
        panel, given = page.form.panel, page.given
        panel.product_wanted.connect(self.choose_product)
        panel.batches_wanted.connect(self.choose_batches)
        panel.withhold_wanted.connect(self.withhold)
        page.form.owe_wanted.connect(self.leave_owed)
        page.form.emergency_wanted.connect(self.give_unpaid)
        given.hand_over_wanted.connect(lambda row: self.hand_over(row, ""))
        given.emergency_wanted.connect(self.hand_over_unpaid)
        given.cancel_wanted.connect(self.cancel)
        given.reverse_wanted.connect(self.reverse)
        given.label_wanted.connect(self.labels_again)

    # --- a line ------------------------------------------------------------------------------------

    def choose_product(self) -> None:
        """Offer what has the same ingredients."""
        sheet, draft = self._form.sheet, self._form.current()
        if sheet is not None and draft is not None and draft.open:
            self._desk.read(substitutes, partial(self._offer, draft), sheet.prescription_id, draft.id)

    def _offer(self, draft: LineDraft, offers: list[Offer]) -> None:
        item, offer = draft.line.item, draft.line.offer
        out = offer is not None and offer.usable == 0
        dialog = ProductDialog(_named(item.name, item.strength), offers, out, self._desk)

        def done(agreed: bool) -> None:
            chosen = dialog.chosen()
            if agreed and chosen is not None:
                self._form.set_product(chosen, dialog.reason.value())

        show(dialog, done)

    def choose_batches(self) -> None:
        """Let the pharmacist say which boxes are in the hand."""
        draft = self._form.current()
        if draft is None or draft.offer is None or not draft.open:
            return
        dialog = BatchesDialog(
            _named(draft.offer.name, draft.offer.strength), draft.offer.lots, draft.give, self._desk.context.today(),
            may_expired=self._desk.context.actor.may("pharmacy.override"), parent=self._desk,
        )  # fmt: skip

        def done(agreed: bool) -> None:
            if agreed:
                self._form.set_batches(dialog.picks(), dialog.give(), dialog.reason.value())

        show(dialog, done)

    def withhold(self) -> None:
        """Not given at all: ask why, and tell the prescriber."""
        draft = self._form.current()
        if draft is None or not draft.open:
            return
        item = draft.line.item

        def confirmed(reason: str) -> None:
            command = WithholdItem(item_id=item.id, version=item.version, reason=reason)
            said = tr("{medicine} is withheld; the prescriber sees the reason.", medicine=item.name)
            self._desk.write(withhold_item, command, lambda _done: self._desk.context.messages.info(said))

        title = tr("Withhold {medicine}", medicine=_named(item.name, item.strength))
        ask_reason(
            self._desk, "pharmacy.withhold_reason", title,
            tr("It is not given and not owed. The prescriber sees the reason."), tr("Withhold &it"), confirmed,
            reasons=[
                Choice("allergy", tr("Allergy")),
                Choice("interaction", tr("Interaction with another medicine")),
                Choice("declined", tr("The patient does not want it")),
                Choice("elsewhere", tr("The patient buys it elsewhere")),
            ],
        )  # fmt: skip

    # --- a prescription ----------------------------------------------------------------------------

    def leave_owed(self) -> None:
        """The patient goes; what was not given stays owed."""
        sheet = self._form.sheet
        if sheet is not None:
            self._desk.write(leave_owed, LeaveOwed(visit_id=sheet.visit_id), self._on_left)

    def _on_left(self, _outcome: Outcome[bool]) -> None:
        self._desk.context.messages.info(tr("What was not given stays under 3 Owed."))
        self._page.finished.emit()

    def give_unpaid(self) -> None:
        """An emergency in a clinic that is paid first: ask why, then give at once."""
        if self._form.check_all() is not None:
            self._form.save()
            return
        self._ask_emergency(self._form.save_unpaid)

    def _ask_emergency(self, then: Any) -> None:
        ask_reason(
            self._desk, "pharmacy.emergency_reason", tr("Give before it is paid"),
            tr("The charge stays on the bill. The reason and your name are recorded."), tr("&Give now"), then,
            reasons=[Choice("red", tr("Emergency: life in danger")), Choice("child", tr("A child in distress"))],
        )  # fmt: skip

    # --- what was priced or given ------------------------------------------------------------------

    def hand_over(self, row: GivenRow, emergency_reason: str, allergy_override: str = "") -> None:
        """Give what was priced."""
        command = HandOver(
            key=new_id(), dispensing_id=row.id, emergency_reason=emergency_reason, allergy_override=allergy_override
        )
        self._desk.write(hand_over, command, self._page.on_given, partial(self._not_handed_over, row, emergency_reason))

    def _not_handed_over(self, row: GivenRow, emergency_reason: str, error: Exception) -> None:
        """An allergy that was recorded since the pricing: ask for the reason to give it all the same."""
        if not isinstance(error, AllergyConflict):
            self._desk.context.background.fail(error)
            return
        ask_reason(
            self._desk, "pharmacy.late_allergy", tr("Dangerous for this patient"), sentence(error.code, error.facts),
            tr("Give it &all the same"), lambda reason: self.hand_over(row, emergency_reason, reason),
        )  # fmt: skip

    def hand_over_unpaid(self, row: GivenRow) -> None:
        """Give what was priced and is not paid."""
        self._ask_emergency(lambda reason: self.hand_over(row, reason))

    def cancel(self, row: GivenRow) -> None:
        """Not given after all: its charges are taken back."""
        ask_reason(
            self._desk, "pharmacy.cancel_reason", tr("Take the pricing back"),
            tr("The charges are taken back; what was paid is the patient's credit at the cashier."),
            tr("&Take it back"),
            lambda reason: self._desk.write(
                cancel_priced, CancelPriced(dispensing_id=row.id, reason=reason), self._on_cancelled
            ),
            reasons=[
                Choice("money", tr("The patient can't pay")),
                Choice("changed", tr("The prescription was changed")),
                Choice("stock", tr("It is out of stock now")),
            ],
        )  # fmt: skip

    def _on_cancelled(self, _outcome: Outcome[Dispensed]) -> None:
        self._desk.context.messages.info(tr("Taken back: nothing of it is owed to the cashier any more."))

    def reverse(self, row: GivenRow) -> None:
        """Everything back to the batches it came from."""
        actor, medicines = self._desk.context.actor, "; ".join(row.medicines)
        ask_reason(
            self._desk, "pharmacy.reverse_reason", tr("Reverse {number}", number=row.number),
            tr("{medicines} go back to their batches, and the charge is taken back.", medicines=medicines),
            tr("&Reverse it"),
            lambda reason: self._desk.write(
                reverse_dispensing, ReverseDispensing(dispensing_id=row.id, reason=reason), self._on_reversed
            ),
            reasons=[Choice(code, text) for code, text in reasons(self._desk.context.clinic, actor, "void")],
        )  # fmt: skip

    def _on_reversed(self, outcome: Outcome[DispensingReversed]) -> None:
        units = outcome.value.units
        self._desk.context.messages.good(
            trn("{n} unit is back in its batch.", "{n} units are back in their batches.", units)
        )

    def labels_again(self, row: GivenRow) -> None:
        """Print the labels of a hand-over once more, as a copy."""
        context = self._desk.context

        def found(kept: Any) -> None:
            if kept:
                context.print_paper(kept[0].id)

        self._desk.read(papers_of_subject, found, row.id)


def _named(name: str, strength: str) -> str:
    return " ".join(part for part in (name, strength) if part)
