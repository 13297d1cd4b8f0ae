"""Windows of the kit's tests: dressed once, shown, focused."""

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from hms_desktop.ui.kit.theme import Look, apply_theme


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> None:
    """Every test starts in the light look."""
    apply_theme(qapp, Look.LIGHT)


@pytest.fixture
def shown(qtbot: QtBot) -> Callable[[QWidget], QWidget]:
    """Shows a widget as an active window, and keeps it alive until the test is over."""
    kept: list[QWidget] = []

    def show(widget: QWidget) -> QWidget:
        kept.append(widget)
        qtbot.addWidget(widget)
        widget.show()
        widget.activateWindow()
        qtbot.waitUntil(widget.isActiveWindow)
        return widget

    return show
