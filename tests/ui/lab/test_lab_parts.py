"""Parts of the lab's window: words and badges, times of calls, cells, comments and drafts."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtWidgets import QWidget

from hms_desktop.domain.ids import new_id
from hms_desktop.domain.lab import Flag, LabPriority, OrderState, ResultKind
from hms_desktop.domain.lab_rows import EntryRow
from hms_desktop.domain.lab_values import Option, ValueRules
from hms_desktop.domain.labrules import Delta, Range
from hms_desktop.services.clinic import Clinic
from hms_desktop.services.lab import bench_sheet
from hms_desktop.ui.kit import keys
from hms_desktop.ui.lab.call_dialog import time_of
from hms_desktop.ui.lab.entry_form import EntryForm
from hms_desktop.ui.lab.lab_words import (
    delta_badge,
    delta_text,
    flag_badge,
    flag_text,
    priority_badge,
    when_text,
)
from hms_desktop.ui.lab.value_field import ChoiceValueField, ValueField, cell_for, is_label, label_place
from tests.make import lab
from tests.ui.kit.fakes import context

Shown = Callable[[QWidget], QWidget]
ZONE = ZoneInfo("Africa/Nairobi")


def entry(kind: ResultKind = ResultKind.NUMBER, *, previous: str = "", limit: int | None = 20) -> EntryRow:
    options = (Option("Negative", "Negative", False), Option("Positive", "Positive", True))
    return EntryRow(
        item_id=new_id(), test_code="potassium", name="Potassium", panel="", unit="mmol/L",
        rules=ValueRules(kind, 1, options if kind is ResultKind.CHOICE else (), Decimal(1), Decimal(15)),
        limits=Range(Decimal("3.5"), Decimal("5.1"), Decimal("2.8"), Decimal("6.2")), delta_percent=limit,
        previous=previous, previous_number=Decimal(previous) if previous else None, previous_at=None,
        state=OrderState.IN_PROGRESS, result=None,
    )  # fmt: skip


def test_a_flag_is_said_by_letter_word_and_shape() -> None:
    assert [flag_text(each) for each in (None, *Flag)] == [
        "", "Normal", "L Low", "H High", "LL Critical", "HH Critical", "Abnormal",
    ]  # fmt: skip
    assert flag_badge(Flag.NORMAL) is None
    critical = flag_badge(Flag.CRITICAL_HIGH)
    low = flag_badge(Flag.LOW)
    assert critical is not None
    assert low is not None
    assert critical.shape != low.shape


def test_routine_has_no_badge_and_a_short_one_no_sign() -> None:
    assert priority_badge(LabPriority.ROUTINE) is None
    long, short = priority_badge(LabPriority.STAT), priority_badge(LabPriority.STAT, short=True)
    assert long is not None
    assert short is not None
    assert long.text == short.text
    assert long.shape != short.shape


@pytest.mark.parametrize(
    ("delta", "text", "loud"),
    [
        (None, "", False),
        (Delta(Decimal(4), Decimal("0.2"), Decimal("5.0"), remarkable=False), "+5 %", False),
        (Delta(Decimal(4), Decimal("-2.0"), Decimal("-50.0"), remarkable=True), "\u221250 %", True),
        (Delta(Decimal(0), Decimal("2.0"), None, remarkable=True), "+2.0", True),
    ],
)
def test_a_change_is_said_with_its_sign(delta: Delta | None, text: str, *, loud: bool) -> None:
    assert delta_text(delta) == text
    assert (delta_badge(delta) is not None) is loud


def test_times_are_as_short_as_the_day_allows() -> None:
    at = datetime(2026, 3, 5, 6, 12, tzinfo=UTC)
    assert when_text(at, ZONE, date(2026, 3, 5)) == "09:12"
    assert when_text(at, ZONE, date(2026, 3, 9)) == "05-Mar 09:12"
    assert when_text(at, ZONE, date(2027, 3, 9)) == "05-Mar-2026"


@pytest.mark.parametrize(
    ("typed", "hour", "minute", "days"),
    [("9:12", 9, 12, 0), ("0912", 9, 12, 0), ("912", 9, 12, 0), ("9.12", 9, 12, 0), ("9h12", 9, 12, 0)],
)
def test_a_time_of_a_call_looks_back(typed: str, hour: int, minute: int, days: int) -> None:
    now = datetime(2026, 3, 5, 12, 0, tzinfo=ZONE)
    found = time_of(typed, now)
    assert found == now.replace(hour=hour, minute=minute) - timedelta(days=days)


def test_a_call_before_midnight_was_yesterday_but_none_lies_ahead() -> None:
    past_midnight = datetime(2026, 3, 5, 0, 5, tzinfo=ZONE)
    found = time_of("23:58", past_midnight)
    assert found == datetime(2026, 3, 4, 23, 58, tzinfo=ZONE)
    assert time_of("18:00", datetime(2026, 3, 5, 12, 0, tzinfo=ZONE)) is None
    for nonsense in ("", "noon", "25:00", "12:60", "1"):
        assert time_of(nonsense, past_midnight) is None


def test_a_label_is_no_result() -> None:
    assert is_label("TC-AA-T000001-N", "TC")
    assert is_label("TC-AA-P000001-A", "TC")  # a card is no result either: the scan line says what it is
    assert not is_label("TC-AA-T000001-X", "TC")
    assert not is_label("7.1", "TC")
    assert not is_label("Positive", "TC")


def test_a_number_knows_its_flag_and_change_while_it_is_typed(shown: Shown) -> None:
    field = cell_for(entry(previous="4.0"), "TC")
    assert isinstance(field, ValueField)
    shown(field)
    assert field.live_flag() is None
    for typed, found, percent in (("4.2", Flag.NORMAL, "5.0"), ("7.1", Flag.CRITICAL_HIGH, "77.5"), ("x", None, None)):
        field.set_value(typed)
        assert field.live_flag() is found
        delta = field.live_delta()
        assert (str(delta.percent) if delta else None) == percent
    field.set_value("<1.5")
    assert field.live_delta() is None
    field.set_value("5.2")
    assert field.problem() is not None
    field.keep_unusual()
    assert field.problem() is None


def test_without_a_limit_a_change_is_not_remarkable(shown: Shown) -> None:
    field = cell_for(entry(previous="4.0", limit=None), "TC")
    shown(field)
    field.set_value("5.9")
    assert field.problem() is None
    delta = field.live_delta()
    assert delta is not None
    assert not delta.remarkable


def test_a_choice_knows_its_flag(shown: Shown) -> None:
    field = cell_for(entry(ResultKind.CHOICE), "TC")
    assert isinstance(field, ChoiceValueField)
    shown(field)
    assert (field.typed(), field.live_flag(), field.live_delta(), field.is_blank()) == ("", None, None, True)
    field.put("Positive")
    assert (field.typed(), field.live_flag()) == ("Positive", Flag.ABNORMAL)
    field.put("Negative")
    assert field.live_flag() is Flag.NORMAL


def test_what_is_typed_survives_as_a_draft_with_its_comments(stocked_clinic: Clinic, shown: Shown) -> None:
    staff = lab.staff(stocked_clinic)
    guest = lab.with_doctor(stocked_clinic, staff.doctor)
    made = lab.order(stocked_clinic, staff.doctor, guest.visit_id, "sodium", "potassium")
    (taken,) = lab.collect(stocked_clinic, staff.technician, made).specimens
    sheet = bench_sheet(stocked_clinic, staff.technician, taken.specimen_id)
    given = context(stocked_clinic, staff.technician)
    form = EntryForm(given, sheet)
    shown(form)
    form.start()
    keys.type_text("140")
    keys.press("Alt+M")
    keys.type_text("repeated")
    kept = form.snapshot()
    again = EntryForm(given, sheet)
    shown(again)
    assert again.changes() == ()
    assert again.check_all() is not None
    again.restore(kept)
    (change,) = again.changes()
    assert (change.value, change.comment) == ("140", "repeated")
    assert again.comment.value() == "repeated"


def test_a_label_is_found_behind_what_was_typed() -> None:
    assert label_place("7.1TC-AA-T000001-N", "TC") == 3
    assert label_place("pTC-AA-T000001-N", "TC") == 1
    assert label_place("TC-AA-T000001-N", "XX") is None
    assert label_place("7.1", "TC") is None
