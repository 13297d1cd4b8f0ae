"""What the command line may see of a whole store: who holds the store holds the clinic, so there is nobody to ask.

For the tour's report and for scripts; windows use the services of their desks.
"""

from dataclasses import dataclass
from decimal import Decimal

from hms_desktop.data.queries import witness as queries
from hms_desktop.domain.accounts import SYSTEM
from hms_desktop.domain.ids import Id
from hms_desktop.services.clinic import Clinic
from hms_desktop.services.papers import PaperFile, original


@dataclass(frozen=True, slots=True)
class Totals:
    """Money in the clinic's currency, numbers of facts, units of stock by medicine code."""

    money: dict[str, Decimal]
    counts: dict[str, int]
    stock: dict[str, int]


def totals(clinic: Clinic) -> Totals:
    """How money and stock stand now."""
    with clinic.read(SYSTEM) as reader:
        money = {name: clinic.facility.currency.from_minor(count) for name, count in queries.money(reader).items()}
        return Totals(money, queries.counts(reader), queries.stock(reader))


def paper_ids(clinic: Clinic) -> list[Id]:
    """Every kept paper, oldest first."""
    with clinic.read(SYSTEM) as reader:
        return queries.papers(reader)


def paper_file(clinic: Clinic, paper_id: Id) -> PaperFile:
    """A kept paper as it was first printed."""
    return original(clinic, paper_id)
