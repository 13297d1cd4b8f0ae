"""Safety checks of a medicine for a patient: one place for the doctor's prescription and the pharmacist's hand-over.

"No alert" never means safe: lists are short, allergies may be incomplete.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from hms_desktop.data.queries import safety as queries
from hms_desktop.data.reader import Reader
from hms_desktop.domain.allergies import AlertLevel, check_allergies
from hms_desktop.domain.ids import Id
from hms_desktop.domain.interactions import Drug, DuplicateKind, InteractionPair, check_interactions, duplicate_therapy
from hms_desktop.services.catalogue import cross_reactions


@dataclass(frozen=True, slots=True)
class SafetyAlert:
    """Something that speaks against a medicine. `kind`: allergy, interaction, duplicate; `reason` a code of that kind.

    `about` names the substance or the other medicine; `detail` the reaction, or effect and advice in words; `severity`
    the code of a recorded allergy's.
    """

    medication_id: Id
    medication: str
    kind: str
    level: AlertLevel
    reason: str
    about: str
    detail: str = ""
    source: str = ""
    severity: str = ""

    @property
    def serious(self) -> bool:
        """Whether it interrupts and needs a reason to be overridden."""
        return self.level is AlertLevel.SERIOUS


def alerts_for(
    reader: Reader, patient_id: Id, medications: Sequence[Id], without_items: Iterable[Id] = ()
) -> list[SafetyAlert]:
    """Every alert for giving `medications` to this patient, beside each other and what is taken; serious first."""
    known = queries.drugs(reader, medications)
    new = [known[each] for each in dict.fromkeys(medications) if each in known]
    if not new:
        return []
    state = queries.allergy_state(reader, patient_id)
    recorded, allergens = queries.allergies(reader, patient_id), queries.allergens(reader)
    cross = cross_reactions(reader.actor.language)
    pairs = queries.interaction_pairs(reader)
    taken = queries.taken_now(reader, patient_id, without_items)
    found: list[SafetyAlert] = []
    for number, drug in enumerate(new):
        found += [
            SafetyAlert(
                Id(drug.ref),
                drug.name,
                "allergy",
                f.level,
                f.reason.value,
                f.substance,
                f.note or f.reaction,
                f.source,
                f.severity.value if f.severity else "",
            )
            for f in check_allergies(drug, state, recorded, allergens, cross)
        ]
        others = [*new[:number], *taken]
        found += _beside(drug, others, pairs)
        if any(other.ref == drug.ref for other in taken):
            found.append(_again(drug))
    return sorted(found, key=lambda alert: not alert.serious)


def _again(drug: Drug) -> SafetyAlert:
    """The very medicine that the patient is on."""
    reason = DuplicateKind.SAME_INGREDIENT.value
    return SafetyAlert(Id(drug.ref), drug.name, "duplicate", AlertLevel.SERIOUS, reason, drug.name)


def _beside(drug: Drug, others: list[Drug], pairs: list[InteractionPair]) -> list[SafetyAlert]:
    """Interactions and the same therapy twice."""
    found = [
        SafetyAlert(
            Id(drug.ref), drug.name, "interaction", AlertLevel.SERIOUS, f.pair.severity.value, f.second.name,
            " ".join(part for part in (f.pair.effect, f.pair.advice) if part), f.pair.source,
        )
        for f in check_interactions(drug, others, pairs)
    ]  # fmt: skip
    for same in duplicate_therapy(drug, others):
        level = AlertLevel.SERIOUS if same.serious else AlertLevel.CAUTION
        found.append(SafetyAlert(Id(drug.ref), drug.name, "duplicate", level, same.kind.value, same.other.name))
    return found
