"""The colour that the nurse gives: one key each, in its own colour and always with its word."""

from typing import Any

from hms_desktop.domain.triage import Colour
from hms_desktop.ui.kit.badges import triage_badge
from hms_desktop.ui.kit.choice_fields import Segment, SegmentedField
from hms_desktop.ui.kit.theme import px, tones
from hms_desktop.words.labels import say


class ColourField(SegmentedField[Colour]):
    """Red 1, orange 2, yellow 3, green 4, black 5. `by_hand`: the person chose, so it follows no suggestion."""

    def __init__(self, name: str, text: str, **shared: Any) -> None:
        self.by_hand = False
        segments = [Segment(colour, say(colour), str(number)) for number, colour in enumerate(Colour, start=1)]
        super().__init__(name, text, segments, **shared)
        for button, colour in zip(self._buttons, Colour, strict=True):
            badge = triage_badge(colour.value)
            assert badge is not None
            button.setStyleSheet(
                f"QPushButton {{ border: 1px solid {badge.fill}; border-bottom: {px(4)}px solid {badge.fill}; }}"
                f"QPushButton:checked {{ background: {badge.fill}; color: {badge.ink};"
                f" border: 1px solid {tones().edge}; border-bottom: {px(4)}px solid {tones().edge}; }}"
            )

    def clear(self) -> None:
        """No colour, and nobody chose."""
        self.by_hand = False
        super().clear()

    def _pick(self, index: int | None) -> None:
        self.by_hand = index is not None
        super()._pick(index)
