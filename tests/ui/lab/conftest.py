"""The windows of the kit's tests, dressed and shown."""

from tests.ui.kit.conftest import dressed, shown

__all__ = ["dressed", "shown"]
