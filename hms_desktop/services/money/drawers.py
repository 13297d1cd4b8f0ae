"""Steps inside a transaction that need the cashier's open drawer: whoever moves money holds its session until the end,
so that nobody counts or closes it meanwhile.
"""

from hms_desktop.data.queries import cash
from hms_desktop.data.reader import AnyRow
from hms_desktop.data.work import Work
from hms_desktop.domain.billing import SessionState
from hms_desktop.domain.cash import is_stale
from hms_desktop.domain.errors import CashSessionStale, NoCashSession, NotEnoughCash, WrongState


def own_drawer(work: Work) -> AnyRow:
    """The actor's open session under lock. Raises NoCashSession, CashSessionStale, WrongState (counted already)."""
    session_id = cash.open_session(work, work.actor.user_id)
    session = None if session_id is None else cash.locked(work, session_id)
    if session is None or session.open_key is None:
        raise NoCashSession
    if session.state is not SessionState.OPEN:
        raise WrongState(kind="cash_session", state=session.state, wanted=SessionState.OPEN)
    if is_stale(session.day, session.opened_at, work.today, work.now):
        raise CashSessionStale(opened=session.day)
    return session


def take_from_drawer(work: Work, session: AnyRow, amount: int) -> None:
    """Raises NotEnoughCash unless the drawer holds that much (minor units); what it holds is not told."""
    if amount > cash.drawer_cash(work, session):
        raise NotEnoughCash(amount=work.facility.currency.from_minor(amount))
