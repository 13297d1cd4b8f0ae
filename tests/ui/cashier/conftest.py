"""The cashier's desk over a real clinic in a file; the services behind it are tested on both engines."""

import pytest

from tests.ui.kit.conftest import dressed, shown

__all__ = ["dressed", "shown"]


@pytest.fixture
def engine_kind() -> str:
    """Windows do not care about the engine."""
    return "sqlite"
