"""The triage desk in its tests: one engine is enough, the services are tested on both."""

from collections.abc import Callable

import pytest

from hms_desktop.services.clinic import Clinic
from tests.make.triage_desk import OpenDesk, Shown, open_desk
from tests.ui.kit.conftest import dressed, shown

__all__ = ["dressed", "shown"]


@pytest.fixture
def engine_kind() -> str:
    """SQLite."""
    return "sqlite"


@pytest.fixture
def desk_of(clinic: Clinic, shown: Shown) -> Callable[..., OpenDesk]:
    """Opens the desk."""
    return lambda **shared: open_desk(clinic, shown, **shared)
