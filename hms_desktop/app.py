"""The only joiner: this PC, the program's own folders and a store become a `Clinic`. No Qt here.

Whoever starts the program (the `hms` command, a window, a test) takes from here what belongs to this PC.
"""

import os
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from hms_desktop.system import paths
from hms_desktop.system.machine import Machine
from hms_desktop.system.version import installed
from hms_desktop.words import language

if TYPE_CHECKING:
    from hms_desktop.services.clinic import Clinic

STORE_FILE = "clinic.db"
STORE_VARIABLE = "HMS_STORE"
"""Environment variable that names the store, a path or a PostgreSQL URL."""

_READABLE = "abcdefghjkmnpqrstuvwxyz23456789"
"""Letters and digits that nobody confuses when a password is typed from a screen."""


def program_version() -> str:
    """The installed version; `0` where the program runs from a folder that was never installed."""
    return installed()


def speak(home: Path) -> None:
    """Speak the language this PC remembers, else the system's own."""
    from hms_desktop.system.preferences import read_preferences

    language.configure(paths.resources() / "translations")
    system = next((os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), "")
    language.set_language(read_preferences(home).language or system[:2] or None)


def machine(home: Path) -> Machine:
    """This PC with its home folder."""
    return Machine(home, paths.migrations(), catalogues=paths.resources() / "catalogues")


def default_store(home: Path) -> str:
    """Where the clinic is when nobody says: what HMS_STORE names, else the file in this PC's home."""
    return os.environ.get(STORE_VARIABLE) or str(home / STORE_FILE)


def one_time_password() -> str:
    """A password for the first sign-in only: sixteen letters and digits, about 79 bits."""
    import secrets

    return "-".join("".join(secrets.choice(_READABLE) for _ in range(4)) for _ in range(4))


def local_zone() -> str:
    """The IANA name of this PC's time zone; UTC when it does not say."""
    from zoneinfo import ZoneInfo

    linked = Path(os.path.realpath("/etc/localtime")).parts
    after = linked[linked.index("zoneinfo") + 1 :] if "zoneinfo" in linked else ()
    for name in (os.environ.get("TZ", ""), "/".join(after)):
        with suppress(KeyError, ValueError, OSError):
            return ZoneInfo(name).key if name else ZoneInfo("").key
    return "UTC"


def make_training(location: str, home: Path, seed: int, today: date | None = None) -> "Clinic":
    """A training clinic on an empty store, as of `today` (now, when nobody says)."""
    from hms_desktop.services.training.clinic import make_training_clinic

    return make_training_clinic(location, machine(home), seed, today)


def ensure_training(location: str, home: Path, seed: int) -> None:
    """Make a training clinic where there is no clinic yet: no file, or an empty database."""
    from hms_desktop.domain.errors import StationUnknown, StoreMissing
    from hms_desktop.services.setup import open_clinic

    try:
        open_clinic(location, machine(home)).store.close()
    except StationUnknown:
        return
    except StoreMissing:
        make_training(location, home, seed).store.close()


def training_at(folder: Path, seed: int) -> str:
    """The store of the training clinic in `folder`: made when there is none, or only one of an earlier day.

    The earlier one is kept beside it under the name of its day. Raises StoreNotEmpty when a real clinic lives there.
    """
    from hms_desktop.services.training.clinic import training_day

    location = folder / STORE_FILE
    if location.exists():
        day, today = training_day(str(location), machine(folder))
        if day == today:
            return str(location)
        for old in _files_of(location):
            old.replace(folder / old.name.replace(STORE_FILE, f"clinic-{day.isoformat()}.db", 1))
    make_training(str(location), folder, seed).store.close()
    return str(location)


def fresh_training_at(folder: Path, home: Path, seed: int) -> str:
    """The store of a training clinic in `folder`, made anew. Raises StoreNotEmpty when a real clinic lives there."""
    from hms_desktop.services.training.clinic import training_day

    location = folder / STORE_FILE
    if location.exists():
        training_day(str(location), machine(home))
        for old in _files_of(location):
            old.unlink()
    make_training(str(location), home, seed).store.close()
    return str(location)


def training_if_empty(location: str, home: Path, seed: int) -> None:
    """Make a training clinic where there is no store yet, or an empty database; leave one that is there as it is.

    Raises TrainingOnly when a real clinic lives there.
    """
    from hms_desktop.domain.errors import StoreNotEmpty, TrainingOnly
    from hms_desktop.services.training.clinic import nothing_at, training_day

    if nothing_at(location):
        make_training(location, home, seed).store.close()
        return
    try:
        training_day(location, machine(home))
    except StoreNotEmpty as real:
        raise TrainingOnly(store=real.facts["store"]) from None


def _files_of(location: Path) -> list[Path]:
    """A store file and what SQLite keeps beside it."""
    return [path for suffix in ("", "-wal", "-shm") if (path := Path(f"{location}{suffix}")).exists()]
