"""Safety checks of a medicine for a patient: one place for the doctor's prescription and the pharmacist's hand-over.

"No alert" never means safe: lists are short, allergies may be incomplete.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from hms_desktop.data.queries import safety as queries
from hms_desktop.data.reader import Reader
from hms_desktop.domain.allergies import AlertLevel, Allergen, CrossReaction, check_allergies, typed_drug
from hms_desktop.domain.ids import Id
from hms_desktop.domain.interactions import Drug, DuplicateKind, InteractionPair, check_interactions, duplicate_therapy
from hms_desktop.domain.patients import AllergyRow, AllergyState
from hms_desktop.domain.prescriptions import Unchecked
from hms_desktop.services.catalogue import cross_reactions


@dataclass(frozen=True, slots=True)
class SafetyAlert:
    """Something that speaks against a medicine, or that nobody could check. `kind`: allergy, interaction, duplicate,
    child_dose, large_dose, unchecked; `reason` a code of that kind.

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

    def is_allergy_to(self, medication_id: Id) -> bool:
        """Whether it is a serious allergy alert of this medicine."""
        return self.kind == "allergy" and self.serious and self.medication_id == medication_id


def alerts_for(
    reader: Reader, patient_id: Id, medications: Sequence[Id], without_items: Iterable[Id] = ()
) -> list[SafetyAlert]:
    """Every alert for giving `medications` to this patient, beside each other and what is taken; serious first.

    A medicine that is named twice is the same therapy twice.
    """
    known = queries.drugs(reader, medications)
    new = [known[each] for each in reversed(dict.fromkeys(reversed(medications))) if each in known]
    if not new:
        return []
    rules = _rules(reader, patient_id, without_items)
    found: list[SafetyAlert] = []
    for number, drug in enumerate(new):
        found += _against(drug, new[:number], rules)
        if any(other.ref == drug.ref for other in rules.taken) or medications.count(Id(drug.ref)) > 1:
            found.append(_again(drug))
    return sorted(found, key=lambda alert: not alert.serious)


def alerts_of_typed(reader: Reader, patient_id: Id, name: str, medications: Sequence[Id]) -> list[SafetyAlert]:
    """Alerts for a medicine that the clinic does not keep, by what its typed name tells; serious first.

    The last one always says that little could be checked.
    """
    known = queries.drugs(reader, medications)
    beside = [known[each] for each in dict.fromkeys(medications) if each in known]
    drug = typed_drug(name, queries.allergens(reader), queries.named_drugs(reader))
    found = sorted(_against(drug, beside, _rules(reader, patient_id, ())), key=lambda alert: not alert.serious)
    unchecked = SafetyAlert(NO_MEDICATION, name, "unchecked", AlertLevel.CAUTION, Unchecked.FREE_TEXT.value, name)
    return [*found, unchecked]


NO_MEDICATION = Id("")
"""What alerts about a typed name have instead of a medicine of the list."""


@dataclass(frozen=True, slots=True)
class _Rules:
    """The patient's allergies, what is taken now, and the clinic's lists."""

    state: AllergyState
    recorded: list[AllergyRow]
    allergens: list[Allergen]
    cross: Sequence[CrossReaction]
    pairs: list[InteractionPair]
    taken: list[Drug]


def _rules(reader: Reader, patient_id: Id, without_items: Iterable[Id]) -> _Rules:
    return _Rules(
        state=queries.allergy_state(reader, patient_id),
        recorded=queries.allergies(reader, patient_id),
        allergens=queries.allergens(reader),
        cross=cross_reactions(reader.actor.language),
        pairs=queries.interaction_pairs(reader),
        taken=queries.taken_now(reader, patient_id, without_items),
    )


def _against(drug: Drug, beside: Sequence[Drug], rules: _Rules) -> list[SafetyAlert]:
    """Allergies, then what it meets: `beside` on the same sheet, and what is taken."""
    allergies = [
        SafetyAlert(
            Id(drug.ref), drug.name, "allergy", f.level, f.reason.value, f.substance, f.note or f.reaction, f.source,
            f.severity.value if f.severity else "",
        )
        for f in check_allergies(drug, rules.state, rules.recorded, rules.allergens, rules.cross)
    ]  # fmt: skip
    return allergies + _beside(drug, [*beside, *rules.taken], rules.pairs)


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
