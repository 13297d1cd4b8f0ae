"""The steps of the first run: clinic, payment, first administrator, printer."""

import re
from pathlib import Path
from zoneinfo import available_timezones

from PySide6.QtCore import QByteArray, QSize, Qt, QTimeZone, Signal
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QFileDialog, QLabel, QVBoxLayout, QWidget

from hms_desktop.domain.billing import ClinicProfile
from hms_desktop.domain.money import Currency
from hms_desktop.domain.prices import SHIPPED_CURRENCY
from hms_desktop.ui.kit.buttons import plain
from hms_desktop.ui.kit.fields import Choice, ChoiceField, Field, Segment, SegmentedField, TextField
from hms_desktop.ui.kit.layout import row
from hms_desktop.ui.kit.theme import GRID, label, px
from hms_desktop.words.language import tr

CURRENCIES: tuple[Currency, ...] = tuple(
    Currency(code, digits)
    for code, digits in (
        ("KES", 2), ("UGX", 0), ("TZS", 2), ("RWF", 0), ("ETB", 2), ("NGN", 2), ("GHS", 2), ("ZMW", 2), ("MWK", 2),
        ("MZN", 2), ("XOF", 0), ("XAF", 0), ("CDF", 2), ("ZAR", 2), ("SOS", 2), ("SDG", 2), ("SSP", 2), ("MGA", 2),
        ("INR", 2), ("PKR", 2), ("BDT", 2), ("NPR", 2), ("AFN", 2), ("YER", 2), ("JOD", 3), ("TND", 3), ("EGP", 2),
        ("HTG", 2), ("USD", 2), ("EUR", 2), ("GBP", 2),
    )
)  # fmt: skip
"""ISO 4217 codes with their minor units (list one, 2024), for a list box; others come through the settings."""

MOST_LOGO_PIXELS = 512


class StepPage(QWidget):
    """One page of fields."""

    finished = Signal()
    """Enter on the last field."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.title = title
        self.fields: list[Field] = []
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(px(GRID))

    def add(self, *fields: Field) -> None:
        """Fields side by side."""
        for field in fields:
            if self.fields:
                self.fields[-1].entered.connect(field.focus_editor)
            self.fields.append(field)
        beside = row(*fields, space=16)
        for field in fields:
            beside.setAlignment(field, Qt.AlignmentFlag.AlignTop)
        self._layout.addLayout(beside)

    def done(self) -> None:
        """All fields are there."""
        self._layout.addStretch(1)
        if self.fields:
            self.fields[-1].entered.connect(self.finished)

    def start(self) -> None:
        """Focus the first field."""
        if self.fields:
            self.fields[0].focus_editor()

    def is_right(self) -> bool:
        """Check all; focus the first wrong one."""
        bad = [field for field in self.fields if field.check()]
        if bad:
            bad[0].focus_editor()
        return not bad

    def field(self, key: str | None) -> Field | None:
        """The field of a command's field."""
        return next((each for each in self.fields if key and each.key == key), None)

    def parts(self) -> dict[str, object]:
        """What this step gives to the command."""
        return {each.key: each.value() for each in self.fields}


class ClinicStepPage(StepPage):
    """Name, code, address, money, time, logo."""

    def __init__(self) -> None:
        super().__init__(tr("The clinic"))
        self.name_field = TextField("first_run.name", tr("Name of the &clinic"), required=True, max_length=120)
        self.code = TextField(
            "first_run.code", tr("&Short code"), required=True, max_length=6, check=_wrong_code,
            hint=tr("2 to 6 letters, the beginning of every number: KH-A…"),
        )  # fmt: skip
        self.add(self.name_field, self.code)
        self.add(
            TextField("first_run.address", tr("&Address"), max_length=200),
            TextField("first_run.phone", tr("&Phone"), max_length=40),
        )
        currencies = [Choice(each, each.code) for each in CURRENCIES]
        self.currency = ChoiceField[Currency]("first_run.currency", tr("C&urrency"), currencies)
        self.currency.changed.connect(self._say_prices)
        self.add(
            self.currency,
            ChoiceField("first_run.time_zone", tr("&Time zone"), [Choice(each, each) for each in zones()]),
        )
        here = bytes(QTimeZone.systemTimeZoneId().data()).decode()
        self.fields[-1].set_value(here if here in zones() else "UTC")
        self._logo: bytes | None = None
        self._picture = QLabel()
        choose = plain("first_run.logo", tr("Choose a &logo…"), self._choose_logo)
        beside = row(choose, self._picture)
        beside.addStretch(1)
        self._layout.addLayout(beside)
        self.name_field.left.connect(self._suggest_code)
        self.done()

    def _say_prices(self) -> None:
        """The shipped price list is in one currency; nobody should find out at the cashier's."""
        chosen = self.currency.value()
        foreign = chosen is not None and chosen.code != SHIPPED_CURRENCY
        text = tr("Nothing has a price in {currency} yet: set prices in Administration before the first patient.",
                  currency=chosen.code if chosen else "")  # fmt: skip
        self.currency.set_hint(text if foreign else "")

    def parts(self) -> dict[str, object]:
        """The code in capitals, and the logo."""
        return {**super().parts(), "code": str(self.code.value()).upper(), "logo": self._logo}

    def _suggest_code(self) -> None:
        if self.code.is_blank():
            self.code.set_value(suggested_code(str(self.name_field.value())))

    def _choose_logo(self) -> None:
        chosen, _kind = QFileDialog.getOpenFileName(self, tr("Choose a logo"), "", "(*.png *.jpg *.jpeg)")
        if chosen:
            self.take_logo(Path(chosen))

    def take_logo(self, file: Path) -> None:
        """Use a picture as the logo, made small enough for papers."""
        image = QImage(str(file))
        if image.isNull():
            self._picture.setText(tr("This file is not a picture."))
            return
        self._logo = small_png(image)
        keep = Qt.AspectRatioMode.KeepAspectRatio
        self._picture.setPixmap(QPixmap.fromImage(image.scaled(QSize(px(64), px(48)), keep)))
        self._picture.setAccessibleName(tr("Logo"))


class PaymentStepPage(StepPage):
    """When patients pay."""

    def __init__(self) -> None:
        super().__init__(tr("When do patients pay?"))
        self.profile = SegmentedField(
            "first_run.profile",
            tr("&Way of paying"),
            [
                Segment(ClinicProfile.PAY_AT_END, tr("At the end"), "e"),
                Segment(ClinicProfile.PAY_FIRST, tr("First"), "f"),
            ],
            required=True,
        )
        self.profile.set_value(ClinicProfile.PAY_AT_END)
        self.add(self.profile)
        for text in (
            tr("At the end: the bill grows during the visit; the cashier settles it before the patient leaves."),
            tr("First: laboratory and pharmacy serve only what is paid or waived. Emergencies may be served before."),
        ):
            words = label(text, muted=True)
            words.setWordWrap(True)
            self._layout.addWidget(words)
        self.done()


class AdministratorStepPage(StepPage):
    """Who looks after the clinic's users, and what this PC is called."""

    def __init__(self) -> None:
        super().__init__(tr("First administrator"))
        self.password = TextField(
            "first_run.admin_password", tr("Pass&word"), required=True, secret=True, hint=tr("At least 8 characters."),
            check=_too_short,
        )  # fmt: skip
        self.again = TextField("first_run.again", tr("Password &again"), required=True, secret=True, check=self._same)
        self.add(
            TextField("first_run.admin_given_name", tr("&Given name"), required=True, max_length=80),
            TextField("first_run.admin_family_name", tr("&Family name"), required=True, max_length=80),
        )
        self.add(TextField("first_run.admin_username", tr("&User name"), required=True, max_length=80))
        self.add(self.password, self.again)
        self.station = TextField(
            "first_run.station_code", tr("This PC is &station"), required=True, max_length=3, check=_wrong_station,
            hint=tr("One letter, part of every number this PC gives."),
        )  # fmt: skip
        self.station.set_value("A")
        self.add(self.station, TextField("first_run.station_name", tr("It stands &in"), max_length=80))
        self.done()

    def parts(self) -> dict[str, object]:
        """Without the repeated password."""
        given = super().parts()
        del given["again"]
        return {**given, "station_code": str(self.station.value()).upper()}

    def _same(self, typed: str) -> str | None:
        return None if typed == self.password.value() else tr("Not the same as the first one.")


class PrinterStepPage(StepPage):
    """Which printer, and whether it works. None is fine."""

    def __init__(self) -> None:
        super().__init__(tr("Printer"))
        self._printer: ChoiceField[str] | None = None
        self._state = label(muted=True)
        self._state.setWordWrap(True)
        self._looked = False
        self.done()

    def start(self) -> None:
        """Look for printers when the step is shown: asking the system takes a moment."""
        if not self._looked:
            self._looked = True
            self._look()
        super().start()

    def parts(self) -> dict[str, object]:
        """The printer belongs to this PC, not to the clinic."""
        return {}

    @property
    def chosen(self) -> str | None:
        """The printer's name; None without a printer."""
        return self._printer.value() if self._printer is not None else None

    def _look(self) -> None:
        from hms_desktop.ui.kit.printing import printers

        known = printers()
        if known:
            self._printer = ChoiceField("first_run.printer", tr("&Printer"), [Choice(each, each) for each in known])
            self._printer.entered.connect(self.finished)
            self.fields.append(self._printer)
            self._layout.insertWidget(0, self._printer)
            self._layout.insertWidget(
                1, plain("first_run.test_print", tr("Print a &test page"), self._test, icon="print")
            )
        else:
            self._state.setText(tr("This PC has no printer. Papers are kept and can be printed later."))
        self._layout.insertWidget(self._layout.count() - 1, self._state)

    def _test(self) -> None:
        from hms_desktop.ui.shell.printer_test import print_test_page

        fine = print_test_page(self.chosen)
        self._state.setText(
            tr("Sent to the printer. Look whether it came out.") if fine else tr("The printer refused it.")
        )


def zones() -> list[str]:
    """Time zones by IANA name, without the old aliases."""
    known = (zone for zone in available_timezones() if "/" in zone and not zone.startswith(("Etc/", "SystemV/", "US/")))
    return [*sorted(known), "UTC"]


def suggested_code(name: str) -> str:
    """The first letters of a name's words: Kisumu Hill Clinic → KHC."""
    words = [word for word in re.findall(r"[A-Za-z]+", name) if word[0].isupper()] or re.findall(r"[A-Za-z]+", name)
    letters = "".join(word[0] for word in words)[:4].upper()
    return letters if len(letters) >= 2 else (words[0][:2].upper() if words else "")


def small_png(image: QImage) -> bytes:
    """A picture as PNG, at most `MOST_LOGO_PIXELS` wide and high."""
    from PySide6.QtCore import QBuffer, QIODevice

    most = MOST_LOGO_PIXELS
    if max(image.width(), image.height()) > most:
        smooth = Qt.TransformationMode.SmoothTransformation
        image = image.scaled(most, most, Qt.AspectRatioMode.KeepAspectRatio, smooth)
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(data.data())


def _wrong_code(typed: str) -> str | None:
    return None if re.fullmatch(r"[A-Za-z]{2,6}", typed) else tr("2 to 6 letters from A to Z.")


def _wrong_station(typed: str) -> str | None:
    return None if re.fullmatch(r"[A-Za-z]{1,3}", typed) else tr("1 to 3 letters from A to Z.")


def _too_short(typed: str) -> str | None:
    return None if len(typed) >= 8 else tr("At least 8 characters.")
