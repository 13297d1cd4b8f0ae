"""Which version of the program this is, as it was installed."""

from functools import cache


@cache
def installed() -> str:
    """The installed version; `0` where the program runs from a folder that was never installed."""
    from importlib.metadata import PackageNotFoundError, version  # loads the mail library: not before the first paint

    try:
        return version("hms-desktop")
    except PackageNotFoundError:
        return "0"
