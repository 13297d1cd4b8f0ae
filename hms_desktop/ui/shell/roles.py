"""Which window codes there are, and which desk each one opens. Desks are loaded when somebody opens them."""

from dataclasses import dataclass
from importlib import import_module

from hms_desktop.domain.accounts import Actor
from hms_desktop.ui.kit.desk import Desk, DeskContext
from hms_desktop.words.labels import label


@dataclass(frozen=True, slots=True)
class WindowPlace:
    """A window: its code as roles carry it, its desk as `module:Class`, its icon."""

    code: str
    desk: str
    icon: str

    @property
    def title(self) -> str:
        """What people call it."""
        return label("window", self.code)


WINDOWS: tuple[WindowPlace, ...] = (
    WindowPlace("reception", "hms_desktop.ui.reception.window:ReceptionDesk", "reception"),
    WindowPlace("triage", "hms_desktop.ui.triage.window:TriageDesk", "vitals"),
    WindowPlace("doctor", "hms_desktop.ui.doctor.window:DoctorDesk", "doctor"),
    WindowPlace("lab", "hms_desktop.ui.lab.window:LabDesk", "lab"),
    WindowPlace("pharmacy", "hms_desktop.ui.pharmacy.window:PharmacyDesk", "pill"),
    WindowPlace("cashier", "hms_desktop.ui.cashier.window:CashierDesk", "cash"),
    WindowPlace("admin", "hms_desktop.ui.admin.window:AdminDesk", "settings"),
)


def windows_of(actor: Actor, wanted: str = "") -> list[WindowPlace]:
    """The windows that this person may open, in the order of the day; `wanted` first when it is theirs."""
    own = [place for place in WINDOWS if place.code in actor.windows]
    return sorted(own, key=lambda place: place.code != wanted)


def open_desk(place: WindowPlace, context: DeskContext) -> Desk:
    """Load and make a desk."""
    module, name = place.desk.split(":")
    made = getattr(import_module(module), name)(context)
    assert isinstance(made, Desk), place.desk
    return made
