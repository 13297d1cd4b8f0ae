"""The rule that somebody is always left who may change users and roles. A step of `users.py` and `roles.py`."""

from hms_desktop.data.queries.administration import users as queries
from hms_desktop.data.work import Work
from hms_desktop.domain.errors import LastAdministrator


def keep_an_administrator(work: Work, name: str) -> None:
    """Raises LastAdministrator, naming whom the change was about, when nobody is left. Call it after the change, and
    `queries.hold` before it, so that two who change each other's rights at once can't both win.
    """
    if not any(each.administers for each in queries.who_may_sign_in(work)):
        raise LastAdministrator(name=name)
