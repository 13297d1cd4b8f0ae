"""Errors in words: the item is named, the way out is said, and no fact is ever too strange."""

from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hms_desktop.domain import errors
from hms_desktop.words.errors import SENTENCES, sentence
from hms_desktop.words.facts import months, shown
from hms_desktop.words.language import set_language, tr


def said(error: errors.ClinicError) -> str:
    return sentence(error.code, error.facts)


def test_stock_names_the_medicine_and_the_way_out() -> None:
    text = said(errors.NotEnoughStock(medication="Amoxicillin 500 mg", wanted=Decimal("21.000"), available=Decimal(6)))
    assert text.startswith("There is not enough Amoxicillin 500 mg: 21 asked, 6 here.")
    assert "owe the rest" in text


def test_an_expired_batch_shows_its_date_and_zeros_of_ten_stay() -> None:
    assert "B-7 of Paracetamol expired on 02-Feb-2026" in said(
        errors.BatchExpired(medication="Paracetamol", batch="B-7", expiry=date(2026, 2, 2))
    )
    assert shown(Decimal(100)) == "100"


def test_money_keeps_its_cents() -> None:
    text = said(errors.TooMuchMoney(field="amount", amount=Decimal("150.50"), limit=Decimal("100.00")))
    assert text.startswith("Amount: 150.50 is more than the 100.00")


def test_an_invalid_value_names_its_field_and_its_limits() -> None:
    bad = errors.InvalidValue(field="temperature", reason="range", low=Decimal("30.0"), high=45)
    assert said(bad) == "Temperature must lie between 30 and 45."


def test_a_reason_without_its_facts_still_makes_a_sentence() -> None:
    assert said(errors.InvalidValue(field="temperature", reason="range")) == (
        "Temperature must lie between (not known) and (not known)."
    )


def test_a_right_is_said_as_a_deed() -> None:
    assert said(errors.NotAllowed(right="billing.refund")).startswith("You may not refund payments.")


def test_a_state_is_said_by_its_own_kind() -> None:
    assert "the visit is “Closed”" in said(errors.WrongState(kind="visit", state="closed", wanted="open"))
    assert "the queue entry is “Did not come”" in said(errors.WrongState(kind="queue_entry", state="no_show"))
    assert "“never heard”" in said(errors.WrongState(kind="visit", state="never_heard"))


def test_open_work_is_listed_in_words() -> None:
    assert "lab results, payment" in said(errors.VisitNotFinished(open="lab, cashier"))


def test_a_bad_file_names_its_line_when_it_is_known() -> None:
    assert said(errors.BadInput(source="a.csv", reason="empty")).startswith("a.csv is empty.")
    assert said(errors.BadInput(source="a.csv", reason="columns", columns="name, sex", line=1)) == (
        "Line 1 of a.csv lacks columns: name, sex. Mend that line, then try again."
    )


def test_an_unknown_code_still_tells_a_person_something() -> None:
    assert sentence("from_the_future", {}) == "This did not work (from_the_future). Nothing was saved."


@pytest.mark.parametrize("code", sorted(SENTENCES))
def test_no_sentence_fails_for_want_of_facts(code: str) -> None:
    text = sentence(code, {})
    assert text
    assert "{" not in text
    assert text.endswith(".")


@given(
    st.sampled_from(sorted(SENTENCES)),
    st.dictionaries(
        st.sampled_from(["field", "reason", "kind", "state", "open", "amount", "until", "line", "source", "right"]),
        st.none() | st.text() | st.integers() | st.decimals() | st.dates() | st.datetimes() | st.lists(st.text()),
    ),
)
def test_no_sentence_fails_for_strange_facts(code: str, facts: dict[str, object]) -> None:
    assert sentence(code, facts)


def test_values_are_shown_as_on_screen() -> None:
    assert shown(datetime(2026, 3, 5, 14, 5)) == "05-Mar-2026 14:05"  # noqa: DTZ001 - a local time, as facts bring it
    assert shown(Decimal("37.50")) == "37.5"
    assert shown(("a", 1)) == "a, 1"
    assert shown(None) == "(not known)"


def test_months_have_three_letters_in_english() -> None:
    set_language("en")
    assert months()[0::11] == ("Jan", "Dec")
    assert tr("x") == "x"
