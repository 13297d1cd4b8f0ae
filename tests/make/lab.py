"""The lab's day for tests: a patient with the doctor, tests asked for, specimens on the bench, results entered."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from hms_desktop.data.queries import lab_bench
from hms_desktop.data.queries import lab_orders as order_queries
from hms_desktop.data.queries import lab_results as result_queries
from hms_desktop.data.tables.visits import QueueEntry
from hms_desktop.domain.accounts import SYSTEM, Actor
from hms_desktop.domain.ids import Id
from hms_desktop.domain.lab import LabPriority
from hms_desktop.domain.visits import QueueState, VisitKind
from hms_desktop.services.clinic import Clinic
from hms_desktop.services.lab_orders import OrderMade, OrderTests, order_tests
from hms_desktop.services.lab_release import CallNote, Released, ReleaseResults, release_results
from hms_desktop.services.lab_results import Entered, EnterResults, Typed, enter_results
from hms_desktop.services.lab_specimens import Collected, CollectSpecimens, collect_specimens
from tests.make.consultations import Waiting, waiting_patient
from tests.stores import make_user


@dataclass(frozen=True)
class Staff:
    """Who works at the lab, real accounts."""

    doctor: Actor
    technician: Actor
    supervisor: Actor
    both: Actor


def staff(clinic: Clinic) -> Staff:
    """A doctor, a technician, a supervisor who releases, and one who is both of the last two."""
    return Staff(
        make_user(clinic, "doctor", name="Dora Doctor"),
        make_user(clinic, "lab_technician", name="Tom Tech"),
        make_user(clinic, "lab_supervisor", name="Sara Super"),
        make_user(clinic, "lab_technician", "lab_supervisor", name="Ben Both"),
    )


def with_doctor(
    clinic: Clinic,
    doctor: Actor,
    *,
    name: str = "Asha Otieno",
    birth: date = date(1998, 3, 5),
    kind: VisitKind = VisitKind.OUTPATIENT,
) -> Waiting:
    """A patient who sits with the doctor."""
    guest = waiting_patient(clinic, name=name, birth=birth, kind=kind, state=QueueState.WITH_DOCTOR)
    with clinic.work(SYSTEM, "tests.with_doctor") as work:
        work.change(QueueEntry, guest.entry_id, claimed_by=doctor.user_id, practitioner_id=doctor.user_id)
        work.finish()
    return guest


def order(
    clinic: Clinic,
    doctor: Actor,
    visit_id: Id,
    *tests: str,
    panels: tuple[str, ...] = (),
    priority: LabPriority = LabPriority.ROUTINE,
    **more: Any,
) -> OrderMade:
    """Ask for tests."""
    command = OrderTests(visit_id=visit_id, tests=tests, panels=panels, priority=priority, **more)
    return order_tests(clinic, doctor, command).value


def collect(clinic: Clinic, technician: Actor, made: OrderMade, **more: Any) -> Collected:
    """Take everything of an order in the lab; `received=False` leaves it on the way."""
    more.setdefault("received", True)
    command = CollectSpecimens(order_id=made.order_id, item_ids=made.item_ids, **more)
    return collect_specimens(clinic, technician, command).value


def enter(clinic: Clinic, technician: Actor, specimen_id: Id, **values: str) -> Entered:
    """Enter results by test code; what is there already is seen."""
    with clinic.read(technician) as reader:
        row = lab_bench.by_id(reader, specimen_id)
        assert row is not None
        entries = {entry.test_code: entry for entry in lab_bench.entries(reader, row, pregnant=False)}
    typed = tuple(
        Typed(entries[code].item_id, value, seen=getattr(entries[code].result, "id", None))
        for code, value in values.items()
    )
    return enter_results(clinic, technician, EnterResults(specimen_id=specimen_id, results=typed)).value


def release(
    clinic: Clinic, supervisor: Actor, made: OrderMade, *result_ids: Id, calls: tuple[CallNote, ...] = ()
) -> Released:
    """Release results of an order: these, or all that wait."""
    wanted = result_ids or tuple(row.id for row in waiting_results(clinic, made))
    command = ReleaseResults(order_id=made.order_id, result_ids=wanted, calls=calls)
    return release_results(clinic, supervisor, command).value


def waiting_results(clinic: Clinic, made: OrderMade) -> list[Any]:
    """Entered results of an order that wait for release, corrections included."""
    with clinic.read(SYSTEM) as reader:
        return list(result_queries.preliminary(reader, made.item_ids))


def items(clinic: Clinic, made: OrderMade) -> list[Any]:
    """The items of an order."""
    with clinic.read(SYSTEM) as reader:
        return list(order_queries.items(reader, [made.order_id]))


def states(clinic: Clinic, made: OrderMade) -> dict[str, str]:
    """The state of each test of an order by code."""
    return {row.code: str(row.state) for row in items(clinic, made)}


def doctor_entry(clinic: Clinic, entry_id: Id) -> Any:
    """A queue entry's row."""
    with clinic.read(SYSTEM) as reader:
        return reader.get(QueueEntry, entry_id)


def on_the_bench(clinic: Clinic, staff: Staff, *tests: str, panels: tuple[str, ...] = (), **patient: Any) -> Any:
    """The guest, the order, and the one specimen of it, received."""
    guest = with_doctor(clinic, staff.doctor, **patient)
    made = order(clinic, staff.doctor, guest.visit_id, *tests, panels=panels)
    (taken,) = collect(clinic, staff.technician, made).specimens
    return guest, made, taken.specimen_id


def entered(
    clinic: Clinic, staff: Staff, *, by: Actor | None = None, panels: tuple[str, ...] = (), **values: str
) -> tuple[Any, OrderMade, Id]:
    """A patient at the lab with these results entered from one specimen."""
    guest = with_doctor(clinic, staff.doctor)
    made = order(clinic, staff.doctor, guest.visit_id, *(() if panels else values), panels=panels)
    (taken,) = collect(clinic, staff.technician, made).specimens
    enter(clinic, by or staff.technician, taken.specimen_id, **values)
    return guest, made, taken.specimen_id
