"""One reference range: for whom, which limits, and where they come from."""

from decimal import Decimal
from typing import Any

from hms_desktop.domain.administration.catalogue import OLDEST_DAYS, PREGNANT, SEXES, LabTestRow, RangeRow
from hms_desktop.domain.errors import ClinicError
from hms_desktop.services.administration.lab_tests import (
    AddRange,
    CorrectRange,
    VoidRange,
    add_range,
    correct_range,
    void_range,
)
from hms_desktop.ui.admin.page import AdminPage
from hms_desktop.ui.admin.shown_price import plain_number
from hms_desktop.ui.kit.buttons import harmful, primary
from hms_desktop.ui.kit.dialogs import Dialog, ask_reason
from hms_desktop.ui.kit.field import Field
from hms_desktop.ui.kit.fields import Choice, ChoiceField, NumberField, TextField
from hms_desktop.ui.kit.layout import row
from hms_desktop.ui.kit.number_fields import WholeField
from hms_desktop.words.errors import sentence
from hms_desktop.words.facts import shown
from hms_desktop.words.labels import label
from hms_desktop.words.language import tr

_YEAR = Decimal("365.25")


class RangeDialog(Dialog):
    """A new range (`found` None) or a correction. Ages are typed in days: a range for newborns ends after 28."""

    def __init__(self, page: AdminPage, test: LabTestRow, found: RangeRow | None) -> None:
        super().__init__("admin.range", tr("Range of {test}", test=test.name), parent=page)
        self._page, self._test, self._found = page, test, found
        places = max(test.places, 2)
        self.fields: list[Field] = [
            ChoiceField("admin.range_sex", tr("Se&x"), [Choice(s, label("range_sex", s)) for s in SEXES], key="sex"),
            ChoiceField(
                "admin.range_pregnant", tr("Pre&gnant"), [Choice(p, label("range_pregnant", p)) for p in PREGNANT],
                key="pregnant",
            ),
            WholeField("admin.age_from", tr("From age"), unit=tr("days"), low=0, high=OLDEST_DAYS),
            WholeField("admin.age_to", tr("To age, not included"), unit=tr("days"), low=1, high=OLDEST_DAYS),
            NumberField("admin.normal_low", tr("&Normal from"), unit=test.unit, places=places),
            NumberField("admin.normal_high", tr("Normal &to"), unit=test.unit, places=places),
            NumberField("admin.critical_low", tr("Critical at or b&elow"), unit=test.unit, places=places),
            NumberField("admin.critical_high", tr("Critical at or a&bove"), unit=test.unit, places=places),
            TextField(
                "admin.range_source", tr("&Where the limits come from"), key="source", max_length=200, required=True
            ),
        ]  # fmt: skip
        for first in range(0, 8, 2):
            self.body.addLayout(row(self.fields[first], self.fields[first + 1], space=16))
        self.body.addWidget(self.fields[8])
        self.fields[3].set_hint(tr("Blank: no end. 18 years are {days} days.", days=6574))
        self._fill()
        others = [harmful("admin.range_void", tr("Take awa&y…"), self._ask_void)] if found else []
        self.add_buttons(primary("admin.range_save", tr("&Save"), self._save), *others)
        self.go_on(*self.fields)

    def _fill(self) -> None:
        found = self._found
        values: dict[str, Any] = {"age_from": 0}
        if found is not None:
            values = {
                "sex": found.sex, "pregnant": found.pregnant, "age_from": found.age_from_days,
                "age_to": None if found.age_to_days == OLDEST_DAYS else found.age_to_days,
                "normal_low": plain_number(found.normal_low), "normal_high": plain_number(found.normal_high),
                "critical_low": plain_number(found.critical_low), "critical_high": plain_number(found.critical_high),
                "source": found.source,
            }  # fmt: skip
        for field in self.fields:
            if field.key in values:
                field.set_value(values[field.key])

    def _save(self) -> None:
        bad = [field for field in self.fields if (problem := field.check()) is not None and problem.blocks]
        if bad:
            bad[0].focus_editor()
            return
        values: dict[str, Any] = {field.key: field.value() for field in self.fields}
        values["age_from"] = values["age_from"] or 0
        if self._found is None:
            added = AddRange(test_id=self._test.id, **values)
            self._page.write(add_range, added, lambda _done: self.accept(), self._on_refused)
        else:
            corrected = CorrectRange(
                test_id=self._test.id, range_id=self._found.id, version=self._found.version, **values
            )
            self._page.write(correct_range, corrected, lambda _done: self.accept(), self._on_refused)

    def _on_refused(self, error: Exception) -> None:
        field = next((f for f in self.fields if isinstance(error, ClinicError) and f.key == error.field), None)
        if field is None or not isinstance(error, ClinicError):
            self._page.context.messages.failed(error)
            return
        field.error(sentence(error.code, error.facts))
        field.focus_editor()

    def _ask_void(self) -> None:
        found = self._found
        assert found is not None

        def void(reason: str) -> None:
            command = VoidRange(range_id=found.id, version=found.version, reason=reason)
            self._page.write(void_range, command, lambda _done: self.accept(), self._on_refused)

        ask_reason(
            self, "admin.range_reason", tr("Take this range away?"),
            tr("Results for whom it was meant then have no flag. Those that were judged keep theirs."),
            tr("T&ake away"), void,
        )  # fmt: skip


def ages(each: RangeRow) -> str:
    """`0 d to 28 d`, `18 y and older`."""
    start = _age(each.age_from_days)
    if each.age_to_days >= OLDEST_DAYS:
        return tr("all ages") if each.age_from_days == 0 else tr("{age} and older", age=start)
    return tr("{from_age} to {to_age}", from_age=start, to_age=_age(each.age_to_days))


def _age(days: int) -> str:
    years = round(days / _YEAR)
    if years >= 2 and abs(days - years * _YEAR) <= 1:
        return tr("{n} y", n=years)
    return tr("{n} d", n=days)


def normal_text(each: RangeRow) -> str:
    """The normal limits."""
    return _limits(each.normal_low, each.normal_high)


def critical_text(each: RangeRow) -> str:
    """The critical limits: at or below, at or above."""
    parts = []
    if each.critical_low is not None:
        parts.append(f"≤ {shown(each.critical_low)}")
    if each.critical_high is not None:
        parts.append(f"≥ {shown(each.critical_high)}")
    return "  ".join(parts)


def _limits(low: Decimal | None, high: Decimal | None) -> str:
    """`3.5 – 5.1`, `from 3.5`, `to 5.1`, or nothing."""
    if low is None and high is None:
        return ""
    if high is None:
        return tr("from {low}", low=shown(low))
    return tr("to {high}", high=shown(high)) if low is None else f"{shown(low)} – {shown(high)}"
