"""Fixtures for tests of a whole desk: its `open_desk` opens it, and it is let go when the test is over."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from hms_desktop.services.clinic import Clinic


def opening(open_desk: Callable[..., Any]) -> Callable[..., Any]:
    """The fixture `open_one` of a desk: opens desks of a clinic, and lets them go."""

    @pytest.fixture
    def open_one(clinic: Clinic, shown: Any) -> Iterator[Callable[..., Any]]:
        made: list[Any] = []

        def make(**shared: Any) -> Any:
            made.append(open_desk(clinic, shown, **shared))
            return made[-1]

        yield make
        for each in made:
            each.desk.release()

    return open_one
