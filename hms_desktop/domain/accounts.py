"""People who sign in."""

import unicodedata
from dataclasses import dataclass

from hms_desktop.domain.ids import Id


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody signed in at a station, with the rights of all their roles."""

    user_id: Id
    username: str
    name: str
    rights: frozenset[str]
    windows: tuple[str, ...]
    language: str = "en"
    session_id: Id | None = None
    must_change_password: bool = False

    def may(self, right: str) -> bool:
        """Whether this person holds `right`."""
        return right in self.rights


SYSTEM = Actor(Id("0" * 32), "system", "", frozenset(), ())
"""Who acts where nobody has signed in yet: set-up, a refused sign-in, imports of the program's own lists."""


def username_from(given: str, family: str) -> str:
    """A user name made from the names: `a.otieno`. Latin letters and digits only; `user` where nothing is left."""
    plain = unicodedata.normalize("NFKD", f"{given[:1]}.{family}" if given and family else given or family)
    kept = "".join(c for c in plain.casefold() if c.isascii() and (c.isalnum() or c == ".")).strip(".")
    return kept[:40] or "user"
