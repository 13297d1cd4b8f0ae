"""Danger signs: one key each, red at once. N says that there is none of them."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QSizePolicy, QWidget

from hms_desktop.domain.protocols.iitt import DangerSign, Sign
from hms_desktop.ui.kit.field import Field
from hms_desktop.ui.kit.theme import px
from hms_desktop.ui.triage.sign_button import SignButton
from hms_desktop.words.labels import say
from hms_desktop.words.language import tr, trc

COLUMNS = 2


class _SignGrid(QFrame):
    """Takes the focus; its buttons don't."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("segments", True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.grid = QGridLayout(self)
        self.grid.setContentsMargins(px(4), px(4), px(4), px(4))
        self.grid.setSpacing(px(6))
        for column in range(COLUMNS):
            self.grid.setColumnStretch(column, 1)


class DangerField(Field):
    """The signs that are red at once. `gone_through`: the nurse looked, and said so with N."""

    appeared = Signal(object)
    """A sign was pressed by the person (`Sign`)."""

    def __init__(self, name: str, text: str, **shared: Any) -> None:
        self._grid = _SignGrid()
        self._signs: tuple[DangerSign, ...] = ()
        self._buttons: dict[Sign, SignButton] = {}
        self.gone_through = False
        super().__init__(name, text, self._grid, **shared)
        self._none = SignButton(f"{name.split('.', 1)[0]}.no_danger_sign", trc("key", "N"), tr("None of these"))
        self._none.setProperty("harm", False)
        self._none.clicked.connect(self._say_none)

    def set_signs(self, signs: Sequence[DangerSign]) -> None:
        """Which signs there are (they differ by age); none is there."""
        for button in self._buttons.values():
            self._drop(button)
        self._grid.grid.removeWidget(self._none)
        self._signs = tuple(signs)
        room = self.name.split(".", 1)[0]
        self._buttons = {
            row.sign: SignButton(f"{room}.sign_{row.sign.value}", row.key, say(row.sign)) for row in self._signs
        }
        for place, row in enumerate(self._signs):
            button = self._buttons[row.sign]
            button.clicked.connect(lambda _on=False, sign=row.sign: self._toggle(sign))
            self._grid.grid.addWidget(button, *divmod(place, COLUMNS))
        self._grid.grid.addWidget(self._none, *divmod(len(self._signs), COLUMNS))
        self.clear()

    def _drop(self, button: QWidget) -> None:
        self._grid.grid.removeWidget(button)
        button.hide()
        button.deleteLater()

    def value(self) -> frozenset[Sign]:
        """The signs that are there."""
        return frozenset(sign for sign, button in self._buttons.items() if button.isChecked())

    def set_value(self, value: Any) -> None:
        """Show these signs; others of the program are left out."""
        wanted = frozenset(value or ())
        self.gone_through = False
        for sign, button in self._buttons.items():
            button.setChecked(sign in wanted)
        self._after_change()

    def is_blank(self) -> bool:
        """Whether no sign is there."""
        return not self.value()

    def snapshot(self) -> Any:
        """The signs, and whether all were looked for."""
        return {"signs": sorted(sign.value for sign in self.value()), "gone_through": self.gone_through}

    def restore(self, kept: Any) -> None:
        """The same again; signs of another version of the program are left out."""
        known = {sign.value: sign for sign in self._buttons}
        self.set_value(known[code] for code in kept.get("signs", ()) if code in known)
        self.gone_through = bool(kept.get("gone_through"))
        self._after_change()

    def _toggle(self, sign: Sign) -> None:
        """The person pressed a sign (the button may have checked itself already)."""
        appeared = self._buttons[sign].isChecked()
        self.gone_through = False
        self._after_change()
        if appeared:
            self.appeared.emit(sign)

    def _say_none(self) -> None:
        self.gone_through = self.is_blank()
        self._after_change()
        if self.gone_through:
            self.entered.emit()
        else:
            self.error(tr("A sign is pressed. Press its key again to take it away."))

    def _after_change(self) -> None:
        self._none.setChecked(self.gone_through)
        there = [say(row.sign) for row in self._signs if row.sign in self.value()]
        self._grid.setAccessibleDescription(", ".join(there) if there else tr("no sign pressed"))
        self._on_edited()

    def _claims(self, event: QKeyEvent) -> bool:
        return bool(event.text()) and self._meaning(event) is not None

    def _meaning(self, event: QKeyEvent) -> Sign | str | None:
        pressed = event.text().casefold()
        if pressed == trc("key", "N").casefold():
            return "none"
        return next((row.sign for row in self._signs if row.key == pressed), None)

    def _on_key(self, event: QKeyEvent) -> bool:
        if event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier):
            return super()._on_key(event)
        meaning = self._meaning(event)
        if meaning is None:
            return super()._on_key(event)
        if not event.isAutoRepeat():
            if isinstance(meaning, Sign):
                self._buttons[meaning].click()
            else:
                self._none.click()
        return True
