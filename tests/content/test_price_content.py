"""Services, price lists, payer groups and reasons fit together."""

from decimal import Decimal

from tests.content.catalogue_files import catalogue, codes


def test_services_have_a_price_and_a_department() -> None:
    for row in catalogue("services"):
        assert Decimal(row["price"]) >= 0
        assert row["department"] in codes("departments"), row["code"]
    assert {"registration_card", "consultation_general", "consultation_review"} <= codes("services")


def test_price_lists_multiply_and_round() -> None:
    for row in catalogue("price_lists"):
        assert 0 <= Decimal(row["multiplier"]) <= 5
        assert Decimal(row["rounding"]) > 0


def test_payer_groups_name_a_price_list() -> None:
    assert {row["price_list"] for row in catalogue("payer_groups")} <= codes("price_lists")
    assert "self_pay" in codes("payer_groups")


def test_a_kind_of_visit_names_its_consultation() -> None:
    assert {row["consultation_service"] for row in catalogue("visit_kinds")} <= codes("services")


def test_adjustments_say_which_way_stock_goes() -> None:
    assert {row["direction"] for row in catalogue("adjustment_reasons")} == {"in", "out", "either"}
    assert {"expired", "damaged", "count_correction"} <= codes("adjustment_reasons")


def test_codes_are_short_enough_for_their_columns() -> None:
    assert all(len(code) <= 20 for code in codes("departments"))
    assert all(len(code) <= 40 for code in codes("price_lists") | codes("payer_groups"))
