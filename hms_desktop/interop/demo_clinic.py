"""The made-up clinic in `resources/demo_clinic`: people, shelves, what patients come with. A row class a file."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from hms_desktop.domain.errors import BadInput


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffRow:
    """Somebody who works there; `roles` are shipped role codes."""

    username: str
    given: str
    family: str
    gender: str
    roles: tuple[str, ...]
    department: str
    licence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NameRow:
    """A given or family name of a culture, in Latin letters and in its own script where it has one."""

    culture: str
    kind: str
    sex: str
    latin: str
    native: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressRow:
    """A village or estate; telephone numbers there begin with `phone_prefix`."""

    village: str
    ward: str
    town: str
    phone_prefix: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplierRow:
    """Who delivers."""

    code: str
    name: str
    phone: str
    email: str
    address: str
    lead_days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StockRow:
    """A batch on the shelf; `days_to_expiry` below zero: it has expired."""

    medicine: str
    batch: str
    days_to_expiry: int
    quantity: int
    cost: Decimal
    supplier: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ComplaintRow:
    """What somebody comes with, and what a plausible day makes of it. Vital signs are `lowest-highest`."""

    code: str
    text_en: str
    text_fr: str
    history_en: str
    history_fr: str
    sex: str
    age_min_years: int
    age_max_years: int
    weight: int
    triage: str
    danger_signs: tuple[str, ...]
    temperature: str
    pulse: str
    breathing_rate: str
    spo2: str
    systolic: str
    diastolic: str
    glucose: str
    pain: str
    diagnosis: str
    tests: tuple[str, ...]
    panels: tuple[str, ...]
    medicines: tuple[str, ...]
    results: tuple[str, ...]

    @property
    def expected(self) -> dict[str, str]:
        """The results that tell this story, by test."""
        return {test: value for test, _equals, value in (each.partition("=") for each in self.results)}


FILES: Mapping[type, str] = {
    StaffRow: "staff.csv",
    NameRow: "names.csv",
    AddressRow: "addresses.csv",
    SupplierRow: "suppliers.csv",
    StockRow: "stock.csv",
    ComplaintRow: "complaints.csv",
}
"""Where the rows of a class stand."""


def read_facility(folder: Path) -> dict[str, Any]:
    """The clinic itself, with the bytes of its logo under `logo`. Raises BadInput when it can't be read."""
    path = folder / "facility.json"
    try:
        found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        found["logo"] = (folder / found["logo"]).read_bytes()
    except OSError:
        raise BadInput(source=str(path), reason="no_file") from None
    except (ValueError, KeyError, TypeError):
        raise BadInput(source=path.name, reason="json") from None
    return found
