"""Stations: the clinic's PCs, what they are called, their paper and their shelf."""

from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from hms_desktop.domain import topics
from hms_desktop.domain.accounts import Actor
from hms_desktop.domain.facility import ReceiptPaper, StationRow
from hms_desktop.domain.ids import Id
from hms_desktop.services.administration.facility import CorrectStation, correct_station, list_stations, stock_locations
from hms_desktop.services.clinic import Clinic, Outcome
from hms_desktop.ui.admin.moments import moment
from hms_desktop.ui.admin.page import ListPage
from hms_desktop.ui.admin.row_form import RowForm
from hms_desktop.ui.kit.badges import tone_badge
from hms_desktop.ui.kit.desk import DeskContext
from hms_desktop.ui.kit.fields import Choice, ChoiceField, TextField, choices_of
from hms_desktop.ui.kit.table import Column
from hms_desktop.ui.kit.theme import label
from hms_desktop.words.language import N_, tr


def _gathered(clinic: Clinic, actor: Actor) -> tuple[list[StationRow], list[tuple[Id, str]]]:
    return list_stations(clinic, actor), stock_locations(clinic, actor)


class StationForm(RowForm[StationRow]):
    """A PC of the clinic. Its code stands in its numbers and stays."""

    def __init__(self, context: DeskContext) -> None:
        super().__init__(context, "stations")
        self.add(TextField("admin.station_name", tr("Na&me"), key="name", max_length=80))
        self.location: ChoiceField[Id] = ChoiceField("admin.stock_location_id", tr("Gives out medicines &from"))
        self.add_row(
            ChoiceField("admin.receipt_paper", tr("&Paper for receipts"), choices_of(ReceiptPaper)), self.location
        )
        self.facts = label("", muted=True)
        self.facts.setWordWrap(True)
        self.add_widget(self.facts)
        self.body.addStretch(1)

    def offer_locations(self, locations: Sequence[tuple[Id, str]]) -> None:
        """Where stock may lie."""
        self.offer(lambda: self.location.set_choices([Choice(id, name) for id, name in locations]))

    def values_of(self, row: StationRow) -> dict[str, Any]:
        return {"name": row.name, "receipt_paper": row.receipt_paper, "stock_location_id": row.stock_location_id}

    def after_shown(self) -> None:
        row = self.row
        if row is None:
            self.facts.setText("")
            return
        seen = moment(self.context.clinic, row.last_seen_at) or tr("never")
        self.facts.setText(
            tr(
                "Series {series} of its numbers. Last opened: {seen}. Program {version}.",
                series=row.series, seen=seen, version=row.app_version or tr("(not known)"),
            )
        )  # fmt: skip

    def save_row(self, row: StationRow | None) -> Callable[[], Outcome[Any]]:
        assert row is not None
        clinic, actor = self.context.clinic, self.context.actor
        values: dict[str, Any] = {field.key: field.value() for field in self.fields}
        command = CorrectStation(key=self.key, station_id=row.id, version=row.version, **values)
        return lambda: correct_station(clinic, actor, command)


class StationsPage(ListPage[StationRow]):
    """The PCs."""

    NAME: ClassVar[str] = "stations"
    TITLE: ClassVar[str] = N_("Stations")
    RIGHT: ClassVar[str] = "facility.view"
    EDIT_RIGHT: ClassVar[str] = "facility.correct"
    TOPICS: ClassVar[frozenset[str]] = frozenset({topics.SETTINGS})
    form: StationForm

    def columns(self) -> Sequence[Column[StationRow]]:
        own = self.context.clinic.station.id
        return (
            Column(tr("Code"), lambda each: each.code, width=56, bold=True),
            Column(tr("Name"), lambda each: each.name, stretch=True),
            Column(
                tr("State"), lambda each: tr("This PC") if each.id == own else "", width=84,
                badge=lambda each: tone_badge(tr("This PC"), "info") if each.id == own else None,
            ),
        )  # fmt: skip

    def words_of(self, shown: StationRow) -> str:
        return f"{shown.code} {shown.name} {shown.stock_location}"

    def name_of(self, shown: StationRow) -> str:
        return tr("Station {code}", code=shown.code)

    def make_form(self) -> RowForm[StationRow]:
        return StationForm(self.context)

    def load(self) -> None:
        self.read(_gathered, self._on_gathered)

    def _on_gathered(self, found: tuple[list[StationRow], list[tuple[Id, str]]]) -> None:
        stations, locations = found
        self.form.offer_locations(locations)
        self.show_rows(stations)
