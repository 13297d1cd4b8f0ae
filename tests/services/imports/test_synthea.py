"""A Synthea set comes in whole, once; closed visits, no charges; what can't be taken is told with its line."""

import shutil
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import select

from hms_desktop.data.base import table_of
from hms_desktop.data.failures import TryAgain
from hms_desktop.data.tables.billing import Charge
from hms_desktop.data.tables.lab import LabResult, LabTest
from hms_desktop.data.tables.patients import Allergy, Condition, Immunization, Patient
from hms_desktop.data.tables.prescriptions import Prescription, PrescriptionItem
from hms_desktop.data.tables.triage import Vitals
from hms_desktop.data.tables.visits import Visit
from hms_desktop.domain.accounts import SYSTEM
from hms_desktop.domain.errors import BadInput, NotAllowed, StoreBusy
from hms_desktop.interop.synthea import clean_name, clean_term
from hms_desktop.services.checking import check_store
from hms_desktop.services.clinic import Clinic
from hms_desktop.services.imports.batches import IMPORTER, Batch, fitted, in_batch
from hms_desktop.services.imports.synthea import import_synthea
from hms_desktop.services.service import TRIES

SAMPLE = Path(__file__).parents[2] / "interop" / "samples" / "synthea"


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    """A copy of the sample set that a test may change."""
    return Path(shutil.copytree(SAMPLE, tmp_path / "set"))


def rows(clinic: Clinic, mapped: type, order: str = "id") -> list[dict[str, object]]:
    table = table_of(mapped)
    with clinic.read(SYSTEM) as reader:
        return [dict(row._mapping) for row in reader.rows(select(table).order_by(table.c[order]))]


def test_a_set_comes_in_whole_and_a_second_run_adds_nothing(stocked_clinic: Clinic) -> None:
    heard: list[int] = []
    first = import_synthea(stocked_clinic, IMPORTER, SAMPLE, heard.append)
    assert first.added == {
        "patient": 3, "visit": 3, "allergy": 2, "condition": 2, "immunization": 1, "vitals": 2, "lab_result": 4,
        "prescription": 1, "prescription_item": 2,
    }  # fmt: skip
    assert heard == [3]
    assert first.no_place == {
        "allergies.csv: ended": 1, "observations.csv: QALY": 1, "observations.csv: Body Mass Index": 1,
        "observations.csv: What address do you live at?": 1, "observations.csv: survey": 1, "payers.csv": 2,
    }  # fmt: skip
    second = import_synthea(stocked_clinic, IMPORTER, SAMPLE)
    assert second.added == Counter()
    assert second.known == first.added
    assert len(second.refused) == len(first.refused)
    assert check_store(stocked_clinic.store).findings == []


def test_what_is_refused_is_named_with_file_line_and_reason(stocked_clinic: Clinic) -> None:
    report = import_synthea(stocked_clinic, IMPORTER, SAMPLE)
    assert {(r.file, r.line, r.column, r.reason) for r in report.refused} == {
        ("patients.csv", 4, "birthdate", "date"),
        ("patients.csv", 5, "id", "duplicate"),
        ("encounters.csv", 5, "patient", "unknown_patient"),
        ("observations.csv", 8, "value", "unit"),
        ("observations.csv", 9, "value", "range"),
        ("observations.csv", 10, "value", "number"),
        ("observations.csv", 11, "encounter", "unknown_visit"),
        ("observations.csv", 18, "encounter", "unknown_visit"),
        ("medications.csv", 4, "encounter", "unknown_visit"),
    }


def test_names_lose_their_digits_and_patients_can_be_found(stocked_clinic: Clinic) -> None:
    import_synthea(stocked_clinic, IMPORTER, SAMPLE)
    jose, grace, other = rows(stocked_clinic, Patient)
    assert (jose["given_name"], jose["middle_name"], jose["family_name"]) == ("José Luis", "Ana", "Vela")
    assert (jose["sex"], jose["national_id"], jose["address"]) == ("male", "999-00-0001", "5 Hill Road, Kisumu, West")
    assert "jose luis ana vela" in str(jose["search_words"])
    assert str(jose["last_visit_on"]) == "2021-09-28"  # 23:26 UTC is the next morning in Nairobi
    assert (grace["family_name"], str(grace["deceased_on"]), grace["allergy_state"]) == (
        "O'Hara",
        "2020-03-04",
        "recorded",
    )
    assert (other["given_name"], other["sex"], other["allergy_state"]) == ("李", "unknown", "not_asked")


def test_visits_are_closed_and_raise_no_charge(stocked_clinic: Clinic) -> None:
    import_synthea(stocked_clinic, IMPORTER, SAMPLE)
    visits = rows(stocked_clinic, Visit, "number")
    assert {(v["kind"], v["state"], v["ticket"], v["open_key"]) for v in visits} == {("imported", "closed", "", None)}
    assert [v["complaint"] for v in visits] == ["Well child visit", "Otitis media", "Stroke"]
    assert [v["outcome"] for v in visits] == ["treated", "treated", "died"]
    assert visits[1]["closed_at"] == visits[1]["opened_at"]
    assert rows(stocked_clinic, Charge) == []


def test_vitals_of_one_moment_are_one_set(stocked_clinic: Clinic) -> None:
    import_synthea(stocked_clinic, IMPORTER, SAMPLE)
    first, second = rows(stocked_clinic, Vitals)
    assert (first["height"], first["weight"], first["pulse"]) == (Decimal("49.3"), Decimal("3.6"), 140)
    assert (second["height"], second["pulse"], second["temperature"]) == (None, 150, None)


def test_results_join_our_tests_only_when_code_and_unit_agree(stocked_clinic: Clinic) -> None:
    import_synthea(stocked_clinic, IMPORTER, SAMPLE)
    tests = {row["id"]: row["code"] for row in rows(stocked_clinic, LabTest)}
    found = {r["loinc"]: r for r in rows(stocked_clinic, LabResult)}
    assert (found["718-7"]["value_number"], tests[found["718-7"]["test_id"]]) == (Decimal("10.2346"), "haemoglobin")
    assert (found["777-3"]["unit"], tests[found["777-3"]["test_id"]]) == ("10*9/L", "platelets")
    assert (found["2093-3"]["unit"], found["2093-3"]["test_id"]) == ("mg/dL", None)
    assert (found["94531-1"]["value_text"], found["94531-1"]["value_number"]) == ("Detected (qualifier value)", None)
    assert {r["status"] for r in found.values()} == {"final"}


def test_medicines_allergies_problems_and_vaccines_keep_what_they_say(stocked_clinic: Clinic) -> None:
    import_synthea(stocked_clinic, IMPORTER, SAMPLE)
    ended, implant = rows(stocked_clinic, PrescriptionItem)
    assert (ended["state"], ended["route"], ended["duration_days"], ended["free_text"]) == ("expired", "oral", 10, "")
    assert (implant["state"], implant["route"], implant["quantity"], implant["dispensed"]) == (
        "dispensed",
        "other",
        3,
        3,
    )
    assert implant["free_text"] == "Etonogestrel 68 MG Drug Implant"
    (sheet,) = rows(stocked_clinic, Prescription)
    assert (sheet["status"], str(sheet["valid_until"])) == ("completed", "2027-03-05")
    pen, mold = rows(stocked_clinic, Allergy)
    assert (pen["allergen_code"], pen["reaction"], pen["severity"]) == ("penicillin", "Eruption of skin", "severe")
    assert (mold["allergen_code"], mold["substance"], mold["severity"]) == (None, "Mold", "unknown")
    conditions = {c["text"]: (c["state"], c["visit_id"] is None) for c in rows(stocked_clinic, Condition)}
    assert conditions == {"Otitis media": ("resolved", False), "Hypertension": ("active", True)}
    (vaccine,) = rows(stocked_clinic, Immunization)
    assert (vaccine["vaccine"], vaccine["vaccine_code"]) == ("Hep B adolescent or pediatric", "08")


def test_a_later_set_brings_known_patients_up_to_date(stocked_clinic: Clinic, sample: Path) -> None:
    import_synthea(stocked_clinic, IMPORTER, sample)
    with (sample / "encounters.csv").open("a", encoding="utf-8") as file:
        file.write("e-10,2025-05-05T08:00:00Z,,p-1,wellness,1,Check,\n")
    with (sample / "allergies.csv").open("a", encoding="utf-8") as file:
        file.write("2025-05-05,,p-1,e-10,256277009,SNOMED-CT,Grass pollen (substance),allergy,environment,,,\n")
    report = import_synthea(stocked_clinic, IMPORTER, sample)
    assert report.added == {"visit": 1, "allergy": 1}
    patient = rows(stocked_clinic, Patient)[0]
    assert (str(patient["last_visit_on"]), patient["allergy_state"]) == ("2025-05-05", "recorded")
    assert "202505" in str(patient["search_words"])
    assert check_store(stocked_clinic.store).findings == []


def test_patients_are_read_and_saved_in_parts(
    stocked_clinic: Clinic, sample: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from hms_desktop.services.imports import synthea as service

    monkeypatch.setattr(service, "PATIENTS_READ", 2)
    monkeypatch.setattr(service, "PATIENTS_SAVED", 1)
    heard: list[int] = []
    report = import_synthea(stocked_clinic, IMPORTER, sample, heard.append)
    assert heard == [1, 2, 3]
    assert report.added["patient"] == 3
    assert [r.reason for r in report.refused].count("unknown_patient") == 1


def test_patients_alone_are_enough(stocked_clinic: Clinic, tmp_path: Path) -> None:
    folder = tmp_path / "alone"
    folder.mkdir()
    shutil.copy(SAMPLE / "patients.csv", folder)
    assert import_synthea(stocked_clinic, IMPORTER, folder).added == {"patient": 3}
    (folder / "conditions.csv").write_text("START,PATIENT\n2020-01-01,p-1\n", encoding="utf-8")
    with pytest.raises(BadInput) as caught:
        import_synthea(stocked_clinic, IMPORTER, folder)
    assert (caught.value.facts["source"], caught.value.facts["reason"]) == ("conditions.csv", "columns")


def test_a_folder_without_patients_and_a_person_without_the_right_are_refused(clinic: Clinic, tmp_path: Path) -> None:
    with pytest.raises(BadInput) as caught:
        import_synthea(clinic, IMPORTER, tmp_path)
    assert caught.value.facts["reason"] == "no_synthea"
    with pytest.raises(NotAllowed):
        import_synthea(clinic, replace(IMPORTER, rights=frozenset()), SAMPLE)


def _failing(times: int) -> Callable[[Batch], None]:
    left = [times]

    def body(batch: Batch) -> None:
        batch.report.added["patient"] += 1
        if left[0]:
            left[0] -= 1
            raise TryAgain

    return body


def test_a_batch_runs_again_when_the_engine_asks_and_gives_up_in_the_end(clinic: Clinic) -> None:
    assert in_batch(clinic, IMPORTER, "x", _failing(2)).added == {"patient": 1}
    with pytest.raises(StoreBusy):
        in_batch(clinic, IMPORTER, "x", _failing(TRIES))


def test_synthetic_marks_are_taken_off() -> None:
    assert clean_name("Jorge Luis88") == "Jorge Luis"
    assert clean_name("D'Angelo12 III") == "D'Angelo III"
    assert clean_name("2Pac") == "2Pac"
    assert clean_term("Severe anxiety (panic) (finding") == "Severe anxiety (panic)"
    assert fitted("abcdef", 4) == "abc…"
