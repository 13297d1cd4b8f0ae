"""The cashier's desk over a real clinic, worked by keys."""

from tests.ui.kit.conftest import dressed, shown

__all__ = ["dressed", "shown"]
