"""Ctrl+/: every key that works here."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from hms_desktop.ui.kit.buttons import primary
from hms_desktop.ui.kit.dialogs import Dialog
from hms_desktop.ui.kit.shortcuts import Key, Shortcut
from hms_desktop.ui.kit.table import Column, RowsView
from hms_desktop.ui.kit.theme import px
from hms_desktop.words.language import tr


@dataclass(frozen=True, slots=True)
class _Line:
    keys: str
    words: str
    place: str


class ShortcutsDialog(Dialog):
    """The keys of this desk first, then those of the whole program."""

    def __init__(self, desk_title: str, own: Sequence[Shortcut], parent: QWidget | None = None) -> None:
        super().__init__("shortcuts", tr("All keys"), "", parent)
        self.resize(px(760), px(580))
        columns = [
            Column[_Line](tr("Keys"), lambda line: line.keys, width=140, bold=True),
            Column[_Line](tr("What it does"), lambda line: line.words, stretch=True),
            Column[_Line](tr("Where"), lambda line: line.place, muted=True),
        ]
        self.list = RowsView[_Line]("shortcuts.list", tr("All keys"), columns, key=lambda line: (line.keys, line.place))
        self.list.set_rows([*_of_desk(desk_title, own), *_of_program()])
        self.body.addWidget(self.list, 1)
        self.add_buttons(primary("shortcuts.close", tr("&Close"), self.accept))
        self.cancel_button.hide()
        self.list.setFocus()


def _of_desk(title: str, own: Sequence[Shortcut]) -> list[_Line]:
    return [_Line(each.keys, each.words, title) for each in own]


def _of_program() -> list[_Line]:
    everywhere, in_forms = tr("everywhere"), tr("in forms")
    lines = [_Line(key.keys, key.words, in_forms if key in (Key.SAVE, Key.BACK) else everywhere) for key in Key]
    lines.append(_Line("Ctrl+1 … Ctrl+9", tr("Your other windows"), everywhere))
    lines.append(_Line("Enter", tr("Next field; in a list: open"), in_forms))
    lines.append(_Line("Tab", tr("Next field, also out of a note"), in_forms))
    lines.append(_Line("Alt+…", tr("The underlined letter of a button or field"), everywhere))
    return lines
