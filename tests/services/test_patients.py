"""Registering and correcting patients, their contacts, allergies and cards."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import func, select

from hms_desktop.data.tables.patients import Allergy, Patient, PatientContact
from hms_desktop.domain.accounts import Actor
from hms_desktop.domain.errors import (
    InvalidValue,
    NotAllowed,
    NotFound,
    PossibleDuplicate,
    ReasonNeeded,
    StaleRecord,
)
from hms_desktop.domain.ids import new_id
from hms_desktop.domain.names import DuplicateReason
from hms_desktop.domain.patients import AllergySeverity, AllergyState, ContactKind, Sex
from hms_desktop.services import papers
from hms_desktop.services.clinic import Clinic
from hms_desktop.services.patient_records import NewAllergy, NewContact, PersonFacts
from hms_desktop.services.patients import (
    Candidate,
    CorrectPatient,
    PrintCard,
    RecordAllergy,
    RegisterPatient,
    StateNoAllergies,
    VoidAllergy,
    correct_patient,
    find_allergens,
    patient_banner,
    patient_details,
    payer_groups,
    possible_duplicates,
    print_card,
    record_allergy,
    register_patient,
    state_no_allergies,
    void_allergy,
)
from hms_desktop.services.visits import RegisterUnknown, register_unknown
from tests.make.patients import make_patient, person, register
from tests.stores import actor_for

CLERK = actor_for("receptionist")
KIN = NewContact("Mary Otieno", ContactKind.NEXT_OF_KIN, "mother", "0722 000 111")


def count(clinic: Clinic, mapped: type[Patient]) -> int:
    with clinic.read(CLERK) as reader:
        return int(reader.scalar(select(func.count()).select_from(mapped)))


def test_name_sex_and_age_are_enough(clinic: Clinic) -> None:
    made = register(clinic, person("Asha", "", birth_date=date(1998, 7, 1), birth_estimated=True))
    shown = patient_banner(clinic, CLERK, made.patient_id)
    assert (shown.name, shown.mrn, shown.sex, shown.birth_estimated) == ("Asha", made.mrn, Sex.FEMALE, True)
    assert shown.allergy_state is AllergyState.NOT_ASKED
    assert made.mrn.startswith("TC-AA-P000001-")


def test_everything_typed_at_reception_is_kept(clinic: Clinic) -> None:
    facts = person(
        phone=" +254  712 345 678 ", email="asha@example.org", address="Hill Village", national_id="12345678",
        occupation="Teacher", language="sw", middle_name="Wanjiku",
    )  # fmt: skip
    made = register(clinic, facts, contacts=(KIN,), allergies=("Penicillin",))
    found = patient_details(clinic, CLERK, made.patient_id)
    assert (found.phone, found.address, found.national_id) == ("+254 712 345 678", "Hill Village", "12345678")
    assert (found.occupation, found.language, found.email) == ("Teacher", "sw", "asha@example.org")
    assert [(c.name, c.relationship, c.phone) for c in found.contacts] == [("Mary Otieno", "mother", "0722 000 111")]
    assert [a.substance for a in found.allergies] == ["Penicillin"]
    assert found.allergy_state is AllergyState.RECORDED
    assert found.registered_on == date(2026, 3, 5)


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        (PersonFacts(sex=Sex.MALE, birth_date=date(1990, 1, 1)), "given_name"),
        (PersonFacts(given_name="Juma", sex=Sex.MALE), "birth_date"),
        (person(birth_date=date(2026, 3, 6)), "birth_date"),
        (person(phone="1" * 41), "phone"),
        (person(deceased_on=date(2026, 3, 6)), "deceased_on"),
    ],
)
def test_what_is_missing_or_impossible_is_refused_beside_its_field(
    clinic: Clinic, facts: PersonFacts, field: str
) -> None:
    with pytest.raises(InvalidValue) as refused:
        register_patient(clinic, CLERK, RegisterPatient(person=facts))
    assert refused.value.field == field
    assert count(clinic, Patient) == 0


def test_a_nameless_contact_or_substance_is_refused(clinic: Clinic) -> None:
    for command, field in (
        (RegisterPatient(person=person(), contacts=(NewContact(" "),)), "contact_name"),
        (RegisterPatient(person=person(), allergies=(NewAllergy(" "),)), "substance"),
        (RegisterPatient(person=person(), allergy_state=AllergyState.RECORDED), "allergies"),
    ):
        with pytest.raises(InvalidValue) as refused:
            register_patient(clinic, CLERK, command)
        assert refused.value.field == field


def test_a_likely_duplicate_is_shown_before_saving_and_saved_anyway(clinic: Clinic) -> None:
    register(clinic, person("Asha", "Otieno"))
    command = RegisterPatient(person=person("Aisha", "Otieno"))
    with pytest.raises(PossibleDuplicate) as refused:
        register_patient(clinic, CLERK, command)
    assert refused.value.facts["count"] == 1
    register_patient(clinic, CLERK, replace(command, key=new_id(), anyway=True))
    assert count(clinic, Patient) == 2


@pytest.mark.parametrize(
    ("candidate", "reason"),
    [
        (Candidate(name="Otieno Asha", birth_date=date(1998, 3, 5)), DuplicateReason.SIMILAR_NAME_SAME_BIRTH),
        (
            Candidate(name="Otieno Asha", birth_date=date(1999, 1, 1), birth_estimated=True),
            DuplicateReason.SAME_NAME_OTHER_ORDER,
        ),
        (Candidate(name="Grace Nobody", phone="+254712345678"), DuplicateReason.SAME_PHONE),
        (Candidate(name="Grace Nobody", national_id="99887766"), DuplicateReason.SAME_NATIONAL_ID),
        (Candidate(phone="0712 345 678"), DuplicateReason.SAME_PHONE),
    ],
)
def test_duplicates_are_found_by_name_and_age_phone_and_identity(
    clinic: Clinic, candidate: Candidate, reason: DuplicateReason
) -> None:
    known = make_patient(clinic, phone="0712345678", national_id="99887766")
    make_patient(clinic, "Peter", "Kamau")
    found = possible_duplicates(clinic, CLERK, candidate)
    assert [row.hit.id for row in found] == [known]
    assert reason in found[0].reasons
    assert possible_duplicates(clinic, CLERK, replace(candidate, but=known)) == []


@pytest.mark.parametrize(
    "candidate",
    [
        Candidate(name="Asha Otieno", birth_date=date(1970, 1, 1)),
        Candidate(name="Asha Kamau", birth_date=date(1998, 3, 5)),
        Candidate(name="", phone="345"),
        Candidate(),
    ],
)
def test_another_person_is_no_duplicate(clinic: Clinic, candidate: Candidate) -> None:
    make_patient(clinic, phone="0712345678")
    assert possible_duplicates(clinic, CLERK, candidate) == []


def test_the_same_form_pressed_twice_registers_once(clinic: Clinic) -> None:
    command = RegisterPatient(person=person())
    first = register_patient(clinic, CLERK, command)
    again = register_patient(clinic, CLERK, command)
    assert again.repeated
    assert again.value == first.value
    assert count(clinic, Patient) == 1


def test_details_are_corrected_and_the_number_stays(clinic: Clinic) -> None:
    made = register(clinic, person(), contacts=(KIN,))
    before = patient_details(clinic, CLERK, made.patient_id)
    changed = replace(KIN, id=before.contacts[0].id, phone="0733 222 333")
    guardian = NewContact("Peter Otieno", ContactKind.GUARDIAN)
    correct_patient(
        clinic, CLERK,
        CorrectPatient(
            patient_id=made.patient_id, version=before.version, person=person("Aisha", "Achieng", phone="0700 1"),
            contacts=(changed, guardian),
        ),
    )  # fmt: skip
    after = patient_details(clinic, CLERK, made.patient_id)
    assert (after.given_name, after.family_name, after.mrn) == ("Aisha", "Achieng", made.mrn)
    assert [(c.name, c.phone) for c in after.contacts] == [("Mary Otieno", "0733 222 333"), ("Peter Otieno", "")]


def test_an_unchanged_contact_is_left_alone(clinic: Clinic) -> None:
    made = register(clinic, person(), contacts=(KIN,))
    before = patient_details(clinic, CLERK, made.patient_id)
    same = replace(KIN, id=before.contacts[0].id)
    command = CorrectPatient(
        patient_id=made.patient_id, version=before.version, person=person("Aisha"), contacts=(same,)
    )
    correct_patient(clinic, CLERK, command)
    with clinic.read(CLERK) as reader:
        assert reader.get(PatientContact, before.contacts[0].id).version == 1


def test_contacts_left_out_are_voided_and_strange_ones_refused(clinic: Clinic) -> None:
    made = register(clinic, person(), contacts=(KIN,))
    version = patient_details(clinic, CLERK, made.patient_id).version
    command = CorrectPatient(patient_id=made.patient_id, version=version, person=person())
    correct_patient(clinic, CLERK, command)
    assert patient_details(clinic, CLERK, made.patient_id).contacts == ()
    with clinic.read(CLERK) as reader:
        assert reader.scalar(select(func.count()).where(PatientContact.voided_at.is_not(None))) == 1
    strange = replace(command, key=new_id(), version=version + 1, contacts=(replace(KIN, id=new_id()),))
    with pytest.raises(NotFound):
        correct_patient(clinic, CLERK, strange)


def test_a_stale_correction_is_refused_with_the_new_values(clinic: Clinic) -> None:
    made = register(clinic, person())
    version = patient_details(clinic, CLERK, made.patient_id).version
    command = CorrectPatient(patient_id=made.patient_id, version=version, person=person("Aisha", "Otieno"))
    correct_patient(clinic, CLERK, command)
    with pytest.raises(StaleRecord) as refused:
        correct_patient(clinic, CLERK, replace(command, key=new_id(), person=person("Ashanti", "Otieno")))
    assert refused.value.facts["kind"] == "patient"
    assert patient_details(clinic, CLERK, made.patient_id).given_name == "Aisha"


def test_who_was_unknown_gets_a_name_and_is_unknown_no_more(clinic: Clinic) -> None:
    made = register_unknown(clinic, CLERK, RegisterUnknown(called="Unknown 1")).value
    found = patient_details(clinic, CLERK, made.patient_id)
    assert found.unknown_person
    still = CorrectPatient(
        patient_id=found.id, version=found.version, person=PersonFacts(given_name="Unknown 1", sex=Sex.MALE)
    )
    correct_patient(clinic, CLERK, still)
    assert patient_details(clinic, CLERK, found.id).unknown_person
    named = CorrectPatient(patient_id=found.id, version=found.version + 1, person=person("Juma", "Ali", Sex.MALE))
    correct_patient(clinic, CLERK, named)
    assert not patient_details(clinic, CLERK, found.id).unknown_person


def test_allergies_go_through_their_three_states(clinic: Clinic) -> None:
    nurse = actor_for("nurse")
    patient_id = make_patient(clinic)
    state_no_allergies(clinic, nurse, StateNoAllergies(patient_id=patient_id))
    assert patient_banner(clinic, nurse, patient_id).allergy_state is AllergyState.NONE_KNOWN
    command = RecordAllergy(
        patient_id=patient_id, substance="Penicillin", reaction="rash", severity=AllergySeverity.SEVERE
    )
    allergy_id = record_allergy(clinic, nurse, command).value
    shown = patient_banner(clinic, nurse, patient_id)
    assert shown.allergy_state is AllergyState.RECORDED
    assert [(row.substance, row.reaction, row.severity) for row in shown.allergies] == [
        ("Penicillin", "rash", AllergySeverity.SEVERE)
    ]
    with pytest.raises(InvalidValue):
        state_no_allergies(clinic, nurse, StateNoAllergies(patient_id=patient_id))
    void_allergy(clinic, nurse, VoidAllergy(allergy_id=allergy_id, reason="wrong patient"))
    assert patient_banner(clinic, nurse, patient_id).allergy_state is AllergyState.NOT_ASKED


def test_one_allergy_left_keeps_the_state_recorded(clinic: Clinic) -> None:
    patient_id = register(clinic, person(), allergies=("Penicillin", "Nuts")).patient_id
    first = patient_banner(clinic, CLERK, patient_id).allergies[0]
    left = void_allergy(clinic, CLERK, VoidAllergy(allergy_id=first.id, reason="mistake"))
    assert left.value is AllergyState.RECORDED
    with pytest.raises(NotFound):
        void_allergy(clinic, CLERK, VoidAllergy(allergy_id=first.id, reason="again"))


def test_an_allergy_is_recorded_once_and_voided_with_a_reason(clinic: Clinic) -> None:
    patient_id = register(clinic, person(), allergies=("Penicillin",)).patient_id
    with pytest.raises(InvalidValue) as refused:
        record_allergy(clinic, CLERK, RecordAllergy(patient_id=patient_id, substance=" PÉNICILLIN "))
    assert refused.value.facts["reason"] == "duplicate"
    shown = patient_banner(clinic, CLERK, patient_id).allergies[0]
    with pytest.raises(ReasonNeeded):
        void_allergy(clinic, CLERK, VoidAllergy(allergy_id=shown.id, reason=" "))
    with clinic.read(CLERK) as reader:
        assert reader.scalar(select(func.count()).select_from(Allergy)) == 1


def test_nobody_records_an_allergy_of_nobody(clinic: Clinic) -> None:
    with pytest.raises(NotFound):
        record_allergy(clinic, CLERK, RecordAllergy(patient_id=new_id(), substance="Nuts"))
    with pytest.raises(NotFound):
        patient_banner(clinic, CLERK, new_id())


def test_a_card_is_kept_once_and_anew_when_it_is_no_longer_true(clinic: Clinic) -> None:
    made = register(clinic, person())
    same = print_card(clinic, CLERK, PrintCard(patient_id=made.patient_id)).value
    assert same == made.card_paper_id
    record_allergy(clinic, CLERK, RecordAllergy(patient_id=made.patient_id, substance="Penicillin"))
    fresh = print_card(clinic, CLERK, PrintCard(patient_id=made.patient_id)).value
    assert fresh != made.card_paper_id
    assert papers.pdf(clinic, CLERK, fresh).pdf.startswith(b"%PDF")


def test_only_reception_registers_and_prints(clinic: Clinic) -> None:
    cashier = actor_for("cashier")
    with pytest.raises(NotAllowed):
        register_patient(clinic, cashier, RegisterPatient(person=person()))
    with pytest.raises(NotAllowed):
        print_card(clinic, cashier, PrintCard(patient_id=new_id()))
    with pytest.raises(NotAllowed):
        possible_duplicates(clinic, actor_for("administrator"), Candidate(name="Asha"))


def test_lists_to_choose_from_come_in_the_persons_language(stocked_clinic: Clinic) -> None:
    french: Actor = replace(CLERK, language="fr")
    assert {row.code for row in payer_groups(stocked_clinic, CLERK)} >= {"self_pay", "indigent"}
    assert payer_groups(stocked_clinic, CLERK)[0].name != payer_groups(stocked_clinic, french)[0].name
    assert [row.code for row in find_allergens(stocked_clinic, CLERK, "penic")][:1] == ["penicillin"]
    assert find_allergens(stocked_clinic, CLERK, "no such thing") == []
    group = payer_groups(stocked_clinic, CLERK)[1]
    shown = patient_banner(stocked_clinic, CLERK, make_patient(stocked_clinic, payer_group_id=group.id))
    assert shown.payer_group == group.name
