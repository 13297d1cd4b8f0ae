"""A dialog that saves: errors stand beside their fields, and a second person can sign where the rules want one."""

from collections.abc import Callable
from typing import Any, TypeGuard

from PySide6.QtWidgets import QLineEdit, QWidget

from hms_desktop.domain.accounts import Actor
from hms_desktop.domain.commands import Command
from hms_desktop.domain.errors import ClinicError, NotAllowed, SecondPersonNeeded
from hms_desktop.domain.ids import Id
from hms_desktop.services.accounts import SignIn, confirm_person
from hms_desktop.services.clinic import Clinic, Outcome
from hms_desktop.ui.kit.buttons import Button
from hms_desktop.ui.kit.desk import DeskContext
from hms_desktop.ui.kit.dialogs import Dialog, ask_approval
from hms_desktop.ui.kit.field import Field
from hms_desktop.ui.kit.theme import label, set_look_property
from hms_desktop.words.errors import sentence
from hms_desktop.words.labels import label as word
from hms_desktop.words.language import tr

Service = Callable[[Clinic, Actor, Any], Outcome[Any]]
Made = Callable[[Id | None], Command]
"""Makes the command, given the second person who agreed (None: nobody yet). Its key must stay the same."""


_CONSENTS = frozenset({"billing.waive", "billing.discount", "billing.void", "billing.approve"})
"""Rights that somebody else may lend by signing."""


def _another_may(error: Exception) -> TypeGuard[ClinicError]:
    if isinstance(error, SecondPersonNeeded):
        return True
    return isinstance(error, NotAllowed) and error.facts.get("right") in _CONSENTS


class DeedDialog(Dialog):
    """Stays open until it is saved; a refusal loses nothing that was typed."""

    def __init__(self, context: DeskContext, name: str, title: str, text: str, parent: QWidget) -> None:
        super().__init__(name, title, text, parent)
        self.context = context
        self.fields: list[Field] = []
        self.outcome: Outcome[Any] | None = None
        self._sending = False
        self._button: Button | None = None
        self._problem = label("")
        self._problem.setObjectName(f"{name}.problem")
        self._problem.setWordWrap(True)
        set_look_property(self._problem, "tone", "error")
        self._problem.hide()

    def add_field(self, field: Field) -> None:
        """A field on a row of its own."""
        self.fields.append(field)
        self.body.addWidget(field)
        field.changed.connect(self._problem.hide)

    def finish(self, confirm: Button, *others: Button, cancel_text: str | None = None) -> None:
        """The buttons, after the last field; Enter walks to them."""
        self._button = confirm
        self.body.addWidget(self._problem)
        self.add_buttons(confirm, *others, cancel_text=cancel_text)
        for field in self.fields:
            field.entered.connect(lambda left=field: self._go_on_from(left))
        self.start()

    def start(self) -> None:
        """Put the focus on the first field."""
        first = next((field for field in self.fields if field.isVisibleTo(self)), None)
        if first is not None:
            _enter(first)

    def _go_on_from(self, left: Field) -> None:
        after = self.fields[self.fields.index(left) + 1 :]
        following = next((field for field in after if field.isVisibleTo(self)), None)
        if following is not None:
            _enter(following)
        elif self._button is not None:
            self._button.setFocus()

    def use_button(self, button: Button) -> None:
        """Another button is the one that saves now."""
        self._button = button

    def fields_are_right(self) -> bool:
        """Check every visible field; the first wrong one gets the focus."""
        bad = [field for field in self.fields if field.isVisibleTo(self) and field.check()]
        if bad:
            bad[0].focus_editor()
        return not bad

    def send(self, service: Service, make: Made, *, approved_by: Id | None = None) -> None:
        """Save, once however often it is pressed; asks for a second person when the rules do."""
        if self._sending:
            return
        self._wait(True)
        clinic, actor, command = self.context.clinic, self.context.actor, make(approved_by)

        def refused(error: Exception) -> None:
            self._wait(False)
            if approved_by is None and _another_may(error):
                self._ask_second(service, make, error)
            else:
                self.show_error(error)

        self.context.background.write(lambda: service(clinic, actor, command), self._on_saved, refused, owner=self)

    def on_saved(self, outcome: Outcome[Any]) -> None:
        """It is saved; the dialog closes."""
        self.outcome = outcome
        self.accept()

    def show_error(self, error: Exception) -> None:
        """Say what is wrong: beside its field, else above the buttons."""
        if not isinstance(error, ClinicError):
            self.context.messages.failed(error)
            return
        said = sentence(error.code, error.facts)
        found = next((f for f in self.fields if error.field and f.key == error.field and f.isVisibleTo(self)), None)
        if found is not None:
            found.error(said)
            found.focus_editor()
            return
        self._problem.setText(said)
        self._problem.show()

    def _ask_second(self, service: Service, make: Made, error: ClinicError) -> None:
        right = str(error.facts.get("right", ""))
        text = sentence(error.code, error.facts) if isinstance(error, SecondPersonNeeded) else tr(
            "Somebody who may {right} agrees by signing here.", right=word("right", right)
        )  # fmt: skip
        clinic = self.context.clinic

        def agreed(username: str, password: str) -> None:
            command = SignIn(username=username, password=password)
            self.context.background.do(
                lambda: confirm_person(clinic, command),
                lambda person: self.send(service, make, approved_by=person.user_id),
                self.show_error,
                owner=self,
            )

        ask_approval(self, "cashier.second_person", tr("A second person"), text, agreed)

    def _on_saved(self, outcome: Outcome[Any]) -> None:
        self._wait(False)
        self.on_saved(outcome)

    def _wait(self, waiting: bool) -> None:
        self._sending = waiting
        if self._button is not None:
            self._button.set_waiting(waiting)


def _enter(field: Field) -> None:
    """Put the focus into a field; what stands there already is ready to be typed over."""
    field.focus_editor()
    if isinstance(field.editor, QLineEdit):
        field.editor.selectAll()
