"""A character that no bundled font has fails every test of the papers, unless the test is about just that."""

import logging
from collections.abc import Iterator

import pytest


class Seen(logging.Handler):
    """Keeps what the sheet says."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.said.append(record.getMessage())


@pytest.fixture
def glyphs_may_be_missing() -> bool:
    """Ask for this in a test that draws what no font has."""
    return True


@pytest.fixture(autouse=True)
def sheet_log(request: pytest.FixtureRequest) -> Iterator[list[str]]:
    """What the papers of this test logged."""
    seen = Seen()
    logger = logging.getLogger("hms_desktop.documents.sheet")
    logger.addHandler(seen)
    yield seen.said
    logger.removeHandler(seen)
    if "glyphs_may_be_missing" not in request.fixturenames:
        assert not [line for line in seen.said if "U+" in line]
