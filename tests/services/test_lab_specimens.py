"""Specimens: taken and labelled, received, rejected and taken again; the wrong patient is a hard stop."""

from dataclasses import replace
from typing import Any

import pytest

from hms_desktop.data.tables.lab import Specimen
from hms_desktop.domain.accounts import SYSTEM
from hms_desktop.domain.billing import ClinicProfile
from hms_desktop.domain.checkdigit import KIND_LETTERS, format_number
from hms_desktop.domain.errors import (
    InvalidValue,
    NotAllowed,
    NotFound,
    NotPaid,
    SpecimenRejected,
    TakenBySomebody,
    WrongNumberKind,
    WrongSpecimen,
    WrongState,
)
from hms_desktop.domain.facility import NumberKind
from hms_desktop.domain.ids import Id, new_id
from hms_desktop.domain.lab import OrderState, SpecimenState
from hms_desktop.domain.money import ZERO
from hms_desktop.domain.visits import QueueState, ServicePoint, VisitOutcome
from hms_desktop.services.clinic import Clinic
from hms_desktop.services.lab import bench_sheet, lab_board, label_paper
from hms_desktop.services.lab_orders import CancelTests, cancel_tests
from hms_desktop.services.lab_specimens import (
    CollectSpecimens,
    ReceiveSpecimen,
    RejectSpecimen,
    collect_specimens,
    find_specimen,
    receive_specimen,
    reject_specimen,
)
from hms_desktop.services.papers import pdf
from hms_desktop.services.patients import patient_banner
from hms_desktop.services.queues import StartService, start_service
from hms_desktop.services.visits import CloseVisit, close_visit
from hms_desktop.words.errors import sentence
from hms_desktop.words.labels import label
from tests.make import lab
from tests.make.billing import Guest, cash, paper, pay, till
from tests.make.visits import waiting
from tests.stores import actor_for


def specimen(clinic: Clinic, specimen_id: Id) -> Any:
    with clinic.read(SYSTEM) as reader:
        return reader.get(Specimen, specimen_id)


def test_each_kind_of_specimen_gets_one_tube_one_number_and_one_label(stocked_clinic: Clinic) -> None:
    staff = lab.staff(stocked_clinic)
    guest = lab.with_doctor(stocked_clinic, staff.doctor)
    made = lab.order(stocked_clinic, staff.doctor, guest.visit_id, "malaria_rdt", "hba1c", panels=("full_blood_count",))
    (row,) = lab_board(stocked_clinic, staff.technician).collect
    assert [need.name for need in row.needs] == ["Blood, EDTA (purple top)", "Capillary blood (finger prick)"]
    assert len(row.needs[0].tests) == 15
    assert (row.owed, row.queue_state, row.again) == (ZERO, "waiting", False)
    done = lab.collect(stocked_clinic, staff.technician, made, received=False)
    assert [each.kind for each in done.specimens] == ["edta_blood", "capillary_blood"]
    assert set(lab.states(stocked_clinic, made).values()) == {"specimen_collected"}
    labels = paper(stocked_clinic, done.label_paper_id).labels
    assert [each.tests for each in labels] == [
        ("Full blood count (FBC)", "Glycated haemoglobin (HbA1c)"), ("Malaria rapid test",),
    ]  # fmt: skip
    assert labels[0].accession == done.specimens[0].accession
    assert pdf(stocked_clinic, staff.technician, done.label_paper_id).pdf.startswith(b"%PDF")
    board = lab_board(stocked_clinic, staff.technician)
    assert board.collect == ()
    assert [row.state for row in board.bench] == [SpecimenState.COLLECTED] * 2
    assert waiting(stocked_clinic, ServicePoint.LAB) == []


def test_what_is_taken_in_the_lab_is_on_the_bench_at_once(stocked_clinic: Clinic) -> None:
    staff = lab.staff(stocked_clinic)
    guest = lab.with_doctor(stocked_clinic, staff.doctor)
    made = lab.order(stocked_clinic, staff.doctor, guest.visit_id, "malaria_rdt")
    (taken,) = lab.collect(stocked_clinic, staff.technician, made).specimens
    assert specimen(stocked_clinic, taken.specimen_id).state == SpecimenState.RECEIVED
    assert lab.states(stocked_clinic, made) == {"malaria_rdt": "in_progress"}


def test_a_part_is_taken_now_and_the_rest_later(stocked_clinic: Clinic) -> None:
    staff = lab.staff(stocked_clinic)
    guest = lab.with_doctor(stocked_clinic, staff.doctor)
    made = lab.order(stocked_clinic, staff.doctor, guest.visit_id, "malaria_rdt", "stool_microscopy")
    entry = waiting(stocked_clinic, ServicePoint.LAB)[0]
    start_service(stocked_clinic, staff.technician, StartService(entry_id=entry.id))
    now = CollectSpecimens(order_id=made.order_id, item_ids=made.item_ids[:1])
    collect_specimens(stocked_clinic, staff.technician, now)
    (row,) = lab_board(stocked_clinic, staff.technician).collect
    assert [need.kind for need in row.needs] == ["stool"]
    assert row.needs[0].preparation == ("Fresh stool, bring within 1 hour",)
    assert row.queue_state == "in_service"
    later = CollectSpecimens(order_id=made.order_id, item_ids=made.item_ids[1:])
    collect_specimens(stocked_clinic, staff.technician, later)
    assert waiting(stocked_clinic, ServicePoint.LAB) == []


def test_a_tube_is_not_taken_twice(stocked_clinic: Clinic) -> None:
    staff = lab.staff(stocked_clinic)
    guest = lab.with_doctor(stocked_clinic, staff.doctor)
    made = lab.order(stocked_clinic, staff.doctor, guest.visit_id, "malaria_rdt")
    command = CollectSpecimens(order_id=made.order_id, item_ids=made.item_ids)
    first = collect_specimens(stocked_clinic, staff.technician, command)
    assert collect_specimens(stocked_clinic, staff.technician, command).value == first.value
    with pytest.raises(WrongState):
        lab.collect(stocked_clinic, staff.both, made)


def test_the_card_of_somebody_else_stops_the_collection(stocked_clinic: Clinic) -> None:
    staff = lab.staff(stocked_clinic)
    guest = lab.with_doctor(stocked_clinic, staff.doctor)
    other = lab.with_doctor(stocked_clinic, staff.doctor, name="Brian Kamau")
    made = lab.order(stocked_clinic, staff.doctor, guest.visit_id, "malaria_rdt")
    theirs = patient_banner(stocked_clinic, staff.technician, other.patient_id).mrn
    with pytest.raises(WrongSpecimen) as stop:
        lab.collect(stocked_clinic, staff.technician, made, patient_number=theirs)
    assert stop.value.facts["patient"] == "Brian Kamau"
    assert stop.value.facts["expected"] == "Asha Otieno"
    with pytest.raises(InvalidValue) as slip:
        lab.collect(stocked_clinic, staff.technician, made, patient_number="TC-A-000001-X")
    assert slip.value.field == "patient_number"
    own = patient_banner(stocked_clinic, staff.technician, guest.patient_id).mrn
    lab.collect(stocked_clinic, staff.technician, made, patient_number=own.lower().replace("-", " "))


def test_a_number_that_nobody_has_stops_the_collection_too(stocked_clinic: Clinic) -> None:
    staff = lab.staff(stocked_clinic)
    guest = lab.with_doctor(stocked_clinic, staff.doctor)
    made = lab.order(stocked_clinic, staff.doctor, guest.visit_id, "malaria_rdt")
    with pytest.raises(WrongSpecimen) as stop:
        lab.collect(
            stocked_clinic, staff.technician, made, patient_number=format_number(NumberKind.MRN, "TC", "A", "A", 999)
        )
    assert "patient" not in stop.value.facts


def test_refusals_of_a_collection(stocked_clinic: Clinic) -> None:
    staff = lab.staff(stocked_clinic)
    guest = lab.with_doctor(stocked_clinic, staff.doctor)
    made = lab.order(stocked_clinic, staff.doctor, guest.visit_id, "malaria_rdt")
    with pytest.raises(InvalidValue):
        collect_specimens(stocked_clinic, staff.technician, CollectSpecimens(order_id=made.order_id, item_ids=()))
    with pytest.raises(NotFound):
        lab.collect(stocked_clinic, staff.technician, replace(made, item_ids=(new_id(),)))
    with pytest.raises(NotAllowed):
        lab.collect(stocked_clinic, staff.doctor, made)
    lab.collect(stocked_clinic, actor_for("nurse"), made)


def test_a_clinic_that_is_paid_first_waits_for_the_money_or_an_emergency(stocked_clinic: Clinic) -> None:
    first = stocked_clinic.with_facility(replace(stocked_clinic.facility, profile=ClinicProfile.PAY_FIRST))
    staff = lab.staff(first)
    guest = lab.with_doctor(first, staff.doctor)
    made = lab.order(first, staff.doctor, guest.visit_id, "malaria_rdt")
    (row,) = lab_board(first, staff.technician).collect
    assert row.owed == 150
    with pytest.raises(NotPaid):
        lab.collect(first, staff.technician, made)
    other = lab.with_doctor(first, staff.doctor, name="Brian Kamau")
    urgent = lab.order(first, staff.doctor, other.visit_id, "malaria_rdt")
    lab.collect(first, staff.technician, urgent, emergency=True)
    pay(first, till(first), Guest(guest.patient_id, guest.visit_id), cash(150))
    assert lab_board(first, staff.technician).collect[0].owed == 0
    lab.collect(first, staff.technician, made)


def test_receiving_puts_a_specimen_on_the_bench_once(stocked_clinic: Clinic) -> None:
    staff = lab.staff(stocked_clinic)
    guest = lab.with_doctor(stocked_clinic, staff.doctor)
    made = lab.order(stocked_clinic, staff.doctor, guest.visit_id, "malaria_smear", "malaria_species")
    taken = lab.collect(stocked_clinic, staff.technician, made, received=False).specimens[0]
    cancel_tests(
        stocked_clinic, staff.doctor, CancelTests(order_id=made.order_id, item_ids=made.item_ids[1:], reason="x")
    )
    command = ReceiveSpecimen(specimen_id=taken.specimen_id, expected_patient_id=guest.patient_id)
    row = receive_specimen(stocked_clinic, staff.technician, command).value
    assert (row.state, row.total, row.entered) == (SpecimenState.RECEIVED, 1, 0)
    assert lab.states(stocked_clinic, made) == {"malaria_smear": "in_progress", "malaria_species": "cancelled"}
    with pytest.raises(TakenBySomebody) as refusal:
        receive_specimen(stocked_clinic, staff.both, ReceiveSpecimen(specimen_id=taken.specimen_id))
    assert refusal.value.facts["by"] == "Tom Tech"


def test_a_specimen_of_another_patient_is_a_hard_stop(stocked_clinic: Clinic) -> None:
    staff = lab.staff(stocked_clinic)
    guest = lab.with_doctor(stocked_clinic, staff.doctor)
    other = lab.with_doctor(stocked_clinic, staff.doctor, name="Brian Kamau")
    made = lab.order(stocked_clinic, staff.doctor, guest.visit_id, "malaria_rdt")
    (taken,) = lab.collect(stocked_clinic, staff.technician, made, received=False).specimens
    command = ReceiveSpecimen(specimen_id=taken.specimen_id, expected_patient_id=other.patient_id)
    with pytest.raises(WrongSpecimen) as stop:
        receive_specimen(stocked_clinic, staff.technician, command)
    assert (stop.value.facts["patient"], stop.value.facts["expected"]) == ("Asha Otieno", "Brian Kamau")
    assert specimen(stocked_clinic, taken.specimen_id).state == SpecimenState.COLLECTED


def test_a_label_is_found_however_it_is_typed_and_a_wrong_check_character_is_refused(stocked_clinic: Clinic) -> None:
    staff = lab.staff(stocked_clinic)
    guest = lab.with_doctor(stocked_clinic, staff.doctor)
    made = lab.order(stocked_clinic, staff.doctor, guest.visit_id, "malaria_rdt")
    (taken,) = lab.collect(stocked_clinic, staff.technician, made).specimens
    typed = taken.accession.lower().replace("-", " ")
    assert find_specimen(stocked_clinic, staff.technician, typed).id == taken.specimen_id
    wrong = taken.accession[:-1] + ("A" if taken.accession[-1] != "A" else "C")
    with pytest.raises(InvalidValue) as slip:
        find_specimen(stocked_clinic, staff.technician, wrong)
    assert (slip.value.field, slip.value.facts["reason"]) == ("accession", "check_character")
    with pytest.raises(NotFound):
        find_specimen(stocked_clinic, staff.technician, format_number(NumberKind.SPECIMEN, "TC", "A", "A", 999))


@pytest.mark.parametrize("kind", sorted(KIND_LETTERS.keys() - {NumberKind.SPECIMEN}))
def test_what_is_no_specimen_is_refused_by_name(stocked_clinic: Clinic, kind: NumberKind) -> None:
    staff = lab.staff(stocked_clinic)
    guest = lab.with_doctor(stocked_clinic, staff.doctor)
    lab.collect(
        stocked_clinic, staff.technician, lab.order(stocked_clinic, staff.doctor, guest.visit_id, "malaria_rdt")
    )
    scanned = format_number(kind, "TC", "A", "A", 1)  # there is a specimen with the same station, series and count
    with pytest.raises(WrongNumberKind) as refusal:
        find_specimen(stocked_clinic, staff.technician, scanned)
    assert refusal.value.facts == {
        "field": "accession", "number": scanned, "found_kind": kind.value, "wanted_kind": "specimen",
    }  # fmt: skip
    said = sentence(refusal.value.code, refusal.value.facts)
    assert said.startswith(f"{scanned} is {label('scanned', kind.value)}, not a specimen.")


def test_a_specimen_scanned_for_the_patients_card_takes_nothing(stocked_clinic: Clinic) -> None:
    staff = lab.staff(stocked_clinic)
    guest = lab.with_doctor(stocked_clinic, staff.doctor)
    made = lab.order(stocked_clinic, staff.doctor, guest.visit_id, "malaria_rdt")
    label_number = format_number(NumberKind.SPECIMEN, "TC", "A", "A", 1)
    with pytest.raises(WrongNumberKind) as refusal:
        lab.collect(stocked_clinic, staff.technician, made, patient_number=label_number)
    assert refusal.value.facts["wanted_kind"] == "mrn"
    assert refusal.value.field == "patient_number"


def test_a_rejected_specimen_is_taken_again_and_names_the_first(stocked_clinic: Clinic) -> None:
    staff = lab.staff(stocked_clinic)
    guest = lab.with_doctor(stocked_clinic, staff.doctor)
    made = lab.order(stocked_clinic, staff.doctor, guest.visit_id, "sodium", "potassium")
    (taken,) = lab.collect(stocked_clinic, staff.technician, made).specimens
    lab.enter(stocked_clinic, staff.technician, taken.specimen_id, sodium="140")
    refused = reject_specimen(
        stocked_clinic, staff.technician,
        RejectSpecimen(specimen_id=taken.specimen_id, reason="haemolysed", note=" pink "),
    ).value  # fmt: skip
    assert (refused.item_ids, refused.released_stay) == (made.item_ids, 0)
    assert lab.waiting_results(stocked_clinic, made) == []
    assert [row.patient_id for row in waiting(stocked_clinic, ServicePoint.LAB)] == [guest.patient_id]
    board = lab_board(stocked_clinic, staff.technician)
    assert board.bench == ()
    (row,) = board.collect
    assert row.again
    assert (row.needs[0].reject_reason, row.needs[0].rejected_accession) == ("Haemolysed · pink", taken.accession)
    with pytest.raises(SpecimenRejected) as stop:
        receive_specimen(stocked_clinic, staff.technician, ReceiveSpecimen(specimen_id=taken.specimen_id))
    assert stop.value.facts["why"] == "Haemolysed"
    (again,) = lab.collect(stocked_clinic, staff.technician, made).specimens
    assert again.replaces == taken.specimen_id
    assert again.accession != taken.accession
    assert waiting(stocked_clinic, ServicePoint.LAB) == []
    sheet = bench_sheet(stocked_clinic, staff.technician, again.specimen_id)
    assert [entry.result for entry in sheet.entries] == [None, None]


def test_what_was_released_of_a_rejected_specimen_stays(stocked_clinic: Clinic) -> None:
    staff = lab.staff(stocked_clinic)
    guest = lab.with_doctor(stocked_clinic, staff.doctor)
    made = lab.order(stocked_clinic, staff.doctor, guest.visit_id, "sodium", "urea")
    (taken,) = lab.collect(stocked_clinic, staff.technician, made).specimens
    lab.enter(stocked_clinic, staff.technician, taken.specimen_id, sodium="140")
    lab.release(stocked_clinic, staff.supervisor, made)
    refused = reject_specimen(
        stocked_clinic, staff.technician, RejectSpecimen(specimen_id=taken.specimen_id, reason="insufficient")
    ).value
    assert refused.released_stay == 1
    assert lab.states(stocked_clinic, made) == {"sodium": "completed", "urea": "ordered"}
    (again,) = lab.collect(stocked_clinic, staff.technician, made_of(made, 1)).specimens
    lab.enter(stocked_clinic, staff.technician, again.specimen_id, urea="5.1")
    lab.release(stocked_clinic, staff.supervisor, made)
    assert lab.doctor_entry(stocked_clinic, guest.entry_id).state == QueueState.WAITING


def made_of(made: Any, place: int) -> Any:
    return replace(made, item_ids=(made.item_ids[place],))


def test_who_has_gone_home_is_not_called_back_to_the_queue(stocked_clinic: Clinic) -> None:
    staff = lab.staff(stocked_clinic)
    guest = lab.with_doctor(stocked_clinic, staff.doctor)
    made = lab.order(stocked_clinic, staff.doctor, guest.visit_id, "sodium")
    (taken,) = lab.collect(stocked_clinic, staff.technician, made).specimens
    close_visit(
        stocked_clinic, actor_for("everything"),
        CloseVisit(visit_id=guest.visit_id, outcome=VisitOutcome.LEFT, reason="would not wait"),
    )  # fmt: skip
    reject_specimen(stocked_clinic, staff.technician, RejectSpecimen(specimen_id=taken.specimen_id, reason="clotted"))
    assert waiting(stocked_clinic, ServicePoint.LAB) == []
    assert len(lab_board(stocked_clinic, staff.technician).collect) == 1


def test_refusals_of_a_rejection(stocked_clinic: Clinic) -> None:
    staff = lab.staff(stocked_clinic)
    guest = lab.with_doctor(stocked_clinic, staff.doctor)
    made = lab.order(stocked_clinic, staff.doctor, guest.visit_id, "sodium")
    (taken,) = lab.collect(stocked_clinic, staff.technician, made).specimens

    def reject(reason: str) -> None:
        reject_specimen(stocked_clinic, staff.technician, RejectSpecimen(specimen_id=taken.specimen_id, reason=reason))

    with pytest.raises(InvalidValue) as missing:
        reject("")
    assert missing.value.facts["reason"] == "required"
    with pytest.raises(InvalidValue):
        reject("because")
    lab.enter(stocked_clinic, staff.technician, taken.specimen_id, sodium="140")
    lab.release(stocked_clinic, staff.supervisor, made)
    with pytest.raises(WrongState):
        reject("clotted")
    assert lab.states(stocked_clinic, made) == {"sodium": OrderState.COMPLETED}


def test_a_specimen_is_rejected_once(stocked_clinic: Clinic) -> None:
    staff = lab.staff(stocked_clinic)
    guest = lab.with_doctor(stocked_clinic, staff.doctor)
    made = lab.order(stocked_clinic, staff.doctor, guest.visit_id, "sodium")
    (taken,) = lab.collect(stocked_clinic, staff.technician, made).specimens
    command = RejectSpecimen(specimen_id=taken.specimen_id, reason="clotted")
    reject_specimen(stocked_clinic, staff.technician, command)
    with pytest.raises(WrongState):
        reject_specimen(stocked_clinic, staff.both, replace(command, key=new_id()))


def test_the_labels_of_a_specimen_are_found_again(stocked_clinic: Clinic) -> None:
    staff = lab.staff(stocked_clinic)
    guest = lab.with_doctor(stocked_clinic, staff.doctor)
    made = lab.order(stocked_clinic, staff.doctor, guest.visit_id, "sodium", "stool_microscopy")
    first = lab.collect(stocked_clinic, staff.technician, made_of(made, 0))
    second = lab.collect(stocked_clinic, staff.technician, made_of(made, 1))
    for done in (first, second):
        found = label_paper(stocked_clinic, staff.technician, done.specimens[0].specimen_id)
        assert found == done.label_paper_id
    with stocked_clinic.work(SYSTEM, "tests") as work:
        work.change(Specimen, first.specimens[0].specimen_id, accession="TC-AZ-T000001-X")
        work.finish()
    assert label_paper(stocked_clinic, staff.technician, first.specimens[0].specimen_id) is None
    with pytest.raises(NotFound):
        label_paper(stocked_clinic, staff.technician, new_id())
