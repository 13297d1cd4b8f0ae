"""State steps: one function, and the machines of what moves through a clinic's day. Every other step is refused."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from hms_desktop.domain.billing import BillState, PaymentState, SessionState
from hms_desktop.domain.errors import WrongState
from hms_desktop.domain.lab import OrderState, ResultStatus, SpecimenState
from hms_desktop.domain.pharmacy import DispensingState
from hms_desktop.domain.prescriptions import ItemState, PrescriptionState
from hms_desktop.domain.visits import QueueState, VisitState

S = TypeVar("S", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Machine(Generic[S]):
    """The steps that one kind of fact may take: from each state to which others. `kind` is named in the refusal."""

    kind: str
    steps: Mapping[S, frozenset[S]]

    def allows(self, state: S, wanted: S) -> bool:
        """Whether the step is possible; staying where one is is no step."""
        return wanted in self.steps.get(state, frozenset())

    def is_final(self, state: S) -> bool:
        """Whether nothing leads on from here."""
        return not self.steps.get(state)


def step(machine: Machine[S], state: S, wanted: S) -> S:
    """`wanted`, if `machine` leads there from `state`. Raises WrongState otherwise."""
    if not machine.allows(state, wanted):
        raise WrongState(kind=machine.kind, state=state.value, wanted=wanted.value)
    return wanted


def _to(*states: S) -> frozenset[S]:
    return frozenset(states)


VISIT: Machine[VisitState] = Machine("visit", {VisitState.OPEN: _to(VisitState.CLOSED, VisitState.CANCELLED)})

Q = QueueState
QUEUE_ENTRY: Machine[QueueState] = Machine(
    "queue_entry",
    {
        Q.WAITING: _to(Q.CALLED, Q.IN_SERVICE, Q.NO_SHOW, Q.CANCELLED),
        Q.CALLED: _to(Q.WAITING, Q.IN_SERVICE, Q.NO_SHOW, Q.CANCELLED),
        Q.IN_SERVICE: _to(Q.WAITING, Q.DONE, Q.CANCELLED),
        Q.NO_SHOW: _to(Q.WAITING, Q.CANCELLED),
    },
)
"""Any service point but the doctor's. Who did not come may come back."""

DOCTOR_ENTRY: Machine[QueueState] = Machine(
    "queue_entry",
    {
        Q.WAITING: _to(Q.CALLED, Q.WITH_DOCTOR, Q.NO_SHOW, Q.CANCELLED),
        Q.CALLED: _to(Q.WAITING, Q.WITH_DOCTOR, Q.NO_SHOW, Q.CANCELLED),
        Q.WITH_DOCTOR: _to(Q.WAITING, Q.SENT_TO_LAB, Q.COMPLETED, Q.CANCELLED),
        Q.SENT_TO_LAB: _to(Q.WAITING, Q.WITH_DOCTOR, Q.CANCELLED),
        Q.NO_SHOW: _to(Q.WAITING, Q.CANCELLED),
    },
)
"""The doctor's entry: back from the lab means waiting again; the doctor may also recall the patient directly."""

L = OrderState
LAB_ORDER_ITEM: Machine[OrderState] = Machine(
    "lab_order_item",
    {
        L.ORDERED: _to(L.COLLECTED, L.CANCELLED),
        L.COLLECTED: _to(L.IN_PROGRESS, L.ORDERED, L.CANCELLED),
        L.IN_PROGRESS: _to(L.COMPLETED, L.ORDERED, L.CANCELLED),
    },
)
"""A rejected specimen sends its items back to ordered."""

LAB_ORDER: Machine[OrderState] = Machine(
    "lab_order",
    {
        L.ORDERED: _to(L.COLLECTED, L.IN_PROGRESS, L.COMPLETED, L.CANCELLED),
        L.COLLECTED: _to(L.ORDERED, L.IN_PROGRESS, L.COMPLETED, L.CANCELLED),
        L.IN_PROGRESS: _to(L.ORDERED, L.COLLECTED, L.COMPLETED, L.CANCELLED),
    },
)
"""An order follows its items (`labrules.order_state`)."""

SPECIMEN: Machine[SpecimenState] = Machine(
    "specimen",
    {
        SpecimenState.COLLECTED: _to(SpecimenState.RECEIVED, SpecimenState.REJECTED),
        SpecimenState.RECEIVED: _to(SpecimenState.REJECTED),
    },
)

R = ResultStatus
LAB_RESULT: Machine[ResultStatus] = Machine(
    "lab_result",
    {
        R.PRELIMINARY: _to(R.FINAL, R.CANCELLED),
        R.FINAL: _to(R.CORRECTED, R.CANCELLED),
        R.CORRECTED: _to(R.CORRECTED, R.CANCELLED),
    },
)
"""A correction is a new result beside the first; a corrected one may be corrected again."""

PRESCRIPTION: Machine[PrescriptionState] = Machine(
    "prescription",
    {
        PrescriptionState.ACTIVE: _to(
            PrescriptionState.ON_HOLD,
            PrescriptionState.COMPLETED,
            PrescriptionState.CANCELLED,
            PrescriptionState.EXPIRED,
        ),
        PrescriptionState.ON_HOLD: _to(
            PrescriptionState.ACTIVE, PrescriptionState.CANCELLED, PrescriptionState.EXPIRED
        ),
        PrescriptionState.COMPLETED: _to(PrescriptionState.ACTIVE),
    },
)
"""A reversed dispensing makes a completed prescription active again."""

PRESCRIPTION_ITEM: Machine[ItemState] = Machine(
    "prescription_item",
    {
        ItemState.ACTIVE: _to(ItemState.PARTLY, ItemState.DISPENSED, ItemState.STOPPED, ItemState.EXPIRED),
        ItemState.PARTLY: _to(ItemState.ACTIVE, ItemState.DISPENSED, ItemState.STOPPED, ItemState.EXPIRED),
        ItemState.DISPENSED: _to(ItemState.ACTIVE, ItemState.PARTLY),
    },
)
"""The way back from dispensed is a reversal to the batch."""

DISPENSING: Machine[DispensingState] = Machine(
    "dispensing",
    {
        DispensingState.PRICED: _to(DispensingState.DISPENSED, DispensingState.CANCELLED),
        DispensingState.DISPENSED: _to(DispensingState.REVERSED),
    },
)

B = BillState
BILL: Machine[BillState] = Machine(
    "bill",
    {
        B.OPEN: _to(B.PART_PAID, B.PAID, B.VOID, B.REFUNDED),
        B.PART_PAID: _to(B.OPEN, B.PAID, B.REFUNDED),
        B.PAID: _to(B.OPEN, B.PART_PAID, B.VOID, B.REFUNDED),
    },
)
"""The way back is a reversal, a refund in part, or a new charge on a paid bill. A bill that ever had money on it is
never void, but refunded; a paid one that becomes void never asked for anything."""

PAYMENT: Machine[PaymentState] = Machine(
    "payment", {PaymentState.PENDING: _to(PaymentState.CONFIRMED, PaymentState.FAILED)}
)

CASH_SESSION: Machine[SessionState] = Machine(
    "cash_session",
    {SessionState.OPEN: _to(SessionState.COUNTED), SessionState.COUNTED: _to(SessionState.CLOSED)},
)
