"""Who this PC is: one small file in its home, beside no store, so that a copied store does not copy the PC."""

import json
import os
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path

FILE = "station.json"


@dataclass(frozen=True, slots=True)
class StationIdentity:
    """Which station of which clinic this PC is; one entry a facility."""

    facility_id: str
    station_id: str
    code: str
    series: str
    incarnation: str


def read_identity(home: Path, facility_id: str) -> StationIdentity | None:
    """What this PC is called in that clinic, or None when it has no name there yet."""
    path = home / FILE
    if not path.exists():
        return None
    known = json.loads(path.read_text(encoding="utf-8"))
    entry = known.get(facility_id)
    return StationIdentity(**entry) if entry else None


def write_identity(home: Path, identity: StationIdentity) -> None:
    """Remember it; written to a new file and moved into place, so that a power cut leaves the old or the new one."""
    home.mkdir(parents=True, exist_ok=True)
    path = home / FILE
    known = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    known[identity.facility_id] = asdict(identity)
    handle, name = tempfile.mkstemp(dir=home, prefix=FILE)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump(known, file, indent=1, sort_keys=True)
        file.flush()
        os.fsync(file.fileno())
    Path(name).replace(path)
