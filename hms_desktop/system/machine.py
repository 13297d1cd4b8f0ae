"""This PC, as a store needs to know it. Light on purpose: the window has it before anything else is loaded."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from hms_desktop.system.version import installed


@dataclass(frozen=True, slots=True)
class Machine:
    """What a store needs from this PC: home, the migrations' folder, clock (aware UTC), and the folder of lists that a
    new clinic begins with (None: it begins without).
    """

    home: Path
    migrations: Path
    clock: Callable[[], datetime] | None = None
    catalogues: Path | None = None

    @property
    def version(self) -> str:
        """The program's version."""
        return installed()
