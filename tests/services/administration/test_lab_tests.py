"""Lab tests and their ranges: added, corrected, retired; limits in their order, one range a kind of patient."""

from decimal import Decimal

import pytest

from hms_desktop.data.tables.lab import LabTest
from hms_desktop.domain.accounts import SYSTEM
from hms_desktop.domain.administration.catalogue import (
    OLDEST_DAYS,
    LabTestRow,
    RangeRow,
    check_ages,
    check_limits,
)
from hms_desktop.domain.errors import AlreadyExists, InvalidValue, NotAllowed, NotFound, ReasonNeeded, StaleRecord
from hms_desktop.domain.ids import Id, new_id
from hms_desktop.domain.lab import ResultKind
from hms_desktop.services.administration.lab_tests import (
    AddLabTest,
    AddRange,
    CorrectLabTest,
    CorrectRange,
    VoidRange,
    add_lab_test,
    add_range,
    correct_lab_test,
    correct_range,
    list_lab_tests,
    ranges_of,
    void_range,
)
from hms_desktop.services.clinic import Clinic
from tests.stores import actor_for

ADMIN = actor_for("administrator")


def new(**more: object) -> AddLabTest:
    values: dict[str, object] = {
        "name_en": "Serum zinc", "category": "chemistry", "specimen": "serum", "unit": "umol/L", "places": 1,
    }  # fmt: skip
    return AddLabTest(**{**values, **more})  # type: ignore[arg-type]


def correction(row: LabTestRow, **more: object) -> CorrectLabTest:
    values: dict[str, object] = {
        "test_id": row.id, "version": row.version, "name_en": row.name_en, "name_fr": row.name_fr,
        "turnaround_minutes": row.turnaround_minutes, "delta_percent": row.delta_percent, "active": row.active,
    }  # fmt: skip
    return CorrectLabTest(**{**values, **more})  # type: ignore[arg-type]


def row_of(clinic: Clinic, test_id: Id) -> LabTestRow:
    return next(row for row in list_lab_tests(clinic, ADMIN) if row.id == test_id)


def limits(test_id: Id, **more: object) -> AddRange:
    values: dict[str, object] = {
        "test_id": test_id, "normal_low": Decimal(10), "normal_high": Decimal(18), "source": "Clinic, 2026",
    }  # fmt: skip
    return AddRange(**{**values, **more})  # type: ignore[arg-type]


def test_a_new_test_is_offered_at_its_price(clinic: Clinic) -> None:
    saved = add_lab_test(clinic, ADMIN, new(name_fr="Zinc sérique", price=Decimal(450), delta_percent=20)).value
    row = row_of(clinic, saved.id)
    assert (row.code, row.name, row.name_fr, row.price) == ("serum_zinc", "Serum zinc", "Zinc sérique", Decimal(450))
    assert (row.unit, row.places, row.result_kind, row.active) == ("umol/L", 1, ResultKind.NUMBER, True)
    with pytest.raises(AlreadyExists):
        add_lab_test(clinic, ADMIN, new(name_en=" SERUM zinc"))


def test_a_choice_test_has_its_answers_from_normal_to_abnormal(clinic: Clinic) -> None:
    command = new(result_kind=ResultKind.CHOICE, unit="", places=0, choices=("Negative", "Positive*", " * "))
    saved = add_lab_test(clinic, ADMIN, command).value
    assert row_of(clinic, saved.id).choices == (("Negative", "Negative", False), ("Positive", "Positive", True))
    for choices, reason in ((("Positive*",), "required"), (("Positive", "positive*"), "duplicate")):
        with pytest.raises(InvalidValue) as refused:
            add_lab_test(clinic, ADMIN, new(name_en="Other", result_kind=ResultKind.CHOICE, choices=choices))
        assert (refused.value.field, refused.value.facts["reason"]) == ("choices", reason)


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"name_en": ""}, "name_en"),
        ({"category": "kitchen"}, "category"),
        ({"specimen": "soup"}, "specimen"),
        ({"places": 5}, "places"),
        ({"turnaround_minutes": -1}, "turnaround_minutes"),
        ({"delta_percent": 0}, "delta_percent"),
        ({"unit": "x" * 21}, "unit"),
    ],
)
def test_a_test_that_can_not_be_is_refused(clinic: Clinic, more: dict[str, object], field: str) -> None:
    with pytest.raises(InvalidValue) as refused:
        add_lab_test(clinic, ADMIN, new(**more))
    assert refused.value.field == field


def test_a_correction_keeps_the_words_that_the_test_was_found_by(stocked_clinic: Clinic) -> None:
    row = next(each for each in list_lab_tests(stocked_clinic, ADMIN) if each.code == "haemoglobin")
    correct_lab_test(
        stocked_clinic, ADMIN, correction(row, name_en="Hemoglobin (Hb)", name_fr="", active=False, price=Decimal(175))
    )
    after = row_of(stocked_clinic, row.id)
    assert (after.name, after.name_fr, after.active, after.price) == ("Hemoglobin (Hb)", "", False, Decimal(175))
    assert set(row.search_words.split()) <= set(after.search_words.split())
    with pytest.raises(StaleRecord):
        correct_lab_test(stocked_clinic, ADMIN, correction(row, name_en="Hb"))
    with pytest.raises(AlreadyExists):
        correct_lab_test(stocked_clinic, ADMIN, correction(after, name_en="Haematocrit"))


def test_a_test_that_is_gone_is_not_corrected(clinic: Clinic) -> None:
    saved = add_lab_test(clinic, ADMIN, new()).value
    row = row_of(clinic, saved.id)
    with clinic.work(SYSTEM, "tests.void") as work:
        work.void(LabTest, saved.id, "a mistake")
        work.finish()
    with pytest.raises(NotFound):
        correct_lab_test(clinic, ADMIN, correction(row))


def test_ranges_are_added_corrected_and_taken_away(clinic: Clinic) -> None:
    test_id = add_lab_test(clinic, ADMIN, new()).value.id
    adult = add_range(clinic, ADMIN, limits(test_id, age_from=6570)).value
    child = add_range(clinic, ADMIN, limits(test_id, age_to=6570, critical_low=Decimal(5))).value
    add_range(clinic, ADMIN, limits(test_id, sex="female", pregnant="yes", age_from=4380))
    rows = ranges_of(clinic, ADMIN, test_id)
    assert [(row.sex, row.age_from_days, row.age_to_days) for row in rows] == [
        ("any", 0, 6570), ("any", 6570, OLDEST_DAYS), ("female", 4380, OLDEST_DAYS),
    ]  # fmt: skip
    assert row_of(clinic, test_id).ranges == 3
    correct_range(
        clinic, ADMIN,
        CorrectRange(
            range_id=child.id, version=1, test_id=test_id, age_to=6570, normal_low=Decimal("9.5"), source="Clinic",
        ),
    )  # fmt: skip
    changed = ranges_of(clinic, ADMIN, test_id)[0]
    assert (changed.normal_low, changed.normal_high, changed.critical_low) == (Decimal("9.5"), None, None)
    with pytest.raises(StaleRecord):
        correct_range(
            clinic, ADMIN,
            CorrectRange(range_id=child.id, version=1, test_id=test_id, age_to=6570, normal_low=Decimal(1), source="x"),
        )  # fmt: skip
    with pytest.raises(ReasonNeeded):
        void_range(clinic, ADMIN, VoidRange(range_id=adult.id, version=1, reason=" "))
    void_range(clinic, ADMIN, VoidRange(range_id=adult.id, version=1, reason="other analyser"))
    assert len(ranges_of(clinic, ADMIN, test_id)) == 2
    for gone in (
        CorrectRange(range_id=adult.id, version=2, test_id=test_id, normal_low=Decimal(1), source="x"),
        CorrectRange(range_id=child.id, version=2, test_id=new_id(), normal_low=Decimal(1), source="x"),
    ):
        with pytest.raises(NotFound):
            correct_range(clinic, ADMIN, gone)


@pytest.mark.parametrize(
    ("more", "field", "reason"),
    [
        ({"normal_low": None, "normal_high": None}, "normal_low", "required"),
        ({"normal_high": Decimal(9)}, "normal_high", "order"),
        ({"critical_low": Decimal(10)}, "normal_low", "order"),
        ({"critical_high": Decimal(17)}, "critical_high", "order"),
        ({"sex": "both"}, "sex", "choice"),
        ({"pregnant": "maybe"}, "pregnant", "choice"),
        ({"sex": "male", "pregnant": "yes"}, "pregnant", "impossible"),
        ({"age_from": -1}, "age_from", "range"),
        ({"age_from": 10, "age_to": 10}, "age_to", "order"),
        ({"age_to": OLDEST_DAYS + 1}, "age_to", "range"),
        ({"age_from": 400, "age_to": 800}, "age_from", "overlap"),
        ({"source": " "}, "source", "required"),
    ],
)
def test_limits_that_can_not_be_are_refused(clinic: Clinic, more: dict[str, object], field: str, reason: str) -> None:
    test_id = add_lab_test(clinic, ADMIN, new()).value.id
    add_range(clinic, ADMIN, limits(test_id, age_to=500))
    with pytest.raises(InvalidValue) as refused:
        add_range(clinic, ADMIN, limits(test_id, **{"age_from": 500, **more}))
    assert (refused.value.field, refused.value.facts["reason"]) == (field, reason)


def test_a_range_belongs_to_a_test_that_exists(clinic: Clinic) -> None:
    with pytest.raises(NotFound):
        add_range(clinic, ADMIN, limits(new_id()))


def test_every_shipped_range_passes_the_pages_own_rules(stocked_clinic: Clinic) -> None:
    seen = 0
    for test in list_lab_tests(stocked_clinic, ADMIN):
        rows: list[RangeRow] = ranges_of(stocked_clinic, ADMIN, test.id)
        for row in rows:
            check_limits(row.normal_low, row.normal_high, row.critical_low, row.critical_high)
            check_ages(row, rows)
            seen += 1
    assert seen > 100


def test_the_lab_sees_tests_and_the_administrator_changes_them(clinic: Clinic) -> None:
    technician = actor_for("lab_technician")
    with pytest.raises(NotAllowed):
        add_lab_test(clinic, technician, new())
    with pytest.raises(NotAllowed):
        void_range(clinic, technician, VoidRange(range_id=new_id(), version=1, reason="x"))
