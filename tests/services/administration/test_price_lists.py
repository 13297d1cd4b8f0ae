"""Services, prices and payer groups as their pages use them: both names, own codes, stale prices, lists in use."""

from decimal import Decimal

import pytest

from hms_desktop.data.tables.facility import Department
from hms_desktop.domain.accounts import SYSTEM
from hms_desktop.domain.billing import ChargeKind
from hms_desktop.domain.errors import InUse, InvalidValue, NotAllowed, ReasonNeeded, StaleRecord
from hms_desktop.domain.ids import Id
from hms_desktop.domain.prices import ItemRow
from hms_desktop.services.administration.price_lists import (
    VoidPriceList,
    list_payers,
    list_services,
    void_price_list,
)
from hms_desktop.services.clinic import Clinic
from hms_desktop.services.prices import (
    CopyPrices,
    SaveItem,
    SavePayerGroup,
    SavePriceList,
    SetPrice,
    copy_prices,
    price_items,
    price_lists,
    save_item,
    save_payer_group,
    save_price_list,
    set_price,
)
from tests.make.billing import billed_patient, charge, price
from tests.stores import actor_for

ADMIN = actor_for("administrator")


def standard(clinic: Clinic) -> Id:
    return price_lists(clinic, ADMIN)[0].id


def item(clinic: Clinic, list_id: Id) -> ItemRow:
    return price_items(clinic, ADMIN, list_id)[0]


def test_a_service_keeps_both_names_and_makes_its_own_code(clinic: Clinic) -> None:
    with clinic.work(SYSTEM, "tests.department") as work:
        department = work.insert(Department, name="Surgery", name_folded="surgery", code="surgery", active=True)
        work.finish()
    price(clinic, "paracetamol", 5, ChargeKind.DRUG)
    for _twice in range(2):
        save_item(
            clinic, ADMIN,
            SaveItem(
                name={"en": "Wound care", "fr": "Pansement"}, department_id=department, price=Decimal(150),
                kind=ChargeKind.SERVICE,
            ),
        )  # fmt: skip
    rows = list_services(clinic, ADMIN)
    assert [row.code for row in rows] == ["wound_care", "wound_care_2"]
    assert (rows[0].name_en, rows[0].name_fr, rows[0].department, rows[0].price) == (
        "Wound care", "Pansement", "Surgery", Decimal(150),
    )  # fmt: skip
    save_item(clinic, ADMIN, SaveItem(id=rows[0].id, version=1, name={"en": "Dressing"}, active=False))
    assert [row.name for row in list_services(clinic, ADMIN)] == ["Wound care", "Dressing"]


def test_a_new_price_counts_for_the_next_charge_and_a_stale_one_is_refused(clinic: Clinic) -> None:
    price(clinic, "dressing", 300)
    guest = billed_patient(clinic)
    row = item(clinic, standard(clinic))
    assert row.price_version == 1
    set_price(clinic, ADMIN, SetPrice(price_list_id=standard(clinic), item_id=row.id, amount=Decimal(450), version=1))
    assert charge(clinic, ADMIN, guest, "dressing").amount == 450
    late = SetPrice(price_list_id=standard(clinic), item_id=row.id, amount=Decimal(500), version=1)
    with pytest.raises(StaleRecord) as refused:
        set_price(clinic, ADMIN, late)
    assert refused.value.facts["current"] == {"amount": Decimal("450.00")}


def test_an_own_price_comes_and_goes_but_the_standard_one_stays(clinic: Clinic) -> None:
    price(clinic, "dressing", 300)
    half = save_price_list(clinic, ADMIN, SavePriceList(name="Half price", multiplier=Decimal("0.5"))).value.id
    assert [row.code for row in price_lists(clinic, ADMIN)] == ["standard", "half_price"]
    row = item(clinic, half)
    assert (row.price, row.own, row.price_version) == (Decimal(150), False, 0)
    own = SetPrice(price_list_id=half, item_id=row.id, amount=Decimal(99), version=0)
    set_price(clinic, ADMIN, own)
    row = item(clinic, half)
    assert (row.price, row.own) == (Decimal(99), True)
    set_price(clinic, ADMIN, SetPrice(price_list_id=half, item_id=row.id, amount=None, version=row.price_version))
    assert item(clinic, half).price == 150
    with pytest.raises(StaleRecord) as refused:
        set_price(clinic, ADMIN, SetPrice(price_list_id=half, item_id=row.id, amount=Decimal(1), version=7))
    assert refused.value.facts["current"] == {"amount": None}
    with pytest.raises(InvalidValue):
        set_price(clinic, ADMIN, SetPrice(price_list_id=standard(clinic), item_id=row.id, amount=None))


def test_a_price_list_goes_when_no_payer_group_pays_by_it(clinic: Clinic) -> None:
    source = standard(clinic)
    made = copy_prices(clinic, ADMIN, CopyPrices(source_id=source, code="", name="Company A")).value.id
    save_payer_group(clinic, ADMIN, SavePayerGroup(name={"en": "Staff", "fr": "Personnel"}, price_list_id=made))
    group = list_payers(clinic, ADMIN)[0]
    assert (group.code, group.name_fr, group.price_list) == ("staff", "Personnel", "Company A")
    with pytest.raises(InUse) as refused:
        void_price_list(clinic, ADMIN, VoidPriceList(price_list_id=made, version=1, reason="over"))
    assert refused.value.facts["count"] == 1
    save_payer_group(
        clinic, ADMIN, SavePayerGroup(id=group.id, version=group.version, name={"en": "Staff"}, price_list_id=source)
    )
    with pytest.raises(ReasonNeeded):
        void_price_list(clinic, ADMIN, VoidPriceList(price_list_id=made, version=1, reason=""))
    void_price_list(clinic, ADMIN, VoidPriceList(price_list_id=made, version=1, reason="contract over"))
    assert [row.id for row in price_lists(clinic, ADMIN)] == [source]
    with pytest.raises(InvalidValue) as kept:
        void_price_list(clinic, ADMIN, VoidPriceList(price_list_id=source, version=1, reason="x"))
    assert kept.value.facts["reason"] == "standard_list"


def test_the_pharmacist_sees_services_and_changes_nothing(clinic: Clinic) -> None:
    pharmacist = actor_for("pharmacist")
    assert list_services(clinic, pharmacist) == []
    with pytest.raises(NotAllowed):
        void_price_list(clinic, pharmacist, VoidPriceList(price_list_id=standard(clinic), version=1, reason="x"))
    with pytest.raises(NotAllowed):
        list_payers(clinic, actor_for("nurse"))
