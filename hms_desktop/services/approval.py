"""The second person: whoever signed beside the first (`accounts.confirm_person`, before the transaction) is checked
again here, by id, in the transaction that needs the consent.
"""

from decimal import Decimal

from hms_desktop.data.queries import settings
from hms_desktop.data.queries.accounts import credentials_of
from hms_desktop.data.reader import Reader
from hms_desktop.domain.errors import NotAllowed, SecondPersonNeeded
from hms_desktop.domain.ids import Id


def agrees(reader: Reader, person: Id | None, right: str) -> bool:
    """Whether `person` is somebody else than the actor, active, and holds `right`."""
    if person is None or person == reader.actor.user_id:
        return False
    found = credentials_of(reader, person)
    return found.active and right in found.rights


def require_own_or_agreed(reader: Reader, person: Id | None, right: str) -> None:
    """Raises NotAllowed unless the actor, or the person who agreed, holds `right`."""
    if not reader.actor.may(right) and not agrees(reader, person, right):
        raise NotAllowed(right=right)


def require_second_above(reader: Reader, person: Id | None, right: str, amount: Decimal, setting: str) -> None:
    """Raises SecondPersonNeeded when `amount` is above the limit `setting` and nobody else with `right` agreed."""
    limit = settings.money(reader, setting)
    if amount > limit and not agrees(reader, person, right):
        raise SecondPersonNeeded(right=right, limit=limit)
