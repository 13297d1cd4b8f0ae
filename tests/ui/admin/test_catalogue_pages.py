"""The pages of the catalogue: services, tests with their ranges, prices, price lists, payer groups."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from PySide6.QtWidgets import QWidget

from hms_desktop.domain.accounts import Actor
from hms_desktop.domain.ids import new_id
from hms_desktop.domain.lab import ResultKind
from hms_desktop.services.administration.lab_tests import list_lab_tests, ranges_of
from hms_desktop.services.administration.medicines import list_medicines
from hms_desktop.services.administration.price_lists import list_payers, list_services
from hms_desktop.services.clinic import Clinic
from hms_desktop.services.prices import SetPrice, price_items, price_lists, set_price
from hms_desktop.ui.admin.lab_tests_page import LabTestsPage
from hms_desktop.ui.admin.prices_page import PricesPage
from hms_desktop.ui.kit import keys
from tests.make.admin_desk import OpenDesk, dialog_named, type_fields
from tests.make.billing import price
from tests.stores import actor_for

ADMIN = actor_for("administrator")


@pytest.fixture
def full(stocked_clinic: Clinic, open_one: Callable[..., OpenDesk]) -> OpenDesk:
    """A desk in a clinic with lists."""
    return open_one()


def listed(page: PricesPage) -> dict[str, str]:
    return {row.code: page.list.rows_model.columns[-1].text(row) for row in page.list.rows()}


def test_a_service_is_added_with_both_names_and_its_price(full: OpenDesk) -> None:
    full.list_page("services")
    keys.press("Ctrl+N")
    type_fields("Eye test", "Examen de vue")
    keys.press("Return")
    keys.type_text("Surg")
    keys.press("Return")
    type_fields("350")
    keys.press("Ctrl+Return")
    made = next(row for row in list_services(full.clinic, ADMIN) if row.code == "eye_test")
    assert (made.name_fr, made.price, made.active) == ("Examen de vue", Decimal(350), True)
    keys.press("Return")
    type_fields("Eye test, both eyes")
    keys.press("Ctrl+Return")
    again = next(row for row in list_services(full.clinic, ADMIN) if row.code == "eye_test")
    assert (again.name, again.price) == ("Eye test, both eyes", Decimal(350))


def test_a_price_that_somebody_else_changed_is_not_carried_back_by_a_form(full: OpenDesk) -> None:
    full.list_page("medicines")
    full.find("paracetamol 500")
    keys.press("Return")
    type_fields("", "", "", "", "Panadol")
    row = next(each for each in list_medicines(full.clinic, ADMIN) if each.code.startswith("paracetamol_500_mg_tab"))
    standard = price_lists(full.clinic, ADMIN)[0].id
    item = next(each for each in price_items(full.clinic, ADMIN, standard) if each.code == row.code)
    set_price(full.clinic, ADMIN, SetPrice(price_list_id=standard, item_id=item.id, amount=Decimal(77)))
    keys.press("Ctrl+Return")
    after = next(each for each in list_medicines(full.clinic, ADMIN) if each.id == row.id)
    assert (after.brand, after.price) == ("Panadol", Decimal(77))


def test_prices_are_typed_one_after_the_other(full: OpenDesk) -> None:
    page = full.go_to("prices")
    assert isinstance(page, PricesPage)
    full.find("dressing")
    assert [row.code for row in page.list.rows()][:2] == ["burn_dressing", "dressing_large"]
    for amount in ("510", "310"):
        keys.press("Return")
        type_fields(amount)
        keys.press("Return")
    assert listed(page)["burn_dressing"] == "510.00"
    assert listed(page)["dressing_large"] == "310.00"
    page.list.select_first()
    keys.press("Return")
    keys.press("Return")
    keys.press("Return")
    current = page.list.current()
    assert current is not None
    assert current.code == "dressing_large"


def test_a_list_gets_a_price_of_its_own_and_gives_it_back(full: OpenDesk) -> None:
    page = full.go_to("prices")
    assert isinstance(page, PricesPage)
    company = next(each for each in price_lists(full.clinic, ADMIN) if each.multiplier == Decimal("1.1"))
    page.chosen.set_value(company.id)
    full.find("dressing small")
    assert "worked out" in page.form.facts.text()
    assert not page.form.take_back.isVisible()
    before = listed(page)["dressing_small"]
    keys.press("Return")
    type_fields("99")
    keys.press("Return")
    assert listed(page)["dressing_small"] == "99.00"
    assert "of this list's own" in page.form.facts.text()
    keys.press("Alt+K")
    assert full.said()[-1] == "Dressing, small follows the standard price again."
    assert listed(page)["dressing_small"] == before
    page.kind.set_value(page.list.rows()[0].kind)
    full.find("")
    assert {row.kind for row in page.list.rows()} == {page.kind.value()}


def test_a_price_list_is_made_copied_and_taken_away(full: OpenDesk) -> None:
    page = full.list_page("price_lists")
    keys.press("Ctrl+N")
    type_fields("Partner", "0.8", "5")
    keys.press("Ctrl+Return")
    assert any((row.name, row.multiplier) == ("Partner", Decimal("0.8")) for row in page.list.rows())
    keys.press("Alt+Y")
    dialog_named("admin.copy_list")
    keys.press("Ctrl+Return")
    type_fields("Partner B", "1.5", "10")
    keys.press("Return")
    copied = next(row for row in page.list.rows() if row.name == "Partner B")
    assert copied.own_prices > 400
    assert page.list.current() == copied
    keys.press("Alt+K")
    dialog_named("admin.list_void")
    keys.type_text("not signed")
    keys.press("Alt+A")
    assert all(row.name != "Partner B" for row in page.list.rows())
    page.list.select_first()
    assert page.list.current().standard  # type: ignore[union-attr]
    assert not page.form.row_buttons[-1].isVisible()


def test_a_payer_group_chooses_its_list(full: OpenDesk) -> None:
    page = full.list_page("payers")
    keys.press("Ctrl+N")
    type_fields("Mine workers", "Mineurs")
    keys.type_text("Comp")
    keys.press("Return")
    keys.press("Ctrl+Return")
    made = next(row for row in list_payers(full.clinic, ADMIN) if row.code == "mine_workers")
    assert (made.name_fr, made.price_list, made.active) == ("Mineurs", "Company prices", True)
    current = page.list.current()
    assert current is not None
    assert current.id == made.id


def test_a_test_is_added_with_its_answers(full: OpenDesk) -> None:
    page = full.go_to("lab_tests")
    assert isinstance(page, LabTestsPage)
    keys.press("Ctrl+N")
    assert page.form.unit.isVisible()
    assert not page.form.answers.isVisible()
    type_fields("Mpox rapid test", "")
    keys.type_text("Sero")
    keys.press("Return")
    keys.type_text("Swab")
    keys.press("Return")
    page.form.result_kind.set_value(ResultKind.CHOICE)
    keys.press("Return")
    assert keys.focus_name() == "admin.choices"
    type_fields("Negative, Positive*", "600", "30")
    keys.press("Ctrl+Return")
    made = next(row for row in list_lab_tests(full.clinic, ADMIN) if row.code == "mpox_rapid_test")
    assert [text for text, _name, _abnormal in made.choices] == ["Negative", "Positive"]
    assert (made.price, made.turnaround_minutes) == (Decimal(600), 30)
    assert page.form.facts.text() == "Serology and rapid tests · answers with: Negative, Positive"
    assert not page.ranges.isVisible()


def test_ranges_are_added_corrected_and_taken_away(full: OpenDesk) -> None:
    page = full.go_to("lab_tests")
    assert isinstance(page, LabTestsPage)
    full.find("ferritin")
    test = page.form.row
    assert test is not None
    before = ranges_of(full.clinic, ADMIN, test.id)
    keys.press("Alt+G")
    dialog_named("admin.range")
    keys.type_text("Women")
    keys.press("Return")
    keys.press("Down")
    keys.press("Return")
    type_fields("40000", "", "300", "30")
    keys.press("Ctrl+Return")
    assert keys.focus_name() == "admin.range_source"
    keys.type_text("Clinic, 2026")
    keys.press("Ctrl+Return")
    assert keys.focus_name() == "admin.normal_high"
    type_fields("400")
    keys.press("Ctrl+Return")
    rows = ranges_of(full.clinic, ADMIN, test.id)
    assert len(rows) == len(before) + 1
    made = next(row for row in rows if row.source == "Clinic, 2026")
    assert page.ranges.select_key(made.id)
    page.ranges.setFocus()
    keys.press("Return")
    dialog_named("admin.range")
    keys.press("Alt+T")
    type_fields("450")
    keys.press("Ctrl+Return")
    assert next(r for r in ranges_of(full.clinic, ADMIN, test.id) if r.id == made.id).normal_high == Decimal(450)
    page.ranges.select_key(made.id)
    page.ranges.setFocus()
    keys.press("Return")
    dialog_named("admin.range")
    keys.press("Alt+Y")
    dialog_named("admin.range_reason")
    keys.type_text("wrong unit")
    keys.press("Alt+A")
    assert len(ranges_of(full.clinic, ADMIN, test.id)) == len(before)


def test_who_may_not_change_prices_sees_them(clinic: Clinic, open_one: Callable[..., OpenDesk]) -> None:
    price(clinic, "dressing", 300)
    keeper = Actor(new_id(), "keeper", "Keeper", frozenset({"catalogue.view", "catalogue.correct"}), ("admin",))
    desk = open_one(actor=keeper)
    assert desk.desk.navigation.names() == [
        "medicines", "lab_tests", "services", "prices", "price_lists", "payers",
    ]  # fmt: skip
    medicines = desk.list_page("medicines")
    keys.press("Ctrl+N")
    line = medicines.form.findChild(QWidget, "admin.medicine_price")
    assert line is not None
    assert line.property("readOnly")
    page = desk.list_page("prices")
    assert not page.form.save_button.isVisible()
