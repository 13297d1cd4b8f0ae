import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from hms_desktop.domain.errors import NotFound
from hms_desktop.ui.kit import background as module
from hms_desktop.ui.kit.background import Background, InlineBackground, on_gui_thread


def destroy(thing: QObject) -> None:
    """Let Qt delete it now."""
    thing.deleteLater()
    QCoreApplication.sendPostedEvents(thing, QEvent.Type.DeferredDelete)


@dataclass(frozen=True)
class Saved:
    value: str
    changed: frozenset[str]


@pytest.fixture
def background(qapp: QApplication) -> Iterator[Background]:
    runner = Background()
    yield runner
    runner.shutdown()


def test_a_read_runs_elsewhere_and_answers_here(background: Background, qtbot: QtBot) -> None:
    where: list[str] = []
    answers: list[tuple[int, bool]] = []

    def work() -> int:
        where.append(threading.current_thread().name)
        return 7

    background.read(work, lambda value: answers.append((value, on_gui_thread())))
    qtbot.waitUntil(lambda: bool(answers))
    assert answers == [(7, True)]
    assert where[0].startswith("hms-read")


def test_a_write_tells_what_changed_before_it_answers(background: Background, qtbot: QtBot) -> None:
    order: list[object] = []
    background.changes.connect(order.append)
    background.write(lambda: Saved("x", frozenset({"board"})), lambda saved: order.append(saved.value))
    qtbot.waitUntil(lambda: len(order) == 2)
    assert order == [frozenset({"board"}), "x"]


def test_writes_run_one_after_the_other(background: Background, qtbot: QtBot) -> None:
    threads: set[str] = set()
    order: list[int] = []
    done: list[int] = []

    def work(number: int) -> Saved:
        threads.add(threading.current_thread().name)
        order.append(number)
        return Saved("", frozenset())

    for number in range(5):
        background.write(partial(work, number), lambda _saved: done.append(1))
    qtbot.waitUntil(lambda: len(done) == 5)
    assert order == [0, 1, 2, 3, 4]
    assert len(threads) == 1


def test_an_answer_for_a_destroyed_owner_is_dropped(background: Background, qtbot: QtBot) -> None:
    gate, answers = threading.Event(), list[int]()
    owner = QWidget()
    background.read(lambda: int(gate.wait(5)), answers.append, owner=owner)
    destroy(owner)
    gate.set()
    qtbot.waitUntil(lambda: background.idle)
    assert answers == []


def test_a_write_whose_owner_went_still_tells_the_screens_and_its_failure(background: Background, qtbot: QtBot) -> None:
    topics: list[object] = []
    failures: list[Exception] = []
    background.changes.connect(topics.append)
    background.on_failure = failures.append
    owner = QObject()
    gate = threading.Event()

    def fails() -> Saved:
        raise NotFound(kind="visit", id="1")

    def works() -> Saved:
        gate.wait(5)
        return Saved("x", frozenset({"bills"}))

    background.write(works, lambda _saved: topics.append("then"), owner=owner)
    background.write(fails, lambda _saved: None, lambda _error: topics.append("otherwise"), owner=owner)
    destroy(owner)
    gate.set()
    qtbot.waitUntil(lambda: background.idle)
    assert topics == [frozenset({"bills"})]
    assert [type(each) for each in failures] == [NotFound]


def test_only_the_newest_question_is_answered(background: Background, qtbot: QtBot) -> None:
    answers: list[str] = []

    gate = threading.Event()

    def slow(text: str) -> str:
        gate.wait(5)
        return text

    for text in ("a", "as", "ash"):
        background.latest("search", partial(slow, text), answers.append)
    gate.set()
    qtbot.waitUntil(lambda: background.idle)
    assert answers == ["ash"]
    background.latest("search", lambda: "late", answers.append)
    background.forget("search")
    qtbot.waitUntil(lambda: background.idle)
    assert answers == ["ash"]


def test_an_unwanted_clinic_error_goes_to_the_door_and_a_bug_to_the_hook(
    background: Background, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    door: list[Exception] = []
    hook: list[object] = []
    background.on_failure = door.append
    monkeypatch.setattr(sys, "excepthook", lambda _type, error, _trace: hook.append(error))

    def refuse() -> int:
        raise NotFound(kind="patient", id="1")

    def break_() -> int:
        raise ZeroDivisionError

    background.read(refuse, lambda _value: None)
    background.read(break_, lambda _value: None)
    caught: list[Exception] = []
    background.read(break_, lambda _value: None, caught.append)
    qtbot.waitUntil(lambda: background.idle)
    assert [type(each) for each in door] == [NotFound]
    assert [type(each) for each in hook] == [ZeroDivisionError]
    assert [type(each) for each in caught] == [ZeroDivisionError]


def test_slow_work_says_that_it_is_busy_and_aside_never_does(
    background: Background, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "SLOW_MS", 40)
    background._slow.setInterval(40)
    busy: list[bool] = []
    background.busy.connect(busy.append)
    gate = threading.Event()
    background.aside(lambda: gate.wait(5))
    assert not background._slow.isActive()
    background.read(lambda: None, lambda _value: None)
    qtbot.waitUntil(lambda: not background._slow.isActive())
    gate.set()
    qtbot.waitUntil(lambda: background.idle)
    assert busy == []
    gate.clear()
    background.read(lambda: gate.wait(5), lambda _value: None)
    qtbot.waitUntil(lambda: busy == [True])
    gate.set()
    qtbot.waitUntil(lambda: background.idle)
    assert busy == [True, False]


def test_shutdown_finishes_what_is_being_saved(qapp: QApplication) -> None:
    background = Background()
    saved: list[int] = []

    def work() -> Saved:
        saved.append(1)
        return Saved("", frozenset())

    for _ in range(3):
        background.write(work, lambda _saved: None)
    background.shutdown()
    assert saved == [1, 1, 1]
    background.read(lambda: saved.append(2), lambda _value: None)
    assert saved == [1, 1, 1]


def test_the_inline_runner_answers_before_it_returns(qapp: QApplication) -> None:
    background = InlineBackground()
    answers: list[object] = []
    background.changes.connect(answers.append)
    background.write(lambda: Saved("x", frozenset({"stock"})), lambda saved: answers.append(saved.value))
    background.read(lambda: 1, answers.append)
    assert answers == [frozenset({"stock"}), "x", 1]
    background.shutdown()
