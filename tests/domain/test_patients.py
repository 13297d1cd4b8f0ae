"""What a record needs, how names are written, what allergies may be said to be."""

from datetime import date

import pytest

from hms_desktop.domain.errors import InvalidValue, ReasonNeeded, VisitNotFinished
from hms_desktop.domain.patients import (
    AllergyState,
    check_allergies,
    check_person,
    full_name,
    listed_name,
    tidy,
)
from hms_desktop.domain.visits import OpenWork, VisitOutcome, check_close

TODAY = date(2026, 3, 5)


def test_names_are_listed_family_first_and_written_given_first() -> None:
    assert listed_name("Asha", "Wanjiku", "Otieno") == "OTIENO, Asha Wanjiku"
    assert full_name("Asha", "Wanjiku", "Otieno") == "Asha Wanjiku Otieno"


def test_a_single_name_stands_as_it_is() -> None:
    assert listed_name("Juma", "", "") == "Juma"
    assert listed_name("", "", "Juma") == "JUMA"


@pytest.mark.parametrize(
    ("given", "birth", "field", "reason"),
    [
        ("", date(1998, 1, 1), "given_name", "required"),
        ("Asha", None, "birth_date", "required"),
        ("Asha", date(2026, 3, 6), "birth_date", "future"),
        ("Asha", date(1880, 1, 1), "birth_date", "too_long_ago"),
    ],
)
def test_a_record_needs_a_name_and_a_possible_birth(given: str, birth: date | None, field: str, reason: str) -> None:
    with pytest.raises(InvalidValue) as refused:
        check_person(given, "", birth, TODAY)
    assert (refused.value.field, refused.value.facts["reason"]) == (field, reason)


def test_an_unknown_person_needs_no_age() -> None:
    check_person("Unknown", "", None, TODAY, unknown=True)
    check_person("", "Juma", date(1998, 1, 1), TODAY)


def test_texts_lose_stray_blanks_and_keep_their_limit() -> None:
    assert tidy("phone", "  0712   345 ", 20) == "0712 345"
    for text, reason in (("x" * 21, "too_long"), ("a\x00b", "characters"), ("a\ue000b", "characters")):
        with pytest.raises(InvalidValue) as refused:
            tidy("phone", text, 20)
        assert refused.value.facts["reason"] == reason


def test_allergies_are_three_states_and_never_contradict_themselves() -> None:
    assert check_allergies(AllergyState.NOT_ASKED, 0) is AllergyState.NOT_ASKED
    assert check_allergies(AllergyState.NONE_KNOWN, 0) is AllergyState.NONE_KNOWN
    assert check_allergies(AllergyState.NOT_ASKED, 1) is AllergyState.RECORDED
    for state, count in ((AllergyState.RECORDED, 0), (AllergyState.NONE_KNOWN, 2)):
        with pytest.raises(InvalidValue):
            check_allergies(state, count)


def test_a_visit_without_open_work_closes_without_a_reason() -> None:
    check_close(VisitOutcome.TREATED, (), "")
    check_close(VisitOutcome.ADMITTED, (), "")


def test_who_left_is_asked_why() -> None:
    with pytest.raises(ReasonNeeded):
        check_close(VisitOutcome.LEFT, (), " ")
    check_close(VisitOutcome.LEFT, {OpenWork.QUEUE}, "went home")


def test_a_treated_patient_may_still_owe_money_or_medicines_with_a_reason() -> None:
    with pytest.raises(ReasonNeeded):
        check_close(VisitOutcome.TREATED, {OpenWork.DEBT}, "")
    check_close(VisitOutcome.TREATED, {OpenWork.DEBT, OpenWork.DRUG}, "pays on Friday")


def test_open_care_keeps_a_treated_visit_open() -> None:
    with pytest.raises(VisitNotFinished) as refused:
        check_close(VisitOutcome.TREATED, {OpenWork.RESULT, OpenWork.DEBT}, "reason")
    assert refused.value.facts["open"] == "debt,result"


@pytest.mark.parametrize("outcome", [VisitOutcome.LEFT, VisitOutcome.REFERRED, VisitOutcome.DIED])
def test_leaving_referral_and_death_end_whatever_is_open(outcome: VisitOutcome) -> None:
    check_close(outcome, set(OpenWork), "reason")
    with pytest.raises(ReasonNeeded):
        check_close(outcome, {OpenWork.RESULT}, "")
