"""Services: what is charged by hand or by itself and is neither medicine nor test."""

from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from hms_desktop.domain import topics
from hms_desktop.domain.accounts import Actor
from hms_desktop.domain.administration.catalogue import ServiceRow
from hms_desktop.domain.administration.entries import names
from hms_desktop.domain.billing import ChargeKind
from hms_desktop.domain.facility import DepartmentRow
from hms_desktop.domain.ids import Id
from hms_desktop.services.administration.facility import list_departments
from hms_desktop.services.administration.price_lists import list_services
from hms_desktop.services.clinic import Clinic, Outcome
from hms_desktop.services.prices import SaveItem, save_item
from hms_desktop.ui.admin.page import ListPage
from hms_desktop.ui.admin.row_form import RowForm
from hms_desktop.ui.admin.shown_price import price_text, retired_badge
from hms_desktop.ui.kit.buttons import Button, plain
from hms_desktop.ui.kit.desk import DeskContext
from hms_desktop.ui.kit.fields import Choice, ChoiceField, MoneyField, TextField, ToggleField
from hms_desktop.ui.kit.table import Column
from hms_desktop.words.labels import say
from hms_desktop.words.language import N_, tr

_KINDS = (ChargeKind.SERVICE, ChargeKind.CONSULTATION, ChargeKind.REGISTRATION)


def _gathered(clinic: Clinic, actor: Actor) -> tuple[list[ServiceRow], list[DepartmentRow]]:
    departments = list_departments(clinic, actor) if actor.may("facility.view") else []
    return list_services(clinic, actor), departments


class ServiceForm(RowForm[ServiceRow]):
    """A service. Its kind is chosen once, for charges are counted by it."""

    def __init__(self, context: DeskContext) -> None:
        super().__init__(context, "services")
        self.add_row(
            TextField("admin.service_name", tr("Na&me"), key="name_en", max_length=120, required=True),
            TextField("admin.service_name_fr", tr("Name in Frenc&h"), key="name_fr", max_length=120),
        )
        self.kind = ChoiceField("admin.kind", tr("&Kind"), [Choice(each, say(each)) for each in _KINDS])
        self.department: ChoiceField[Id] = ChoiceField(
            "admin.service_department", tr("&Department"), key="department_id", blank=tr("– none –")
        )
        self.add_row(self.kind, self.department)
        currency = context.clinic.facility.currency
        self.add(MoneyField("admin.service_price", tr("&Price"), key="price", currency=currency, width=180))
        self.add(ToggleField("admin.service_active", tr("&Offered"), key="active"))
        self.body.addStretch(1)

    def offer_departments(self, departments: Sequence[DepartmentRow]) -> None:
        """Which department earns it."""
        self.offer(lambda: self.department.set_choices([Choice(each.id, each.name) for each in departments]))

    def values_of(self, row: ServiceRow) -> dict[str, Any]:
        return {field.key: getattr(row, field.key) for field in self.fields}

    def new_values(self) -> dict[str, Any]:
        return {"kind": ChargeKind.SERVICE, "active": True}

    def after_shown(self) -> None:
        self.kind.set_read_only(self.row is not None or not self.editable)

    def save_row(self, row: ServiceRow | None) -> Callable[[], Outcome[Any]]:
        clinic, actor = self.context.clinic, self.context.actor
        values: dict[str, Any] = {field.key: field.value() for field in self.fields}
        name = names(values.pop("name_en"), values.pop("name_fr"))
        if not self.is_touched("price"):
            values["price"] = None
        command = SaveItem(
            key=self.key, id=row.id if row else None, version=row.version if row else None, name=name, **values
        )
        return lambda: save_item(clinic, actor, command)


class ServicesPage(ListPage[ServiceRow]):
    """The services."""

    NAME: ClassVar[str] = "services"
    TITLE: ClassVar[str] = N_("Services")
    RIGHT: ClassVar[str] = "catalogue.view"
    EDIT_RIGHT: ClassVar[str] = "prices.correct"
    TOPICS: ClassVar[frozenset[str]] = frozenset({topics.CATALOGUE, topics.SETTINGS})
    form: ServiceForm

    def columns(self) -> Sequence[Column[ServiceRow]]:
        return (
            Column(tr("Service"), lambda each: each.name, stretch=True, bold=True),
            Column(tr("Kind"), lambda each: say(each.kind), width=104, muted=True),
            Column(
                tr("Price"), lambda each: price_text(self.context, each.price), width=84, right=True,
                badge=lambda each: retired_badge(each.active),
            ),
        )  # fmt: skip

    def words_of(self, shown: ServiceRow) -> str:
        return f"{shown.search_words} {shown.name} {shown.code} {shown.department}"

    def name_of(self, shown: ServiceRow) -> str:
        return shown.name

    def make_form(self) -> RowForm[ServiceRow]:
        return ServiceForm(self.context)

    def make_new_button(self) -> Button | None:
        return plain("admin.services_new", tr("&New service"), self.begin_new, icon="add")

    def begin_new(self) -> None:
        if self.may_edit:
            self.start_new(tr("New service"))

    def empty_text(self) -> str:
        return tr("There are no services yet. Ctrl+N adds one.")

    def load(self) -> None:
        self.read(_gathered, self._on_gathered)

    def _on_gathered(self, found: tuple[list[ServiceRow], list[DepartmentRow]]) -> None:
        services, departments = found
        self.form.offer_departments(departments)
        self.show_rows(services)
