"""Every text for a person goes through the catalogue; every code that a person meets has words."""

import ast
import enum
import importlib
import pkgutil
import re
from collections.abc import Iterator

import hms_desktop.domain
from hms_desktop.domain import errors, rights
from hms_desktop.words.errors import SENTENCES
from hms_desktop.words.labels import LABELS, has_label, kind_of
from hms_desktop.words.language import placeholders
from tests.house.sentences import badly_spoken, is_sentence, loose_sentences, spoken_too_early, untranslated
from tests.house.tree import Source, none_of, ours, snippet, sources, text_of

INTERNAL = frozenset({"precision", "cross_level"})
"""Enums that no person meets: how exactly a date was typed, the catalogue's own grading."""

FACT_LABELS = {"field": "field", "reason": "reason", "kind": "kind", "right": "right", "what": "deed"}
"""Facts of an error that are codes, and the kind of label that words them."""


def domain_modules() -> Iterator[object]:
    for info in pkgutil.walk_packages(hms_desktop.domain.__path__, "hms_desktop.domain."):
        yield importlib.import_module(info.name)


def all_errors() -> list[type[errors.ClinicError]]:
    list(domain_modules())
    found, waiting = [errors.ClinicError], [errors.ClinicError]
    while waiting:
        children = waiting.pop().__subclasses__()
        found += children
        waiting += children
    return [each for each in found if each.__module__.startswith("hms_desktop.")]


def enums() -> list[type[enum.Enum]]:
    found = {
        value
        for module in domain_modules()
        for value in vars(module).values()
        if isinstance(value, type)
        and issubclass(value, enum.Enum)
        and value.__module__.startswith("hms_desktop.domain")
    }
    return sorted(found, key=lambda each: (each.__module__, each.__name__))


def codes_without_words(source: Source, names: frozenset[str]) -> Iterator[str]:
    """Literal codes given to our errors that nobody could read."""
    for name, call in source.calls():
        if name in names:
            for each in call.keywords:
                kind, code = FACT_LABELS.get(each.arg or ""), text_of(each.value)
                if kind and code is not None and not has_label(kind, code):
                    yield source.at(call, f'{name}({each.arg}="{code}"): add "{code}" to the "{kind}" labels in words/')


def half_given_reasons(source: Source, names: frozenset[str]) -> Iterator[str]:
    """Literal reasons whose words need a fact that the call does not give."""
    for name, call in source.calls():
        given = {each.arg: each.value for each in call.keywords}
        code = text_of(given.get("reason"))
        if name in names and code is not None and None not in given:
            lacking = placeholders(LABELS["reason"].get(code, "")) - {each for each in given if each}
            if lacking:
                yield source.at(call, f'{name}(reason="{code}"): its words need {", ".join(sorted(lacking))}=… too')


def wrong_context(source: Source) -> Iterator[str]:
    """Labels marked with another context than their kind: they would never be found in the catalogue."""
    for node in ast.walk(source.tree):
        if not isinstance(node, ast.AnnAssign) or not isinstance(node.value, ast.Dict):
            continue
        if not (isinstance(node.target, ast.Name) and node.target.id == "LABELS"):
            continue
        for key, words in zip(node.value.keys, node.value.values, strict=True):
            assert isinstance(words, ast.Dict)
            for value in words.values:
                marked = isinstance(value, ast.Call) and text_of(value.args[0]) == text_of(key)
                if not marked:
                    yield source.at(value, f'write NC_("{text_of(key)}", "…")')


def test_texts_are_translated_before_they_are_filled_in() -> None:
    none_of(finding for source in ours() for finding in badly_spoken(source))


def test_no_text_is_translated_while_modules_load() -> None:
    none_of(finding for source in ours() for finding in spoken_too_early(source))


def test_windows_show_only_translated_texts() -> None:
    none_of(finding for source in sources("hms_desktop/ui") for finding in untranslated(source))


def test_sentences_live_where_people_are_spoken_to() -> None:
    none_of(finding for source in ours() if source.room != "words" for finding in loose_sentences(source))


def test_every_error_code_has_a_sentence() -> None:
    codes = [each.code for each in all_errors()]
    none_of(f"error code {code}: add its sentence to words/errors.py" for code in codes if code not in SENTENCES)
    none_of(f"words/errors.py: {code} is no error's code any more" for code in SENTENCES if code not in codes)
    none_of(f"two errors share the code {code}" for code in set(codes) if codes.count(code) > 1)


def test_sentences_name_only_facts_that_the_error_brings() -> None:
    for each in all_errors():
        promised = set(re.findall(r"`(\w+)`", (each.__doc__ or "").partition("Facts:")[2]))
        strange = placeholders(SENTENCES[each.code]) - promised
        assert not strange, f"{each.__name__}: its docstring promises no {', '.join(sorted(strange))} after `Facts:`"


def test_every_state_and_kind_has_a_label() -> None:
    none_of(
        f'{each.__name__}.{member.name}: add "{member.value}" to the "{kind_of(each)}" labels in words/'
        for each in enums()
        if kind_of(each) not in INTERNAL
        for member in each
        if not has_label(kind_of(each), str(member.value))
    )


def test_every_right_role_and_window_has_a_label() -> None:
    wanted = {
        "right": rights.RIGHTS,
        "role": {each.code for each in rights.SHIPPED_ROLES},
        "window": set(rights.WINDOWS),
    }
    none_of(
        f"{kind} {code}: add its label in words/"
        for kind, codes in wanted.items()
        for code in sorted(codes - LABELS[kind].keys())
    )
    none_of(f"the label of right {code} has no right any more" for code in LABELS["right"].keys() - rights.RIGHTS)


def test_facts_given_as_codes_have_words() -> None:
    names = frozenset(each.__name__ for each in all_errors())
    none_of(finding for source in ours() for finding in codes_without_words(source, names))
    none_of(finding for source in ours() for finding in half_given_reasons(source, names))


def test_labels_are_marked_with_their_kind() -> None:
    none_of(finding for source in sources("hms_desktop/words") for finding in wrong_context(source))


def test_the_word_rules_can_fail() -> None:
    for bad in (
        'tr(f"Saved {t}")',
        'tr("Saved %s" % t)',
        'tr("Saved {}".format(t))',
        'tr("a" if x else "b")',
        'tr("Saved {}")',
    ):
        assert list(badly_spoken(snippet(f"def f():\n    return {bad}"))), bad
    assert list(badly_spoken(snippet('tr("Saved {time}", at=1)')))
    assert not list(badly_spoken(snippet('tr("Saved {time}", time=1); trn("{n} bill", "{n} bills", k); tr(TITLE)')))
    assert list(spoken_too_early(snippet('TITLE = tr("Triage")')))
    assert list(spoken_too_early(snippet('def f(title=tr("Triage")): ...')))
    assert not list(spoken_too_early(snippet('TITLE = N_("Triage")\ndef f():\n    return tr(TITLE)')))
    for bad in (
        'QLabel("Pulse")',
        'w.setText(f"Bill {n}")',
        'box.addItems(["Male"])',
        'QMessageBox.warning(w, "Stop", x)',
    ):
        assert list(untranslated(snippet(bad))), bad
    assert not list(
        untranslated(snippet('QLabel("–"); w.setText(tr("Bill")); log.warning("Bill"); box.addItem(x, "male")'))
    )
    assert list(wrong_context(snippet('LABELS: dict[str, dict[str, str]] = {"sex": {"f": NC_("gender", "F")}}')))
    assert list(codes_without_words(snippet('raise NotFound(kind="nosuchthing")'), frozenset({"NotFound"})))
    assert list(half_given_reasons(snippet('raise InvalidValue(reason="range", low=1)'), frozenset({"InvalidValue"})))
    assert not list(
        half_given_reasons(snippet('InvalidValue(reason="range", low=1, high=2)'), frozenset({"InvalidValue"}))
    )


def test_a_sentence_is_told_from_codes_and_sql() -> None:
    for text in ("The bill is paid", "Type again.", "Batch {batch} of this medicine expired"):
        assert is_sentence(text), text
    for text in (
        "SELECT a FROM b WHERE c",
        "patients.view patients.create x y",
        "QLabel { color: red; }",
        "Kisumu Hill Clinic",
    ):
        assert not is_sentence(text), text
    room = "hms_desktop/domain/example.py"
    assert list(loose_sentences(snippet('WHY = "The patient breathes too fast"', room)))
    assert not list(
        loose_sentences(
            snippet('"""The patient breathes too fast."""\nSOURCE = "WHO Interagency Triage Tool 2020"', room)
        )
    )
    assert not list(loose_sentences(snippet('raise ValueError("The counter went back in time")', room)))
    assert not list(loose_sentences(snippet('log.info("The store was opened by %s", who)', room)))
