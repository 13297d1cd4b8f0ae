"""A setting is declared once, has words, and nobody asks for one that is not declared."""

import re
from collections.abc import Iterator
from decimal import Decimal

from hms_desktop.domain.settings import BY_NAME, SETTINGS, Setting
from hms_desktop.words.labels import has_label
from tests.house.tree import Source, none_of, ours, snippet, text_of

TYPES = {"flag": bool, "whole": int, "money": Decimal, "choice": str, "text": str}


def bad_default(setting: Setting) -> str | None:
    """What is wrong with a declaration."""
    if type(setting.default) is not TYPES[setting.kind]:
        return f"{setting.name}: the default of a {setting.kind} is a {TYPES[setting.kind].__name__}"
    if setting.kind == "choice" and setting.default not in setting.choices:
        return f"{setting.name}: the default is not one of its choices"
    if (
        isinstance(setting.default, int)
        and setting.kind == "whole"
        and not setting.low <= setting.default <= setting.high
    ):
        return f"{setting.name}: the default lies outside its limits"
    return None


def undeclared(source: Source) -> Iterator[str]:
    """Settings asked for by a literal name that the list does not have."""
    for name, call in source.calls():
        owner = getattr(getattr(call.func, "value", None), "id", "")
        if name in {"setting", "set_setting"} or (name in {"value", "get"} and owner == "settings"):
            for text in (text_of(each) for each in call.args):
                if text is not None and text not in BY_NAME:
                    yield source.at(call, f"setting “{text}” is not declared: add it to domain/settings.py")


def test_settings_are_declared_once() -> None:
    assert len(BY_NAME) == len(SETTINGS)
    none_of(f"{name}: write snake_case" for name in BY_NAME if not re.fullmatch(r"[a-z]+(_[a-z]+)*", name))


def test_defaults_fit_their_declaration() -> None:
    none_of(finding for setting in SETTINGS if (finding := bad_default(setting)))


def test_settings_have_words() -> None:
    none_of(f"{s.name}: add its label to words/settings.py" for s in SETTINGS if not has_label("setting", s.name))
    none_of(
        f"{s.group}: add the heading to words/settings.py" for s in SETTINGS if not has_label("setting_group", s.group)
    )
    none_of(
        f"{s.name}: add the choice {choice} to words/, kind {s.name}"
        for s in SETTINGS
        for choice in s.choices
        if not has_label(s.name, choice)
    )


def test_only_declared_settings_are_asked_for() -> None:
    none_of(finding for source in ours() for finding in undeclared(source))


def test_the_setting_rules_can_fail() -> None:
    assert bad_default(Setting("x", "whole", "5", "security"))
    assert bad_default(Setting("x", "whole", 5, "security", low=6))
    assert bad_default(Setting("x", "choice", "a", "security", choices=("b",)))
    assert list(undeclared(snippet('settings.value(reader, "no_such_setting")')))
    assert not list(undeclared(snippet('settings.value(reader, "idle_lock_minutes")')))
