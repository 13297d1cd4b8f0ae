"""The CSV files of Synthea, a generator of synthetic patients: https://github.com/synthetichealth/synthea/wiki.

Columns as its CSV exporter writes them (the wiki's page "CSV File Data Dictionary"); columns that only some versions
have carry a default. Moments without a zone are UTC.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path

from hms_desktop.domain.errors import BadInput
from hms_desktop.domain.protocols.vital_limits import Measure
from hms_desktop.interop.csv_rows import column, read_cells


@dataclass(frozen=True, slots=True, kw_only=True)
class PatientRow:
    """patients.csv. Names carry digits that mark them as synthetic."""

    patient: str = column("Id")
    birthdate: date
    deathdate: date | None = None
    ssn: str = ""
    first: str
    middle: str = ""
    last: str
    gender: str
    address: str = ""
    city: str = ""
    state: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EncounterRow:
    """encounters.csv."""

    id: str
    start: datetime
    stop: datetime | None = None
    patient: str
    encounterclass: str = ""
    code: str = ""
    description: str = ""
    reasondescription: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AllergyRow:
    """allergies.csv; a `stop` means that it does not hold any more."""

    start: date
    stop: date | None = None
    patient: str
    encounter: str = ""
    code: str
    description: str
    reaction: str = column("DESCRIPTION1", default="")
    severity: str = column("SEVERITY1", default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class ConditionRow:
    """conditions.csv, coded in SNOMED CT."""

    start: date
    stop: date | None = None
    patient: str
    encounter: str = ""
    code: str
    description: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ObservationRow:
    """observations.csv, coded in LOINC with UCUM units."""

    date: datetime
    patient: str
    encounter: str = ""
    category: str = ""
    code: str
    description: str
    value: str
    units: str = ""
    type: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MedicationRow:
    """medications.csv, coded in RxNorm."""

    start: datetime
    stop: datetime | None = None
    patient: str
    encounter: str = ""
    code: str
    description: str
    dispenses: Decimal | None = None
    reasondescription: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImmunizationRow:
    """immunizations.csv, coded in CVX."""

    date: datetime
    patient: str
    encounter: str = ""
    code: str
    description: str


FILES: Mapping[str, type] = {
    "patients.csv": PatientRow,
    "encounters.csv": EncounterRow,
    "allergies.csv": AllergyRow,
    "conditions.csv": ConditionRow,
    "observations.csv": ObservationRow,
    "medications.csv": MedicationRow,
    "immunizations.csv": ImmunizationRow,
}
"""The files that are read; the first must be there."""

VITALS: Mapping[str, tuple[Measure, str]] = {
    "8310-5": (Measure.TEMPERATURE, "Cel"),
    "8867-4": (Measure.PULSE, "/min"),
    "9279-1": (Measure.BREATHING_RATE, "/min"),
    "2708-6": (Measure.SPO2, "%"),
    "2713-6": (Measure.SPO2, "%"),
    "59408-5": (Measure.SPO2, "%"),
    "8480-6": (Measure.SYSTOLIC, "mm[Hg]"),
    "8462-4": (Measure.DIASTOLIC, "mm[Hg]"),
    "29463-7": (Measure.WEIGHT, "kg"),
    "8302-2": (Measure.HEIGHT, "cm"),
    "72514-3": (Measure.PAIN, "{score}"),
}
"""LOINC codes of vital signs: the measure, and the UCUM unit that it must come in."""

QUESTIONS = frozenset({"56799-0", "88020-3", "88021-1"})
"""LOINC codes of answers and judgements that Synthea files as laboratory results."""

DEATH_CERTIFICATION = "308646001"
"""SNOMED CT code of the encounter in which a death is certified."""


def patients_file(folder: Path) -> Path:
    """Where the patients stand. Raises BadInput when the folder holds no Synthea set."""
    path = folder / "patients.csv"
    if not path.is_file():
        raise BadInput(source=str(folder), reason="no_synthea")
    return path


def files_left_out(folder: Path) -> dict[str, int]:
    """The other CSV files of a set (claims, payers, procedures, …) and how many rows they have."""
    others = sorted(path for path in folder.glob("*.csv") if path.name not in FILES)
    return {path.name: sum(1 for _row in read_cells(path)) for path in others}


def clean_name(text: str) -> str:
    """A name without the digits glued to its words: `Jorge Luis88` is Jorge Luis."""
    return " ".join(re.sub(r"(?<=\D)\d+(?=\s|$)", "", text).split())


def clean_term(text: str) -> str:
    """A term without its SNOMED tag and doubled blanks: `Mold (organism)` is Mold."""
    bare = re.sub(r"\s*\((?:substance|organism|disorder|finding|procedure|situation|person|event)\)?$", "", text)
    return " ".join(bare.split())


def aware(moment: datetime) -> datetime:
    """The moment with a zone."""
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)


def number(text: str) -> Decimal | None:
    """The number that a value is, or None."""
    try:
        found = Decimal(text.strip())
    except InvalidOperation:
        return None
    return found if found.is_finite() else None


def lines_of(path: Path, wanted: set[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """Line number and cells of the rows about some patients; nothing when the file is not there."""
    if path.is_file():
        yield from ((line, cells) for line, cells in read_cells(path) if cells.get("patient", "") in wanted)
