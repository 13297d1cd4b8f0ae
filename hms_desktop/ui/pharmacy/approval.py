"""The second person: when a service asks for one, they sign here, and the command goes again with their consent."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeVar

from hms_desktop.domain.errors import SecondPersonNeeded
from hms_desktop.services.accounts import SignIn, confirm_person
from hms_desktop.services.clinic import Outcome
from hms_desktop.ui.kit.desk import Desk
from hms_desktop.ui.kit.dialogs import ask_approval
from hms_desktop.words.errors import sentence
from hms_desktop.words.language import tr

T = TypeVar("T")


def write_agreed(desk: Desk, service: Any, command: Any, then: Callable[[Outcome[T]], None]) -> None:
    """Save; above the clinic's limit let a second person agree first. `command` has the field `approved_by`."""

    def refused(error: Exception) -> None:
        if isinstance(error, SecondPersonNeeded):
            _ask(desk, service, command, then, error)
        else:
            desk.context.background.fail(error)

    desk.write(service, command, then, refused)


def _ask(desk: Desk, service: Any, command: Any, then: Callable[[Outcome[T]], None], error: SecondPersonNeeded) -> None:
    clinic, actor = desk.context.clinic, desk.context.actor

    def signed(username: str, password: str) -> None:
        def save() -> Outcome[T]:
            person = confirm_person(clinic, SignIn(username=username, password=password))
            outcome: Outcome[T] = service(clinic, actor, replace(command, approved_by=person.user_id))
            return outcome

        desk.context.background.write(save, then, desk.context.background.fail, owner=desk)

    text = sentence(error.code, error.facts)
    ask_approval(desk, "pharmacy.approval", tr("A second person is needed"), text, signed)
