"""What was typed and not saved: a small store of this PC that survives a power cut.

Offered later, never saved by itself.
"""

import json
import sqlite3
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

FILE = "drafts.sqlite"
KEPT_DAYS = 30

_SCHEMA = """
CREATE TABLE IF NOT EXISTS draft (
  owner TEXT NOT NULL, form TEXT NOT NULL, subject TEXT NOT NULL, version INTEGER NOT NULL,
  typed_at TEXT NOT NULL, content TEXT NOT NULL, PRIMARY KEY (owner, form, subject)
) STRICT
"""


@dataclass(frozen=True, slots=True)
class Draft:
    """What somebody typed into a form about a subject, and the row version that they saw. `typed_at` is aware UTC."""

    form: str
    subject: str
    version: int
    typed_at: datetime
    values: dict[str, Any]


class DraftStore:
    """Drafts of this PC, keyed by (user, form, subject). Every change is on disk when the call returns.

    May be called from any thread. A store that cannot be opened raises sqlite3.Error; a damaged one is set aside.
    """

    def __init__(self, home: Path) -> None:
        home.mkdir(parents=True, exist_ok=True)
        self.path = home / FILE
        self._lock = threading.Lock()
        try:
            self._connection = self._open()
        except sqlite3.DatabaseError:
            self.path.replace(self.path.with_suffix(".damaged"))
            self._connection = self._open()

    def _open(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self.path, check_same_thread=False, isolation_level=None, timeout=5)
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("PRAGMA secure_delete=ON")
        connection.execute(_SCHEMA)
        return connection

    def save(self, owner: str, form: str, subject: str, version: int, values: Mapping[str, Any]) -> None:
        """Keep what stands in the form now, in place of what stood there before."""
        row = (owner, form, subject, version, datetime.now(UTC).isoformat(), json.dumps(values, ensure_ascii=False))
        with self._lock:
            self._connection.execute("INSERT OR REPLACE INTO draft VALUES (?, ?, ?, ?, ?, ?)", row)

    def load(self, owner: str, form: str, subject: str) -> Draft | None:
        """What this user typed there and did not save."""
        with self._lock:
            row = self._connection.execute(
                "SELECT version, typed_at, content FROM draft WHERE owner = ? AND form = ? AND subject = ?",
                (owner, form, subject),
            ).fetchone()
        return Draft(form, subject, row[0], datetime.fromisoformat(row[1]), json.loads(row[2])) if row else None

    def drop(self, owner: str, form: str, subject: str) -> None:
        """It was saved, or thrown away."""
        with self._lock:
            self._connection.execute(
                "DELETE FROM draft WHERE owner = ? AND form = ? AND subject = ?", (owner, form, subject)
            )

    def prune(self, now: datetime, days: int = KEPT_DAYS) -> int:
        """Forget drafts older than `days`; how many they were."""
        before = (now - timedelta(days=days)).astimezone(UTC).isoformat()
        with self._lock:
            return self._connection.execute("DELETE FROM draft WHERE typed_at < ?", (before,)).rowcount

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            self._connection.close()
