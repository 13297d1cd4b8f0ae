"""A list of patients from a spreadsheet or another system: which column is what, and the row as it is written there.

Columns are known by their usual English and French headings; a map (JSON: column → field, or null to leave it out)
says the others. Nothing is judged here: the import does that, row by row.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from pathlib import Path

from hms_desktop.domain.errors import BadInput
from hms_desktop.domain.names import fold
from hms_desktop.domain.patients import BloodGroup, Sex
from hms_desktop.interop.csv_rows import read_cells


@dataclass(frozen=True, slots=True, kw_only=True)
class PatientRow:
    """One person as the file has it, blanks trimmed; '' where the file says nothing.

    `number` is the person's number at the source; `name` a whole name; `age` such as 28, 28y or 8 months.
    """

    number: str = ""
    name: str = ""
    given_name: str = ""
    middle_name: str = ""
    family_name: str = ""
    sex: str = ""
    birth_date: str = ""
    age: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""
    national_id: str = ""
    occupation: str = ""
    language: str = ""
    blood_group: str = ""
    payer_group: str = ""
    contact_name: str = ""
    contact_relationship: str = ""
    contact_phone: str = ""


FIELDS: tuple[str, ...] = tuple(each.name for each in fields(PatientRow))
"""What a column can be."""

_HEADINGS: Mapping[str, str] = {
    heading: name
    for name, headings in {
        "number": "mrn|patient number|patient no|patient id|file number|file no|card number|card no|opd number|opd no"
        "|record number|id|no"
        "|number|numero|numero de dossier|numero patient",
        "name": "name|full name|patient name|patient|names|nom complet|nom et prenom|noms",
        "given_name": "given name|given names|given|first name|firstname|forename|prenom|prenoms",
        "middle_name": "middle name|middle names|other names|second name|deuxieme prenom|autres noms",
        "family_name": "family name|family|last name|lastname|surname|nom|nom de famille",
        "sex": "sex|gender|sexe|m f|f m",
        "birth_date": "birth date|birthdate|date of birth|dob|born|date de naissance|ne le|naissance",
        "age": "age|age years|age in years|age en annees",
        "phone": "phone|phone number|telephone|telephone number|tel|mobile|mobile number|contact|portable",
        "email": "email|e mail|mail|courriel",
        "address": "address|residence|village|location|adresse|domicile|quartier",
        "national_id": "national id|national id number|id number|nid|nin|passport|cni|numero d identite",
        "occupation": "occupation|profession|job|metier",
        "language": "language|preferred language|langue",
        "blood_group": "blood group|blood type|groupe sanguin",
        "payer_group": "payer group|payer|scheme|insurance|assurance|regime",
        "contact_name": "next of kin|next of kin name|contact name|emergency contact|contact person"
        "|personne a prevenir",
        "contact_relationship": "relationship|relation|next of kin relationship|lien|lien de parente",
        "contact_phone": "next of kin phone|contact phone|emergency phone|emergency contact phone"
        "|telephone du contact",
    }.items()
    for heading in headings.split("|")
}  # fmt: skip

_SEXES: Mapping[str, Sex] = {
    word: sex
    for sex, words in {
        Sex.FEMALE: "f female femme feminin w woman girl fille",
        Sex.MALE: "m male homme masculin h man boy garcon",
        Sex.OTHER: "o other autre",
        Sex.UNKNOWN: "u unknown inconnu",
    }.items()
    for word in words.split()
}


@dataclass(frozen=True, slots=True)
class Columns:
    """Which field each column of a file fills; `left_out` columns fill none."""

    fields: Mapping[str, str]
    left_out: tuple[str, ...]


def read_map(path: Path) -> dict[str, str | None]:
    """A map of ours. Raises BadInput when it is no JSON object of texts, or names a field that there is not."""
    try:
        found = json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError:
        raise BadInput(source=str(path), reason="no_file") from None
    except (UnicodeDecodeError, json.JSONDecodeError) as fault:
        raise BadInput(source=path.name, reason="json", line=getattr(fault, "lineno", 1)) from None
    if not isinstance(found, dict):
        raise BadInput(source=path.name, reason="json", line=1)
    for name in found.values():
        if name is not None and name not in FIELDS:
            raise BadInput(source=path.name, reason="map_field", value=str(name), choices=", ".join(FIELDS))
    return found


def columns_of(path: Path, mapping: Mapping[str, str | None] | None = None) -> Columns:
    """What the columns of a file are. Raises BadInput: unreadable, no names in it, or a mapped column is missing."""
    with_header = next(read_cells(path), None)
    header = [] if with_header is None else list(with_header[1])
    wanted = {column.strip().casefold(): field for column, field in (mapping or {}).items()}
    missing = [column for column in wanted if column not in header]
    if header and missing:
        raise BadInput(source=path.name, reason="columns", columns=", ".join(missing), line=1)
    known: dict[str, str] = {}
    for column in header:
        field = wanted[column] if column in wanted else _HEADINGS.get(fold(column.replace("_", " ")))
        if field is not None and field not in known.values():
            known[column] = field
    if header and not {"name", "given_name", "family_name"} & set(known.values()):
        raise BadInput(source=path.name, reason="columns", columns="name", line=1)
    return Columns(known, tuple(column for column in header if column not in known))


def patients_of(path: Path, columns: Columns) -> Iterator[tuple[int, dict[str, str], PatientRow]]:
    """Line number, cells and person of every row."""
    for line, cells in read_cells(path):
        yield line, cells, PatientRow(**{field: cells.get(column, "") for column, field in columns.fields.items()})


def split_name(name: str) -> tuple[str, str, str]:
    """Given, middle and family name of a whole one: `Otieno, Asha Wanjiku` or `Asha Wanjiku Otieno`."""
    family, comma, rest = (part.strip() for part in name.partition(","))
    if comma:
        given, _blank, middle = rest.partition(" ")
        return given, middle.strip(), family
    parts = name.split()
    if len(parts) < 2:
        return name.strip(), "", ""
    return parts[0], " ".join(parts[1:-1]), parts[-1]


def read_sex(text: str) -> Sex | None:
    """The sex that a word or letter means, in English or French; None when it means none."""
    return _SEXES.get(fold(text))


def read_blood_group(text: str) -> BloodGroup | None:
    """`O+`, `O pos`, `AB Rh negative`; None when it is no blood group."""
    found = re.fullmatch(r"(A|B|AB|O|0)(?:RH)?(\+|POS|POSITIVE|-|NEG|NEGATIVE)", "".join(text.upper().split()))
    if found is None:
        return None
    return BloodGroup(found[1].replace("0", "O") + ("+" if found[2][0] in "+P" else "-"))


def read_age(text: str) -> str:
    """An age as our dates are typed: `28`, `28 yrs` → `28y`; `8 months` → `8m`; `3 wks` → `3w`."""
    found = re.fullmatch(r"(\d{1,3})\s*([a-z]*)\.?", fold(text))
    if found is None:
        return text
    letter = {"": "y", "a": "y", "s": "w", "j": "d"}.get(found[2][:1], found[2][:1])
    return f"{found[1]}{letter}" if letter in {"y", "m", "w", "d"} else text
