"""Lists that are narrowed by a typed name go by the same word index as the patient search."""

import pytest
from sqlalchemy import select

from hms_desktop.data.queries.patient_search import named
from hms_desktop.data.tables.patients import Patient
from hms_desktop.domain.accounts import SYSTEM
from hms_desktop.services.clinic import Clinic
from tests.make.patients import make_patient


def found(clinic: Clinic, typed: str) -> set[str]:
    with clinic.read(SYSTEM) as reader:
        return {row.given_name for row in reader.rows(select(Patient.given_name).where(named(reader, typed)))}


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("otie", {"Asha"}),
        ("OTIENO ash", {"Asha"}),
        ("traore", {"Désiré"}),
        ("tieno", set()),
        ("asha traore", set()),
        ("TC-A", {"Asha", "Désiré"}),
        ("1", {"Asha"}),
        ("2", {"Désiré"}),
        ("000009", set()),
    ],
)
def test_a_typed_name_or_number_narrows_a_list(clinic: Clinic, typed: str, names: set[str]) -> None:
    make_patient(clinic, "Asha", "Otieno")
    make_patient(clinic, "Désiré", "Traoré")
    assert found(clinic, typed) == names


def test_the_end_of_a_number_narrows_a_list(clinic: Clinic) -> None:
    make_patient(clinic, "Asha", "Otieno")
    make_patient(clinic, "Juma", "Bakari")
    with clinic.read(SYSTEM) as reader:
        number = reader.scalar(select(Patient.mrn).where(Patient.given_name == "Juma"))
    assert found(clinic, number) == {"Juma"}
    assert found(clinic, number[-8:]) == {"Juma"}, number
