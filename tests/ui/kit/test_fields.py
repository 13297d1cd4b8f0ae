from collections.abc import Callable
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from hms_desktop.domain.money import Currency
from hms_desktop.domain.patients import Sex
from hms_desktop.ui.kit import keys
from hms_desktop.ui.kit.background import InlineBackground
from hms_desktop.ui.kit.fields import (
    AgeField,
    Choice,
    ChoiceField,
    DateField,
    Field,
    Found,
    Limits,
    MoneyField,
    NoteField,
    NumberField,
    SearchField,
    Segment,
    SegmentedField,
    TextField,
    ToggleField,
    WholeField,
    choices_of,
)
from tests.ui.kit.fakes import TODAY

Shown = Callable[[QWidget], QWidget]


def window(shown: Shown, *fields: Field) -> QWidget:
    widget = QWidget()
    layout = QVBoxLayout(widget)
    for field in fields:
        layout.addWidget(field)
    shown(widget)
    fields[0].focus_editor()
    return widget


def test_every_field_has_a_name_for_people_and_for_tests(shown: Shown) -> None:
    field = NumberField("triage.temperature", "&Temperature", unit="°C", required=True)
    window(shown, field)
    assert field.editor.objectName() == "triage.temperature"
    assert field.editor.accessibleName() == "Temperature (°C), needed"
    assert field.key == "temperature"
    assert field.label.buddy() is field.editor


def test_text_is_typed_trimmed_and_checked_on_leaving(shown: Shown) -> None:
    first = TextField("r.name", "&Name", check=lambda text: "No digits." if any(c.isdigit() for c in text) else None)
    second = TextField("r.other", "&Other")
    window(shown, first, second)
    keys.type_text(" Asha Zoë عائشة 7 ")
    assert first.value() == "Asha Zoë عائشة 7"
    keys.press("Tab")
    assert keys.focus_name() == "r.other"
    assert first.note == "No digits."
    keys.press("Shift+Tab")
    keys.press("End")
    keys.press("Backspace")
    assert first.note == ""


def test_a_secret_is_not_kept_in_drafts(shown: Shown) -> None:
    field = TextField("s.password", "&Password", secret=True)
    window(shown, field)
    keys.type_text(" with spaces ")
    assert field.value() == " with spaces "
    assert field.snapshot() == ""


def test_tab_leaves_a_note_and_enter_makes_a_line(shown: Shown) -> None:
    note, other = NoteField("t.note", "N&ote", max_length=12), TextField("t.other", "&Other")
    window(shown, note, other)
    keys.type_text("one")
    keys.press("Return")
    keys.type_text("two")
    assert note.value() == "one\ntwo"
    keys.type_text(" three four")
    keys.press("Tab")
    assert keys.focus_name() == "t.other"
    assert note.note == "Too long by 6 characters."


@pytest.mark.parametrize(
    ("typed", "value", "says"),
    [
        ("38.6", "38.6", "Unusual (35 to 38). Enter keeps it."),
        ("36,5", "36.5", ""),
        ("٣٦٫٥", "36.5", ""),
        ("36.55", "36.55", "At most 1 decimals."),
        ("386", "386", "Impossible: 25 to 45."),
        ("abc", None, "Not a number."),
        ("nan", None, "Not a number."),
    ],
)
def test_a_measurement_knows_the_unusual_from_the_impossible(
    shown: Shown, typed: str, value: str | None, says: str
) -> None:
    limits = Limits(Decimal(25), Decimal(45), Decimal(35), Decimal(38))
    field = NumberField("t.temperature", "&Temperature", places=1, limits=limits)
    window(shown, field)
    keys.type_text(typed)
    assert field.value() == (None if value is None else Decimal(value))
    field.check()
    assert field.note == says


def test_enter_keeps_an_unusual_value_and_asks_again_when_it_changes(shown: Shown) -> None:
    field = NumberField("t.pulse", "&Pulse", limits=Limits(unusual_high=Decimal(120)))
    window(shown, field)
    entered: list[int] = []
    field.entered.connect(lambda: entered.append(1))
    keys.type_text("140")
    keys.press("Return")
    assert (entered, field.note) == ([], "Unusual (at most 120). Enter keeps it.")
    keys.press("Return")
    assert (entered, field.problem()) == ([1], None)
    keys.type_text("1")
    assert field.problem() is not None
    field.clear()
    keys.press("Return")
    assert entered == [1, 1]


def test_other_limits_look_again(shown: Shown) -> None:
    field = NumberField("t.pulse", "&Pulse", limits=Limits(unusual_high=Decimal(160)))
    window(shown, field)
    field.set_value(Decimal(140))
    field.set_limits(Limits(unusual_high=Decimal(100)))
    assert field.note.startswith("Unusual")


def test_counts_and_amounts_keep_their_ranges(shown: Shown) -> None:
    count = WholeField("p.quantity", "&Quantity", low=1, high=30)
    amount = MoneyField("c.tendered", "&Tendered", currency=Currency("KES", 2), high=Decimal(500))
    window(shown, count, amount)
    for text, problem in (("12", None), ("1.5", "A whole number."), ("31", "Not possible: 1 to 30.")):
        count.restore(text)
        found = count.problem()
        assert (found.text if found else None) == problem
    amount.restore("1,234.5")
    assert amount.value() == Decimal("1234.5")
    assert amount.problem() is not None
    amount.restore("12.345")
    assert amount.value() is None
    assert amount.check() is not None
    assert amount.note == "Not an amount; write 1,234.00."
    amount.set_value(Decimal(250))
    assert amount.line.text() == "250.00"
    assert "KES" in amount.label.text()


@pytest.mark.parametrize(
    ("typed", "echo"),
    [
        ("5/3/98", "05-Mar-1998 (28 y)"),
        ("28y", "~28 y, about 05-Mar-1998"),
        ("3d", "02-Mar-2026 (3 d)"),
        ("31/2/98", ""),
    ],
)
def test_an_age_or_a_date_is_echoed_as_it_is_read(shown: Shown, typed: str, echo: str) -> None:
    field = AgeField("r.birth_date", "&Born", today=lambda: TODAY)
    window(shown, field)
    keys.type_text(typed)
    assert field.note == echo
    assert (field.value() is not None) == bool(echo)
    assert (field.check() is None) == bool(echo)


def test_an_estimated_birth_stays_estimated_when_it_is_shown_again(shown: Shown) -> None:
    field = AgeField("r.birth_date", "&Born", today=lambda: TODAY)
    window(shown, field)
    for typed in ("28y", "14m"):
        field.restore(typed)
        birth = field.value()
        assert birth is not None
        assert birth.estimated
        field.set_value(birth)
        assert field.value() == birth


def test_a_follow_up_looks_ahead_within_its_limits(shown: Shown) -> None:
    field = DateField("d.follow_up", "&Follow-up", today=lambda: TODAY, ahead=True, earliest=TODAY)
    window(shown, field)
    keys.type_text("2w")
    assert field.note == "19-Mar-2026"
    field.restore("1/3/2026")
    field.check()
    assert field.note == "Not before 05-Mar-2026."


def test_a_list_box_finds_what_is_typed_and_enter_goes_on(shown: Shown) -> None:
    field = ChoiceField("r.sex", "Se&x", choices_of(Sex), blank="–")
    window(shown, field)
    entered: list[int] = []
    field.entered.connect(lambda: entered.append(1))
    assert field.value() is None
    keys.type_text("ma")
    assert field.value() is Sex.MALE
    keys.press("Return")
    assert entered == [1]
    field.set_choices([Choice(Sex.FEMALE, "Female"), Choice(Sex.MALE, "Male")])
    assert field.value() is Sex.MALE
    field.set_value(Sex.UNKNOWN)
    assert field.is_blank()
    field.restore("Female")
    assert field.value() is Sex.FEMALE


def test_one_key_chooses_a_segment(shown: Shown) -> None:
    segments = [Segment("f", "Female", "f"), Segment("m", "Male", "m"), Segment("u", "Unknown", "u")]
    field = SegmentedField("r.sex", "Se&x", segments)
    window(shown, field)
    picked: list[object] = []
    field.picked.connect(picked.append)
    for key, value in (("m", "m"), ("Right", "u"), ("Right", "u"), ("Left", "m"), ("Backspace", None), ("Left", "u")):
        if len(key) == 1:
            keys.type_text(key)
        else:
            keys.press(key)
        assert field.value() == value
    field.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    keys.press("Right")
    assert field.value() == "m"
    assert field.editor.accessibleDescription() == "Male"
    assert picked[0] == "m"
    field.restore(field.snapshot())
    assert field.value() == "m"
    field.clear()
    assert field.is_blank()


def test_a_tick_is_ticked_by_space(shown: Shown) -> None:
    field = ToggleField("t.pregnant", "&Pregnant")
    window(shown, field)
    keys.press("Space")
    assert field.value() is True
    field.restore(False)
    assert field.value() is False


NAMES = ["Asha Otieno", "Asher Mwangi", "Peter Ash"]


def searched(text: str) -> list[Found[str]]:
    return [Found(name.split(maxsplit=1)[0].lower(), name, "KH-1") for name in NAMES if text.lower() in name.lower()]


@pytest.fixture
def search(shown: Shown) -> SearchField[str]:
    field = SearchField("frame.search", "&Find", source=searched, background=InlineBackground(), delay_ms=0)
    window(shown, field, TextField("x.other", "&Other"))
    return field


def test_answers_hang_below_and_keys_take_one(search: SearchField[str]) -> None:
    picked: list[object] = []
    search.picked.connect(picked.append)
    keys.type_text("ash")
    assert keys.wait_until(lambda: search.answers_shown)
    keys.press("Down")
    keys.press("Return")
    assert (picked, search.value(), search.text()) == (["asher"], "asher", "Asher Mwangi")
    assert not search.answers_shown


def test_an_empty_answer_says_why_and_cannot_be_taken(search: SearchField[str]) -> None:
    keys.type_text("zzz")
    assert keys.wait_until(lambda: search.answers_shown)
    assert search._answers.model.item(0).text() == "Nothing found for “zzz”."
    keys.press("Return")
    assert search.value() is None
    keys.press("Esc")
    assert not search.answers_shown
    keys.press("Tab")
    assert search.note == "Choose one from the list."


def test_enter_before_the_answer_takes_the_first_one(search: SearchField[str]) -> None:
    search._delay.setInterval(10_000)
    keys.type_text("peter")
    keys.press("Return")
    assert search.value() == "peter"


def test_a_found_answer_can_be_kept_and_restored(search: SearchField[str]) -> None:
    search.set_found(Found("asha", "Asha Otieno"))
    kept = search.snapshot()
    search.clear()
    assert search.is_blank()
    search.restore(kept)
    assert (search.value(), search.text()) == ("asha", "Asha Otieno")
