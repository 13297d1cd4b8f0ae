"""Whether a medicine goes against a patient's recorded allergies.

An allergy is compared by code where the substance came from the catalogue, by its folded words where it was typed.
Which allergy crosses over to which medicine is told by rows of the clinic's catalogue, each with its source
(penicillins and cephalosporins, aspirin and NSAIDs, sulfonamides, ...); the levels of alarm below are our own and no
clinician has signed them. "No finding" never means safe: allergies may be incomplete, and `not_asked` is a finding of
its own.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from hms_desktop.domain.ids import Id
from hms_desktop.domain.interactions import Drug
from hms_desktop.domain.names import fold, words
from hms_desktop.domain.patients import AllergyRow, AllergySeverity, AllergyState


class CrossLevel(StrEnum):
    """How often an allergy crosses over."""

    HIGH = "high"
    POSSIBLE = "possible"


@dataclass(frozen=True, slots=True)
class CrossReaction:
    """Who is allergic to `a` may react to `b` (ingredient or class codes; directed)."""

    a: str
    b: str
    level: CrossLevel
    source: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Allergen:
    """A substance of the catalogue: its code, its names and synonyms in any language, the drug codes it stands for."""

    code: str
    names: tuple[str, ...]
    maps_to: frozenset[str]


class AllergyReason(StrEnum):
    """Why a medicine goes against an allergy."""

    SAME_SUBSTANCE = "same_substance"
    SAME_CLASS = "same_class"
    CROSS_HIGH = "cross_high"
    CROSS_POSSIBLE = "cross_possible"
    NOT_ASKED = "not_asked"


class AlertLevel(StrEnum):
    """serious interrupts and wants a reason; caution stands inline."""

    SERIOUS = "serious"
    CAUTION = "caution"


@dataclass(frozen=True, slots=True)
class AllergyFinding:
    """One thing that speaks against the medicine. `substance` and `reaction` as recorded; empty for `not_asked`."""

    level: AlertLevel
    reason: AllergyReason
    substance: str = ""
    reaction: str = ""
    severity: AllergySeverity = AllergySeverity.UNKNOWN
    source: str = ""
    note: str = ""


def check_allergies(
    drug: Drug,
    state: AllergyState,
    recorded: Iterable[AllergyRow],
    allergens: Iterable[Allergen],
    cross: Iterable[CrossReaction],
) -> tuple[AllergyFinding, ...]:
    """What speaks against `drug`, serious first.

    The same substance, its class or a frequent cross-reaction is serious; a possible cross-reaction is a caution, and
    serious when the recorded reaction was severe. When nobody asked, that is a caution, besides whatever is recorded.
    """
    catalogue = {allergen.code: allergen for allergen in allergens}
    rules = tuple(cross)
    found = [f for row in recorded if (f := _judge(drug, row, catalogue, rules)) is not None]
    if state is AllergyState.NOT_ASKED:
        found.append(AllergyFinding(AlertLevel.CAUTION, AllergyReason.NOT_ASKED))
    return tuple(sorted(found, key=lambda f: f.level is not AlertLevel.SERIOUS))


def _judge(
    drug: Drug, row: AllergyRow, catalogue: Mapping[str, Allergen], cross: tuple[CrossReaction, ...]
) -> AllergyFinding | None:
    codes = substance_codes(row, catalogue)
    source = note = ""
    if codes & drug.ingredients or _named(row.substance, drug):
        reason = AllergyReason.SAME_SUBSTANCE
    elif codes & drug.classes:
        reason = AllergyReason.SAME_CLASS
    else:
        rule, reason = _crossing(codes, drug, cross)
        if rule is None:
            return None
        source, note = rule.source, rule.note
    mild = reason is AllergyReason.CROSS_POSSIBLE and row.severity is not AllergySeverity.SEVERE
    level = AlertLevel.CAUTION if mild else AlertLevel.SERIOUS
    return AllergyFinding(level, reason, row.substance, row.reaction, row.severity, source, note)


def _crossing(
    codes: frozenset[str], drug: Drug, cross: tuple[CrossReaction, ...]
) -> tuple[CrossReaction | None, AllergyReason]:
    """The strongest rule from `codes` to `drug`; one that only the substance's own class leads to is merely
    possible.
    """
    direct = [rule for rule in cross if rule.a in codes and rule.b in drug.codes]
    if high := next((rule for rule in direct if rule.level is CrossLevel.HIGH), None):
        return high, AllergyReason.CROSS_HIGH
    kin = {rule.b for rule in cross if rule.a in codes and rule.level is CrossLevel.HIGH}
    indirect = [rule for rule in cross if rule.a in kin and rule.b in drug.codes]
    return next(iter(direct + indirect), None), AllergyReason.CROSS_POSSIBLE


def substance_codes(row: AllergyRow, catalogue: Mapping[str, Allergen]) -> frozenset[str]:
    """The drug codes that a recorded allergy stands for: by its code, else by every allergen that its words name.

    Typed words name an allergen when they hold every word of its code, of a name or of a synonym; plurals and what
    stands in brackets do not count. A code that is no allergen of the catalogue stands for itself.
    """
    if row.code:
        known = catalogue.get(row.code)
        return known.maps_to if known else frozenset({row.code})
    typed = _plain_words(row.substance)
    return frozenset(
        code
        for allergen in catalogue.values()
        if any((name := _plain_words(each)) and name <= typed for each in (allergen.code, *allergen.names))
        for code in allergen.maps_to
    )


def typed_drug(name: str, allergens: Iterable[Allergen], known: Iterable[Drug]) -> Drug:
    """A medicine as far as its typed name tells: the codes of every allergen and every known medicine that it names.

    A known medicine is named by every word of its `name` (here a generic or brand name without strength).
    """
    typed = _plain_words(name)
    row = AllergyRow(Id(""), name, None, "", AllergySeverity.UNKNOWN)
    codes = substance_codes(row, {allergen.code: allergen for allergen in allergens})
    named = [drug for drug in known if (each := _plain_words(drug.name)) and each <= typed]
    return Drug(
        "",
        name,
        codes.union(*(drug.ingredients for drug in named)),
        codes.union(*(drug.classes for drug in named)),
    )


def _plain_words(text: str) -> frozenset[str]:
    """The words of a substance's name in the singular, without what stands in brackets."""
    bare = re.sub(r"\([^)]*\)", " ", text.replace("_", " "))
    return frozenset(word.removesuffix("s") if len(word) > 4 else word for word in words(fold(bare)))


def _named(substance: str, drug: Drug) -> bool:
    """Whether what was typed names the medicine itself: a shared word of four letters or more."""
    return any(len(word) >= 4 and word in words(drug.name) for word in words(substance))
