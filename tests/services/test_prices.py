"""Price lists: own prices, copies with a multiplier, items and payer groups; charges made keep their price."""

from decimal import Decimal
from typing import Any

import pytest

from hms_desktop.data.tables.billing import PriceList
from hms_desktop.domain.accounts import SYSTEM, Actor
from hms_desktop.domain.billing import ChargeKind
from hms_desktop.domain.errors import AlreadyExists, InvalidValue, NotAllowed, StaleRecord
from hms_desktop.domain.ids import Id
from hms_desktop.services.administration.price_lists import list_payers
from hms_desktop.services.clinic import Clinic
from hms_desktop.services.prices import (
    CopyPrices,
    SaveItem,
    SavePayerGroup,
    SavePriceList,
    SetPrice,
    copy_prices,
    find_items,
    price_items,
    price_lists,
    save_item,
    save_payer_group,
    save_price_list,
    set_price,
)
from tests.make.billing import account, billed_patient, charge, payer_group, price
from tests.stores import actor_for


def listed(clinic: Clinic, anyone: Actor, list_id: Id) -> dict[str, Any]:
    return {row.code: (row.price, row.own) for row in price_items(clinic, anyone, list_id)}


def standard(clinic: Clinic, anyone: Actor) -> Id:
    return price_lists(clinic, anyone)[0].id


def test_a_list_multiplies_until_it_has_a_price_of_its_own(clinic: Clinic, anyone: Actor) -> None:
    item = price(clinic, "dressing", 333)
    price(clinic, "unpriced", None)
    saved = save_price_list(
        clinic, anyone,
        SavePriceList(code="Company A", name="Company", multiplier=Decimal("1.1"), round_to=Decimal(5)),
    ).value  # fmt: skip
    assert [row.code for row in price_lists(clinic, anyone)] == ["standard", "company_a"]
    assert listed(clinic, anyone, saved.id) == {"dressing": (365, False), "unpriced": (None, False)}
    for amount, expected in ((Decimal(400), (400, True)), (Decimal(0), (0, True)), (None, (365, False))):
        set_price(clinic, anyone, SetPrice(price_list_id=saved.id, item_id=item, amount=amount))
        assert listed(clinic, anyone, saved.id)["dressing"] == expected
    set_price(clinic, anyone, SetPrice(price_list_id=saved.id, item_id=item, amount=None))
    with pytest.raises(InvalidValue):
        set_price(clinic, anyone, SetPrice(price_list_id=saved.id, item_id=item, amount=Decimal(-1)))


def test_a_new_price_does_not_touch_charges_that_were_made(clinic: Clinic, anyone: Actor) -> None:
    item = price(clinic, "dressing", 300)
    guest = billed_patient(clinic)
    charge(clinic, anyone, guest, "dressing")
    set_price(clinic, anyone, SetPrice(price_list_id=standard(clinic, anyone), item_id=item, amount=Decimal(999)))
    assert account(clinic, guest).owed == 300
    assert charge(clinic, anyone, guest, "dressing").amount == 999


def test_prices_are_copied_with_multiplier_and_rounding_and_then_their_own(clinic: Clinic, anyone: Actor) -> None:
    price(clinic, "dressing", 333)
    price(clinic, "unpriced", None)
    copy = CopyPrices(
        source_id=standard(clinic, anyone), code="copy", name="Copy", multiplier=Decimal("1.5"), round_to=Decimal(50)
    )
    made = copy_prices(clinic, anyone, copy).value
    assert listed(clinic, anyone, made.id) == {"dressing": (500, True), "unpriced": (None, False)}
    with pytest.raises(AlreadyExists):
        copy_prices(clinic, anyone, CopyPrices(source_id=made.id, code="copy", name="Again"))


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"name": " ", "code": "a"}, "name"),
        ({"name": "A", "code": "1a"}, "code"),
        ({"name": "A", "code": "a", "multiplier": Decimal(-1)}, "multiplier"),
    ],
)
def test_a_list_that_cannot_be_is_refused_beside_its_field(
    clinic: Clinic, anyone: Actor, values: dict[str, object], field: str
) -> None:
    with pytest.raises(InvalidValue) as refused:
        save_price_list(clinic, anyone, SavePriceList(**values))  # type: ignore[arg-type]
    assert refused.value.field == field


def test_the_standard_list_stays_the_standard(clinic: Clinic, anyone: Actor) -> None:
    row = price_lists(clinic, anyone)[0]
    save_price_list(clinic, anyone, SavePriceList(id=row.id, version=row.version, name="Our prices"))
    with pytest.raises(StaleRecord):
        save_price_list(clinic, anyone, SavePriceList(id=row.id, version=row.version, name="Later"))
    with pytest.raises(InvalidValue):
        save_price_list(clinic, anyone, SavePriceList(id=row.id, name="Twice", multiplier=Decimal(2)))
    assert price_lists(clinic, anyone)[0].name == "Our prices"


def test_an_item_is_made_found_corrected_and_taken_off(clinic: Clinic, anyone: Actor) -> None:
    command = SaveItem(code="Wound care", name={"en": "Wound care, large", "fr": "Pansement"}, price=Decimal(150))
    saved = save_item(clinic, anyone, command).value
    for text in ("wound", "LARGE wo", "pansem", "wound_care", ""):
        assert [row.name for row in find_items(clinic, anyone, text)] == ["Wound care, large"]
    assert find_items(clinic, anyone, "care x") == []
    assert find_items(clinic, anyone, "", kinds=frozenset({ChargeKind.LAB})) == []
    with pytest.raises(AlreadyExists):
        save_item(clinic, anyone, SaveItem(code="wound care", name={"en": "Other"}))
    with pytest.raises(InvalidValue):
        save_item(clinic, anyone, SaveItem(code="x", name={"en": " "}))
    (row,) = find_items(clinic, anyone)
    save_item(clinic, anyone, SaveItem(id=saved.id, version=row.version, name={"en": "Wound"}, active=False))
    assert find_items(clinic, anyone) == []
    (row,) = price_items(clinic, anyone, standard(clinic, anyone))
    assert (row.name, row.active, row.price) == ("Wound", False, Decimal(150))


def test_items_are_offered_at_the_price_of_the_visits_payer(clinic: Clinic, anyone: Actor) -> None:
    price(clinic, "dressing", 300)
    guest = billed_patient(clinic, payer=payer_group(clinic, "half", "0.5"))
    (row,) = find_items(clinic, anyone, "dress", guest.visit_id)
    assert (row.price, row.standard) == (Decimal(150), Decimal(300))


def test_a_payer_group_is_saved_and_corrected(clinic: Clinic, anyone: Actor) -> None:
    list_id = standard(clinic, anyone)
    saved = save_payer_group(
        clinic, anyone, SavePayerGroup(code="staff", name={"en": "Staff"}, price_list_id=list_id)
    ).value
    (row,) = list_payers(clinic, anyone)
    assert (row.code, row.waives_under_five) == ("staff", False)
    change = SavePayerGroup(
        id=saved.id, version=row.version, name={"en": "Family"}, price_list_id=list_id, waives_under_five=True
    )
    save_payer_group(clinic, anyone, change)
    assert list_payers(clinic, anyone)[0].waives_under_five
    for values in ({"code": "staff", "name": {"en": "Again"}}, {"code": "x", "name": {}}):
        with pytest.raises((AlreadyExists, InvalidValue)):
            save_payer_group(clinic, anyone, SavePayerGroup(price_list_id=list_id, **values))  # type: ignore[arg-type]


def test_a_cashier_sees_prices_and_changes_none(clinic: Clinic, anyone: Actor) -> None:
    item = price(clinic, "dressing", 300)
    cashier = actor_for("cashier")
    assert len(find_items(clinic, cashier)) == 1
    with pytest.raises(NotAllowed):
        set_price(clinic, cashier, SetPrice(price_list_id=standard(clinic, anyone), item_id=item, amount=Decimal(1)))


def test_a_payer_whose_list_was_taken_away_pays_standard_prices(clinic: Clinic, anyone: Actor) -> None:
    price(clinic, "dressing", 300)
    guest = billed_patient(clinic, payer=payer_group(clinic, "half", "0.5"))
    half = next(row for row in price_lists(clinic, anyone) if row.code == "half")
    with clinic.work(SYSTEM, "tests.void") as work:
        work.void(PriceList, half.id, "over")
        work.finish()
    assert charge(clinic, anyone, guest, "dressing").amount == 300
