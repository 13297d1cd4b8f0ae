"""One-time keys: what a save that came twice gets back."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import delete, select

from hms_desktop.data.base import table_of
from hms_desktop.data.tables.facility import SaveKey
from hms_desktop.data.work import Work
from hms_desktop.domain.ids import Id
from hms_desktop.domain.plain import to_plain

KEPT_DAYS = 90


@dataclass(frozen=True, slots=True)
class KeptKey:
    """A key that was used."""

    service: str
    command_digest: str
    outcome: Any


def find(work: Work, key: Id) -> KeptKey | None:
    """What this key was used for, or None."""
    row = work.first(select(SaveKey.service, SaveKey.command_digest, SaveKey.outcome).where(SaveKey.id == key))
    return None if row is None else KeptKey(row.service, row.command_digest, row.outcome)


def keep(work: Work, key: Id, service: str, digest: str, value: object) -> None:
    """Remember the key in the transaction that it saves."""
    work.insert(
        SaveKey, id=key, service=service, actor_id=work.actor.user_id, command_digest=digest,
        outcome=to_plain(value), saved_at=work.now,
    )  # fmt: skip


def forget_old(work: Work) -> None:
    """Drop keys that no form can still hold."""
    work.connection.execute(delete(table_of(SaveKey)).where(SaveKey.saved_at < work.now - timedelta(days=KEPT_DAYS)))
