"""Words for codes, and why something is suggested."""

from enum import StrEnum
from types import ModuleType

import pytest

from hms_desktop.domain.billing import BillState, PaymentMethod
from hms_desktop.domain.patients import Sex
from hms_desktop.words import labels
from hms_desktop.words.explain import triage_reason
from hms_desktop.words.labels import choices, has_label, kind_of, label, say


class ABCState(StrEnum):
    ON2 = "on_2"


def test_a_member_is_said_in_words() -> None:
    assert say(Sex.FEMALE) == "Female"
    assert say(BillState.PART_PAID) == label("bill_state", "part_paid") == "Part paid"


def test_the_kind_of_an_enum_is_its_name_in_snake_case() -> None:
    assert (kind_of(PaymentMethod), kind_of(Sex)) == ("payment_method", "sex")


def test_a_code_that_nobody_knows_is_shown_as_it_is() -> None:
    assert say(ABCState.ON2) == "on 2"
    assert label("right", "moon.fly_to") == "moon: fly to"
    assert not has_label("right", "moon.fly_to")


def test_choices_keep_the_order_of_the_enum() -> None:
    assert choices(Sex) == [("female", "Female"), ("male", "Male"), ("other", "Other"), ("unknown", "Unknown")]


def test_two_areas_can_not_label_the_same_code() -> None:
    one, two = ModuleType("one"), ModuleType("two")
    one.LABELS = two.LABELS = {"sex": {"female": "F"}}  # type: ignore[attr-defined]
    with pytest.raises(ValueError, match="two labels sex"):
        labels._gathered([one, two])


@pytest.mark.parametrize(
    ("code", "facts", "detail"),
    [
        ("danger_sign", {"sign": "stridor"}, label("sign", "stridor")),
        ("red_vital", {"measure": "pulse", "value": "160", "above": "150"}, "Pulse 160 (above 150)"),
        ("high_risk_vital", {"measure": "pulse", "value": "52", "below": "60"}, "Pulse 52 (below 60)"),
        ("not_measured", {"measure": "pulse"}, "Pulse"),
    ],
)
def test_a_triage_reason_names_what_it_saw(code: str, facts: dict[str, str], detail: str) -> None:
    assert triage_reason(code, facts) == f"{label('triage_reason', code)}: {detail}"


def test_a_triage_reason_may_stand_alone() -> None:
    assert triage_reason("no_criteria", {}) == label("triage_reason", "no_criteria")
