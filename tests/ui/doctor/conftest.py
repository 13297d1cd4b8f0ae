"""The doctor's window over a real clinic in a file, worked by keys; everything runs at once."""

import pytest

from hms_desktop.domain.accounts import Actor
from hms_desktop.services.clinic import Clinic
from tests.make.consultations import Waiting, waiting_patient
from tests.make.doctor_desk import Doctor, SitDown, sit_down
from tests.stores import make_user
from tests.ui.kit.conftest import dressed, shown

__all__ = ["dressed", "shown", "sit_down"]


@pytest.fixture
def engine_kind() -> str:
    """Windows do not know the engine: one is enough."""
    return "sqlite"


@pytest.fixture
def doctor(stocked_clinic: Clinic) -> Actor:
    """Who works at the desk."""
    return make_user(stocked_clinic, "doctor", name="Dora Doctor")


@pytest.fixture
def asha(stocked_clinic: Clinic) -> Waiting:
    """A patient in the queue."""
    return waiting_patient(stocked_clinic)


@pytest.fixture
def desk(doctor: Actor, asha: Waiting, sit_down: SitDown) -> Doctor:
    """The window, with Asha in the queue."""
    assert asha.entry_id
    return sit_down(doctor)
