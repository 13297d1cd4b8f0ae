"""The form of a medicine: what it is, what it costs, what the safety check and the dose rules look at."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from hms_desktop.domain.administration.catalogue import FormularyRow
from hms_desktop.domain.dosing import Frequency
from hms_desktop.domain.ids import Id
from hms_desktop.services.administration.medicines import (
    SCHEDULES,
    AddMedicine,
    CorrectMedicine,
    add_medicine,
    correct_medicine,
)
from hms_desktop.services.clinic import Outcome
from hms_desktop.ui.admin.catalogue_lists import MedicineLists, choices
from hms_desktop.ui.admin.codes_field import CodesField
from hms_desktop.ui.admin.row_form import RowForm
from hms_desktop.ui.admin.shown_price import plain_number
from hms_desktop.ui.kit.desk import DeskContext
from hms_desktop.ui.kit.fields import (
    Choice,
    ChoiceField,
    Limits,
    MoneyField,
    NumberField,
    TextField,
    ToggleField,
    WholeField,
    choices_of,
)
from hms_desktop.words.language import tr

_ABOVE_ZERO = Limits(impossible_low=Decimal("0.001"))
_MEASURES = ("mg_per_unit", "unit_ml", "child_mg_per_kg", "child_max_mg")


class MedicineForm(RowForm[FormularyRow]):
    """One strength in one form."""

    def __init__(self, context: DeskContext) -> None:
        super().__init__(context, "medicines")
        self._add_name()
        self._add_stock()
        self._add_safety()
        self._add_dose()
        self.body.addStretch(1)

    def _add_name(self) -> None:
        self.add_row(
            TextField("admin.generic", tr("&Generic name"), max_length=120, required=True),
            TextField("admin.generic_fr", tr("In French"), max_length=120),
        )
        self.form_field: ChoiceField[str] = ChoiceField("admin.form", tr("F&orm"))
        self.add_row(TextField("admin.strength", tr("S&trength"), max_length=60, required=True), self.form_field)
        self.add_row(
            TextField("admin.brand", tr("&Brand"), max_length=80),
            TextField("admin.tall_man", tr("Tall-man name"), max_length=120),
        )

    def _add_stock(self) -> None:
        self.add_section(tr("Stock and price"))
        self.unit: ChoiceField[str] = ChoiceField("admin.unit", tr("&Unit"))
        self.category: ChoiceField[Id] = ChoiceField("admin.category_id", tr("Categor&y"), blank=tr("– none –"))
        self.price = MoneyField("admin.medicine_price", tr("&Price of a unit"), key="price",
                                currency=self.context.clinic.facility.currency)  # fmt: skip
        self.add_row(self.unit, self.price)
        self.add_row(
            WholeField("admin.pack_size", tr("Units in a pac&k"), low=1, high=100_000),
            WholeField("admin.reorder_level", tr("Reorder &level"), low=0, high=10_000_000),
        )
        self.add_row(TextField("admin.barcode", tr("Bar&code"), max_length=40), self.category)
        self.add_toggles(
            ToggleField("admin.medicine_active", tr("O&ffered"), key="active"),
            ToggleField("admin.formulary", tr("On the formulary")),
        )

    def _add_safety(self) -> None:
        self.add_section(tr("Safety"))
        warning = tr("Allergies and interactions with it are not checked. Enter keeps it.")
        self.ingredients = self.add(
            CodesField(
                "admin.ingredients", tr("&Ingredients, with commas between them"), warning=warning, required=True
            )
        )
        self.classes = self.add(CodesField("admin.drug_classes", tr("Drug classes"), warning=warning))
        self.add_row(
            TextField("admin.atc", tr("ATC code"), max_length=10),
            ChoiceField("admin.controlled_schedule", tr("Schedule"), [Choice(s, s or tr("none")) for s in SCHEDULES]),
        )
        self.add(ToggleField("admin.pregnancy_caution", tr("Caution in pregnancy")))

    def _add_dose(self) -> None:
        self.add_section(tr("Dose"))
        self.route: ChoiceField[str] = ChoiceField("admin.route", tr("Route"))
        self.frequency: ChoiceField[str] = ChoiceField(
            "admin.default_frequency", tr("Usual frequency"),
            [Choice(str(each.value), each.text) for each in choices_of(Frequency)], blank=tr("– none –"),
        )  # fmt: skip
        self.add_row(
            self.route, TextField("admin.default_dose", tr("Usual &dose"), max_length=40, placeholder=tr("500 mg"))
        )
        self.add_row(self.frequency, WholeField("admin.default_days", tr("Usual days"), low=1, high=3660))
        self.add_row(
            NumberField("admin.mg_per_unit", tr("In one unit"), unit="mg", places=4, limits=_ABOVE_ZERO),
            NumberField(
                "admin.unit_ml",
                tr("In one unit, if liquid"),
                unit="ml",
                places=3,
                limits=_ABOVE_ZERO,
            ),
        )
        self.add_row(
            NumberField(
                "admin.child_mg_per_kg",
                tr("Child, one dose"),
                unit="mg/kg",
                places=3,
                limits=_ABOVE_ZERO,
            ),
            NumberField(
                "admin.child_max_mg",
                tr("Child, most a dose"),
                unit="mg",
                places=3,
                limits=_ABOVE_ZERO,
            ),
        )

    def offer_lists(self, lists: MedicineLists) -> None:
        """What may be chosen."""

        def change() -> None:
            self.form_field.set_choices(choices(lists.forms))
            self.unit.set_choices(choices(lists.units))
            self.route.set_choices(choices(lists.routes))
            self.category.set_choices([Choice(id, name) for id, name in lists.categories])
            self.ingredients.set_names(lists.ingredients, lists.ingredient_names)
            self.classes.set_names(lists.classes)

        self.offer(change)

    def values_of(self, row: FormularyRow) -> dict[str, Any]:
        values = {field.key: getattr(row, field.key) for field in self.fields}
        values |= {key: plain_number(values[key]) for key in _MEASURES}
        return values | {"default_frequency": row.default_frequency or None}

    def new_values(self) -> dict[str, Any]:
        return {
            "active": True, "formulary": True, "pack_size": 1, "reorder_level": 0, "form": "tablet", "unit": "tablet",
            "route": "oral", "controlled_schedule": "",
        }  # fmt: skip

    def after_shown(self) -> None:
        stocked = self.row is not None and self.row.stocked
        self.unit.set_read_only(stocked or not self.editable)
        self.unit.set_hint(tr("Stock is counted in it, so it stays.") if stocked else "")
        self.price.set_read_only(not (self.editable and self.context.actor.may("prices.correct")))

    def save_row(self, row: FormularyRow | None) -> Callable[[], Outcome[Any]]:
        clinic, actor = self.context.clinic, self.context.actor
        values: dict[str, Any] = {field.key: field.value() for field in self.fields}
        values["default_frequency"] = values["default_frequency"] or ""
        values["pack_size"] = values["pack_size"] or 1
        values["reorder_level"] = values["reorder_level"] or 0
        for key in ("form", "unit", "route", "controlled_schedule"):
            values[key] = values[key] or ""
        if not self.is_touched("price"):
            values["price"] = None
        if row is None:
            made = AddMedicine(key=self.key, **values)
            return lambda: add_medicine(clinic, actor, made)
        corrected = CorrectMedicine(key=self.key, medication_id=row.id, version=row.version, **values)
        return lambda: correct_medicine(clinic, actor, corrected)
