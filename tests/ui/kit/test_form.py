import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from hms_desktop.domain.errors import AlreadyExists, ClinicError, InvalidValue, NotEnoughStock
from hms_desktop.system.drafts import DraftStore
from hms_desktop.ui.kit import keys
from hms_desktop.ui.kit.background import Background, InlineBackground
from hms_desktop.ui.kit.desk import DeskContext
from hms_desktop.ui.kit.drafts import DraftKeeper
from hms_desktop.ui.kit.fields import Limits, NumberField, TextField
from hms_desktop.ui.kit.form import Form
from tests.ui.kit.fakes import context, said

Shown = Callable[[QWidget], QWidget]


@dataclass(frozen=True)
class Saved:
    value: dict[str, Any]
    changed: frozenset[str] = frozenset()


class WeightForm(Form):
    """A form as desks write them."""

    def __init__(self, given: DeskContext) -> None:
        super().__init__(given, "triage.weight_form", save_text="&Save", cancel_text="&Back")
        self.given_name = self.add(TextField("triage.given_name", "&Name", required=True))
        limits = Limits(impossible_high=Decimal(500), unusual_high=Decimal(200))
        self.weight = NumberField("triage.weight", "&Weight", unit="kg", places=1, limits=limits)
        self.height_field = NumberField("triage.height", "&Height", unit="cm")
        self.add_row(self.weight, self.height_field)
        self.saves: list[str] = []
        self.fails_with: Exception | None = None
        self.gate: threading.Event | None = None
        self.whole_problem: str | None = None
        self.after: list[object] = []

    def prepare(self) -> Callable[[], Saved]:
        key, value = self.key, {"name": self.given_name.value(), "weight": self.weight.value()}
        if value["name"] == "early":
            raise InvalidValue(field="given_name", reason="required")

        def work() -> Saved:
            if self.gate is not None:
                self.gate.wait(5)
            self.saves.append(key)
            if self.fails_with is not None:
                raise self.fails_with
            return Saved(value)

        return work

    def check_all(self) -> str | None:
        return self.whole_problem

    def after_save(self, outcome: Any) -> None:
        self.after.append(outcome.value)


@pytest.fixture
def form(shown: Shown) -> WeightForm:
    made = WeightForm(context())
    shown(made)
    made.start()
    return made


def test_enter_walks_to_the_save_button_and_enter_saves(form: WeightForm) -> None:
    keys.type_text("Asha")
    keys.press("Return")
    assert keys.focus_name() == "triage.weight"
    keys.type_text("61.5")
    keys.press("Return")
    keys.press("Return")
    assert keys.focus_name() == "triage.save"
    before = form.key
    keys.press("Return")
    assert form.after == [{"name": "Asha", "weight": Decimal("61.5")}]
    assert form.saves == [before]
    assert form.key != before
    assert not form.dirty


def test_save_jumps_to_the_first_error_and_saves_nothing(form: WeightForm) -> None:
    keys.press("Tab")
    keys.type_text("900")
    keys.press("Ctrl+Return")
    assert keys.focus_name() == "triage.given_name"
    assert form.given_name.note == "Needed."
    assert form.weight.note == "Impossible: at most 500."
    assert form.saves == []


def test_an_unusual_value_must_be_kept_before_it_is_saved(form: WeightForm) -> None:
    form.given_name.set_value("Asha")
    form.weight.set_value(Decimal(210))
    keys.press("Ctrl+Return")
    assert keys.focus_name() == "triage.weight"
    assert form.saves == []
    keys.press("Return")
    keys.press("Ctrl+Return")
    assert len(form.saves) == 1


def test_a_rule_over_the_whole_form_is_said_in_the_bar(form: WeightForm) -> None:
    form.given_name.set_value("Asha")
    form.whole_problem = "Weight or height is needed."
    form.save()
    assert said(form.form_context) == ["Weight or height is needed."]
    assert form.saves == []


def test_a_refusal_with_a_field_stands_beside_it_and_keeps_the_key(form: WeightForm) -> None:
    form.given_name.set_value("Asha")
    form.fails_with = AlreadyExists(kind="patient", field="given_name", value="Asha")
    before = form.key
    form.save()
    assert form.given_name.note != ""
    assert keys.focus_name() == "triage.given_name"
    assert form.key == before
    assert said(form.form_context) == []
    form.fails_with = None
    form.given_name.set_value("early")
    form.save()
    assert form.given_name.note != ""


def test_a_refusal_without_a_field_is_said_in_the_bar(form: WeightForm) -> None:
    form.given_name.set_value("Asha")
    form.fails_with = NotEnoughStock(medication="Amoxicillin", wanted=12, available=3)
    form.save()
    assert "Amoxicillin" in said(form.form_context)[0]


def test_a_form_may_deal_with_a_refusal_itself(form: WeightForm, monkeypatch: pytest.MonkeyPatch) -> None:
    dealt: list[ClinicError] = []

    def refused(error: ClinicError) -> bool:
        dealt.append(error)
        return True

    monkeypatch.setattr(form, "on_refused", refused)
    form.given_name.set_value("Asha")
    form.fails_with = NotEnoughStock(medication="x", wanted=1, available=0)
    form.save()
    assert len(dealt) == 1
    assert said(form.form_context) == []


def test_a_double_press_saves_once(shown: Shown, qtbot: QtBot) -> None:
    background = Background()
    form = WeightForm(context(background=background))
    shown(form)
    form.start()
    form.gate = threading.Event()
    keys.type_text("Asha")
    keys.press("Ctrl+Return")
    keys.press("Ctrl+Enter")
    form.save()
    assert form.save_button.text() == "Saving…"
    form.gate.set()
    qtbot.waitUntil(lambda: bool(form.after))
    assert len(form.saves) == 1
    assert form.save_button.text() == "&Save"
    background.shutdown()


def test_escape_goes_back_and_loses_nothing(shown: Shown, tmp_path: Path) -> None:
    store = DraftStore(tmp_path)
    runner = InlineBackground()
    form = WeightForm(context(background=runner, drafts=DraftKeeper(runner, store, "nurse")))
    shown(form)
    form.use_draft("visit-1", 3)
    form.start()
    gone: list[int] = []
    form.cancelled.connect(lambda: gone.append(1))
    keys.type_text("Ash")
    keys.press("Esc")
    assert gone == [1]
    draft = store.load("nurse", "triage.weight_form", "visit-1")
    assert draft is not None
    assert (draft.version, draft.values["given_name"]) == (3, "Ash")
    form.hide()
    store.close()


def test_a_draft_is_offered_restored_and_dropped_by_saving(shown: Shown, tmp_path: Path, qtbot: QtBot) -> None:
    store = DraftStore(tmp_path)
    store.save("nurse", "triage.weight_form", "visit-1", 3, {"given_name": "Ash", "weight": "12", "gone": 1})
    runner = InlineBackground()
    form = WeightForm(context(background=runner, drafts=DraftKeeper(runner, store, "nurse")))
    shown(form)
    form.use_draft("visit-1", 4)
    assert form.given_name.value() == ""
    assert "changed since" in form._draft_bar._text.text()
    form._draft_bar._restore.setFocus()
    keys.press("Return")
    assert (form.given_name.value(), form.weight.value()) == ("Ash", Decimal(12))
    assert not form._draft_bar.isVisible()
    form.save()
    assert store.load("nurse", "triage.weight_form", "visit-1") is None
    form.reset()
    assert form.given_name.is_blank()
    store.close()


def test_typing_is_written_down_after_a_pause(shown: Shown, tmp_path: Path, qtbot: QtBot) -> None:
    store = DraftStore(tmp_path)
    runner = InlineBackground()
    form = WeightForm(context(background=runner, drafts=DraftKeeper(runner, store, "nurse")))
    shown(form)
    form.use_draft("visit-1")
    form._draft_timer.setInterval(5)
    form.start()
    keys.type_text("A")
    qtbot.waitUntil(lambda: store.load("nurse", "triage.weight_form", "visit-1") is not None)
    form._draft_bar.unwanted.emit()
    assert store.load("nurse", "triage.weight_form", "visit-1") is not None
    assert store.prune(datetime(2100, 1, 1, tzinfo=UTC)) == 1
    form.set_clean()
    store.close()


def test_a_field_is_found_by_its_key(form: WeightForm) -> None:
    assert form.field("weight") is form.weight
    with pytest.raises(KeyError):
        form.field("nothing")
