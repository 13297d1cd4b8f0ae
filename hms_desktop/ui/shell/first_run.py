"""The first start on an empty store: a new clinic in five short steps, or the training clinic at once."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget

from hms_desktop.domain.errors import ClinicError
from hms_desktop.services.setup import CreateClinic
from hms_desktop.ui.kit.background import Background
from hms_desktop.ui.kit.buttons import beside_primary, primary
from hms_desktop.ui.kit.fields import Choice, ChoiceField
from hms_desktop.ui.kit.layout import row
from hms_desktop.ui.kit.shortcuts import Key, bind
from hms_desktop.ui.kit.theme import Look, TypeSize, label
from hms_desktop.ui.shell.brand import CardPage, NoticeBar
from hms_desktop.ui.shell.first_run_steps import (
    AdministratorStepPage,
    ClinicStepPage,
    PaymentStepPage,
    PrinterStepPage,
    StepPage,
)
from hms_desktop.ui.shell.sign_in import looks
from hms_desktop.words.errors import sentence
from hms_desktop.words.language import available, current, tr


class WelcomePage(CardPage):
    """A new clinic, or the training clinic. Language and look come first: the rest must be read."""

    new_wanted = Signal()
    training_wanted = Signal()
    language_chosen = Signal(str)
    look_chosen = Signal(str)

    def __init__(self, look: str, *, with_training: bool) -> None:
        subtitle = tr("This PC has no clinic yet. What would you like to do?")
        super().__init__("welcome", tr("Welcome"), subtitle, width=520)
        languages = [Choice(each.code, each.name) for each in available()]
        self._language = ChoiceField("welcome.language", tr("&Language"), languages)
        self._language.set_value(current().code)
        self._look = ChoiceField("welcome.look", tr("L&ook"), looks())
        self._look.set_value(look)
        self._language.changed.connect(lambda: self.language_chosen.emit(self._language.value() or "en"))
        self._look.changed.connect(lambda: self.look_chosen.emit(self._look.value() or Look.LIGHT.value))
        self.notice = NoticeBar("welcome.notice")
        self._new = primary("welcome.new_clinic", tr("Set up a &new clinic"), self.new_wanted.emit, icon="add")
        self._training = beside_primary(
            "welcome.training", tr("Show me the &training clinic"), self.training_wanted.emit, icon="help"
        )
        for widget in (self.notice, self._new):
            self.body.addWidget(widget)
        if with_training:
            words = tr("The training clinic has made-up patients; nothing in it is real.")
            self.body.addWidget(self._training)
            self.body.addWidget(label(words, TypeSize.SMALL, muted=True))
        self.body.addSpacing(8)
        self.body.addLayout(row(self._language, self._look, space=16))

    def start(self) -> None:
        """Focus the first button."""
        self._new.setFocus()


class FirstRunPage(CardPage):
    """The steps, one after the other; nothing is written before the last one."""

    created = Signal(object)
    """What the service gave back: a `Clinic`."""
    left = Signal()

    def __init__(self, background: Background, create: Callable[[CreateClinic], object]) -> None:
        super().__init__("first_run", tr("A new clinic"), " ", width=620)
        self._background, self._create = background, create
        self._busy = False
        self.clinic, self.payment = ClinicStepPage(), PaymentStepPage()
        self.administrator, self.printer = AdministratorStepPage(), PrinterStepPage()
        self._steps: tuple[StepPage, ...] = (self.clinic, self.payment, self.administrator, self.printer)
        self._notice = NoticeBar("first_run.notice")
        self._stack = QStackedWidget()
        for step in self._steps:
            self._stack.addWidget(step)
            step.finished.connect(self.go_on)
        self._next = primary("first_run.next", tr("&Next"), self.go_on)
        self._back = beside_primary("first_run.back", tr("&Back"), self.go_back)
        self.body.addWidget(self._notice)
        self.body.addWidget(self._stack)
        buttons = row(self._next, self._back)
        buttons.addStretch(1)
        self.body.addLayout(buttons)
        bind(Key.SAVE, self, self.go_on, inside=True)
        bind(Key.BACK, self, self.go_back, inside=True)
        self._show(0)

    def start(self) -> None:
        """Focus the first field of the step, or the way on."""
        self._step.start()
        if not self._step.fields:
            self._next.setFocus()

    @property
    def _step(self) -> StepPage:
        return self._steps[self._stack.currentIndex()]

    def _show(self, index: int) -> None:
        self._stack.setCurrentIndex(index)
        step = self._step
        self.title_label.setText(step.title)
        self.subtitle_label.setText(tr("Step {number} of {count}", number=index + 1, count=len(self._steps)))
        last = index == len(self._steps) - 1
        self._next.setText(tr("&Create the clinic") if last else tr("&Next"))
        if self.isVisible():
            self.start()

    def go_on(self) -> None:
        """To the next step when this one is right; the last one creates the clinic."""
        if self._busy or not self._step.is_right():
            return
        self._notice.say("")
        index = self._stack.currentIndex()
        if index + 1 < len(self._steps):
            self._show(index + 1)
        else:
            self._create_clinic()

    def go_back(self) -> None:
        """To the step before; from the first one to the welcome page."""
        index = self._stack.currentIndex()
        if index > 0:
            self._show(index - 1)
        elif not self._busy:
            self.left.emit()

    def command(self) -> CreateClinic:
        """What the steps say."""
        parts: dict[str, object] = {"language": current().code}
        for step in self._steps:
            parts |= step.parts()
        return CreateClinic(**parts)  # type: ignore[arg-type]

    def _create_clinic(self) -> None:
        command, create = self.command(), self._create
        self._busy = True
        self._next.set_waiting(True)
        self._next.setText(tr("Creating… do not switch off"))
        self._background.do(lambda: create(command), self.created.emit, self._on_failed, owner=self)

    def _on_failed(self, error: Exception) -> None:
        self._busy = False
        self._next.set_waiting(False)
        self._show(self._stack.currentIndex())
        if not isinstance(error, ClinicError):
            self._background.fail(error)
            return
        for index, step in enumerate(self._steps):
            field = step.field(error.field)
            if field is not None:
                self._show(index)
                field.error(sentence(error.code, error.facts))
                field.focus_editor()
                return
        self._notice.say(sentence(error.code, error.facts))
