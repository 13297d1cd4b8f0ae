"""What this PC remembers for itself: look, text size, language, last user, printers. One small file in its home."""

import json
import os
import tempfile
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path

FILE = "preferences.json"


@dataclass(frozen=True, slots=True)
class Preferences:
    """`printers` maps a kind of paper (`receipt`, `ticket`, …; `` for all others) to a printer's name. `last_store` is
    the store that was opened last, without a password; `last_clinic` and `last_training` say which clinic lives there.
    """

    look: str = "light"
    text_scale: float = 1.0
    language: str = ""
    last_username: str = ""
    last_store: str = ""
    last_clinic: str = ""
    last_training: bool = False
    printers: dict[str, str] = field(default_factory=dict)

    def printer_for(self, kind: str) -> str | None:
        """The printer for a kind of paper; None means the PC's default one."""
        return self.printers.get(kind) or self.printers.get("") or None

    def with_printer(self, kind: str, name: str) -> "Preferences":
        """The same with another printer for a kind of paper."""
        return replace(self, printers={**self.printers, kind: name})

    def clinic_at(self, location: str) -> str:
        """The name of the clinic that was opened at `location` last time; '' when another one was, or none."""
        return self.last_clinic if self.last_store == _without_secrets(location) else ""

    def with_clinic(self, location: str, name: str, *, training: bool) -> "Preferences":
        """The same after the clinic `name` was opened at `location`."""
        return replace(self, last_store=_without_secrets(location), last_clinic=name, last_training=training)


def _without_secrets(location: str) -> str:
    """A store's location without the password and the options of its address."""
    scheme, mark, rest = location.partition("://")
    if not mark:
        return location
    address = rest.partition("?")[0]
    person, at, place = address.rpartition("@")
    return f"{scheme}://{person.partition(':')[0]}{at}{place}"


def read_preferences(home: Path) -> Preferences:
    """What this PC remembers; the defaults when it remembers nothing or the file is damaged."""
    try:
        kept = json.loads((home / FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return Preferences()
    known = {each.name for each in fields(Preferences)}
    sound = isinstance(kept, dict) and isinstance(kept.get("printers", {}), dict)
    return Preferences(**{name: value for name, value in kept.items() if name in known}) if sound else Preferences()


def write_preferences(home: Path, preferences: Preferences) -> None:
    """Remember; a power cut leaves the old file or the new one."""
    home.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=home, prefix=FILE)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump(asdict(preferences), file, indent=1, sort_keys=True, ensure_ascii=False)
        file.flush()
        os.fsync(file.fileno())
    Path(name).replace(home / FILE)
