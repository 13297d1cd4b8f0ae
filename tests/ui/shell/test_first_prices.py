"""The first-run wizard says at once when the shipped price list does not hold in the chosen currency."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from hms_desktop.domain.money import Currency
from hms_desktop.ui.kit import keys
from hms_desktop.ui.shell.first_run_steps import ClinicStepPage
from tests.ui.kit.conftest import dressed, shown

__all__ = ["dressed", "shown"]


def test_a_currency_without_shipped_prices_says_so(shown: Callable[[QWidget], QWidget]) -> None:
    page = ClinicStepPage()
    shown(page)
    assert page.currency.value() == Currency("KES", 2)
    assert page.currency.note == ""
    page.currency.focus_editor()
    keys.press("End")
    chosen = page.currency.value()
    assert chosen is not None
    assert chosen.code != "KES"
    assert page.currency.note == (
        f"Nothing has a price in {chosen.code} yet: set prices in Administration before the first patient."
    )
    keys.press("Home")
