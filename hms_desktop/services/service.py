"""What makes a function a service: the right is checked, the body runs in one transaction, a key saves once."""

import functools
import hashlib
import typing
from collections.abc import Callable
from typing import Any, Concatenate, ParamSpec, TypeVar

from hms_desktop.data.failures import TryAgain
from hms_desktop.data.queries import save_keys
from hms_desktop.data.reader import Reader
from hms_desktop.data.work import Work
from hms_desktop.domain.accounts import Actor
from hms_desktop.domain.commands import Command
from hms_desktop.domain.errors import KeyReused, NotAllowed, StoreBusy
from hms_desktop.domain.plain import canonical, from_plain
from hms_desktop.services.clinic import Clinic, Outcome

C = TypeVar("C", bound=Command)
T = TypeVar("T")
P = ParamSpec("P")

TRIES = 3
"""How often the engine may ask to run a transaction again (serialization failure, deadlock)."""


def require(actor: Actor, right: str) -> None:
    """Raises NotAllowed unless the actor holds `right`."""
    if not actor.may(right):
        raise NotAllowed(right=right)


def writes(right: str) -> Callable[[Callable[[Work, C], T]], Callable[[Clinic, Actor, C], Outcome[T]]]:
    """Make `body(work, command)` a service `(clinic, actor, command)`: right, one transaction, one-time key."""

    def make(body: Callable[[Work, C], T]) -> Callable[[Clinic, Actor, C], Outcome[T]]:
        action = f"{body.__module__.rsplit('.', 1)[-1]}.{body.__name__}"

        @functools.wraps(body)
        def service(clinic: Clinic, actor: Actor, command: C) -> Outcome[T]:
            require(actor, right)
            for _attempt in range(TRIES):
                try:
                    return _save_once(clinic, actor, action, body, command)
                except TryAgain:
                    continue
            raise StoreBusy(store=clinic.store.shown)

        service.right = right  # type: ignore[attr-defined]
        return service

    return make


def _save_once(clinic: Clinic, actor: Actor, action: str, body: Callable[[Work, C], T], command: C) -> Outcome[T]:
    digest = hashlib.sha256(canonical(command).encode()).hexdigest()
    with clinic.work(actor, action) as work:
        known = save_keys.find(work, command.key)
        if known is not None:
            if (known.service, known.command_digest) != (action, digest):
                raise KeyReused(service=action)
            return Outcome(from_plain(_result_type(body), known.outcome), repeated=True)
        value = body(work, command)
        save_keys.keep(work, command.key, action, digest, value)
        return Outcome(value, work.finish())


@functools.cache
def _result_type(body: Callable[..., Any]) -> Any:
    return typing.get_type_hints(body)["return"]


def reads(right: str) -> Callable[[Callable[Concatenate[Reader, P], T]], Callable[Concatenate[Clinic, Actor, P], T]]:
    """Make `body(reader, …)` a service `(clinic, actor, …)`: right and one consistent view."""

    def make(body: Callable[Concatenate[Reader, P], T]) -> Callable[Concatenate[Clinic, Actor, P], T]:
        @functools.wraps(body)
        def service(clinic: Clinic, actor: Actor, /, *args: P.args, **kwargs: P.kwargs) -> T:
            require(actor, right)
            with clinic.read(actor) as reader:
                return body(reader, *args, **kwargs)

        service.right = right  # type: ignore[attr-defined]
        return service

    return make
