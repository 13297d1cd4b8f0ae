"""What the safety checks of a medicine need: the medicine, the patient's allergies, what is taken, the rules."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select

from hms_desktop.data.base import table_of
from hms_desktop.data.reader import AnyRow, Reader
from hms_desktop.data.tables.patients import Allergen as AllergenRow
from hms_desktop.data.tables.patients import Allergy, Patient
from hms_desktop.data.tables.pharmacy import DrugInteraction, Medication
from hms_desktop.data.tables.prescriptions import Prescription, PrescriptionItem
from hms_desktop.domain.allergies import Allergen
from hms_desktop.domain.ids import Id
from hms_desktop.domain.interactions import Drug, InteractionPair, InteractionSeverity
from hms_desktop.domain.patients import AllergyRow, AllergySeverity, AllergyState
from hms_desktop.domain.prescriptions import ItemState
from hms_desktop.domain.texts import pick


def drug_of(row: AnyRow, language: str) -> Drug:
    """A medication's row as the checks see it."""
    name = " ".join(part for part in (pick(row.generic_names, language) or row.generic, row.strength) if part)
    return Drug(row.id, name, frozenset(row.ingredients or ()), frozenset(row.drug_classes or ()))


def drugs(reader: Reader, ids: Iterable[Id]) -> dict[Id, Drug]:
    """The medicines with these ids."""
    wanted = list(ids)
    if not wanted:
        return {}
    table = table_of(Medication)
    return {
        row.id: drug_of(row, reader.actor.language) for row in reader.rows(select(table).where(table.c.id.in_(wanted)))
    }


def named_drugs(reader: Reader) -> list[Drug]:
    """Every medicine of the list, once under each generic and brand name that it goes by."""
    table = table_of(Medication)
    columns = (table.c.id, table.c.generic, table.c.generic_names, table.c.brand, table.c.ingredients)
    statement = select(*columns, table.c.drug_classes).where(table.c.voided_at.is_(None))
    found: dict[str, Drug] = {}
    for row in reader.rows(statement):
        codes = frozenset(row.ingredients or ()), frozenset(row.drug_classes or ())
        for name in {row.generic, row.brand, *(row.generic_names or {}).values()} - {""}:
            found.setdefault(name, Drug(row.id, name, *codes))
    return list(found.values())


def allergies_since(reader: Reader, patient_id: Id, moment: datetime) -> frozenset[str]:
    """The substances of allergies that were recorded or changed after a moment."""
    statement = select(Allergy.substance).where(
        Allergy.patient_id == patient_id, Allergy.voided_at.is_(None), Allergy.updated_at > moment
    )
    return frozenset(row.substance for row in reader.rows(statement))


def allergy_state(reader: Reader, patient_id: Id) -> AllergyState:
    """Whether allergies are recorded, none known, or nobody asked."""
    return AllergyState(reader.get(Patient, patient_id).allergy_state)


def allergies(reader: Reader, patient_id: Id) -> list[AllergyRow]:
    """The patient's recorded allergies that were not voided."""
    columns = (Allergy.id, Allergy.substance, Allergy.allergen_code, Allergy.reaction, Allergy.severity)
    statement = (
        select(*columns).where(Allergy.patient_id == patient_id, Allergy.voided_at.is_(None)).order_by(Allergy.id)
    )
    return [AllergyRow(r[0], r[1], r[2], r[3], AllergySeverity(r[4])) for r in reader.rows(statement)]


def allergens(reader: Reader) -> list[Allergen]:
    """The clinic's list of allergens with every name they go by."""
    statement = select(AllergenRow.code, AllergenRow.name, AllergenRow.synonyms, AllergenRow.maps_to)
    found = []
    for row in reader.rows(statement.where(AllergenRow.voided_at.is_(None))):
        synonyms: dict[str, list[str]] = row.synonyms or {}
        names = (*row.name.values(), *(each for many in synonyms.values() for each in many))
        found.append(Allergen(row.code, tuple(names), frozenset(row.maps_to or ())))
    return found


def interaction_pairs(reader: Reader) -> list[InteractionPair]:
    """The clinic's list of pairs that must not meet unseen, in the asking person's language."""
    statement = select(table_of(DrugInteraction)).where(DrugInteraction.voided_at.is_(None))
    language = reader.actor.language
    return [
        InteractionPair(
            r.first,
            r.second,
            InteractionSeverity(r.severity),
            pick(r.effect, language),
            pick(r.advice, language),
            r.source,
        )
        for r in reader.rows(statement)
    ]


def taken_now(reader: Reader, patient_id: Id, without: Iterable[Any] = ()) -> list[Drug]:
    """What the patient is on: medicines of prescriptions that are still valid, but not stopped items nor `without`.

    A course that was given and has run out is over.
    """
    item, medicine = table_of(PrescriptionItem), table_of(Medication)
    statement = (
        select(
            item.c.id.label("item_id"),
            item.c.state.label("item_state"),
            item.c.duration_days,
            Prescription.day.label("prescribed_on"),
            medicine,
        )
        .join(medicine, medicine.c.id == item.c.medication_id)
        .join(Prescription, Prescription.id == item.c.prescription_id)
        .where(
            item.c.patient_id == patient_id,
            item.c.voided_at.is_(None),
            item.c.state.not_in([ItemState.STOPPED, ItemState.EXPIRED]),
            Prescription.valid_until >= reader.today,
        )
    )
    left_out = set(without)
    return [
        drug_of(row, reader.actor.language)
        for row in reader.rows(statement)
        if row.item_id not in left_out and not _over(row, reader.today)
    ]


def _over(row: AnyRow, today: date) -> bool:
    """Whether all of a course was given and its days have passed."""
    if row.item_state != ItemState.DISPENSED or row.duration_days is None:
        return False
    return bool(row.prescribed_on + timedelta(days=row.duration_days) < today)
