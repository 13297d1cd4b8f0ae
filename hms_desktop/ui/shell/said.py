"""Ctrl+M: what the bar said, newest first."""

from PySide6.QtWidgets import QWidget

from hms_desktop.ui.kit.badges import Badge, Shape, tone_badge
from hms_desktop.ui.kit.buttons import primary
from hms_desktop.ui.kit.dialogs import Dialog
from hms_desktop.ui.kit.messages import Level, Message, Messages
from hms_desktop.ui.kit.table import Column, RowsView
from hms_desktop.ui.kit.theme import px
from hms_desktop.words.language import tr

_SHAPES = {Level.GOOD: Shape.TICK, Level.INFO: Shape.DOT, Level.WARN: Shape.TRIANGLE, Level.ERROR: Shape.OCTAGON}


class SaidDialog(Dialog):
    """The messages of this session."""

    def __init__(self, messages: Messages, parent: QWidget | None = None) -> None:
        super().__init__("said", tr("What was said"), "", parent)
        self.resize(px(680), px(480))
        columns = [
            Column[Message](tr("Time"), lambda each: f"{each.at:%H:%M:%S}", width=72, muted=True),
            Column[Message](tr("Kind"), lambda each: _word(each.level), width=92, badge=_badge),
            Column[Message](tr("What"), lambda each: each.text, stretch=True, tip=lambda each: each.text),
        ]
        self.list = RowsView[Message](
            "said.list", tr("What was said"), columns, key=id, empty=tr("Nothing was said yet.")
        )
        self.list.set_rows(list(reversed(messages.recent)))
        self.body.addWidget(self.list, 1)
        self.add_buttons(primary("said.close", tr("&Close"), self.accept))
        self.cancel_button.hide()
        self.list.setFocus()


def _word(level: Level) -> str:
    words = {Level.GOOD: tr("done"), Level.INFO: tr("news"), Level.WARN: tr("look"), Level.ERROR: tr("refused")}
    return words[level]


def _badge(message: Message) -> Badge:
    return tone_badge(_word(message.level), message.level.value, _SHAPES[message.level])
