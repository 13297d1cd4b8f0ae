"""What a desk is given in tests: everything runs at once, nothing is printed, papers are remembered."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any, cast

from hms_desktop.domain.accounts import Actor
from hms_desktop.domain.ids import Id, new_id
from hms_desktop.domain.rights import RIGHTS
from hms_desktop.services.clinic import Clinic
from hms_desktop.ui.kit.background import Background, InlineBackground
from hms_desktop.ui.kit.desk import DeskContext
from hms_desktop.ui.kit.drafts import DraftKeeper
from hms_desktop.ui.kit.messages import Level, Messages

TODAY = date(2026, 3, 5)


@dataclass
class Papers:
    """The papers that a desk asked for."""

    opened: list[Id] = field(default_factory=list)
    printed: list[Id] = field(default_factory=list)


def somebody(*windows: str) -> Actor:
    """An actor who may do everything."""
    return Actor(new_id(), "u.test", "Test Person", RIGHTS, windows)


def context(
    clinic: Clinic | None = None,
    actor: Actor | None = None,
    *,
    background: Background | None = None,
    drafts: DraftKeeper | None = None,
    papers: Papers | None = None,
    today: date = TODAY,
) -> DeskContext:
    """A desk's context; without a `clinic` its services must be fakes."""
    runner = background or InlineBackground()
    messages = Messages(runner)
    runner.on_failure = messages.failed
    kept = papers or Papers()
    return DeskContext(
        clinic=clinic if clinic is not None else cast(Clinic, object()),
        actor=actor or somebody("triage"),
        background=runner,
        messages=messages,
        drafts=drafts or DraftKeeper(runner, None, "u.test", runner),
        today=lambda: today,
        open_paper=kept.opened.append,
        print_paper=kept.printed.append,
    )


def said(given: Any, level: Level | None = None) -> list[str]:
    """What the messages door of a context said, oldest first."""
    return [each.text for each in given.messages.recent if level is None or each.level is level]
