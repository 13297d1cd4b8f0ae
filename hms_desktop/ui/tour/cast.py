"""Who comes that day. Names are drawn by the seed; what happens to each is the day's plan."""

import random
from dataclasses import dataclass, field

from hms_desktop.words.language import tr

GIVEN = {
    "f": ("Atieno", "Halima", "Chantal", "Selam", "Nafula", "Marie", "Priya", "Zainab"),
    "m": ("Otieno", "Juma", "Kofi", "Dawit", "Baraka", "Luc", "Arjun", "Salim"),
}
FAMILY = ("Were", "Hussein", "Mbeki", "Tesfaye", "Wafula", "Dubois", "Sharma", "Barasa", "Mensah", "Achieng")


@dataclass
class Guest:
    """One patient of the day. `sex` and `age` as reception types them; vitals in the order of the triage desk.

    `name` is what lists show; the numbers are filled in as the desks give them.
    """

    story: str
    given: str
    family: str
    sex: str
    age: str
    complaint: str
    vitals: dict[str, str] = field(default_factory=dict)
    colour: str = ""
    allergy: str = ""
    phone: str = ""

    @property
    def name(self) -> str:
        """As lists show it: FAMILY, Given."""
        return f"{self.family.upper()}, {self.given}"


LEAST = 5
"""The day can't do with fewer: the four with a story of their own, and the unknown one."""

ADULT = {
    "temperature": "36.8",
    "pulse": "82",
    "breathing_rate": "16",
    "spo2": "98",
    "systolic": "122",
    "diastolic": "78",
}
FEVER = {**ADULT, "temperature": "38.9", "pulse": "112", "breathing_rate": "22", "weight": "61"}
CHILD = {"temperature": "37.4", "pulse": "118", "breathing_rate": "28", "spo2": "97", "weight": "13.2", "muac": "142"}


def cast(seed: int, patients: int) -> list[Guest]:
    """The day's patients: the four that the day can't do without, then as many more as asked for."""
    draw = random.Random(seed)  # noqa: S311  which made-up names, not a secret
    families = draw.sample(FAMILY, len(FAMILY))

    def name(sex: str) -> str:
        return draw.choice(GIVEN[sex])

    main = [
        Guest("malaria", name("f"), families[0], "f", "31y", tr("Fever and headache for three days"), FEVER, "yellow"),
        Guest("child", name("m"), families[1], "m", "3y", tr("Loose stools since yesterday"), CHILD, "green"),
        Guest(
            "allergy",
            name("m"),
            families[2],
            "m",
            "45y",
            tr("Sore throat, pain when swallowing"),
            ADULT,
            "green",
            "penicillin",
        ),
        Guest(
            "override", name("f"), families[3], "f", "58y", tr("Cough with yellow sputum"), ADULT, "green", "penicillin"
        ),
    ]
    more = [
        Guest("short", name(sex), families[(4 + number) % len(families)], sex, f"{draw.randrange(18, 70)}y",
              tr("Back pain after work in the field"), ADULT, "green")
        for number, sex in ((n, draw.choice("fm")) for n in range(max(0, patients - LEAST)))
    ]  # fmt: skip
    guests = [*main, *more]
    for guest in guests:
        guest.phone = f"07{draw.randrange(10**8):08d}"
    return guests
