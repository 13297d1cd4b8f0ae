"""The administrator's desk in its tests: one engine is enough, the services are tested on both."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from hms_desktop.services.clinic import Clinic
from tests.make.admin_desk import OpenDesk, Shown, open_desk
from tests.ui.kit.conftest import dressed, shown

__all__ = ["dressed", "shown"]


@pytest.fixture
def engine_kind() -> str:
    """SQLite."""
    return "sqlite"


@pytest.fixture
def open_one(clinic: Clinic, shown: Shown) -> Iterator[Callable[..., OpenDesk]]:
    """Opens desks, and lets them go when the test is over."""
    made: list[OpenDesk] = []

    def make(**shared: Any) -> OpenDesk:
        made.append(open_desk(clinic, shown, **shared))
        return made[-1]

    yield make
    for each in made:
        each.desk.release()


@pytest.fixture
def desk(open_one: Callable[..., OpenDesk]) -> OpenDesk:
    """An administrator's desk, open."""
    return open_one()
