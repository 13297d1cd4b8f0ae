"""Two nurses on one patient, and the slip: nothing is taken from a colleague, nothing is doubled."""

import threading
from collections.abc import Callable
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest

from hms_desktop.data.queries import triage as queries
from hms_desktop.data.reader import Reader
from hms_desktop.domain.accounts import Actor
from hms_desktop.domain.errors import ClinicError, StaleRecord, TakenBySomebody
from hms_desktop.domain.ids import Id, new_id
from hms_desktop.domain.protocols.vital_limits import Measure
from hms_desktop.domain.triage import Colour
from hms_desktop.domain.visits import QueueState, ServicePoint
from hms_desktop.domain.vitals import Avpu, Vitals
from hms_desktop.services.clinic import Clinic
from hms_desktop.services.papers import pdf
from hms_desktop.services.triage import TriageSaved
from tests.documents.reading import text_of
from tests.make.triage import entries, measured, triaged, visit, waiting_patient
from tests.stores import actor_for, make_user

DOCTOR = ServicePoint.DOCTOR


# --- two nurses --------------------------------------------------------------------------------------------


def test_a_patient_whom_another_nurse_has_is_not_taken_from_her(clinic: Clinic) -> None:
    amina, beth = make_user(clinic, "nurse", name="Amina Juma"), make_user(clinic, "nurse")
    given = waiting_patient(clinic, state=QueueState.IN_SERVICE, claimed_by=amina.user_id)
    with pytest.raises(TakenBySomebody) as caught:
        triaged(clinic, beth, given)
    assert caught.value.facts["by"] == "Amina Juma"
    assert measured(clinic, given.visit_id) == []
    triaged(clinic, amina, given)


def test_a_stale_save_says_what_is_there_now(clinic: Clinic, anyone: Actor) -> None:
    given = waiting_patient(clinic)
    first = triaged(clinic, anyone, given)
    with pytest.raises(StaleRecord) as caught:
        triaged(clinic, anyone, given)
    current: Any = caught.value.facts["current"]
    assert (caught.value.facts["id"], current["chosen"]) == (first.assessment_id, "green")
    assert len(measured(clinic, given.visit_id)) == 1
    with pytest.raises(StaleRecord):
        triaged(clinic, anyone, waiting_patient(clinic, "Other Person"), seen=new_id())


def test_somebody_who_is_called_in_the_same_moment_is_not_triaged_twice(
    clinic: Clinic, anyone: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = waiting_patient(clinic)
    looked = queries.entry_of

    def a_moment_ago(reader: Reader, visit_id: Id, point: ServicePoint) -> Any:
        row = looked(reader, visit_id, point)
        return None if row is None else SimpleNamespace(**{**row._mapping, "state": QueueState.CALLED})

    monkeypatch.setattr(queries, "entry_of", a_moment_ago)
    with pytest.raises(TakenBySomebody):
        triaged(clinic, anyone, given)
    assert measured(clinic, given.visit_id) == []


def test_of_two_nurses_at_once_one_wins_and_nothing_is_doubled(
    clinic: Clinic, another_station: Callable[[], Clinic]
) -> None:
    given = waiting_patient(clinic)
    start, results = threading.Barrier(2), list[TriageSaved | ClinicError]()

    def save(station: Clinic, colour: Colour) -> None:
        start.wait(10)
        try:
            results.append(triaged(station, actor_for("nurse"), given, colour=colour, override_reason="raced"))
        except ClinicError as error:
            results.append(error)

    stations = [another_station(), another_station()]
    threads = [
        threading.Thread(target=save, args=pair) for pair in zip(stations, (Colour.GREEN, Colour.RED), strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    won = [each for each in results if isinstance(each, TriageSaved)]
    lost = [each for each in results if isinstance(each, ClinicError)]
    assert len(won) == 1
    assert len(lost) == 1
    assert isinstance(lost[0], StaleRecord)
    assert len(measured(clinic, given.visit_id)) == 1
    (doctor,) = entries(clinic, given.visit_id, DOCTOR)
    assert doctor.colour == visit(clinic, given.visit_id).colour == won[0].colour.value


# --- the slip ----------------------------------------------------------------------------------------------


def test_the_slip_says_what_was_found_and_what_was_not_measured(clinic: Clinic, anyone: Actor) -> None:
    given = waiting_patient(clinic)
    saved = triaged(
        clinic, anyone, given, vitals=Vitals(pulse=160, systolic=100, weight=Decimal("61.50"), avpu=Avpu.VOICE),
        colour=Colour.RED, slip=True, complaint="Collapsed", confirmed=(Measure.PULSE,),
    )  # fmt: skip
    assert saved.paper_id is not None
    text = text_of(pdf(clinic, anyone, saved.paper_id).pdf)
    for line in ("Red", "Collapsed", "Red vital sign: Pulse 160 (above 150)", "Temperature not measured"):
        assert line in text
    for line in ("Blood pressure 100/– mmHg", "Weight 61.5 kg", "Consciousness Answers to voice"):
        assert line in text
    assert "Glucose" not in text


def test_without_asking_there_is_no_slip(clinic: Clinic, anyone: Actor) -> None:
    assert triaged(clinic, anyone, waiting_patient(clinic)).paper_id is None
