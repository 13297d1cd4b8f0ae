"""People from a CSV file: columns are recognised or mapped, rows judged one by one, nobody comes in twice."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from hms_desktop.data.base import table_of
from hms_desktop.data.tables.billing import PayerGroup
from hms_desktop.data.tables.patients import Patient, PatientContact
from hms_desktop.domain.accounts import SYSTEM
from hms_desktop.domain.errors import BadInput, NotAllowed
from hms_desktop.domain.patients import BloodGroup, Sex
from hms_desktop.interop import patients_csv
from hms_desktop.services.checking import check_store
from hms_desktop.services.clinic import Clinic
from hms_desktop.services.imports.batches import IMPORTER
from hms_desktop.services.imports.patients import import_patients

SAMPLE = Path(__file__).parents[2] / "interop" / "samples" / "patients.csv"


def rows(clinic: Clinic, mapped: type) -> list[dict[str, Any]]:
    with clinic.read(SYSTEM) as reader:
        return [dict(row._mapping) for row in reader.rows(select(table_of(mapped)).order_by(table_of(mapped).c.id))]


def write(tmp_path: Path, text: str, name: str = "people.csv") -> Path:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_list_comes_in_and_a_second_run_adds_nothing(stocked_clinic: Clinic) -> None:
    heard: list[int] = []
    first = import_patients(stocked_clinic, IMPORTER, SAMPLE, on_progress=heard.append)
    assert first.added == {"patient": 4, "patient_contact": 1}
    assert first.known == {"patient": 1}
    assert first.no_place == {"patients.csv: shoe size": 3}
    assert heard == [12]
    second = import_patients(stocked_clinic, IMPORTER, SAMPLE)
    assert +second.added == {}
    assert second.known["patient"] == 5
    assert len(second.refused) == len(first.refused)
    assert check_store(stocked_clinic.store).findings == []


def test_people_are_read_as_they_are_written(stocked_clinic: Clinic) -> None:
    import_patients(stocked_clinic, IMPORTER, SAMPLE)
    asha, muhammad, baby, _other = rows(stocked_clinic, Patient)
    assert (asha["given_name"], asha["middle_name"], asha["family_name"]) == ("Asha", "Wanjiku", "Otieno")
    assert (str(asha["birth_date"]), asha["birth_estimated"], asha["national_id"]) == ("1998-03-05", False, "ID-77")
    assert (asha["blood_group"], asha["allergy_state"], asha["phone"]) == ("O+", "not_asked", "+254 700 111 222")
    assert asha["payer_group_id"] in {row["id"] for row in rows(stocked_clinic, PayerGroup) if row["code"] == "staff"}
    assert (muhammad["given_name"], muhammad["sex"]) == ("محمد", Sex.MALE)
    assert (str(muhammad["birth_date"]), muhammad["birth_estimated"]) == ("1998-03-05", True)
    assert (baby["given_name"], str(baby["birth_date"]), baby["blood_group"]) == ("Achieng", "2025-07-05", "AB-")
    (kin,) = rows(stocked_clinic, PatientContact)
    assert (kin["name"], kin["relationship"], kin["phone"]) == ("Grace Otieno", "mother", "0700 333 444")


def test_refused_rows_and_doubtful_ones_are_told_with_reasons(stocked_clinic: Clinic) -> None:
    report = import_patients(stocked_clinic, IMPORTER, SAMPLE)
    assert {(r.line, r.column, r.reason) for r in report.refused} == {
        (5, "sexe", "choice"),
        (6, "dob", "required"),
        (7, "dob", "future"),
        (8, "groupe sanguin", "choice"),
        (9, "scheme", "choice"),
        (10, "nom et prénom", "possible_duplicate"),
        (13, "given_name", "required"),
    }
    mrn = rows(stocked_clinic, Patient)[0]["mrn"]
    assert next(r.meets for r in report.refused if r.line == 10) == mrn
    (remark,) = report.remarks
    assert remark.line == 11
    assert remark.meets.endswith(f"~ {mrn}")


def test_a_dry_run_judges_everything_and_keeps_nothing(stocked_clinic: Clinic) -> None:
    report = import_patients(stocked_clinic, IMPORTER, SAMPLE, dry_run=True)
    assert report.added["patient"] == 4
    assert len(report.refused) == 7
    assert rows(stocked_clinic, Patient) == []
    assert import_patients(stocked_clinic, IMPORTER, SAMPLE).added["patient"] == 4


def test_a_map_says_what_a_column_is(stocked_clinic: Clinic, tmp_path: Path) -> None:
    path = write(tmp_path, "Vorname,Familienname,G,Jahre,Phone\nAnna,Huber,f,30,0700\n")
    mapping = write(
        tmp_path,
        json.dumps({"Vorname": "given_name", "Familienname": "family_name", "G": "sex", "Jahre": "age", "phone": None}),
        "map.json",
    )
    report = import_patients(stocked_clinic, IMPORTER, path, mapping)
    assert report.added["patient"] == 1
    assert report.no_place == {"people.csv: phone": 1}
    (anna,) = rows(stocked_clinic, Patient)
    assert (anna["family_name"], anna["phone"], str(anna["birth_date"])) == ("Huber", "", "1996-03-05")


@pytest.mark.parametrize(
    ("text", "reason"),
    [("not json", "json"), ("[1]", "json"), ('{"A": "shoe"}', "map_field"), ('{"A": "name"}', "columns")],
)
def test_a_map_that_can_not_be_is_refused(clinic: Clinic, tmp_path: Path, text: str, reason: str) -> None:
    path = write(tmp_path, "Name,Sex,Age\nAnna,f,3\n")
    with pytest.raises(BadInput) as caught:
        import_patients(clinic, IMPORTER, path, write(tmp_path, text, "map.json"))
    assert caught.value.facts["reason"] == reason


def test_a_file_without_names_or_a_map_that_is_not_there_is_refused(clinic: Clinic, tmp_path: Path) -> None:
    with pytest.raises(BadInput) as caught:
        import_patients(clinic, IMPORTER, write(tmp_path, "Sex,Age\nf,3\n"))
    assert caught.value.facts["columns"] == "name"
    with pytest.raises(BadInput) as caught:
        import_patients(clinic, IMPORTER, SAMPLE, tmp_path / "no.json")
    assert caught.value.facts["reason"] == "no_file"
    assert import_patients(clinic, IMPORTER, write(tmp_path, "Name,Sex,Age\n")).added == {}
    with pytest.raises(NotAllowed):
        import_patients(clinic, replace(IMPORTER, rights=frozenset()), SAMPLE)


def test_a_contact_that_does_not_fit_keeps_the_patient_out(clinic: Clinic, tmp_path: Path) -> None:
    text = f"Name,Sex,Age,Next of kin,Next of kin phone\nAnna Huber,f,30,Eva,{'7' * 41}\n"
    report = import_patients(clinic, IMPORTER, write(tmp_path, text))
    assert [(r.column, r.reason, r.facts["limit"]) for r in report.refused] == [("next of kin phone", "too_long", 40)]
    assert rows(clinic, Patient) == []


def test_names_sexes_ages_and_blood_groups_are_understood() -> None:
    assert patients_csv.split_name("Otieno,Asha Wanjiku Njeri") == ("Asha", "Wanjiku Njeri", "Otieno")
    assert patients_csv.split_name("Asha") == ("Asha", "", "")
    assert [patients_csv.read_sex(word) for word in ("Féminin", "M", "?")] == [Sex.FEMALE, Sex.MALE, None]
    ages = ["28", "28 yrs", "3 ans", "8 months", "8 mois", "2 wks", "2 semaines", "4 days", "4 jours", "old", "5 x"]
    wanted = ["28y", "28y", "3y", "8m", "8m", "2w", "2w", "4d", "4d", "old", "5 x"]
    assert [patients_csv.read_age(age) for age in ages] == wanted
    groups = ["o+", "AB Rh negative", "0 NEG", "B pos", "X"]
    wanted_groups = [
        BloodGroup.O_POSITIVE, BloodGroup.AB_NEGATIVE, BloodGroup.O_NEGATIVE, BloodGroup.B_POSITIVE, None,
    ]  # fmt: skip
    assert [patients_csv.read_blood_group(text) for text in groups] == wanted_groups
