"""The three pages of a triage below their step bar; whatever has the focus is in sight."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from hms_desktop.domain.protocols.iitt import Sign
from hms_desktop.ui.kit.field import Field
from hms_desktop.ui.kit.layout import scrolled
from hms_desktop.ui.kit.shortcuts import bind
from hms_desktop.ui.kit.theme import GRID, px
from hms_desktop.ui.triage.form_fields import DangerPage, FurtherPage, TriageFields, VitalsPage
from hms_desktop.ui.triage.step_bar import Step, StepBar
from hms_desktop.ui.triage.suggestion_panel import SuggestionPanel
from hms_desktop.words.labels import say
from hms_desktop.words.language import tr, trn


class StepsPanel(QWidget):
    """Danger signs, further signs, vitals and colour."""

    field_wanted = Signal(object)
    """The person wants to go to a step: its first `Field`."""

    def __init__(self, inputs: TriageFields, suggestion: SuggestionPanel) -> None:
        super().__init__()
        self._inputs = inputs
        self.bar = StepBar(("triage.step_danger", "triage.step_further", "triage.step_vitals"))
        self.stack = QStackedWidget()
        self.vitals_page = VitalsPage(inputs, suggestion)
        for page in (DangerPage(inputs), FurtherPage(inputs), self.vitals_page):
            self.stack.addWidget(scrolled(page))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(px(GRID))
        layout.addWidget(self.bar)
        layout.addWidget(self.stack, 1)
        self.bar.wanted.connect(self._on_wanted)
        self._letters = [(field, self._bind_letter(field, text)) for field, text in _lettered(inputs)]
        self.stack.currentChanged.connect(self._share_letters)
        self._share_letters()
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._on_focus_moved)

    def _on_wanted(self, step: int) -> None:
        firsts = (self._inputs.danger, self._inputs.further, self._inputs.first_vital)
        self.field_wanted.emit(firsts[step])

    def _bind_letter(self, field: Field, text: str) -> QShortcut:
        """The field's letter turns to its page: a digit meant for the pulse must not become a danger sign."""
        keys = QKeySequence.mnemonic(text).toString()
        return bind(keys, self, lambda: None if field.isHidden() else self.field_wanted.emit(field))

    def _share_letters(self) -> None:
        """On the open page the labels themselves answer to their letters."""
        page = self.stack.currentWidget()
        for field, shortcut in self._letters:
            shortcut.setEnabled(page is None or not page.isAncestorOf(field))

    def turn_to_page_of(self, field: Field) -> None:
        """Show the page that holds a field."""
        for index in range(self.stack.count()):
            page = self.stack.widget(index)
            if page is not None and page.isAncestorOf(field):
                self.stack.setCurrentIndex(index)
        self.show_steps()

    def show_steps(self) -> None:
        """What each step found so far."""
        danger, further = self._inputs.danger, self._inputs.further
        measured = self._inputs.count_measured()
        found = _found(danger.value(), gone_through=danger.gone_through)
        more = _found(further.value(), gone_through=further.gone_through)
        steps: list[Step | None] = [
            Step(tr("&Danger signs"), found, _named(danger.value()), harm=bool(danger.value())),
            None if further.isHidden() else Step(tr("&Further signs"), more, _named(further.value())),
            Step(tr("&Vitals"), trn("{n} measured", "{n} measured", measured)),
        ]
        self.bar.show_steps(steps, self.stack.currentIndex())

    def _on_focus_moved(self, _before: QWidget | None, now: QWidget | None) -> None:
        area = self.stack.currentWidget()
        if now is not None and isinstance(area, QScrollArea) and area.isAncestorOf(now):
            area.ensureWidgetVisible(now, 0, px(24))


def _lettered(inputs: TriageFields) -> list[tuple[Field, str]]:
    """The fields that have a letter, with the text that carries it."""
    texts = [(field, field.label.text() or inputs.on_oxygen.tick.text()) for field in inputs]
    return [(field, text) for field, text in texts if "&" in text]


def _found(signs: frozenset[Sign], *, gone_through: bool) -> str:
    if signs:
        return trn("{n} sign", "{n} signs", len(signs))
    return tr("none") if gone_through else tr("not asked")


def _named(signs: frozenset[Sign]) -> str:
    return ", ".join(say(sign) for sign in sorted(signs))
