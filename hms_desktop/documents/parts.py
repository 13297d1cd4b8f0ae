"""Rows that every paper carries: the clinic's head, who printed it, whom it is about. Plain data, in clinic time."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from hms_desktop.domain.dates import show_date
from hms_desktop.domain.facility import Facility
from hms_desktop.domain.patients import AllergyState, Sex
from hms_desktop.words.labels import say
from hms_desktop.words.language import tr


class Form(StrEnum):
    """What a paper is printed on. The values are those of the facility's setting."""

    ROLL_58 = "58mm"
    ROLL_80 = "80mm"
    A5 = "A5"
    A4 = "A4"

    @property
    def is_roll(self) -> bool:
        """Whether the paper is a roll, as long as its content."""
        return self in {Form.ROLL_58, Form.ROLL_80}


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The clinic, as it stands on top of every paper. `logo` is a PNG or JPEG; `footer` the clinic's own last words."""

    name: str
    address: str = ""
    phone: str = ""
    licence: str = ""
    established: int | None = None
    logo: bytes | None = None
    footer: str = ""
    training: bool = False
    email: str = ""
    website: str = ""

    @classmethod
    def of(cls, facility: Facility) -> "Head":
        """The head that this facility's papers carry."""
        return cls(
            name=facility.name,
            address=facility.address,
            phone=facility.phone,
            licence=facility.licence_number,
            established=facility.established_year,
            logo=facility.logo,
            footer=facility.receipt_footer,
            training=facility.training,
            email=facility.email,
            website=facility.website,
        )

    def reach(self) -> str:
        """How to reach the clinic, on one line."""
        return " · ".join(each for each in (self.address, self.phone, self.email, self.website) if each)

    def standing(self) -> str:
        """Licence number and the year of foundation, on one line."""
        licence = tr("Licence {number}", number=self.licence) if self.licence else ""
        year = tr("Established {year}", year=self.established) if self.established else ""
        return " · ".join(each for each in (licence, year) if each)


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """Where, by whom and when the facts of a paper were put together. `at` is aware, in the clinic's zone."""

    station: str
    user: str
    at: datetime

    def line(self) -> str:
        """One line for the foot of a paper."""
        return " · ".join(
            each for each in (self.station, self.user, tr("printed {time}", time=moment(self.at))) if each
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class PatientLine:
    """Whom a paper is about. `age` is the text that `domain.dates.age_text` gives for the day of the paper."""

    name: str
    mrn: str = ""
    sex: Sex = Sex.UNKNOWN
    age: str = ""
    birth_date: date | None = None
    birth_estimated: bool = False
    phone: str = ""
    address: str = ""
    payer: str = ""

    def short(self) -> str:
        """Sex and age: `Female · 28 y`."""
        return " · ".join(each for each in (say(self.sex), self.age) if each)

    def full(self) -> str:
        """Sex, age and, when it is known to the day, the birth date."""
        exact = self.birth_date if not self.birth_estimated else None
        born = tr("born {date}", date=show_date(exact)) if exact else ""
        return " · ".join(each for each in (self.short(), born) if each)


def moment(at: datetime) -> str:
    """`05-Mar-2026 12:41`."""
    return f"{show_date(at.date())} {at:%H:%M}"


def allergy_words(state: AllergyState, allergies: tuple[str, ...]) -> str:
    """What a reader must know: the substances, that none are known, or that nobody asked."""
    if state is AllergyState.RECORDED and allergies:
        return ", ".join(allergies)
    return tr("no known allergies") if state is AllergyState.NONE_KNOWN else tr("allergies NOT ASKED")
