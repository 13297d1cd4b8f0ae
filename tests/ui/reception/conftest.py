"""The kit's fixtures of windows."""

from tests.ui.kit.conftest import dressed, shown

__all__ = ["dressed", "shown"]
