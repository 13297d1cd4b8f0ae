"""Settings: the page's list, one save for what was changed, each kind checked, stale ones refused."""

from decimal import Decimal

import pytest

from hms_desktop.data.queries import settings as queries
from hms_desktop.domain.accounts import SYSTEM
from hms_desktop.domain.billing import ChargeKind
from hms_desktop.domain.errors import InvalidValue, NotAllowed, StaleRecord
from hms_desktop.domain.settings import SETTINGS, SettingRow, Value
from hms_desktop.services.administration.settings import ChangeSettings, SettingChange, change_settings, list_settings
from hms_desktop.services.clinic import Clinic
from tests.make.billing import price
from tests.stores import actor_for

ADMIN = actor_for("administrator")


def change(clinic: Clinic, name: str, value: Value, version: int = 0) -> None:
    one = SettingChange(name=name, value=value, version=version)
    change_settings(clinic, ADMIN, ChangeSettings(changes=(one,)))


def row(clinic: Clinic, name: str) -> SettingRow:
    return next(each for each in list_settings(clinic, ADMIN) if each.declared.name == name)


def test_the_page_lists_every_declared_setting_with_its_default(clinic: Clinic) -> None:
    rows = list_settings(clinic, ADMIN)
    assert [(each.declared, each.value, each.version) for each in rows] == [(s, s.default, 0) for s in SETTINGS]


def test_several_settings_are_changed_in_one_save_and_count_at_once(clinic: Clinic) -> None:
    changes = (
        SettingChange(name="lab_own_release", value=True),
        SettingChange(name="idle_lock_minutes", value=12),
        SettingChange(name="refund_limit", value=Decimal("750.00")),
        SettingChange(name="rounding", value="up"),
        SettingChange(name="mobile_operators", value="  M-Pesa,  T-Kash "),
    )
    assert change_settings(clinic, ADMIN, ChangeSettings(changes=changes)).value == 5
    with clinic.read(SYSTEM) as reader:
        assert queries.flag(reader, "lab_own_release")
        assert queries.whole(reader, "idle_lock_minutes") == 12
        assert queries.money(reader, "refund_limit") == Decimal("750.00")
        assert queries.word(reader, "rounding") == "up"
        assert queries.word(reader, "mobile_operators") == "M-Pesa, T-Kash"
    change(clinic, "idle_lock_minutes", 5, version=1)
    assert (row(clinic, "idle_lock_minutes").value, row(clinic, "idle_lock_minutes").version) == (5, 2)


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("lab_own_release", 1, "kind"),
        ("idle_lock_minutes", True, "kind"),
        ("idle_lock_minutes", "5", "kind"),
        ("idle_lock_minutes", 0, "range"),
        ("refund_limit", 500, "kind"),
        ("refund_limit", Decimal(-1), "negative"),
        ("refund_limit", Decimal("0.001"), "money"),
        ("rounding", "sideways", "choice"),
        ("mobile_operators", "x" * 201, "too_long"),
        ("consultation_item", "no_such_item", "unknown"),
    ],
)
def test_a_value_that_can_not_be_is_refused_beside_its_setting(
    clinic: Clinic, name: str, value: Value, reason: str
) -> None:
    with pytest.raises(InvalidValue) as refused:
        change(clinic, name, value)
    assert (refused.value.field, refused.value.facts["reason"]) == (name, reason)
    assert row(clinic, name).version == 0


def test_a_setting_that_names_a_price_item_needs_one_that_is_offered(clinic: Clinic) -> None:
    price(clinic, "consultation_night", 900, ChargeKind.CONSULTATION)
    change(clinic, "consultation_item", "consultation_night")
    assert row(clinic, "consultation_item").value == "consultation_night"
    change(clinic, "registration_item", "")
    with pytest.raises(InvalidValue):
        change(clinic, "registration_item", "consultation_night", version=1)


def test_a_setting_that_is_not_declared_is_refused(clinic: Clinic) -> None:
    with pytest.raises(InvalidValue):
        change(clinic, "coffee_strength", 9)


def test_a_stale_setting_is_refused_and_nothing_of_the_save_is_taken(clinic: Clinic) -> None:
    change(clinic, "bill_due_days", 10)
    changes = (SettingChange(name="print_ticket", value=False), SettingChange(name="bill_due_days", value=20))
    with pytest.raises(StaleRecord) as refused:
        change_settings(clinic, ADMIN, ChangeSettings(changes=changes))
    assert refused.value.facts["current"] == {"value": 10}
    assert row(clinic, "print_ticket").value is True
    with pytest.raises(StaleRecord) as ahead:
        change(clinic, "print_receipt", False, version=3)
    assert ahead.value.facts["current"] == {"value": None}


def test_the_manager_sees_settings_and_the_administrator_changes_them(clinic: Clinic) -> None:
    manager = actor_for("hospital_manager")
    assert list_settings(clinic, manager)
    with pytest.raises(NotAllowed):
        change_settings(clinic, manager, ChangeSettings(changes=()))
    with pytest.raises(NotAllowed):
        list_settings(clinic, actor_for("cashier"))
