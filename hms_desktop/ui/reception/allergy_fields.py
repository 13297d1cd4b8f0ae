"""Allergies at registration: three states, one key each; substances from the clinic's list or in own words."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from hms_desktop.domain.patients import AllergenRow, AllergyState
from hms_desktop.services.patient_records import NewAllergy
from hms_desktop.services.patients import find_allergens
from hms_desktop.ui.kit.desk import DeskContext
from hms_desktop.ui.kit.field import Problem
from hms_desktop.ui.kit.fields import Found, SearchField, Segment, SegmentedField
from hms_desktop.words.language import tr


def substance_source(context: DeskContext, text: str) -> Sequence[Found[AllergenRow]]:
    """Substances of the clinic's list, as a search line offers them."""
    return [Found(row, row.name) for row in find_allergens(context.clinic, context.actor, text)]


def allergy_state_field(name: str) -> SegmentedField[AllergyState]:
    """Not asked, none known, or has allergies."""
    return SegmentedField(
        name,
        tr("A&llergies"),
        [
            Segment(AllergyState.NOT_ASKED, tr("Not asked"), "q"),
            Segment(AllergyState.NONE_KNOWN, tr("None known"), "k"),
            Segment(AllergyState.RECORDED, tr("Has allergies"), "h", harm=True),
        ],
        key="allergy_state",
    )


class SubstancesField(SearchField[AllergenRow]):
    """Enter takes a substance and makes room for the next; Enter on the empty line goes on, Backspace takes back."""

    def __init__(self, name: str, context: DeskContext) -> None:
        self._taken: list[NewAllergy] = []
        super().__init__(
            name,
            tr("Subs&tances"),
            source=lambda text: substance_source(context, text),
            background=context.background,
            free_text=True,
            placeholder=tr("penicillin, then Enter"),
            key="allergies",
            reserve_note=True,
        )
        self.picked.connect(lambda _row: self._take_line())

    def value(self) -> tuple[NewAllergy, ...]:  # type: ignore[override]
        """What was taken, and what still stands in the line."""
        standing = self._standing()
        return (*self._taken, standing) if standing else tuple(self._taken)

    def is_blank(self) -> bool:
        """Whether nothing was taken or typed."""
        return not self.value()

    def clear(self) -> None:
        """Nothing taken, nothing typed."""
        self._taken = []
        super().clear()
        self._say_taken()

    def snapshot(self) -> Any:
        """Substances by name and code."""
        return [[allergy.substance, allergy.code] for allergy in self.value()]

    def restore(self, kept: Any) -> None:
        """Take them again."""
        self._taken = [NewAllergy(str(name), code) for name, code in kept or []]
        self._say_taken()
        self._on_edited()

    def _standing(self) -> NewAllergy | None:
        found, text = self.chosen(), self.text()
        if not text:
            return None
        return NewAllergy(found.value.name, found.value.code) if found else NewAllergy(text)

    def _own_problem(self) -> Problem | None:
        return None

    def _take_line(self) -> None:
        standing = self._standing()
        if standing is not None and all(each.substance != standing.substance for each in self._taken):
            self._taken.append(standing)
        self.set_found(None)
        self._say_taken()

    def _say_taken(self) -> None:
        self.set_echo(tr("Allergic to {substances}", substances=", ".join(a.substance for a in self._taken))
                      if self._taken else "")  # fmt: skip

    def _on_enter(self) -> None:
        if self.answers_shown and self._answers.current() is not None:
            self._take()
        elif self.text():
            self._take_line()
        else:
            super()._on_enter()

    def _on_key(self, event: QKeyEvent) -> bool:
        if event.key() == Qt.Key.Key_Backspace and not self.line.text() and self._taken:
            self._taken.pop()
            self._say_taken()
            self._on_edited()
            return True
        return super()._on_key(event)
