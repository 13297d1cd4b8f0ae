from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hms_desktop.domain.dosing import (
    ChildDoseLevel,
    Dose,
    DoseUnit,
    Frequency,
    LargeDose,
    Product,
    check_child_dose,
    check_notation,
    dose_in_mg,
    large_dose,
    parse_dose,
    quantity_for,
    show_amount,
    takes,
)
from hms_desktop.domain.errors import InvalidValue, UnsafeNotation

D = Decimal
TABLET_500 = Product("tablet", mg_per_unit=D(500))
SYRUP = Product("bottle", mg_per_unit=D(2500), unit_ml=D(100))


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("500mg", "500 mg"),
        ("500 MG", "500 mg"),
        ("5.0 mg", "5 mg"),
        (".5 ml", "0.5 ml"),
        ("2,5 ml", "2.5 ml"),
        ("0,125 mg", "0.125 mg"),
        ("1000 mg", "1000 mg"),
        ("1 g", "1 g"),
        ("10 mcg", "10 mcg"),
        ("100 micrograms", "100 mcg"),
        ("1/2 tab", "0.5 tablet"),
        ("½ tablet", "0.5 tablet"),
        ("1½ tabs", "1.5 tablets"),
        ("1 1/2 tablets", "1.5 tablets"),
        ("1 tablet", "1 tablet"),
        ("2 tabs.", "2 tablets"),
        ("2 caps", "2 capsules"),
        ("10 units", "10 units"),
        ("2 suppositories", "2 suppositories"),
        ("1 pessary", "1 pessary"),
        ("3 drops", "3 drops"),
        ("5 millilitres", "5 ml"),
    ],
)
def test_a_typed_dose_is_shown_safely(typed: str, shown: str) -> None:
    assert parse_dose(typed).text == shown


@given(st.decimals(D("0.001"), D(100_000), places=3), st.sampled_from(DoseUnit))
def test_a_shown_dose_is_read_back(amount: Decimal, unit: DoseUnit) -> None:
    dose = Dose(amount, unit)
    assert parse_dose(dose.text) == dose
    check_notation(dose.text, "dose")


def test_amounts_never_show_an_exponent_or_a_trailing_zero() -> None:
    assert show_amount(D("1E+3")) == "1000"
    assert show_amount(D("0.50")) == "0.5"
    assert show_amount(D("100")) == "100"
    assert show_amount(D("2.0")) == "2"


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("", "dose"),
        ("mg", "dose"),
        ("500", "dose"),
        ("500 kg", "dose"),
        ("-5 mg", "dose"),
        ("1/3 tablet", "dose"),
        ("1/0 tablet", "dose"),
        ("1,000 mg", "ambiguous_number"),
        ("0 mg", "not_positive"),
    ],
)
def test_a_dose_that_is_not_understood_is_refused(typed: str, reason: str) -> None:
    with pytest.raises(InvalidValue) as refused:
        parse_dose(typed, "dose")
    assert (refused.value.field, refused.value.facts["reason"]) == ("dose", reason)


@pytest.mark.parametrize(
    ("typed", "found", "instead"),
    [
        ("10 U", "U", "units"),
        ("10u insulin", "u", "units"),
        ("1000 IU", "IU", "units"),
        ("1000 i.u.", "i.u.", "units"),
        ("5 mg QD", "QD", "once daily"),
        ("5 mg q.d.", "q.d.", "once daily"),
        ("5 mg QOD", "QOD", "every other day"),
        ("5 mg q.o.d.", "q.o.d.", "every other day"),
        ("MS 5 mg", "MS", "morphine sulfate / magnesium sulfate"),
        ("MSO4 5 mg", "MSO4", "morphine sulfate"),
        ("MgSO4 5 g", "MgSO4", "magnesium sulfate"),
        ("100 µg", "µg", "mcg"),
        ("100μg", "μg", "mcg"),
        ("100ug", "ug", "mcg"),
        ("give 5.0 mg", "5.0", "5"),
        ("give .5 mg", ".5", "0.5"),
    ],
)
def test_unsafe_notations_are_refused_with_the_safe_spelling(typed: str, found: str, instead: str) -> None:
    with pytest.raises(UnsafeNotation) as refused:
        check_notation(typed, "instructions")
    assert refused.value.facts == {"field": "instructions", "found": found, "instead": instead}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "take after food",
        "10 units",
        "20.05 mg",
        "0.5 ml",
        "2.50 ml",
        "every 8 hours",
        "Ms Otieno",
        "hugs",
        "v1.0.2",
    ],
)
def test_harmless_words_pass(text: str) -> None:
    check_notation(text, "instructions")


def test_unsafe_units_are_refused_in_a_dose_but_zeros_are_put_right() -> None:
    with pytest.raises(UnsafeNotation):
        parse_dose("10 IU")
    with pytest.raises(UnsafeNotation):
        parse_dose("50µg")
    assert parse_dose("1.0 mg").text == "1 mg"


@pytest.mark.parametrize(
    ("frequency", "days", "count"),
    [
        (Frequency.ONCE, 5, 1),
        (Frequency.DAILY, 5, 5),
        (Frequency.TWICE_DAILY, 5, 10),
        (Frequency.THREE_DAILY, 5, 15),
        (Frequency.FOUR_DAILY, 5, 20),
        (Frequency.AT_NIGHT, 5, 5),
        (Frequency.EVERY_12_HOURS, 5, 10),
        (Frequency.EVERY_8_HOURS, 5, 15),
        (Frequency.EVERY_6_HOURS, 5, 20),
        (Frequency.EVERY_4_HOURS, 5, 30),
        (Frequency.ALTERNATE_DAYS, 5, 3),
        (Frequency.WEEKLY, 7, 1),
        (Frequency.WEEKLY, 8, 2),
    ],
)
def test_takes_are_counted_by_frequency_and_days(frequency: Frequency, days: int, count: int) -> None:
    assert takes(frequency, days) == count


def test_as_needed_counts_the_most_a_day() -> None:
    assert takes(Frequency.AS_NEEDED, 3, 4) == 12
    for most, reason in ((None, "required"), (0, "range"), (25, "range")):
        with pytest.raises(InvalidValue) as refused:
            takes(Frequency.AS_NEEDED, 3, most)
        assert (refused.value.field, refused.value.facts["reason"]) == ("max_per_day", reason)


@pytest.mark.parametrize("days", [0, -1, 367])
def test_impossible_durations_are_refused(days: int) -> None:
    with pytest.raises(InvalidValue) as refused:
        takes(Frequency.DAILY, days)
    assert refused.value.field == "duration"


@pytest.mark.parametrize(
    ("dose", "frequency", "days", "product", "units", "per_take", "uneven"),
    [
        ("500 mg", Frequency.THREE_DAILY, 5, TABLET_500, 15, "1", False),
        ("1 g", Frequency.TWICE_DAILY, 5, TABLET_500, 20, "2", False),
        ("250 mg", Frequency.THREE_DAILY, 5, TABLET_500, 8, "0.5", False),
        ("125 mg", Frequency.THREE_DAILY, 5, TABLET_500, 4, "0.25", True),
        ("2 tablets", Frequency.THREE_DAILY, 5, TABLET_500, 30, "2", False),
        ("250 mg", Frequency.DAILY, 5, Product("capsule", D(500)), 3, "0.5", True),
        ("250 mg", Frequency.THREE_DAILY, 5, SYRUP, 2, "0.1", False),
        ("5 ml", Frequency.THREE_DAILY, 5, SYRUP, 1, "0.05", False),
        ("7.5 ml", Frequency.THREE_DAILY, 5, SYRUP, 2, "0.075", False),
        ("60 mg", Frequency.DAILY, 3, Product("ampoule", D(80)), 3, "0.75", False),
        ("120 mg", Frequency.DAILY, 3, Product("ampoule", D(80)), 6, "1.5", False),
        ("500 mcg", Frequency.DAILY, 10, Product("tablet", D("0.5")), 10, "1", False),
        ("2 puffs", Frequency.TWICE_DAILY, 30, Product("inhaler"), 1, "2", False),
        ("1 application", Frequency.TWICE_DAILY, 7, Product("tube"), 1, "1", False),
        ("1 sachet", Frequency.AS_NEEDED, 3, Product("sachet"), 12, "1", False),
    ],
)
def test_the_quantity_follows_from_dose_times_and_days(
    dose: str, frequency: Frequency, days: int, product: Product, units: int, per_take: str, uneven: bool
) -> None:
    found = quantity_for(parse_dose(dose), frequency, days, product, max_per_day=4)
    assert found is not None
    assert (found.units, found.per_take, found.uneven) == (units, D(per_take), uneven)
    assert found.takes == takes(frequency, days, 4)


@pytest.mark.parametrize(
    ("dose", "product"),
    [("10 units", Product("vial")), ("500 mg", Product("tube")), ("5 ml", TABLET_500), ("1 capsule", TABLET_500)],
)
def test_what_cannot_be_compared_is_left_to_a_person(dose: str, product: Product) -> None:
    assert quantity_for(parse_dose(dose), Frequency.DAILY, 5, product) is None


@given(
    st.decimals(D(1), D(5000), places=1),
    st.sampled_from([f for f in Frequency if f is not Frequency.AS_NEEDED]),
    st.integers(1, 60),
    st.sampled_from([TABLET_500, SYRUP, Product("vial", D(1000))]),
)
def test_what_is_dispensed_is_enough_and_never_a_unit_too_much(
    amount: Decimal, frequency: Frequency, days: int, product: Product
) -> None:
    found = quantity_for(Dose(amount, DoseUnit.MG), frequency, days, product)
    assert found is not None
    assert product.mg_per_unit is not None
    needed = Fraction(amount) * found.takes / Fraction(product.mg_per_unit)
    assert found.units >= needed
    if product.unit != "vial":
        assert found.units - 1 < needed


@pytest.mark.parametrize(
    ("dose", "weight", "level", "per_kg", "recommended"),
    [
        (250, D(10), ChildDoseLevel.FITS, "25", "250"),
        (200, D(10), ChildDoseLevel.FITS, "20", "250"),
        (199, D(10), ChildDoseLevel.LOW, "19.9", "250"),
        (300, D(10), ChildDoseLevel.FITS, "30", "250"),
        (301, D(10), ChildDoseLevel.HIGH, "30.1", "250"),
        (500, D(40), ChildDoseLevel.FITS, "12.5", "500"),
        (501, D(40), ChildDoseLevel.ABOVE_MAXIMUM, "12.53", "500"),
        (None, D(10), ChildDoseLevel.NOT_COMPARED, None, None),
        (250, None, ChildDoseLevel.WEIGHT_NEEDED, None, None),
        (501, None, ChildDoseLevel.ABOVE_MAXIMUM, None, None),
    ],
)
def test_a_childs_dose_is_judged_by_weight_and_maximum(
    dose: int | None, weight: Decimal | None, level: ChildDoseLevel, per_kg: str | None, recommended: str | None
) -> None:
    found = check_child_dose(None if dose is None else Fraction(dose), weight, D(25), D(500))
    assert found.level is level
    assert found.per_kg == (None if per_kg is None else D(per_kg))
    assert found.recommended == (None if recommended is None else D(recommended))
    assert found.maximum == 500
    assert found.serious is (level in {ChildDoseLevel.HIGH, ChildDoseLevel.ABOVE_MAXIMUM})


def test_without_a_maximum_only_the_weight_counts() -> None:
    found = check_child_dose(Fraction(2000), D(80), D(25), None)
    assert (found.level, found.maximum) == (ChildDoseLevel.FITS, None)
    assert check_child_dose(Fraction(100), D(10), None, None).level is ChildDoseLevel.NO_RULE


def test_only_a_mass_has_milligrams() -> None:
    assert Dose(D(500), DoseUnit.MCG).milligrams == Fraction(1, 2)
    assert Dose(D(1), DoseUnit.TABLET).milligrams is None


SMALL_SYRUP = Product("bottle", D(1440), D(60))
TABLET = Product("tablet", D(500))


@pytest.mark.parametrize(
    ("dose", "product", "mg"),
    [
        ("240 mg", SMALL_SYRUP, 240),
        ("50 ml", SMALL_SYRUP, 1200),
        ("1/2 tablet", TABLET, 250),
        ("2 tablets", TABLET, 1000),
        ("2 tablets", Product("tablet"), None),
        ("1 capsule", TABLET, None),
        ("5 ml", TABLET, None),
        ("4 units", Product("vial", D(10)), None),
    ],
)
def test_a_dose_in_ml_or_tablets_is_counted_in_mg(dose: str, product: Product, mg: int | None) -> None:
    assert dose_in_mg(parse_dose(dose), product) == mg


@pytest.mark.parametrize(
    ("dose", "product", "found"),
    [
        ("50 g", TABLET, LargeDose.MANY_UNITS),
        ("5 g", TABLET, None),
        ("5.5 g", TABLET, LargeDose.MANY_UNITS),
        ("11 tablets", Product("tablet"), LargeDose.MANY_UNITS),
        ("60 ml", SMALL_SYRUP, LargeDose.WHOLE_BOTTLE),
        ("50 ml", SMALL_SYRUP, None),
        ("11 g", Product(""), LargeDose.MANY_GRAMS),
        ("10 g", Product(""), None),
        ("2400000 units", Product("vial"), None),
        ("20 drops", Product("bottle", None, D(10)), None),
    ],
)
def test_an_implausible_take_is_asked_about(dose: str, product: Product, found: LargeDose | None) -> None:
    assert large_dose(parse_dose(dose), product, swallowed=True) is found


def test_a_whole_bottle_may_be_infused() -> None:
    assert large_dose(parse_dose("60 ml"), SMALL_SYRUP, swallowed=False) is None


@pytest.mark.parametrize(
    ("text", "reason", "instead"),
    [
        ("0.0625 mg", "dose_unit_smaller", "62.5 mcg"),
        ("0.0005 g", "dose_unit_smaller", "0.5 mg"),
        ("0.0001 ml", "places", None),
        ("1000000000 units", "range", None),
    ],
)
def test_a_dose_that_cannot_be_kept_is_refused_with_the_way_out(text: str, reason: str, instead: str | None) -> None:
    with pytest.raises(InvalidValue) as caught:
        parse_dose(text)
    assert (caught.value.facts["reason"], caught.value.facts.get("instead")) == (reason, instead)
