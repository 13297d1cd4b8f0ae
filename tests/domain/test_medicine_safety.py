import pytest

from hms_desktop.domain.allergies import (
    AlertLevel,
    Allergen,
    AllergyReason,
    CrossLevel,
    CrossReaction,
    check_allergies,
    substance_codes,
)
from hms_desktop.domain.ids import Id
from hms_desktop.domain.interactions import (
    Drug,
    DuplicateKind,
    InteractionPair,
    InteractionSeverity,
    check_interactions,
    duplicate_therapy,
    interactions_among,
)
from hms_desktop.domain.patients import AllergyRow, AllergySeverity, AllergyState


def drug(ref: str, ingredients: str, classes: str = "") -> Drug:
    return Drug(ref, ref, frozenset(ingredients.split()), frozenset(classes.split()))


AMOXICILLIN = drug("Amoxicillin", "amoxicillin", "penicillin")
CEFTRIAXONE = drug("Ceftriaxone", "ceftriaxone", "cephalosporin")
CEFALEXIN = drug("Cefalexin", "cefalexin", "cephalosporin")
IBUPROFEN = drug("Ibuprofen", "ibuprofen", "nsaid")
DICLOFENAC = drug("Diclofenac", "diclofenac", "nsaid")
COTRIMOXAZOLE = drug("Co-trimoxazole", "sulfamethoxazole trimethoprim", "sulfonamide")
WARFARIN = drug("Warfarin", "warfarin", "anticoagulant")
PARACETAMOL = drug("Paracetamol", "paracetamol")

ALLERGENS = (
    Allergen("penicillin", ("Penicillin (any)", "Pénicilline", "PNC"), frozenset({"penicillin"})),
    Allergen("amoxicillin", ("Amoxicillin", "Amoxil"), frozenset({"amoxicillin"})),
    Allergen("sulfa", ("Sulfa", "Sulfonamides"), frozenset({"sulfonamide"})),
    Allergen("peanut", ("Peanut", ""), frozenset()),
)
CROSS = (
    CrossReaction("penicillin", "cephalosporin", CrossLevel.POSSIBLE, "BSACI 2015", "depends on the side chain"),
    CrossReaction("amoxicillin", "penicillin", CrossLevel.HIGH, "class"),
    CrossReaction("amoxicillin", "cefalexin", CrossLevel.HIGH, "BSACI 2015", "same side chain"),
    CrossReaction("ibuprofen", "nsaid", CrossLevel.HIGH, "EAACI"),
)


def allergy(
    substance: str, code: str | None = None, severity: AllergySeverity = AllergySeverity.MILD, reaction: str = "rash"
) -> AllergyRow:
    return AllergyRow(Id("0" * 32), substance, code, reaction, severity)


def check(medicine: Drug, *recorded: AllergyRow, state: AllergyState = AllergyState.RECORDED) -> list[tuple[str, str]]:
    found = check_allergies(medicine, state, recorded, ALLERGENS, CROSS)
    return [(f.level.value, f.reason.value) for f in found]


@pytest.mark.parametrize(
    ("medicine", "recorded", "found"),
    [
        (AMOXICILLIN, allergy("Amoxicillin", "amoxicillin"), [("serious", "same_substance")]),
        (AMOXICILLIN, allergy("Penicillin (any)", "penicillin"), [("serious", "same_class")]),
        (AMOXICILLIN, allergy("penicilline"), [("serious", "same_class")]),
        (AMOXICILLIN, allergy("allergic to PNC, long ago"), [("serious", "same_class")]),
        (AMOXICILLIN, allergy("AMOXICILLIN!"), [("serious", "same_substance")]),
        (WARFARIN, allergy("warfarin sodium"), [("serious", "same_substance")]),
        (WARFARIN, allergy("warfarin", "warfarin"), [("serious", "same_substance")]),
        (CEFTRIAXONE, allergy("PNC", "penicillin"), [("caution", "cross_possible")]),
        (CEFTRIAXONE, allergy("PNC", "penicillin", AllergySeverity.SEVERE), [("serious", "cross_possible")]),
        (CEFALEXIN, allergy("Amoxil", "amoxicillin"), [("serious", "cross_high")]),
        (CEFTRIAXONE, allergy("Amoxil", "amoxicillin"), [("caution", "cross_possible")]),
        (COTRIMOXAZOLE, allergy("sulfa"), [("serious", "same_class")]),
        (DICLOFENAC, allergy("ibuprofen", "ibuprofen"), [("serious", "cross_high")]),
        (PARACETAMOL, allergy("Peanut", "peanut"), []),
        (PARACETAMOL, allergy("dust"), []),
        (CEFTRIAXONE, allergy("sulfa", "sulfa"), []),
    ],
)
def test_an_allergy_is_found_by_code_name_class_and_crossing(
    medicine: Drug, recorded: AllergyRow, found: list[tuple[str, str]]
) -> None:
    assert check(medicine, recorded) == found


def test_a_finding_carries_what_was_recorded_and_its_source() -> None:
    row = allergy("PNC", "penicillin", AllergySeverity.MODERATE, "swelling")
    (found,) = check_allergies(CEFTRIAXONE, AllergyState.RECORDED, [row], ALLERGENS, CROSS)
    assert (found.substance, found.reaction, found.severity) == ("PNC", "swelling", AllergySeverity.MODERATE)
    assert (found.source, found.note) == ("BSACI 2015", "depends on the side chain")


def test_the_three_states_differ() -> None:
    assert check(PARACETAMOL, state=AllergyState.NONE_KNOWN) == []
    assert check(PARACETAMOL, state=AllergyState.RECORDED) == []
    assert check(PARACETAMOL, state=AllergyState.NOT_ASKED) == [("caution", "not_asked")]


def test_serious_findings_come_first() -> None:
    found = check_allergies(
        AMOXICILLIN, AllergyState.NOT_ASKED, [allergy("dust"), allergy("PNC", "penicillin")], ALLERGENS, CROSS
    )
    assert [(f.level, f.reason) for f in found] == [
        (AlertLevel.SERIOUS, AllergyReason.SAME_CLASS),
        (AlertLevel.CAUTION, AllergyReason.NOT_ASKED),
    ]


def test_a_substance_stands_for_its_codes() -> None:
    catalogue = {allergen.code: allergen for allergen in ALLERGENS}
    assert substance_codes(allergy("x", "sulfa"), catalogue) == {"sulfonamide"}
    assert substance_codes(allergy("x", "unheard"), catalogue) == {"unheard"}
    assert substance_codes(allergy("sulfa and PNC"), catalogue) == {"sulfonamide", "penicillin"}
    assert substance_codes(allergy("sulfasalazine"), catalogue) == frozenset()


PAIRS = (
    InteractionPair("warfarin", "nsaid", InteractionSeverity.SERIOUS, "bleeding", "avoid", "BNF"),
    InteractionPair("ibuprofen", "warfarin", InteractionSeverity.CONTRAINDICATED, "bleeding", "avoid", "BNF"),
    InteractionPair("nsaid", "nsaid", InteractionSeverity.SERIOUS, "ulcers", "one only", "BNF"),
)


def test_interactions_are_found_in_either_order_worst_first() -> None:
    for new, other in ((WARFARIN, IBUPROFEN), (IBUPROFEN, WARFARIN)):
        found = check_interactions(new, [PARACETAMOL, other], PAIRS)
        assert [(f.second.ref, f.pair.severity.value) for f in found] == [
            (other.ref, "contraindicated"),
            (other.ref, "serious"),
        ]
        assert all(f.first is new for f in found)


def test_a_medicine_does_not_interact_with_itself() -> None:
    assert check_interactions(IBUPROFEN, [IBUPROFEN], PAIRS) == ()
    assert len(check_interactions(IBUPROFEN, [DICLOFENAC], PAIRS)) == 1


def test_interactions_among_a_whole_list_are_named_once() -> None:
    found = interactions_among([WARFARIN, IBUPROFEN, PARACETAMOL], iter(PAIRS))
    assert [(f.first.ref, f.second.ref) for f in found] == [("Warfarin", "Ibuprofen")] * 2


def test_the_same_therapy_twice_is_found() -> None:
    again = drug("Brufen", "ibuprofen", "nsaid")
    found = duplicate_therapy(IBUPROFEN, [DICLOFENAC, again, PARACETAMOL, IBUPROFEN])
    assert [(d.other.ref, d.kind, d.codes, d.serious) for d in found] == [
        ("Brufen", DuplicateKind.SAME_INGREDIENT, ("ibuprofen",), True),
        ("Diclofenac", DuplicateKind.SAME_CLASS, ("nsaid",), False),
    ]
