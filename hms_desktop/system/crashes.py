"""Our own faults, written down for whoever mends them: places in the program and ids, never what somebody typed."""

import traceback
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

FOLDER = "crashes"
KEPT = 50


def reference(now: datetime) -> str:
    """A number to tell on the phone: day and four characters that are not mistaken for others."""
    import secrets

    letters = "ACDEFGHJKMNPQRTVWXY3479"
    return f"{now:%y%m%d}-{''.join(secrets.choice(letters) for _ in range(4))}"


def write_crash(
    home: Path, error: BaseException, trace: TracebackType | None, *, version: str = "", station: str = ""
) -> str:
    """Write down where it happened; returns the reference. Messages and values are left out: they may name a patient.

    A disk that refuses is no second fault: the reference is given all the same.
    """
    now = datetime.now(UTC)
    number = reference(now)
    lines = [f"{number} {now:%Y-%m-%dT%H:%M:%SZ} version={version} station={station}"]
    lines += _chain(error, trace)
    try:
        folder = home / FOLDER
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{number}.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
        for old in sorted(folder.glob("*.txt"), key=lambda file: file.stat().st_mtime)[:-KEPT]:
            old.unlink()
    except OSError:
        pass
    return number


def _chain(error: BaseException, trace: TracebackType | None) -> list[str]:
    lines: list[str] = []
    seen: BaseException | None = error
    while seen is not None and len(lines) < 400:
        lines.append(f"{type(seen).__module__}.{type(seen).__qualname__}")
        frames = traceback.extract_tb(trace if seen is error and trace is not None else seen.__traceback__)
        lines += [f"  {Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames]
        seen = seen.__cause__ or (None if seen.__suppress_context__ else seen.__context__)
    return lines
