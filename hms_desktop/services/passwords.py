"""Argon2id hashes of passwords and PINs. Cost: t=3, 64 MiB, p=4 (RFC 9106 §4, second recommended option)."""

from functools import cache
from typing import TYPE_CHECKING

from hms_desktop.domain.errors import PasswordTooWeak

if TYPE_CHECKING:
    from argon2 import PasswordHasher

_COMMON = frozenset(
    "password password1 12345678 123456789 1234567890 qwertyuiop administrator clinic123 hospital letmein1".split()
)


def hashed(secret: str) -> str:
    """The hash to store. Takes about 0.1 s: never on the window's thread."""
    return _hasher().hash(secret)


def verified(stored: str | None, secret: str) -> bool:
    """Whether `secret` is behind `stored`. Costs the same for an unknown user, so that nobody learns who exists."""
    from argon2.exceptions import InvalidHashError, VerificationError

    try:
        _hasher().verify(stored or _NOBODY, secret)
    except (VerificationError, InvalidHashError):
        return False
    return stored is not None


@cache
def _hasher() -> "PasswordHasher":
    """Loaded with the first password that is asked for."""
    from argon2 import PasswordHasher

    return PasswordHasher(time_cost=3, memory_cost=64 * 1024, parallelism=4)


_NOBODY = "$argon2id$v=19$m=65536,t=3,p=4$bm9ib2R5LW5vYm9keQ$3qTn0nM2nJwq3m3YvG9E8k4nH8f1m0Jt3m1mYb1m3xk"


def check_strength(password: str, username: str, length: int, field: str = "password") -> None:
    """Raises PasswordTooWeak: shorter than `length`, a common one, or the user's own name."""
    if len(password) < length:
        raise PasswordTooWeak(field=field, reason="short", length=length)
    if password.casefold() in _COMMON or len(set(password)) < 4:
        raise PasswordTooWeak(field=field, reason="common", length=length)
    if username and username.casefold() in password.casefold():
        raise PasswordTooWeak(field=field, reason="same_as_name", length=length)


def check_pin(pin: str) -> None:
    """Raises PasswordTooWeak unless the PIN is 4 to 7 digits that are not all alike (8 digits would be a password)."""
    if not (pin.isascii() and pin.isdigit() and 4 <= len(pin) <= 7) or len(set(pin)) < 2:
        raise PasswordTooWeak(field="pin", reason="pin", length=4)
