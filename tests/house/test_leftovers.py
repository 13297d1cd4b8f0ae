"""The guard against leftovers finds each kind of them, and lets the tidy go."""

import threading

import pytest
from PySide6.QtCore import QObject, QRunnable, QThread, QThreadPool, QTimer
from pytestqt.qtbot import QtBot

from tests import leftovers


@pytest.fixture(autouse=True)
def short_grace(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(leftovers, "GRACE_SECONDS", 0.1)


def test_a_ticking_timer_is_found(qtbot: QtBot) -> None:
    owner = QObject()
    with leftovers.watched() as left:
        timer = QTimer(owner)
        timer.start(10_000)
        assert any("QTimer" in each for each in left.wait_until_none())
        timer.stop()
        assert not left.wait_until_none()


def test_a_running_qt_thread_is_found(qtbot: QtBot) -> None:
    with leftovers.watched() as left:
        thread = QThread()
        thread.start()
        assert any("QThread" in each for each in left.wait_until_none())
        thread.quit()
        thread.wait()
        assert not left.wait_until_none()


def test_a_busy_pool_is_found(qtbot: QtBot) -> None:
    gate = threading.Event()

    class WaitingRunner(QRunnable):
        def run(self) -> None:
            gate.wait(10)

    with leftovers.watched() as left:
        pool = QThreadPool()
        pool.start(WaitingRunner())
        assert any("QThreadPool" in each for each in left.wait_until_none())
        gate.set()
        pool.waitForDone()
        assert not left.wait_until_none()


def test_a_python_thread_is_found(qtbot: QtBot) -> None:
    gate = threading.Event()
    with leftovers.watched() as left:
        thread = threading.Thread(target=gate.wait, args=(10,), name="forgotten")
        thread.start()
        assert any("forgotten" in each for each in left.wait_until_none())
        gate.set()
        thread.join()
        assert not left.wait_until_none()
