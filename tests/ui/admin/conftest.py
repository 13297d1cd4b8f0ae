"""The administrator's desk in its tests: one engine is enough, the services are tested on both."""

from collections.abc import Callable

import pytest

from tests.make.admin_desk import OpenDesk, open_desk
from tests.make.opened_desks import opening
from tests.ui.kit.conftest import dressed, shown

__all__ = ["dressed", "shown"]


@pytest.fixture
def engine_kind() -> str:
    """SQLite."""
    return "sqlite"


open_one = opening(open_desk)


@pytest.fixture
def desk(open_one: Callable[..., OpenDesk]) -> OpenDesk:
    """An administrator's desk, open."""
    return open_one()
