"""The lists behind the catalogue's forms, read aside once a load: forms, units, routes, ingredients, categories."""

from collections.abc import Mapping
from dataclasses import dataclass

from hms_desktop.domain.accounts import Actor
from hms_desktop.domain.ids import Id
from hms_desktop.domain.names import fold
from hms_desktop.domain.texts import pick
from hms_desktop.services.administration.medicines import medicine_categories
from hms_desktop.services.catalogue import names_of
from hms_desktop.services.clinic import Clinic
from hms_desktop.ui.kit.fields import Choice


@dataclass(frozen=True, slots=True)
class MedicineLists:
    """What a medicine is described with, in the person's language; `ingredient_names` also in the others."""

    forms: Mapping[str, str]
    units: Mapping[str, str]
    routes: Mapping[str, str]
    ingredients: Mapping[str, str]
    ingredient_names: Mapping[str, str]
    classes: Mapping[str, str]
    categories: list[tuple[Id, str]]


def medicine_lists(clinic: Clinic, actor: Actor) -> MedicineLists:
    """Read the lists. Called on a reader thread, for they are files."""
    every = {name: code for code, names in names_of("ingredients").items() for name in names.values()}
    return MedicineLists(
        forms=listed("medicine_forms", actor), units=listed("medicine_units", actor),
        routes=listed("medicine_routes", actor), ingredients=listed("ingredients", actor), ingredient_names=every,
        classes=listed("drug_classes", actor), categories=medicine_categories(clinic, actor),
    )  # fmt: skip


def listed(kind: str, actor: Actor) -> dict[str, str]:
    """A list of codes with their names in the person's language."""
    return {code: pick(names, actor.language) for code, names in names_of(kind).items()}


def choices(names: Mapping[str, str]) -> list[Choice[str]]:
    """A list as a list box offers it: by name."""
    return [Choice(code, name) for code, name in sorted(names.items(), key=lambda pair: fold(pair[1]))]
