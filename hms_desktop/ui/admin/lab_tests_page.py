"""Lab tests: offered or not, their price and time, the ranges that results are judged by."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar

from hms_desktop.domain import topics
from hms_desktop.domain.accounts import Actor
from hms_desktop.domain.administration.catalogue import LabTestRow, RangeRow
from hms_desktop.domain.lab import ResultKind
from hms_desktop.services.administration.lab_tests import (
    AddLabTest,
    CorrectLabTest,
    add_lab_test,
    correct_lab_test,
    list_lab_tests,
    ranges_of,
)
from hms_desktop.services.clinic import Clinic, Outcome
from hms_desktop.ui.admin.catalogue_lists import choices, listed
from hms_desktop.ui.admin.page import ListPage
from hms_desktop.ui.admin.range_dialog import RangeDialog, ages, critical_text, normal_text
from hms_desktop.ui.admin.row_form import RowForm
from hms_desktop.ui.admin.shown_price import price_text, retired_badge
from hms_desktop.ui.kit.buttons import Button, plain
from hms_desktop.ui.kit.desk import DeskContext
from hms_desktop.ui.kit.dialogs import show
from hms_desktop.ui.kit.fields import ChoiceField, MoneyField, TextField, ToggleField, WholeField, choices_of
from hms_desktop.ui.kit.layout import row
from hms_desktop.ui.kit.table import Column, RowsView
from hms_desktop.ui.kit.theme import label, px
from hms_desktop.words.labels import label as word
from hms_desktop.words.labels import say
from hms_desktop.words.language import N_, tr

Lists = Mapping[str, Mapping[str, str]]


def _gathered(clinic: Clinic, actor: Actor) -> tuple[list[LabTestRow], Lists]:
    lists = {kind: listed(kind, actor) for kind in ("lab_categories", "specimens")}
    return list_lab_tests(clinic, actor), lists


class LabTestForm(RowForm[LabTestRow]):
    """A test. What results are kept in (kind, unit, decimals, answers) is chosen once."""

    def __init__(self, context: DeskContext) -> None:
        super().__init__(context, "lab_tests")
        self._categories: Mapping[str, str] = {}
        self.add_row(
            TextField("admin.test_name", tr("Na&me"), key="name_en", max_length=120, required=True),
            TextField("admin.test_name_fr", tr("Name in Frenc&h"), key="name_fr", max_length=120),
        )
        self.category: ChoiceField[str] = ChoiceField(
            "admin.test_category", tr("&Category"), key="category", blank=tr("– choose –"), required=True
        )
        self.specimen: ChoiceField[str] = ChoiceField(
            "admin.specimen", tr("Spec&imen"), blank=tr("– choose –"), required=True
        )
        self.add_row(self.category, self.specimen)
        self.result_kind = ChoiceField("admin.result_kind", tr("Ans&wers with"), choices_of(ResultKind))
        self.unit = TextField("admin.test_unit", tr("&Unit"), key="unit", max_length=20)
        self.places = WholeField("admin.places", tr("Decimals"), low=0, high=4)
        self.add_row(self.result_kind, self.unit, self.places)
        self.answers = TextField("admin.choices", tr("Answers, normal first; * marks abnormal ones"), max_length=400)
        self.answers.set_hint(tr("Negative, Positive*"))
        self.add(self.answers)
        self.facts = label("", muted=True)
        self.facts.setWordWrap(True)
        self.add_widget(self.facts)
        self._add_terms()

    def _add_terms(self) -> None:
        currency = self.context.clinic.facility.currency
        self.price = MoneyField("admin.test_price", tr("&Price"), key="price", currency=currency)
        minutes = WholeField("admin.turnaround_minutes", tr("Rea&dy after"), unit=tr("minutes"), low=0, high=100_000)
        self.add_row(self.price, minutes)
        delta = WholeField("admin.delta_percent", tr("Point out changes a&bove"), unit="%", low=1, high=10_000)
        self.add_row(delta, ToggleField("admin.test_active", tr("&Offered"), key="active"))
        self.result_kind.changed.connect(self._show_what_fits)

    def offer_lists(self, lists: Lists) -> None:
        """Categories and specimens."""
        self._categories = lists["lab_categories"]

        def change() -> None:
            self.category.set_choices(choices(lists["lab_categories"]))
            self.specimen.set_choices(choices(lists["specimens"]))

        self.offer(change)

    def values_of(self, row: LabTestRow) -> dict[str, Any]:
        answers = ", ".join(f"{text}*" if abnormal else text for _value, text, abnormal in row.choices)
        return {field.key: getattr(row, field.key) for field in self.fields} | {"choices": answers}

    def new_values(self) -> dict[str, Any]:
        return {"active": True, "places": 0, "turnaround_minutes": 60, "result_kind": ResultKind.NUMBER}

    def after_shown(self) -> None:
        for field in (self.category, self.specimen, self.result_kind, self.unit, self.places, self.answers):
            field.setVisible(self.is_new)
        self.price.set_read_only(not (self.editable and self.context.actor.may("prices.correct")))
        row = self.row
        if row is None:
            self.facts.setText("")
        elif row.result_kind is ResultKind.CHOICE:
            found = ", ".join(text for _value, text, _abnormal in row.choices)
            self._say(row, found)
        else:
            self._say(row, f"{say(row.result_kind)}, {row.unit}" if row.unit else say(row.result_kind))
        self.facts.setVisible(row is not None)
        if self.is_new:
            self._show_what_fits()

    def _say(self, row: LabTestRow, answers: str) -> None:
        """What is fixed about the test."""
        category = self._categories.get(row.category, row.category)
        self.facts.setText(tr("{category} · answers with: {answers}", category=category, answers=answers))

    def _show_what_fits(self) -> None:
        kind = self.result_kind.value()
        self.answers.setVisible(self.is_new and kind is ResultKind.CHOICE)
        for field in (self.unit, self.places):
            field.setVisible(self.is_new and kind is ResultKind.NUMBER)

    def save_row(self, row: LabTestRow | None) -> Callable[[], Outcome[Any]]:
        clinic, actor = self.context.clinic, self.context.actor
        values: dict[str, Any] = {field.key: field.value() for field in self.fields}
        values["turnaround_minutes"] = values["turnaround_minutes"] or 0
        if not self.is_touched("price"):
            values["price"] = None
        fixed = {key: values.pop(key) for key in ("category", "specimen", "result_kind", "unit", "places", "choices")}
        if row is not None:
            corrected = CorrectLabTest(key=self.key, test_id=row.id, version=row.version, **values)
            return lambda: correct_lab_test(clinic, actor, corrected)
        made = AddLabTest(
            key=self.key, category=fixed["category"] or "", specimen=fixed["specimen"] or "",
            result_kind=fixed["result_kind"] or ResultKind.NUMBER, unit=fixed["unit"], places=fixed["places"] or 0,
            choices=tuple(each.strip() for each in fixed["choices"].split(",") if each.strip()), **values,
        )  # fmt: skip
        return lambda: add_lab_test(clinic, actor, made)


class LabTestsPage(ListPage[LabTestRow]):
    """The tests, and below the form the ranges of the chosen one."""

    NAME: ClassVar[str] = "lab_tests"
    TITLE: ClassVar[str] = N_("Lab tests")
    RIGHT: ClassVar[str] = "catalogue.view"
    EDIT_RIGHT: ClassVar[str] = "catalogue.correct"
    TOPICS: ClassVar[frozenset[str]] = frozenset({topics.CATALOGUE})
    form: LabTestForm

    def __init__(self, context: DeskContext) -> None:
        super().__init__(context)
        columns = (
            Column[RangeRow](tr("Whom"), _whom, width=104),
            Column[RangeRow](tr("Age"), ages, width=104),
            Column[RangeRow](tr("Normal"), normal_text, stretch=True),
            Column[RangeRow](tr("Critical"), critical_text, stretch=True, muted=True),
        )
        self.ranges = RowsView[RangeRow](
            "admin.ranges", tr("Reference ranges"), columns, key=lambda each: each.id,
            empty=tr("No reference range: results of this test have no flag."),
        )  # fmt: skip
        self.ranges.setMinimumHeight(px(110))
        self.add_range_button = plain("admin.ranges_add", tr("Add a ran&ge…"), self._add_range)
        self.ranges_heading = label(tr("Reference ranges"), bold=True)
        self.form.body.addWidget(self.ranges_heading)
        self.form.body.addWidget(self.ranges, 100)
        below = row(self.add_range_button)
        below.addStretch(1)
        self.form.body.addLayout(below)
        self.form.body.addStretch(1)
        self.ranges.activated_row.connect(self._open_range)
        self.row_shown.connect(self._on_row_shown)

    def columns(self) -> Sequence[Column[LabTestRow]]:
        return (
            Column(tr("Test"), lambda each: each.name, stretch=True, bold=True),
            Column(
                tr("Price"), lambda each: price_text(self.context, each.price), width=84, right=True,
                badge=lambda each: retired_badge(each.active),
            ),
        )  # fmt: skip

    def words_of(self, shown: LabTestRow) -> str:
        return f"{shown.search_words} {shown.name} {shown.code}"

    def name_of(self, shown: LabTestRow) -> str:
        return shown.name

    def make_form(self) -> RowForm[LabTestRow]:
        return LabTestForm(self.context)

    def make_new_button(self) -> Button | None:
        return plain("admin.lab_tests_new", tr("&New test"), self.begin_new, icon="add")

    def begin_new(self) -> None:
        if self.may_edit:
            self.start_new(tr("New test"))

    def empty_text(self) -> str:
        return tr("There are no tests yet. Ctrl+N adds one.")

    def load(self) -> None:
        self.read(_gathered, self._on_gathered)

    def _on_gathered(self, found: tuple[list[LabTestRow], Lists]) -> None:
        tests, lists = found
        self.form.offer_lists(lists)
        self.show_rows(tests)

    # --- ranges ------------------------------------------------------------------------------------

    def _on_row_shown(self, shown: LabTestRow | None) -> None:
        numbers = shown is not None and shown.result_kind is ResultKind.NUMBER
        self.ranges_heading.setVisible(numbers)
        self.ranges.setVisible(numbers)
        self.add_range_button.setVisible(numbers and self.may_edit)
        if shown is not None and numbers:
            self.read(ranges_of, lambda rows: self._show_ranges(shown, rows), shown.id)

    def _show_ranges(self, shown: LabTestRow, rows: list[RangeRow]) -> None:
        if self.form.row is not None and self.form.row.id == shown.id:
            self.ranges.set_rows(rows)

    def _add_range(self) -> None:
        if self.form.row is not None:
            self._show_dialog(RangeDialog(self, self.form.row, None))

    def _open_range(self, chosen: RangeRow) -> None:
        if self.form.row is not None and self.may_edit:
            self._show_dialog(RangeDialog(self, self.form.row, chosen))

    def _show_dialog(self, dialog: RangeDialog) -> None:
        show(dialog, lambda _agreed: self._on_row_shown(self.form.row))


def _whom(each: RangeRow) -> str:
    if each.pregnant == "yes":
        return tr("Pregnant")
    text = word("range_sex", each.sex)
    return tr("{sex}, not pregnant", sex=text) if each.pregnant == "no" else text
