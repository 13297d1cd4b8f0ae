"""A field for a picture: chosen from a file, checked at once, shown small."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QFileDialog, QFrame, QLabel

from hms_desktop.domain.administration.pictures import LOGO_BYTES, check_logo
from hms_desktop.domain.errors import InvalidValue
from hms_desktop.ui.kit.background import Background
from hms_desktop.ui.kit.buttons import plain
from hms_desktop.ui.kit.dialogs import show
from hms_desktop.ui.kit.field import Field
from hms_desktop.ui.kit.layout import row
from hms_desktop.ui.kit.theme import px, set_look_property
from hms_desktop.words.errors import sentence
from hms_desktop.words.language import tr

Chooser = Callable[[Callable[[str], None]], None]
"""Lets the person choose a file and calls back with its path."""


class PictureField(Field):
    """The value is the picture's bytes, None when there is none. `choose` replaces the file dialog in tests."""

    def __init__(
        self, name: str, text: str, *, background: Background, choose: Chooser | None = None, **shared: Any
    ) -> None:
        self._data: bytes | None = None
        self._background = background
        self._choose = choose or self._ask_file
        box = QFrame()
        self.picture = QLabel()
        self.picture.setFixedSize(QSize(px(96), px(64)))
        self.picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        set_look_property(self.picture, "muted", True)
        self.choose_button = plain(f"{name}_choose", tr("C&hoose a picture…"), self.choose)
        self.remove_button = plain(f"{name}_remove", tr("Remo&ve"), lambda: self._take(None))
        inside = row(self.picture, self.choose_button, self.remove_button)
        inside.addStretch(1)
        box.setLayout(inside)
        box.setFocusProxy(self.choose_button)
        super().__init__(name, text, box, **shared)
        self._draw()

    def value(self) -> bytes | None:
        """The bytes."""
        return self._data

    def set_value(self, value: Any) -> None:
        """Show a picture."""
        self._data = value
        self._draw()
        self._on_edited()

    def snapshot(self) -> Any:
        """Whether there is one: a picture is no draft."""
        return "" if self._data is None else str(len(self._data))

    def restore(self, kept: Any) -> None:
        """Nothing: the picture itself was not kept."""

    def set_read_only(self, read_only: bool) -> None:
        """Let it be looked at."""
        self.choose_button.setVisible(not read_only)
        self.remove_button.setVisible(not read_only and self._data is not None)

    def choose(self) -> None:
        """Let the person choose a file."""
        self._choose(self.load)

    def load(self, path: str) -> None:
        """Read a file aside and take it when it is a picture that every paper can draw."""
        self._background.read(lambda: _read(Path(path)), self._on_read, self._on_failed, owner=self)

    def _on_read(self, data: bytes) -> None:
        pixmap = QPixmap()
        if not pixmap.loadFromData(data):
            self._on_failed(InvalidValue(field="logo", reason="picture"))
        else:
            self._take(data)

    def _take(self, data: bytes | None) -> None:
        self.set_value(data)
        self.error(None)

    def _on_failed(self, error: Exception) -> None:
        known = error if isinstance(error, InvalidValue) else InvalidValue(field="logo", reason="no_file")
        self.error(sentence(known.code, known.facts))

    def _draw(self) -> None:
        pixmap = QPixmap()
        if self._data is not None and pixmap.loadFromData(self._data):
            smooth = Qt.TransformationMode.SmoothTransformation
            self.picture.setPixmap(pixmap.scaled(self.picture.size(), Qt.AspectRatioMode.KeepAspectRatio, smooth))
        else:
            self.picture.setPixmap(QPixmap())
            self.picture.setText(tr("no picture"))
        self.picture.setAccessibleName(tr("Logo") if self._data else tr("no picture"))
        self.remove_button.setVisible(self._data is not None)

    def _ask_file(self, then: Callable[[str], None]) -> None:
        dialog = QFileDialog(self, tr("Choose a picture"), "", tr("Pictures") + " (*.png *.jpg *.jpeg)")
        dialog.setObjectName("admin.picture_dialog")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(then)
        show(dialog)


def _read(path: Path) -> bytes:
    """The file's bytes, no more than needed to see that it is too heavy. Raises InvalidValue, OSError."""
    with path.open("rb") as file:
        data = file.read(LOGO_BYTES + 1)
    check_logo(data)
    return data
