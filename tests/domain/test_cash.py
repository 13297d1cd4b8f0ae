"""The drawer's arithmetic and what may be handed over."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from hms_desktop.domain.billing import CashMovementKind, PaymentMethod
from hms_desktop.domain.cash import (
    _FACES,
    CashCount,
    DrawerMove,
    MethodSum,
    counted_total,
    expected_cash,
    faces,
    is_stale,
)
from hms_desktop.domain.errors import InvalidValue
from hms_desktop.domain.money import Currency
from hms_desktop.domain.tenders import Tender, check_tender

NOON = datetime(2026, 3, 5, 9, tzinfo=UTC)


@pytest.mark.parametrize("code", [*_FACES, "ZZZ"])
@pytest.mark.parametrize("digits", [0, 2])
def test_faces_go_from_large_to_small_and_can_be_counted(code: str, digits: int) -> None:
    found = faces(Currency(code, 2 if code in _FACES else digits))
    assert list(found) == sorted(set(found), reverse=True)
    counts = [CashCount(face, 2) for face in found]
    assert counted_total(counts, Decimal(1), Currency(code, 2)) == 2 * sum(found) + 1


def test_what_must_be_in_the_drawer_counts_cash_only() -> None:
    takings = [MethodSum(PaymentMethod.CASH, 3, Decimal(700)), MethodSum(PaymentMethod.MOBILE, 1, Decimal(99))]
    refunds = [MethodSum(PaymentMethod.CASH, 1, Decimal(50)), MethodSum(PaymentMethod.CARD, 1, Decimal(9))]
    moves = [
        DrawerMove(CashMovementKind.OUT, Decimal(600), "bank", NOON, "C"),
        DrawerMove(CashMovementKind.IN, Decimal(20), "change", NOON, "C"),
    ]
    assert expected_cash(Decimal(100), takings, refunds, moves) == 170


@pytest.mark.parametrize(
    ("hours", "today", "expected"),
    [(5, date(2026, 3, 5), False), (12, date(2026, 3, 6), False), (13, date(2026, 3, 6), True)],
)
def test_a_night_shift_is_not_yesterdays_session(hours: int, today: date, expected: bool) -> None:
    assert is_stale(date(2026, 3, 5), NOON, today, NOON + timedelta(hours=hours)) is expected


@pytest.mark.parametrize(
    ("tender", "field", "reason"),
    [
        (Tender(method=PaymentMethod.CASH, amount=Decimal(0)), "amount", "not_positive"),
        (Tender(method=PaymentMethod.CASH, amount=Decimal("0.001")), "amount", "money"),
        (Tender(method=PaymentMethod.CASH, amount=Decimal(5), tendered=Decimal(4)), "tendered", "too_little"),
        (Tender(method=PaymentMethod.CASH, amount=Decimal(5), tendered=Decimal("5.001")), "amount", "money"),
        (Tender(method=PaymentMethod.CARD, amount=Decimal(5), tendered=Decimal(5)), "tendered", "only_cash"),
        (Tender(method=PaymentMethod.MOBILE, amount=Decimal(5), code="x"), "operator", "required"),
        (Tender(method=PaymentMethod.MOBILE, amount=Decimal(5), operator="x", code="-"), "code", "required"),
    ],
)
def test_a_tender_is_refused_for_one_reason(tender: Tender, field: str, reason: str) -> None:
    with pytest.raises(InvalidValue) as refused:
        check_tender(tender, Currency())
    assert (refused.value.field, refused.value.facts["reason"]) == (field, reason)


def test_change_waiting_and_codes_follow_the_method() -> None:
    cash = Tender(method=PaymentMethod.CASH, amount=Decimal(5), tendered=Decimal(20))
    mobile = Tender(method=PaymentMethod.MOBILE, amount=Decimal(5), operator="M-Pesa", code="ab 12-C")
    card = Tender(method=PaymentMethod.CARD, amount=Decimal(5), code="99")
    for tender in (cash, mobile, card):
        check_tender(tender, Currency())
    assert (cash.change, mobile.change, card.change) == (Decimal(15), Decimal(0), Decimal(0))
    assert (cash.waits, mobile.waits, card.waits) == (False, True, False)
    assert (cash.code_key, mobile.code_key, card.code_key) == ("", "mpesa|ab12c", "")
