"""Medicines given together: known interactions, and the same therapy twice.

The pairs come from the clinic's catalogue, each with its source; the list is short and curated. That nothing is found
never means that two medicines are safe together.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations


@dataclass(frozen=True, slots=True)
class Drug:
    """What safety checks know of a medicine. Ingredients and classes are catalogue codes, which never collide.

    `ref` is the caller's own key (medication or item id); `name` what the alert calls it.
    """

    ref: str
    name: str
    ingredients: frozenset[str] = frozenset()
    classes: frozenset[str] = frozenset()

    @property
    def codes(self) -> frozenset[str]:
        """Everything a rule can name it by."""
        return self.ingredients | self.classes


class InteractionSeverity(StrEnum):
    """How much an interaction matters; both interrupt."""

    CONTRAINDICATED = "contraindicated"
    SERIOUS = "serious"


@dataclass(frozen=True, slots=True)
class InteractionPair:
    """A rule: `a` with `b`, ingredient or class codes in any order. Effect and advice are the catalogue's own text."""

    a: str
    b: str
    severity: InteractionSeverity
    effect: str
    advice: str
    source: str


@dataclass(frozen=True, slots=True)
class InteractionFinding:
    """Two medicines that a rule speaks about."""

    first: Drug
    second: Drug
    pair: InteractionPair


def check_interactions(
    new: Drug, others: Iterable[Drug], pairs: Iterable[InteractionPair]
) -> tuple[InteractionFinding, ...]:
    """What the rules say about `new` beside each of `others` (not itself): worst first, one finding a rule and
    medicine.
    """
    rules = tuple(pairs)
    found = [
        InteractionFinding(new, other, rule)
        for other in others
        if other.ref != new.ref
        for rule in rules
        if _fits(rule, new, other)
    ]
    return tuple(sorted(found, key=lambda f: (list(InteractionSeverity).index(f.pair.severity), f.second.name)))


def interactions_among(drugs: Iterable[Drug], pairs: Iterable[InteractionPair]) -> tuple[InteractionFinding, ...]:
    """What the rules say about every two of `drugs`."""
    rules = tuple(pairs)
    return tuple(f for one, other in combinations(tuple(drugs), 2) for f in check_interactions(one, (other,), rules))


def _fits(rule: InteractionPair, one: Drug, other: Drug) -> bool:
    return (rule.a in one.codes and rule.b in other.codes) or (rule.b in one.codes and rule.a in other.codes)


class DuplicateKind(StrEnum):
    """Why two medicines are the same therapy."""

    SAME_INGREDIENT = "same_ingredient"
    SAME_CLASS = "same_class"


@dataclass(frozen=True, slots=True)
class DuplicateTherapy:
    """A medicine that the patient has already: which one, why, and the shared codes. Only the same ingredient
    interrupts.
    """

    other: Drug
    kind: DuplicateKind
    codes: tuple[str, ...]

    @property
    def serious(self) -> bool:
        """Whether it must interrupt."""
        return self.kind is DuplicateKind.SAME_INGREDIENT


def duplicate_therapy(new: Drug, others: Iterable[Drug]) -> tuple[DuplicateTherapy, ...]:
    """Which of `others` (not itself) share an ingredient with `new`, or only a class; ingredients first."""
    found = []
    for other in others:
        if other.ref == new.ref:
            continue
        if shared := new.ingredients & other.ingredients:
            found.append(DuplicateTherapy(other, DuplicateKind.SAME_INGREDIENT, tuple(sorted(shared))))
        elif shared := new.classes & other.classes:
            found.append(DuplicateTherapy(other, DuplicateKind.SAME_CLASS, tuple(sorted(shared))))
    return tuple(sorted(found, key=lambda d: (not d.serious, d.other.name)))
