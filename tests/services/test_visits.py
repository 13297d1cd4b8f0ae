"""Opening visits: number, ticket, place in the queue, registration fee, one open visit a patient."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from hms_desktop.data.tables.billing import Charge
from hms_desktop.data.tables.patients import Patient
from hms_desktop.data.tables.visits import Visit
from hms_desktop.domain.accounts import SYSTEM
from hms_desktop.domain.billing import ChargeKind
from hms_desktop.domain.consultations import Occurrence
from hms_desktop.domain.errors import (
    InvalidValue,
    NotAllowed,
    NotFound,
    OpenVisitExists,
    PatientDeceased,
)
from hms_desktop.domain.ids import Id, new_id
from hms_desktop.domain.patients import Sex
from hms_desktop.domain.visits import (
    OpenWork,
    ServicePoint,
    VisitKind,
    VisitOutcome,
    VisitState,
)
from hms_desktop.services import papers
from hms_desktop.services.clinic import Clinic
from hms_desktop.services.visits import (
    CancelVisit,
    CloseVisit,
    OpenVisit,
    RegisterUnknown,
    cancel_visit,
    close_visit,
    departments,
    open_visit,
    open_work,
    register_unknown,
    ticket_paper,
    visits_of_patient,
    visits_of_today,
)
from tests.make.billing import price, set_setting
from tests.make.patients import make_patient
from tests.make.racing import at_once
from tests.make.visits import make_visit, send_to, waiting
from tests.stores import Clock, actor_for

CLERK = actor_for("receptionist")


def visit_row(clinic: Clinic, visit_id: Id) -> Any:
    with clinic.read(CLERK) as reader:
        return reader.get(Visit, visit_id)


def test_an_arrival_gets_a_number_a_ticket_and_a_place_in_triage(clinic: Clinic) -> None:
    patient_id = make_patient(clinic)
    command = OpenVisit(patient_id=patient_id, complaint="  fever for  3 days ", occurrence=Occurrence.REPEAT)
    made = open_visit(clinic, CLERK, command).value
    assert (made.ticket, made.print_ticket) == ("A001", True)
    row = visit_row(clinic, made.visit_id)
    assert (row.number, row.kind, row.state, row.occurrence) == (
        made.number, VisitKind.OUTPATIENT, VisitState.OPEN, Occurrence.REPEAT,
    )  # fmt: skip
    assert row.complaint == "fever for 3 days"
    assert [entry.ticket for entry in waiting(clinic, ServicePoint.TRIAGE)] == ["A001"]


def test_tickets_count_anew_every_day(clinic: Clinic, clock: Clock) -> None:
    first = [make_visit(clinic).ticket for _ in range(2)]
    clock.forward(days=1)
    assert [*first, make_visit(clinic).ticket] == ["A001", "A002", "A001"]


def test_the_ticket_says_how_many_come_before(clinic: Clinic) -> None:
    make_visit(clinic)
    made = make_visit(clinic)
    file = papers.pdf(clinic, CLERK, made.ticket_paper_id)
    assert file.pdf.startswith(b"%PDF")
    assert ticket_paper(clinic, CLERK, made.visit_id) == made.ticket_paper_id
    with clinic.read(CLERK) as reader:
        from hms_desktop.data.tables.audit import Paper

        content = reader.get(Paper, made.ticket_paper_id).content
    assert (content["waiting"], content["visit_number"]) == (1, made.number)
    assert ticket_paper(clinic, CLERK, new_id()) is None


def test_one_open_visit_a_patient(clinic: Clinic) -> None:
    patient_id = make_patient(clinic)
    first = make_visit(clinic, patient_id)
    with pytest.raises(OpenVisitExists) as refused:
        make_visit(clinic, patient_id)
    assert refused.value.facts["visit"] == first.number
    close_visit(clinic, CLERK, CloseVisit(visit_id=first.visit_id, outcome=VisitOutcome.LEFT, reason="went home"))
    make_visit(clinic, patient_id)


def test_two_receptions_open_one_visit(clinic: Clinic, another_station: Any) -> None:
    patient_id, other = make_patient(clinic), another_station()
    jobs = [
        lambda station=station: open_visit(station, CLERK, OpenVisit(patient_id=patient_id))
        for station in (clinic, other)
    ]
    results = at_once(jobs)
    assert sum(isinstance(result, OpenVisitExists) for result in results) == 1
    assert len(visits_of_patient(clinic, CLERK, patient_id)) == 1


def test_the_same_form_pressed_twice_opens_one_visit(clinic: Clinic) -> None:
    command = OpenVisit(patient_id=make_patient(clinic))
    first, again = open_visit(clinic, CLERK, command), open_visit(clinic, CLERK, command)
    assert again.repeated
    assert again.value == first.value


def test_a_follow_up_is_a_re_attendance(clinic: Clinic) -> None:
    made = make_visit(clinic, kind=VisitKind.FOLLOW_UP)
    assert visit_row(clinic, made.visit_id).occurrence == Occurrence.REPEAT


def test_nobody_opens_an_imported_visit_or_one_of_nobody(clinic: Clinic) -> None:
    with pytest.raises(InvalidValue):
        make_visit(clinic, kind=VisitKind.IMPORTED)
    with pytest.raises(NotFound):
        make_visit(clinic, new_id())


def test_no_visit_is_opened_for_the_dead(clinic: Clinic) -> None:
    patient_id = make_patient(clinic, deceased_on=date(2026, 3, 1))
    with pytest.raises(PatientDeceased) as refused:
        make_visit(clinic, patient_id)
    assert refused.value.facts == {"patient": "Asha Otieno", "died": date(2026, 3, 1)}


def test_a_voided_record_is_not_found(clinic: Clinic) -> None:
    patient_id = make_patient(clinic)
    with clinic.work(SYSTEM, "tests.void") as work:
        work.void(Patient, patient_id, "entered twice")
        work.finish()
    with pytest.raises(NotFound):
        make_visit(clinic, patient_id)


def test_the_payer_group_comes_from_the_visit_else_from_the_patient(stocked_clinic: Clinic) -> None:
    from hms_desktop.services.patients import payer_groups

    groups = payer_groups(stocked_clinic, CLERK)
    patient_id = make_patient(stocked_clinic, payer_group_id=groups[0].id)
    made = make_visit(stocked_clinic, patient_id)
    assert visit_row(stocked_clinic, made.visit_id).payer_group_id == groups[0].id
    other = make_visit(stocked_clinic, make_patient(stocked_clinic), payer_group_id=groups[1].id)
    assert visit_row(stocked_clinic, other.visit_id).payer_group_id == groups[1].id
    assert len(departments(stocked_clinic, CLERK)) == 10
    where = departments(stocked_clinic, CLERK)[0]
    placed = make_visit(stocked_clinic, make_patient(stocked_clinic), department_id=where.id)
    assert visits_of_today(stocked_clinic, CLERK)[0].department == where.name
    assert placed.ticket == "A003"


def test_an_unconscious_unknown_is_red_with_the_doctor_at_once(clinic: Clinic) -> None:
    made = register_unknown(clinic, CLERK, RegisterUnknown(called="Unknown man", sex=Sex.MALE, complaint="collapsed"))
    assert waiting(clinic, ServicePoint.TRIAGE) == []
    row = waiting(clinic, ServicePoint.DOCTOR)[0]
    assert (row.colour, row.patient_name, row.age) == ("red", "Unknown man", "")
    visit = visit_row(clinic, made.value.visit.visit_id)
    assert (visit.kind, visit.colour) == (VisitKind.EMERGENCY, "red")


def test_a_known_patient_may_go_straight_to_red_before_others(clinic: Clinic) -> None:
    send_to(clinic, make_visit(clinic).visit_id, ServicePoint.DOCTOR, "orange")
    made = make_visit(clinic, straight_to_red=True)
    assert waiting(clinic, ServicePoint.DOCTOR)[0].visit_id == made.visit_id


def test_a_registration_fee_is_charged_once_on_the_first_visit(clinic: Clinic) -> None:
    price(clinic, "registration_card", 100, ChargeKind.REGISTRATION)
    set_setting(clinic, "registration_item", "registration_card")
    patient_id = make_patient(clinic)
    first = make_visit(clinic, patient_id)
    close_visit(clinic, CLERK, CloseVisit(visit_id=first.visit_id, outcome=VisitOutcome.LEFT, reason="went home"))
    second = make_visit(clinic, patient_id)
    with clinic.read(CLERK) as reader:
        charged = {row.visit_id: row.amount for row in reader.rows(select(Charge.visit_id, Charge.amount))}
    assert charged == {first.visit_id: 10000}
    assert second.visit_id not in charged


def test_a_cancelled_first_visit_takes_its_fee_back_and_the_next_one_asks_it(clinic: Clinic) -> None:
    price(clinic, "registration_card", 100, ChargeKind.REGISTRATION)
    set_setting(clinic, "registration_item", "registration_card")
    patient_id = make_patient(clinic)
    for _ in range(2):
        made = make_visit(clinic, patient_id)
        assert OpenWork.DEBT in open_work(clinic, CLERK, made.visit_id)
        cancel_visit(clinic, CLERK, CancelVisit(visit_id=made.visit_id, reason="wrong patient"))
        assert OpenWork.DEBT not in open_work(clinic, CLERK, made.visit_id)


def test_only_reception_and_triage_open_visits(clinic: Clinic) -> None:
    patient_id = make_patient(clinic)
    with pytest.raises(NotAllowed):
        make_visit(clinic, patient_id, actor_for("cashier"))
    make_visit(clinic, patient_id, actor_for("nurse"))
    with pytest.raises(NotAllowed):
        register_unknown(clinic, actor_for("cashier"), RegisterUnknown())
