"""A line of the dispensing screen while it is worked on: how much of what, from which batches, with which reasons."""

from dataclasses import dataclass, field, replace
from datetime import date

from hms_desktop.domain.ids import Id
from hms_desktop.domain.pharmacy import OPEN_ITEMS, Allocation, Lot, Pick, first_expiry_first
from hms_desktop.services.pharmacy.hand_over import GiveBatch
from hms_desktop.services.pharmacy.lines import GiveItem
from hms_desktop.services.pharmacy.sheet import Offer, SheetLine


@dataclass(frozen=True)
class LineDraft:
    """What the pharmacist means to do with an item. `batches` chosen by hand; none: first expiry first."""

    line: SheetLine
    offer: Offer | None
    give: int = 0
    substitution_reason: str = ""
    allergy_reason: str = ""
    batches: tuple[Pick, ...] = ()
    expired_reason: str = ""
    touched: bool = field(default=False, compare=False)

    @property
    def id(self) -> Id:
        """The item."""
        return self.line.item.id

    @property
    def open(self) -> bool:
        """Whether something can still be given."""
        return self.offer is not None and self.line.item.state in OPEN_ITEMS and self.line.item.left > 0

    @property
    def substituted(self) -> bool:
        """Whether another product was chosen."""
        return self.offer is not None and self.offer.medication_id != self.line.item.medication_id

    @property
    def stopped_by_allergy(self) -> bool:
        """Whether an allergy speaks against it and nobody has given a reason to go on."""
        return bool(self.offer and self.offer.allergies) and not self.allergy_reason

    @property
    def most(self) -> int:
        """The most that can be given: what is left, as far as the shelf reaches."""
        return min(self.offer.units, self.offer.usable) if self.offer is not None else 0

    def picks(self, today: date) -> Allocation:
        """From which batches it would come."""
        if self.batches:
            return Allocation(self.batches, max(self.give - sum(pick.quantity for pick in self.batches), 0))
        lots: tuple[Lot, ...] = self.offer.lots if self.offer is not None else ()
        return first_expiry_first(lots, self.give, today)

    def wish(self) -> GiveItem:
        """As the service wants it."""
        assert self.offer is not None
        return GiveItem(
            item_id=self.id, version=self.line.item.version, quantity=self.give,
            medication_id=self.offer.medication_id if self.substituted else None,
            substitution_reason=self.substitution_reason, allergy_override=self.allergy_reason,
        )  # fmt: skip


def first_draft(line: SheetLine) -> LineDraft:
    """What is proposed: all that is left as far as the shelf reaches; nothing against an allergy."""
    draft = LineDraft(line, line.offer)
    return replace(draft, give=draft.most) if draft.open and not draft.stopped_by_allergy else draft


def drafts_of(lines: tuple[SheetLine, ...], before: list[LineDraft]) -> list[LineDraft]:
    """The lines of a sheet; what somebody worked on stays while its item is as it was."""
    kept = {draft.id: draft for draft in before if draft.touched}
    found = []
    for line in lines:
        old = kept.get(line.item.id)
        same = old is not None and old.line.item.version == line.item.version
        found.append(replace(old, line=line) if old is not None and same else first_draft(line))
    return found


def with_product(draft: LineDraft, offer: Offer, reason: str) -> LineDraft:
    """Another product for the line."""
    fresh = replace(
        draft, offer=offer, substitution_reason=reason, batches=(), expired_reason="", allergy_reason="", touched=True
    )
    return replace(fresh, give=0 if fresh.stopped_by_allergy else fresh.most)


def chosen_batches(drafts: list[LineDraft], today: date) -> tuple[GiveBatch, ...]:
    """The batches of the medicines for which somebody chose any; lines of the same medicine bring their own."""
    given = [draft for draft in drafts if draft.give and draft.offer is not None]
    by_hand = {draft.offer.medication_id for draft in given if draft.offer is not None and draft.batches}
    return tuple(
        GiveBatch(batch_id=pick.batch_id, quantity=pick.quantity)
        for draft in given
        if draft.offer is not None and draft.offer.medication_id in by_hand
        for pick in draft.picks(today).picks
    )
