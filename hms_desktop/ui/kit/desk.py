"""What a desk is given, and what every desk does: one `reload`, topics, connections that end with it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar, Concatenate, ParamSpec, TypeVar

import shiboken6
from PySide6.QtCore import QObject, QTimer, Signal, SignalInstance
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from hms_desktop.domain.accounts import Actor
from hms_desktop.domain.ids import Id
from hms_desktop.services.clinic import Clinic, Outcome
from hms_desktop.ui.kit.background import Background, Failure
from hms_desktop.ui.kit.drafts import DraftKeeper
from hms_desktop.ui.kit.messages import Messages
from hms_desktop.ui.kit.shortcuts import Shortcut

T = TypeVar("T")
C = TypeVar("C")
P = ParamSpec("P")
COALESCE_MS = 40
"""Topics that move together cause one reload."""


@dataclass(kw_only=True)
class DeskContext:
    """Everything a desk may use. `open_paper` shows a kept paper, `print_paper` sends it to the station's printer."""

    clinic: Clinic
    actor: Actor
    background: Background
    messages: Messages
    drafts: DraftKeeper
    today: Callable[[], date]
    open_paper: Callable[[Id], None]
    print_paper: Callable[[Id], None]
    find_patient: Callable[[], None] = lambda: None


class Desk(QWidget):
    """The base of every desk: the window area of one role."""

    NAME: ClassVar[str] = ""
    """The window's code (`triage`), which names its help page too."""
    TOPICS: ClassVar[frozenset[str]] = frozenset()
    """`reload` runs when one of these moves."""

    patient_shown = Signal(object)
    """A `PatientBanner` for the frame, or None."""

    def __init__(self, context: DeskContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.setObjectName(f"{self.NAME}.desk")
        self._followed: list[tuple[SignalInstance, Callable[..., object]]] = []
        self._stale = True
        self._reload_timer = QTimer(self, singleShot=True, interval=COALESCE_MS)
        self._reload_timer.timeout.connect(self._reload_now)
        self.follow(context.background.changes, self._on_changes)

    # --- a desk answers --------------------------------------------------------------------------

    def title(self) -> str:
        """What the desk is called."""
        raise NotImplementedError

    def reload(self) -> None:
        """Read the lists again; selection and scroll stay."""

    def open_patient(self, patient_id: Id) -> None:
        """The search picked somebody: show them the way this desk looks at a patient."""

    def start_focus(self) -> QWidget:
        """Where the work starts."""
        return self

    def shortcuts(self) -> list[Shortcut]:
        """The keys of this desk."""
        return []

    def leave(self) -> None:
        """The person goes (lock, other window, other user). Forms keep their drafts by themselves."""

    # --- for the desk's own use ----------------------------------------------------------------------

    def read(
        self,
        service: Callable[Concatenate[Clinic, Actor, P], T],
        then: Callable[[T], None],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> None:
        """Ask a read service aside: `self.read(waiting_list, self._table.set_rows, department=…)`."""
        clinic, actor = self.context.clinic, self.context.actor
        self.context.background.read(lambda: service(clinic, actor, *args, **kwargs), then, owner=self)

    def write(
        self,
        service: Callable[[Clinic, Actor, C], Outcome[T]],
        command: C,
        then: Callable[[Outcome[T]], None],
        otherwise: Failure | None = None,
    ) -> None:
        """Save aside: `self.write(call_patient, CallPatient(…), self._on_called)`."""
        clinic, actor = self.context.clinic, self.context.actor
        self.context.background.write(lambda: service(clinic, actor, command), then, otherwise, owner=self)

    def follow(self, signal: SignalInstance, slot: Callable[..., object]) -> None:
        """Connect to something that outlives the desk; ends with `release`."""
        signal.connect(slot)
        self._followed.append((signal, slot))

    def release(self) -> None:
        """End all connections to things that outlive the desk. The frame calls it before it lets the desk go."""
        self._reload_timer.stop()
        for signal, slot in self._followed:
            sender: Any = getattr(signal, "__self__", None)
            if not isinstance(sender, QObject) or shiboken6.isValid(sender):
                signal.disconnect(slot)
        self._followed.clear()

    def look_again(self) -> None:
        """Reload soon, together with other reasons to reload."""
        self._reload_timer.start()

    def _on_changes(self, topics: frozenset[str]) -> None:
        if not topics & self.TOPICS:
            return
        if self.isVisible():
            self.look_again()
        else:
            self._stale = True

    def _reload_now(self) -> None:
        self._stale = False
        self.reload()

    def showEvent(self, event: QShowEvent) -> None:
        """What moved while nobody looked is read now."""
        super().showEvent(event)
        if self._stale:
            self._reload_now()
