"""Which batch first, what is expired, what is owed, what to order, what may replace what."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hms_desktop.domain.dosing import Dose, DoseUnit, Product
from hms_desktop.domain.ids import Id
from hms_desktop.domain.pharmacy import (
    Lot,
    MovementKind,
    first_expiry_first,
    is_expired,
    need,
    owed,
    sign_fits,
    state_after,
)
from hms_desktop.domain.prescriptions import ItemState
from hms_desktop.domain.substitution import Swap, Variant, may_replace, swap, units_covered

TODAY = date(2026, 3, 5)


def lot(number: str, days: int, quantity: int) -> Lot:
    return Lot(Id(number), number, TODAY + timedelta(days=days), quantity)


def test_a_batch_is_good_on_its_expiry_date_and_expired_the_day_after() -> None:
    assert not is_expired(TODAY, TODAY)
    assert is_expired(TODAY - timedelta(days=1), TODAY)


def test_the_first_expiry_goes_first_over_as_many_batches_as_it_takes() -> None:
    found = first_expiry_first([lot("C", 90, 50), lot("A", 10, 5), lot("B", 30, 10)], 20, TODAY)
    assert [(pick.number, pick.quantity) for pick in found.picks] == [("A", 5), ("B", 10), ("C", 5)]
    assert found.missing == 0


def test_expired_and_empty_batches_give_nothing() -> None:
    found = first_expiry_first([lot("A", -1, 50), lot("B", 5, 0)], 1, TODAY)
    assert (found.picks, found.missing) == ((), 1)


def test_of_one_day_the_smaller_rest_goes_first_then_the_number() -> None:
    found = first_expiry_first([lot("B", 9, 7), lot("C", 9, 3), lot("A", 9, 7)], 17, TODAY)
    assert [pick.number for pick in found.picks] == ["C", "A", "B"]


def test_nothing_wanted_takes_nothing() -> None:
    assert first_expiry_first([lot("A", 9, 7)], 0, TODAY).picks == ()
    assert first_expiry_first([lot("A", 9, 7)], -3, TODAY).missing == 0


lots = st.lists(st.tuples(st.integers(-30, 90), st.integers(0, 40)), max_size=8).map(
    lambda many: [lot(f"L{number}", days, quantity) for number, (days, quantity) in enumerate(many)]
)


@given(lots, st.integers(0, 200))
def test_an_allocation_is_exact_in_order_and_never_expired(held: list[Lot], wanted: int) -> None:
    found = first_expiry_first(held, wanted, TODAY)
    known = {each.batch_id: each for each in held}
    assert sum(pick.quantity for pick in found.picks) + found.missing == wanted
    assert all(0 < pick.quantity <= known[pick.batch_id].quantity for pick in found.picks)
    assert all(not is_expired(pick.expiry, TODAY) for pick in found.picks)
    assert [pick.expiry for pick in found.picks] == sorted(pick.expiry for pick in found.picks)
    usable = sum(each.quantity for each in held if not is_expired(each.expiry, TODAY))
    assert found.missing == max(wanted - usable, 0)


@pytest.mark.parametrize(
    ("kind", "adds", "takes"),
    [
        (MovementKind.RECEIPT, True, False),
        (MovementKind.REVERSAL, True, False),
        (MovementKind.DISPENSE, False, True),
        (MovementKind.WRITE_OFF, False, True),
        (MovementKind.ADJUSTMENT, True, True),
        (MovementKind.TRANSFER, True, True),
    ],
)
def test_each_kind_of_movement_has_its_sign(kind: MovementKind, adds: bool, takes: bool) -> None:
    assert (sign_fits(kind, 1), sign_fits(kind, -1), sign_fits(kind, 0)) == (adds, takes, False)


def test_what_was_not_given_is_owed() -> None:
    assert (owed(21, 10), owed(21, 21), owed(21, 30)) == (11, 0, 0)


@pytest.mark.parametrize(
    ("state", "given_units", "wanted"),
    [
        (ItemState.ACTIVE, 10, ItemState.PARTLY),
        (ItemState.PARTLY, 21, ItemState.DISPENSED),
        (ItemState.DISPENSED, 0, ItemState.ACTIVE),
        (ItemState.STOPPED, 0, ItemState.STOPPED),
        (ItemState.EXPIRED, 21, ItemState.EXPIRED),
    ],
)
def test_an_item_follows_what_was_given(state: ItemState, given_units: int, wanted: ItemState) -> None:
    assert state_after(state, 21, given_units) is wanted


def test_enough_stock_needs_no_order() -> None:
    assert need(101, 100, 90, 90, 10) is None


def test_a_low_shelf_is_filled_to_three_months_in_whole_packs() -> None:
    found = need(20, 50, 450, 90, 100)
    assert found is not None
    assert (found.order, found.a_month, found.days_left) == (500, Decimal("150.0"), 4)


def test_a_shelf_above_its_level_that_lasts_less_than_a_month_needs_an_order() -> None:
    found = need(60, 50, 900, 90, 1)
    assert found is not None
    assert found.order == 840


def test_without_consumption_twice_the_level_is_ordered_and_no_days_are_claimed() -> None:
    found = need(0, 30, 0, 90, 25)
    assert found is not None
    assert (found.order, found.days_left) == (75, None)


def test_a_reversal_beyond_what_went_counts_as_nothing() -> None:
    found = need(5, 5, -3, 0, 0)
    assert found is not None
    assert (found.order, found.a_month) == (5, Decimal("0.0"))


def variant(strength: str, mg: str | None, unit: str = "tablet", ml: str | None = None, *codes: str) -> Variant:
    product = Product(unit, Decimal(mg) if mg else None, Decimal(ml) if ml else None)
    return Variant(frozenset(codes or ("paracetamol",)), strength, product)


FIVE, ONE = variant("500 mg", "500"), variant("1 g", "1000")
SYRUP = variant("120 mg/5 ml", "2400", "bottle", "100")
STRONG = variant("250 mg/5 ml", "5000", "bottle", "100")


def test_only_the_same_ingredients_replace_each_other() -> None:
    other = variant("500 mg", "500", "tablet", None, "ibuprofen")
    assert may_replace(FIVE, ONE)
    assert not may_replace(FIVE, other)
    assert not may_replace(variant("500 mg", "500", "tablet", None), other)
    assert not may_replace(Variant(frozenset(), "x", FIVE.product), Variant(frozenset(), "x", FIVE.product))
    assert swap(FIVE, other, 10, None) is None


def test_another_strength_is_counted_by_milligrams_and_rounded_up() -> None:
    assert swap(FIVE, ONE, 21, Dose(Decimal(500), DoseUnit.MG)) == Swap(11, Dose(Decimal(500), DoseUnit.MG))
    assert swap(ONE, FIVE, 10, None) == Swap(20, None)
    assert swap(FIVE, variant("300 mg", "300"), 3, None) == Swap(5, None)


def test_a_dose_in_tablets_becomes_milligrams_on_the_label_of_another_strength() -> None:
    two = Dose(Decimal(2), DoseUnit.TABLET)
    assert swap(FIVE, ONE, 20, two) == Swap(10, Dose(Decimal(1000), DoseUnit.MG))
    assert swap(FIVE, variant("500 mg", "500"), 20, two) == Swap(20, two)


def test_a_dose_in_millilitres_follows_the_concentration() -> None:
    spoon = Dose(Decimal(5), DoseUnit.ML)
    assert swap(SYRUP, STRONG, 2, spoon) == Swap(1, Dose(Decimal(120), DoseUnit.MG))
    assert swap(SYRUP, SYRUP, 2, spoon) == Swap(2, spoon)
    plain = variant("pH 7", None, "bottle", "100")
    assert swap(plain, plain, 1, spoon) == Swap(1, spoon)


def test_what_can_not_be_compared_is_refused() -> None:
    cream, stronger = variant("1 %", None, "tube"), variant("2 %", None, "tube")
    assert swap(cream, stronger, 1, None) is None
    assert units_covered(cream, stronger, 1, 1) == 0
    assert swap(cream, cream, 1, None) == Swap(1, None)
    drops = Dose(Decimal(2), DoseUnit.DROP)
    assert swap(FIVE, ONE, 4, drops) is None


def test_given_units_cover_whole_prescribed_ones_and_never_more_than_are_left() -> None:
    assert units_covered(FIVE, variant("250 mg", "250"), 41, 21) == 20
    assert units_covered(FIVE, variant("250 mg", "250"), 42, 21) == 21
    assert units_covered(FIVE, ONE, 11, 21) == 21
