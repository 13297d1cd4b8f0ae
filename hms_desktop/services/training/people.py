"""Who comes to the training clinic: names of eight cultures, ages, addresses, telephones."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from hms_desktop.domain.ids import Id
from hms_desktop.domain.patients import AllergySeverity, AllergyState, Sex
from hms_desktop.interop.demo_clinic import AddressRow, ComplaintRow, NameRow
from hms_desktop.services.patient_records import NewAllergy, PersonFacts

CULTURES = {"east_african": 52, "arabic": 12, "ethiopian": 8, "indian": 8, "west_african": 8, "french": 6, "latin": 6}
"""How often each culture's names come, of a hundred."""

_SEXES = {"f": Sex.FEMALE, "m": Sex.MALE}
_ALLERGIES = (
    NewAllergy("Penicillin", "penicillin", "Rash", AllergySeverity.MODERATE),
    NewAllergy("Sulfonamides", "sulfonamides", "Itching", AllergySeverity.MILD),
    NewAllergy("Peanut", "peanut", "Swollen lips", AllergySeverity.SEVERE),
)


@dataclass
class Guest:
    """Somebody who comes: what reception will ask, and the record once there is one."""

    person: PersonFacts
    allergy_state: AllergyState
    allergies: tuple[NewAllergy, ...]
    payer: str
    patient_id: Id | None = None
    last_came: date | None = None
    complaints: list[str] = field(default_factory=list)

    def age_on(self, day: date) -> int:
        """Whole years, roughly enough to choose a story by."""
        assert self.person.birth_date is not None
        return (day - self.person.birth_date).days * 4 // 1461


@dataclass(frozen=True)
class Village:
    """Makes people. Phones stay unlike each other by a running count."""

    random: Random
    names: Sequence[NameRow]
    addresses: Sequence[AddressRow]
    known: list[Guest] = field(default_factory=list)

    def somebody(self, story: ComplaintRow, day: date) -> Guest:
        """A person whose sex and age fit a story: one who came before (not lately), or a new one."""
        fitting = [guest for guest in self.known if self._fits(guest, story, day)]
        if fitting and self.random.random() < 0.4:
            return self.random.choice(fitting)
        guest = self._new(story, day)
        self.known.append(guest)
        return guest

    def _fits(self, guest: Guest, story: ComplaintRow, day: date) -> bool:
        rested = guest.last_came is None or day - guest.last_came > timedelta(days=4)
        of_sex = story.sex == "any" or _SEXES[story.sex] is guest.person.sex
        of_age = story.age_min_years <= guest.age_on(day) < max(story.age_max_years, story.age_min_years + 1)
        return rested and of_sex and of_age and story.code not in guest.complaints

    def _new(self, story: ComplaintRow, day: date) -> Guest:
        sex = _SEXES[story.sex if story.sex != "any" else self.random.choice("fm")]
        youngest, oldest = story.age_min_years * 1461 // 4 + 20, max(story.age_max_years * 1461 // 4 - 40, 400)
        born = day - timedelta(days=self.random.randint(youngest, max(youngest, oldest)))
        estimated = self.random.random() < 0.2 and story.age_min_years > 12
        given, middle, family = self._name(sex)
        place = self.random.choice(self.addresses)
        phone = f"{place.phone_prefix}{self.random.randint(0, 9)} {self.random.randint(100, 999)} {len(self.known):03d}"
        person = PersonFacts(
            given_name=given, middle_name=middle, family_name=family, sex=sex,
            birth_date=born.replace(month=7, day=1) if estimated and born.month > 6 else born,
            birth_estimated=estimated, phone=phone, address=f"{place.village}, {place.town}",
        )  # fmt: skip
        state, allergies = self._allergies()
        return Guest(person, state, allergies, self._payer(story))

    def _name(self, sex: Sex) -> tuple[str, str, str]:
        culture = self.random.choices(list(CULTURES), weights=list(CULTURES.values()))[0]
        rows = [row for row in self.names if row.culture == culture]
        letter = "f" if sex is Sex.FEMALE else "m"
        given = [row for row in rows if row.kind == "given" and row.sex in {letter, "any"}]
        family = [row for row in rows if row.kind == "family" and row.sex in {letter, "any"}]
        native = self.random.random() < 0.25 and all(row.native for row in (*given, *family))
        first, second = self.random.sample(given, 2)
        last = self.random.choice(family)
        if native:
            return first.native, "", last.native
        middle = second.latin if self.random.random() < 0.3 else ""
        return first.latin, middle, last.latin

    def _allergies(self) -> tuple[AllergyState, tuple[NewAllergy, ...]]:
        chance = self.random.random()
        if chance < 0.12:
            return AllergyState.RECORDED, (self.random.choice(_ALLERGIES),)
        return (AllergyState.NONE_KNOWN if chance < 0.8 else AllergyState.NOT_ASKED), ()

    def _payer(self, story: ComplaintRow) -> str:
        if story.age_max_years < 18:
            return "self_pay"
        groups = {
            "self_pay": 70,
            "public_insurance": 14,
            "company": 6,
            "private_insurance": 4,
            "indigent": 3,
            "staff": 3,
        }
        return self.random.choices(list(groups), weights=list(groups.values()))[0]
