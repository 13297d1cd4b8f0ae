"""The doctor with a patient: taking in, writing, signing, diagnosing, completing."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import select

from hms_desktop.data.tables.audit import AuditEvent
from hms_desktop.data.tables.billing import Charge
from hms_desktop.data.tables.consultations import Diagnosis
from hms_desktop.data.tables.patients import Condition
from hms_desktop.data.tables.visits import QueueEntry, Visit
from hms_desktop.domain.accounts import SYSTEM, Actor
from hms_desktop.domain.consultations import ConditionState, DiagnosisRank, DiagnosisTermRow, Occurrence
from hms_desktop.domain.errors import (
    ClinicError,
    InvalidValue,
    NotAllowed,
    ReasonNeeded,
    StaleRecord,
    TakenBySomebody,
    WrongState,
)
from hms_desktop.domain.ids import new_id
from hms_desktop.domain.visits import QueueState, VisitKind, VisitState
from hms_desktop.services import consultations as desk
from hms_desktop.services.chart import chart
from hms_desktop.services.clinic import Clinic
from hms_desktop.services.dose_check import PrescribeItem
from hms_desktop.services.prescriptions import Prescribe, prescribe
from hms_desktop.services.queues import PutBack, put_back
from tests.make.consultations import Waiting, waiting_patient
from tests.make.racing import at_once
from tests.stores import Clock, actor_for, make_user


@pytest.fixture
def doctor(stocked_clinic: Clinic) -> Actor:
    return make_user(stocked_clinic, "doctor", name="Dora Doctor")


@pytest.fixture
def seen(stocked_clinic: Clinic, doctor: Actor) -> Waiting:
    """A patient who is with the doctor."""
    patient = waiting_patient(stocked_clinic)
    desk.start_consultation(stocked_clinic, doctor, desk.StartConsultation(entry_id=patient.entry_id))
    return patient


def note(seen: Waiting, **texts: object) -> desk.SaveNote:
    return desk.SaveNote(visit_id=seen.visit_id, **{"complaint": "Fever", **texts})  # type: ignore[arg-type]


def entry_state(clinic: Clinic, seen: Waiting) -> QueueState:
    with clinic.read(SYSTEM) as reader:
        return QueueState(reader.get(QueueEntry, seen.entry_id).state)


def test_taking_a_patient_in_names_the_doctor_on_the_visit(
    stocked_clinic: Clinic, doctor: Actor, seen: Waiting
) -> None:
    assert entry_state(stocked_clinic, seen) is QueueState.WITH_DOCTOR
    with stocked_clinic.read(SYSTEM) as reader:
        assert reader.get(Visit, seen.visit_id).practitioner_id == doctor.user_id


def test_taking_the_own_patient_in_again_changes_nothing(stocked_clinic: Clinic, doctor: Actor, seen: Waiting) -> None:
    again = desk.start_consultation(stocked_clinic, doctor, desk.StartConsultation(entry_id=seen.entry_id))
    assert again.value == seen.visit_id


def test_a_second_doctor_is_told_who_has_the_patient(stocked_clinic: Clinic, seen: Waiting) -> None:
    other = make_user(stocked_clinic, "doctor", name="Otto Other")
    with pytest.raises(TakenBySomebody) as caught:
        desk.start_consultation(stocked_clinic, other, desk.StartConsultation(entry_id=seen.entry_id))
    assert caught.value.facts["by"] == "Dora Doctor"


def test_a_patient_at_the_lab_can_be_recalled(stocked_clinic: Clinic, doctor: Actor) -> None:
    patient = waiting_patient(stocked_clinic, state=QueueState.SENT_TO_LAB)
    desk.start_consultation(stocked_clinic, doctor, desk.StartConsultation(entry_id=patient.entry_id))
    assert entry_state(stocked_clinic, patient) is QueueState.WITH_DOCTOR


def test_a_patient_put_back_waits_again(stocked_clinic: Clinic, doctor: Actor, seen: Waiting) -> None:
    put_back(stocked_clinic, doctor, PutBack(entry_id=seen.entry_id))
    assert entry_state(stocked_clinic, seen) is QueueState.WAITING
    with pytest.raises(WrongState):
        put_back(stocked_clinic, doctor, PutBack(entry_id=seen.entry_id))


def test_a_note_is_rewritten_until_it_is_signed_and_then_only_added_to(
    stocked_clinic: Clinic, doctor: Actor, seen: Waiting
) -> None:
    saved = desk.save_note(stocked_clinic, doctor, note(seen)).value
    with pytest.raises(WrongState):
        desk.add_addendum(stocked_clinic, doctor, desk.AddAddendum(note_id=saved.note_id, text="later"))
    changed = desk.save_note(
        stocked_clinic, doctor, note(seen, note_id=saved.note_id, version=saved.version, plan="Rest")
    ).value
    desk.sign_note(stocked_clinic, doctor, desk.SignNote(note_id=saved.note_id, version=changed.version))
    with pytest.raises(WrongState):
        desk.save_note(stocked_clinic, doctor, note(seen, note_id=saved.note_id))
    with pytest.raises(WrongState):
        desk.sign_note(stocked_clinic, doctor, desk.SignNote(note_id=saved.note_id))
    desk.add_addendum(stocked_clinic, doctor, desk.AddAddendum(note_id=saved.note_id, text="Improved"))
    shown = chart(stocked_clinic, doctor, seen.patient_id).notes[0]
    assert (shown.plan, shown.author, [a.text for a in shown.addenda]) == ("Rest", "Dora Doctor", ["Improved"])
    assert shown.signed_at is not None


def test_an_empty_addendum_is_refused(stocked_clinic: Clinic, doctor: Actor) -> None:
    with pytest.raises(InvalidValue):
        desk.add_addendum(stocked_clinic, doctor, desk.AddAddendum(note_id=new_id(), text=" "))


def test_a_note_that_another_window_changed_is_not_overwritten(
    stocked_clinic: Clinic, doctor: Actor, seen: Waiting
) -> None:
    saved = desk.save_note(stocked_clinic, doctor, note(seen)).value
    desk.save_note(stocked_clinic, doctor, note(seen, note_id=saved.note_id, version=1, plan="Rest"))
    with pytest.raises(StaleRecord):
        desk.save_note(stocked_clinic, doctor, note(seen, note_id=saved.note_id, version=1, plan="Run"))


def test_nobody_writes_or_signs_a_colleagues_note(stocked_clinic: Clinic, doctor: Actor, seen: Waiting) -> None:
    saved = desk.save_note(stocked_clinic, doctor, note(seen)).value
    other = make_user(stocked_clinic, "doctor")
    with pytest.raises(NotAllowed):
        desk.save_note(stocked_clinic, other, note(seen, note_id=saved.note_id))
    with pytest.raises(NotAllowed):
        desk.sign_note(stocked_clinic, other, desk.SignNote(note_id=saved.note_id))


@pytest.mark.parametrize(("texts", "field"), [({"complaint": " "}, "complaint")])
def test_an_empty_note_is_refused(
    stocked_clinic: Clinic, doctor: Actor, seen: Waiting, texts: dict[str, str], field: str
) -> None:
    with pytest.raises(InvalidValue) as caught:
        desk.save_note(stocked_clinic, doctor, note(seen, **texts))
    assert caught.value.field == field


def test_a_follow_up_in_the_past_is_refused(stocked_clinic: Clinic, doctor: Actor, seen: Waiting, clock: Clock) -> None:
    with pytest.raises(InvalidValue):
        desk.save_note(stocked_clinic, doctor, note(seen, follow_up_on=(clock.now - timedelta(days=2)).date()))


def test_no_note_for_a_visit_that_is_over(stocked_clinic: Clinic, doctor: Actor, seen: Waiting) -> None:
    with stocked_clinic.work(SYSTEM, "tests.close") as work:
        work.change(Visit, seen.visit_id, state=VisitState.CLOSED, open_key=None)
        work.finish()
    with pytest.raises(WrongState):
        desk.save_note(stocked_clinic, doctor, note(seen))


def find_term(clinic: Clinic, doctor: Actor, text: str) -> DiagnosisTermRow:
    return desk.search_diagnoses(clinic, doctor, text)[0]


def test_a_diagnosis_is_found_by_its_synonym(stocked_clinic: Clinic, doctor: Actor) -> None:
    found = desk.search_diagnoses(stocked_clinic, doctor, "high blood pr")
    assert any(row.icd10.startswith("I10") for row in found)
    assert all(row.matched or row.name for row in found)
    assert desk.search_diagnoses(stocked_clinic, doctor, "   ") == []


def test_the_first_diagnosis_is_primary_and_there_is_only_one(
    stocked_clinic: Clinic, doctor: Actor, seen: Waiting
) -> None:
    term = find_term(stocked_clinic, doctor, "malaria")
    first = desk.add_diagnosis(stocked_clinic, doctor, desk.AddDiagnosis(visit_id=seen.visit_id, term_id=term.id)).value
    desk.add_diagnosis(stocked_clinic, doctor, desk.AddDiagnosis(visit_id=seen.visit_id, text="Tired of the rain"))
    rows = chart(stocked_clinic, doctor, seen.patient_id).diagnoses
    assert [(row.rank, bool(row.icd10)) for row in rows] == [
        (DiagnosisRank.PRIMARY, True), (DiagnosisRank.SECONDARY, False),
    ]  # fmt: skip
    with pytest.raises(InvalidValue):
        desk.add_diagnosis(
            stocked_clinic, doctor, desk.AddDiagnosis(visit_id=seen.visit_id, text="X", rank=DiagnosisRank.PRIMARY)
        )
    with pytest.raises(InvalidValue):
        desk.add_diagnosis(stocked_clinic, doctor, desk.AddDiagnosis(visit_id=seen.visit_id, text=" "))
    desk.void_diagnosis(stocked_clinic, doctor, desk.VoidDiagnosis(diagnosis_id=first, reason="wrong patient"))
    left = chart(stocked_clinic, doctor, seen.patient_id).diagnoses
    assert [row.rank for row in left] == [DiagnosisRank.PRIMARY]
    desk.void_diagnosis(stocked_clinic, doctor, desk.VoidDiagnosis(diagnosis_id=left[0].id, reason="typed twice"))
    assert chart(stocked_clinic, doctor, seen.patient_id).diagnoses == ()


def test_the_same_problem_at_a_later_visit_is_a_re_attendance(
    stocked_clinic: Clinic, doctor: Actor, seen: Waiting
) -> None:
    term = find_term(stocked_clinic, doctor, "malaria")
    with stocked_clinic.work(SYSTEM, "tests.past") as work:
        work.insert(
            Diagnosis, visit_id=waiting_visit(work, seen), patient_id=seen.patient_id, term_id=term.id, code=term.code,
            icd10=term.icd10, text=term.name, rank="primary", certainty="confirmed", occurrence="new", day=work.today,
        )  # fmt: skip
        work.finish()
    desk.add_diagnosis(stocked_clinic, doctor, desk.AddDiagnosis(visit_id=seen.visit_id, term_id=term.id))
    rows = [r for r in chart(stocked_clinic, doctor, seen.patient_id).diagnoses if r.visit_id == seen.visit_id]
    assert rows[0].occurrence is Occurrence.REPEAT


def waiting_visit(work: object, seen: Waiting) -> str:
    """A closed visit of the same patient."""
    from hms_desktop.data.work import Work
    from hms_desktop.domain.facility import NumberKind

    assert isinstance(work, Work)
    return work.insert(
        Visit, number=work.number(NumberKind.VISIT), patient_id=seen.patient_id, kind=VisitKind.OUTPATIENT,
        state=VisitState.CLOSED, day=work.today, occurrence=Occurrence.NEW, opened_at=work.now,
    )  # fmt: skip


def test_a_problem_goes_on_the_list_and_is_resolved(stocked_clinic: Clinic, doctor: Actor, seen: Waiting) -> None:
    term = find_term(stocked_clinic, doctor, "hypertension")
    desk.add_diagnosis(
        stocked_clinic, doctor, desk.AddDiagnosis(visit_id=seen.visit_id, term_id=term.id, to_problem_list=True)
    )
    problem = chart(stocked_clinic, doctor, seen.patient_id).conditions[0]
    assert problem.state is ConditionState.ACTIVE
    desk.resolve_condition(stocked_clinic, doctor, desk.ResolveCondition(condition_id=problem.id, version=1))
    with stocked_clinic.read(SYSTEM) as reader:
        assert reader.get(Condition, problem.id).state == ConditionState.RESOLVED
    with pytest.raises(StaleRecord):
        desk.resolve_condition(stocked_clinic, doctor, desk.ResolveCondition(condition_id=problem.id, version=1))


def complete(clinic: Clinic, doctor: Actor, seen: Waiting, reason: str = "") -> desk.Completed:
    command = desk.CompleteConsultation(entry_id=seen.entry_id, without_diagnosis_reason=reason)
    return desk.complete_consultation(clinic, doctor, command).value


def test_completing_signs_the_note_and_charges_once(stocked_clinic: Clinic, doctor: Actor, seen: Waiting) -> None:
    desk.save_note(stocked_clinic, doctor, note(seen))
    desk.add_diagnosis(stocked_clinic, doctor, desk.AddDiagnosis(visit_id=seen.visit_id, text="Fever"))
    command = desk.CompleteConsultation(entry_id=seen.entry_id)
    first = desk.complete_consultation(stocked_clinic, doctor, command)
    again = desk.complete_consultation(stocked_clinic, doctor, command)
    assert first.value.signed_notes == 1
    assert again.repeated
    assert again.value == first.value
    with stocked_clinic.read(SYSTEM) as reader:
        rows = reader.rows(select(Charge.amount).where(Charge.visit_id == seen.visit_id))
    assert [row.amount > 0 for row in rows] == [True]


def test_completing_without_a_diagnosis_asks_why(stocked_clinic: Clinic, doctor: Actor, seen: Waiting) -> None:
    with pytest.raises(ReasonNeeded):
        complete(stocked_clinic, doctor, seen)
    assert complete(stocked_clinic, doctor, seen, "went home").visit_id == seen.visit_id


def test_a_colleagues_consultation_is_not_completed(stocked_clinic: Clinic, seen: Waiting) -> None:
    other = make_user(stocked_clinic, "doctor")
    with pytest.raises(TakenBySomebody):
        complete(stocked_clinic, other, seen, "mine")


def test_a_waiting_patient_can_not_be_completed(stocked_clinic: Clinic, doctor: Actor) -> None:
    patient = waiting_patient(stocked_clinic)
    with pytest.raises(WrongState):
        complete(stocked_clinic, doctor, patient, "x")


def test_a_strange_chart_needs_a_reason_and_every_look_is_kept(
    stocked_clinic: Clinic, doctor: Actor, seen: Waiting
) -> None:
    desk.open_chart(stocked_clinic, doctor, desk.OpenChart(patient_id=seen.patient_id))
    with stocked_clinic.work(SYSTEM, "tests.close") as work:
        work.change(Visit, seen.visit_id, state=VisitState.CLOSED, open_key=None)
        work.finish()
    with pytest.raises(ReasonNeeded):
        desk.open_chart(stocked_clinic, doctor, desk.OpenChart(patient_id=seen.patient_id))
    with pytest.raises(NotAllowed):
        desk.open_chart(stocked_clinic, actor_for("nurse"), desk.OpenChart(patient_id=seen.patient_id, reason="x"))
    desk.open_chart(stocked_clinic, doctor, desk.OpenChart(patient_id=seen.patient_id, reason="called by phone"))
    with stocked_clinic.read(SYSTEM) as reader:
        actions = [r.action for r in reader.rows(select(AuditEvent.action).where(AuditEvent.action.like("chart.%")))]
    assert actions == ["chart.opened", "chart.glass_broken"]


def test_who_may_not_consult_is_refused_before_anything_happens(stocked_clinic: Clinic, seen: Waiting) -> None:
    cashier = actor_for("cashier")
    commands: list[tuple[object, object]] = [
        (desk.save_note, note(seen)),
        (desk.sign_note, desk.SignNote(note_id=new_id())),
        (desk.add_diagnosis, desk.AddDiagnosis(visit_id=seen.visit_id, text="X")),
        (desk.complete_consultation, desk.CompleteConsultation(entry_id=seen.entry_id)),
        (desk.start_consultation, desk.StartConsultation(entry_id=seen.entry_id)),
    ]
    for service, command in commands:
        with pytest.raises(NotAllowed):
            service(stocked_clinic, cashier, command)  # type: ignore[operator]


def test_the_chart_takes_a_fixed_number_of_statements(stocked_clinic: Clinic, doctor: Actor, seen: Waiting) -> None:
    from sqlalchemy import event

    desk.save_note(stocked_clinic, doctor, note(seen))
    counted: list[str] = []
    event.listen(stocked_clinic.store.engine, "before_cursor_execute", lambda *a: counted.append(a[2]))
    chart(stocked_clinic, doctor, seen.patient_id)
    assert len([s for s in counted if s.lstrip().startswith("SELECT")]) <= 9


def test_every_error_here_is_one_a_person_can_be_told(stocked_clinic: Clinic, doctor: Actor, seen: Waiting) -> None:
    from hms_desktop.words.errors import sentence

    with pytest.raises(ClinicError) as caught:
        complete(stocked_clinic, doctor, seen)
    assert sentence(caught.value.code, caught.value.facts).endswith(".")


def test_two_doctors_at_two_stations_and_one_wins(
    stocked_clinic: Clinic, another_station: Callable[[], Clinic], doctor: Actor
) -> None:
    patient = waiting_patient(stocked_clinic)
    other = make_user(stocked_clinic, "doctor", name="Otto Other")
    stations = [(another_station(), doctor), (another_station(), other)]

    def take_in(at: Clinic, who: Actor) -> object:
        return desk.start_consultation(at, who, desk.StartConsultation(entry_id=patient.entry_id)).value

    found = at_once([partial(take_in, at, who) for at, who in stations])
    assert sorted(type(each).__name__ for each in found) == ["TakenBySomebody", "str"]


def test_the_prescriptions_of_the_visit_come_with_completing(
    stocked_clinic: Clinic, doctor: Actor, seen: Waiting
) -> None:
    item = PrescribeItem(free_text="Elastic stocking", quantity=1)
    made = prescribe(stocked_clinic, doctor, Prescribe(visit_id=seen.visit_id, items=(item,))).value
    assert complete(stocked_clinic, doctor, seen, "advice").papers == (made.paper_id,)


def test_a_diagnosis_longer_than_can_be_kept_is_refused_by_its_field(
    stocked_clinic: Clinic, doctor: Actor, seen: Waiting
) -> None:
    with pytest.raises(InvalidValue) as caught:
        desk.add_diagnosis(stocked_clinic, doctor, desk.AddDiagnosis(visit_id=seen.visit_id, text="x" * 201))
    assert caught.value.facts == {"field": "text", "reason": "too_long", "limit": 200, "value": "x" * 40}
