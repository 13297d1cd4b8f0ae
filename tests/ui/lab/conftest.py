"""The windows of the kit's tests, dressed and shown, on one engine."""

from tests.make.lab_desk import engine_kind
from tests.ui.kit.conftest import dressed, shown

__all__ = ["dressed", "engine_kind", "shown"]
