"""The clinic itself: what stands on every paper, when patients pay, the logo."""

from collections.abc import Callable
from typing import Any, ClassVar

from PySide6.QtWidgets import QWidget

from hms_desktop.domain import topics
from hms_desktop.domain.billing import ClinicProfile
from hms_desktop.domain.facility import FacilityDetails
from hms_desktop.domain.money import Currency
from hms_desktop.services.administration.facility import CorrectFacility, clinic_details, correct_facility
from hms_desktop.services.clinic import Outcome
from hms_desktop.ui.admin.page import AdminPage
from hms_desktop.ui.admin.picture_field import PictureField
from hms_desktop.ui.admin.row_form import RowForm
from hms_desktop.ui.kit.desk import DeskContext
from hms_desktop.ui.kit.fields import Choice, ChoiceField, NoteField, Segment, SegmentedField, TextField, WholeField
from hms_desktop.ui.kit.layout import card, column
from hms_desktop.ui.kit.theme import GRID, TypeSize, label
from hms_desktop.words.labels import say
from hms_desktop.words.language import N_, tr


class ClinicForm(RowForm[FacilityDetails]):
    """The clinic's details."""

    def __init__(self, context: DeskContext) -> None:
        super().__init__(context, "clinic")
        self.add_row(
            TextField("admin.clinic_name", tr("Na&me"), key="name", max_length=120, required=True),
            TextField("admin.clinic_address", tr("A&ddress"), key="address", max_length=200),
        )
        self.add_row(
            TextField("admin.clinic_phone", tr("&Phone"), key="phone", max_length=40),
            TextField("admin.clinic_email", tr("&E-mail"), key="email", max_length=120),
            TextField("admin.website", tr("&Website"), max_length=120),
        )
        self.add_row(
            TextField("admin.clinic_licence", tr("&Licence number"), key="licence_number", max_length=60),
            WholeField("admin.established_year", tr("Established &in"), low=1800, high=context.today().year),
        )
        profiles = [Segment(each, say(each)) for each in ClinicProfile]
        self.add(SegmentedField("admin.profile", tr("When patients pay"), profiles))
        self.logo = PictureField("admin.logo", tr("Logo"), background=context.background)
        self.logo.set_hint(tr("PNG or JPEG, at most 200 kB. It stands on every paper."))
        self.add(self.logo)
        self.add(NoteField("admin.receipt_footer", tr("At the &foot of a receipt"), lines=2, max_length=300))
        self.currency = TextField("admin.currency", tr("Curre&ncy"), max_length=3, width=90)
        self.digits: ChoiceField[int] = ChoiceField(
            "admin.currency_digits", tr("Decimals"), [Choice(n, str(n)) for n in (0, 2, 3)], width=90
        )
        self.add_row(self.currency, self.digits, stretch=[1, 3])
        self.facts = label("", TypeSize.SMALL, muted=True)
        self.facts.setWordWrap(True)
        self.add_widget(self.facts)
        self.body.addStretch(1)

    def values_of(self, row: FacilityDetails) -> dict[str, Any]:
        clinic = row.facility
        return {
            "name": clinic.name, "address": clinic.address, "phone": clinic.phone, "email": clinic.email,
            "website": clinic.website, "licence_number": clinic.licence_number,
            "established_year": clinic.established_year, "profile": clinic.profile, "logo": clinic.logo,
            "receipt_footer": clinic.receipt_footer, "currency": clinic.currency.code,
            "currency_digits": clinic.currency.digits,
        }  # fmt: skip

    def version_of(self, row: FacilityDetails) -> int:
        return row.facility.version

    def after_shown(self) -> None:
        if self.row is None:
            return
        fixed = self.row.currency_fixed
        for field in (self.currency, self.digits):
            field.set_read_only(fixed or not self.editable)
        clinic = self.row.facility
        text = tr(
            "Code {code} stands in every number, days begin by the clock of {zone}: both stay.",
            code=clinic.code, zone=clinic.time_zone,
        )  # fmt: skip
        stays = tr("Amounts are kept already, so the currency stays.")
        self.facts.setText(f"{text} {stays}" if fixed else text)

    def save_row(self, row: FacilityDetails | None) -> Callable[[], Outcome[Any]]:
        assert row is not None
        clinic, actor = self.context.clinic, self.context.actor
        values: dict[str, Any] = {field.key: field.value() for field in self.fields}
        values["profile"] = values["profile"] or row.facility.profile
        digits = values.pop("currency_digits")
        values["currency"] = Currency(
            str(values["currency"]), row.facility.currency.digits if digits is None else digits
        )
        logo = values.pop("logo")
        if logo != row.facility.logo:
            values["logo"] = logo or b""
        command = CorrectFacility(key=self.key, version=row.facility.version, **values)
        return lambda: correct_facility(clinic, actor, command)


class ClinicPage(AdminPage):
    """One form, no list."""

    NAME: ClassVar[str] = "clinic"
    TITLE: ClassVar[str] = N_("Clinic")
    RIGHT: ClassVar[str] = "facility.view"
    EDIT_RIGHT: ClassVar[str] = "facility.correct"
    TOPICS: ClassVar[frozenset[str]] = frozenset({topics.SETTINGS})

    def __init__(self, context: DeskContext) -> None:
        super().__init__(context)
        self.form = ClinicForm(context)
        self.form.set_editable(self.may_edit)
        self.form.saved.connect(self._on_saved)
        self.form.stale.connect(self.load)
        self.setLayout(column(card(label(tr(self.TITLE), TypeSize.LARGE, bold=True), self.form), margins=2 * GRID))

    def load(self) -> None:
        self.read(clinic_details, self._on_details)

    def _on_details(self, details: FacilityDetails) -> None:
        if self.form.row is None:
            self.form.show_row(details, subject="clinic")
        else:
            self.form.follow(details)

    def _on_saved(self, _outcome: Outcome[Any]) -> None:
        self.context.messages.good(tr("Saved. New papers carry it."))
        self.form.show_nothing()
        self.load()
        self.start_focus().setFocus()

    def start_focus(self) -> QWidget:
        return self.form.first_editor()

    def leave(self) -> None:
        self.form.keep_draft()
