"""One station of a clinic with its real window, worked by a person's keys; also as a process of its own.

`python -m tests.make.station LOCATION HOME WINDOW` takes one JSON line for each deed, `[name, argument…]`, and answers
with one line; it ends by itself at the end of its input, or when nobody asks for a while.
"""

import json
import queue
import sys
import threading
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

from hms_desktop.domain.accounts import Actor
from hms_desktop.services.clinic import Clinic
from hms_desktop.services.passwords import hashed
from hms_desktop.system.machine import Machine
from hms_desktop.ui.kit import keys
from hms_desktop.ui.kit.messages import Level
from hms_desktop.ui.shell.program import Opening, Program
from hms_desktop.ui.shell.start import application
from hms_desktop.ui.tour.walk import Walk
from tests.stores import MIGRATIONS, PASSWORD, make_user

PATIENCE_MS = 60_000
PIN = "4711"


class Hands(Walk):
    """What a person does at a station; every deed may be asked for by name."""

    def open(self) -> None:
        """Show the window, up to the sign-in page."""
        self.program.start()
        self.until(lambda: self.page_is("sign_in") and self.program.clinic is not None, "the sign-in page")

    def begin(self, username: str) -> None:
        """Sign in."""
        self.sign_in(username, PASSWORD)
        self.until(lambda: self.page_is("frame"), "the frame")

    def open_visit(self, name: str) -> float:
        """Find a known patient and open a visit; when the window said that it is open."""
        self.at("reception.search")
        before = len(self.program.messages.recent)
        self.type(name)
        self.until(lambda: self.find("reception.results") is not None, "the patient")
        self.settled()
        self.press("Return")
        self.until(lambda: self.find("reception.complaint") is not None, "the patient's page")
        self.settled()
        self.press("Ctrl+Return")
        self.until(lambda: any("is open" in m.text for m in self.program.messages.recent[before:]), "the visit")
        return time.time()

    def see_ticket(self, ticket: str) -> float:
        """Wait until the triage list shows a ticket; when it did."""
        self.until(lambda: any(row.ticket == ticket for row in self._waiting()), f"ticket {ticket}")
        return time.time()

    def choose_ticket(self, ticket: str) -> None:
        """Put the focus on a line of the triage list."""
        self.select("triage.waiting", lambda row: getattr(row, "ticket", "") == ticket, f"ticket {ticket}")

    def call_at(self, moment: float) -> list[list[str]]:
        """Press the key that calls at a moment; what was said then."""
        before = len(self.program.messages.recent)
        self.until(lambda: time.time() >= moment, "the moment")
        self.press("C")
        self.until(lambda: len(self.program.messages.recent) > before, "an answer")
        self.settled()
        return self.said_since(before)

    def said_since(self, before: int) -> list[list[str]]:
        """Level and text of what was said."""
        return [[m.level.value, m.text] for m in self.program.messages.recent[before:]]

    def states(self) -> dict[str, str]:
        """The state of each ticket that the triage list shows."""
        self.settled()
        return {row.ticket: row.state.value for row in self._waiting()}

    def _waiting(self) -> list[Any]:
        return list(self.rows("triage.waiting").rows()) if self.find("triage.waiting") is not None else []


def sit_down(location: str, home: Path, window: str, out: Path) -> Hands:
    """A station with its window open, at the sign-in page."""
    hands = Hands(Program(Opening(location=location, machine=Machine(home, MIGRATIONS), role=window)), out)
    hands.open()
    return hands


def colleague(clinic: Clinic, *roles: str, username: str, name: str) -> Actor:
    """Somebody who can sign in with the password of all tests, and with a PIN."""
    from hms_desktop.data.tables.accounts import UserAccount
    from hms_desktop.domain.accounts import SYSTEM

    made = make_user(clinic, *roles, username=username, name=name)
    with clinic.work(SYSTEM, "tests.colleague") as work:
        work.change(UserAccount, made.user_id, password_hash=hashed(PASSWORD), pin_hash=hashed(PIN))
        work.finish()
    return replace(made, username=username)


def main(location: str, home: str, window: str) -> None:
    """Serve deeds until the input ends."""
    app = application()
    asked: queue.Queue[str] = queue.Queue()
    threading.Thread(target=lambda: [asked.put(line) for line in sys.stdin] + [asked.put("")], daemon=True).start()  # type: ignore[func-returns-value]
    hands = sit_down(location, Path(home), window, Path(home))
    try:
        _answer("ready")
        while keys.wait_until(lambda: not asked.empty(), PATIENCE_MS) and (line := asked.get()):
            name, *values = json.loads(line)
            _answer(getattr(hands, name)(*values))
    finally:
        hands.program.close()
        hands.program.window.deleteLater()
        app.processEvents()


def _answer(value: Any) -> None:
    sys.stdout.write(json.dumps(value) + "\n")
    sys.stdout.flush()


WARNED = {Level.WARN.value, Level.ERROR.value}
"""Levels of what somebody is told when a deed did not work."""

if __name__ == "__main__":
    main(*sys.argv[1:4])
