"""One patient's way through the training clinic, desk by desk, by the services that the desks themselves use."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from enum import IntEnum
from random import Random

from hms_desktop.data.queries import dispensing as dispensing_queries
from hms_desktop.data.queries import prescriptions as prescription_queries
from hms_desktop.domain.accounts import Actor
from hms_desktop.domain.errors import Refused
from hms_desktop.domain.ids import Id
from hms_desktop.domain.lab import LabPriority, ResultKind
from hms_desktop.domain.lab_rows import EntryRow
from hms_desktop.domain.patients import Sex
from hms_desktop.domain.prescriptions import MedicationRow, Route
from hms_desktop.domain.protocols.iitt import Sign
from hms_desktop.domain.protocols.vital_limits import FORMS, Measure
from hms_desktop.domain.triage import Assessment, Colour, suggest
from hms_desktop.domain.visits import ServicePoint, VisitKind
from hms_desktop.domain.vitals import Avpu, Subject, Vitals
from hms_desktop.interop.demo_clinic import ComplaintRow
from hms_desktop.services import consultations, dispensing, lab, lab_orders, lab_release, lab_results, lab_specimens
from hms_desktop.services import patients as reception
from hms_desktop.services import prescriptions, triage, visits
from hms_desktop.services.clinic import Clinic
from hms_desktop.services.dispensing_lines import GiveItem
from hms_desktop.services.dose_check import PrescribeItem
from hms_desktop.services.queues import open_entry
from hms_desktop.services.training.people import Guest


class Stop(IntEnum):
    """How far somebody gets: where they wait when the walk ends. `paid` is the whole way."""

    TRIAGE = 1
    DOCTOR = 2
    WITH_DOCTOR = 3
    LAB = 4
    BENCH = 5
    RELEASE = 6
    RETURNED = 7
    PHARMACY = 8
    CASHIER = 9
    PAID = 10


@dataclass
class TrainingClock:
    """A clock that the walk sets."""

    now: datetime

    def __call__(self) -> datetime:
        self.now += timedelta(milliseconds=20)
        return self.now

    def minutes(self, count: float) -> None:
        """Some time passes."""
        self.now += timedelta(minutes=count)


@dataclass(frozen=True)
class Scene:
    """What every walk needs: the clinic, its clock, who works where, the lists by code, and chance."""

    clinic: Clinic
    clock: TrainingClock
    random: Random
    staff: Mapping[str, Actor]
    payers: Mapping[str, Id]
    departments: Mapping[str, Id]
    terms: Mapping[str, Id]
    medicines: Mapping[str, Id]

    def who(self, *usernames: str) -> Actor:
        """One of these people, by chance."""
        return self.staff[self.random.choice(usernames)]

    def between(self, cell: str) -> Decimal | None:
        """A value within `lowest-highest`, with the decimals that the cell has; None for an empty cell."""
        low, _dash, high = cell.partition("-")
        if not low:
            return None
        places = len(low.partition(".")[2])
        first, last = (int(Decimal(part).scaleb(places)) for part in (low, high or low))
        return Decimal(self.random.randint(first, last)).scaleb(-places)


@dataclass
class Walk:
    """A visit under way."""

    scene: Scene
    guest: Guest
    story: ComplaintRow
    visit_id: Id = field(init=False)
    colour: Colour = Colour.GREEN
    weight: Decimal = Decimal(0)

    @property
    def age(self) -> int:
        """Whole years."""
        return self.guest.age_on(self.scene.clock.now.date())

    def go(self, stop: Stop) -> None:
        """Walk until `stop`; the clock moves on as the patient is served."""
        self.arrive()
        if stop is Stop.TRIAGE:
            return
        self.be_triaged()
        if stop is Stop.DOCTOR:
            return
        self.be_seen(stop)
        if stop in {Stop.WITH_DOCTOR, Stop.LAB, Stop.BENCH, Stop.RELEASE, Stop.RETURNED}:
            return
        given = stop is Stop.PHARMACY or self.get_medicines()
        assert given is not None

    # --- reception, triage -------------------------------------------------------------------------------

    def arrive(self) -> None:
        """A record when there is none, and a visit."""
        scene, guest = self.scene, self.guest
        desk = scene.who("mercy", "hassan")
        if guest.patient_id is None:
            person = _with_payer(guest, scene.payers[guest.payer])
            made = reception.register_patient(
                scene.clinic, desk,
                reception.RegisterPatient(
                    person=person, allergy_state=guest.allergy_state, allergies=guest.allergies, anyway=True
                ),
            )  # fmt: skip
            guest.patient_id = made.value.patient_id
            scene.clock.minutes(2)
        opened = visits.open_visit(
            scene.clinic, desk,
            visits.OpenVisit(patient_id=guest.patient_id, kind=self._kind(), complaint=self.story.text_en,
                             department_id=scene.departments.get(self._department())),
        )  # fmt: skip
        self.visit_id = opened.value.visit_id
        guest.last_came = scene.clock.now.date()
        guest.complaints.append(self.story.code)

    def _kind(self) -> VisitKind:
        if self.story.code.startswith("antenatal"):
            return VisitKind.MATERNITY
        if self.story.triage == Colour.RED:
            return VisitKind.EMERGENCY
        return VisitKind.FOLLOW_UP if self.story.code.endswith("_review") else VisitKind.OUTPATIENT

    def _department(self) -> str:
        if self._kind() is VisitKind.EMERGENCY:
            return "emergency"
        if self._kind() is VisitKind.MATERNITY or self.age < 5:
            return "maternal_child"
        return "chronic_care" if self._kind() is VisitKind.FOLLOW_UP else "outpatient"

    def be_triaged(self) -> None:
        """Danger signs, vitals, the colour that the rules suggest (the story's where they leave it to the nurse)."""
        scene, story = self.scene, self.story
        scene.clock.minutes(scene.random.uniform(3, 14))
        vitals = self._vitals()
        signs = tuple(Sign(code) for code in story.danger_signs)
        pregnant = True if "pregnan" in f"{story.code} {story.text_en}".casefold() else None
        pregnant = True if story.code.startswith("antenatal") else pregnant
        months = (scene.clock.now.date() - _born(self.guest)).days * 12 // 365
        subject = Subject(months, bool(pregnant))
        found = suggest(Assessment(subject=subject, vitals=vitals, signs=frozenset(signs), signs_checked=True))
        self.colour = found.colour or Colour(story.triage)
        triage.record_triage(
            scene.clinic, scene.who("akinyi", "peter"),
            triage.RecordTriage(
                visit_id=self.visit_id, colour=self.colour, signs=signs, signs_checked=True, vitals=vitals,
                pregnant=pregnant, confirmed=tuple(Measure),
            ),
        )  # fmt: skip

    def _vitals(self) -> Vitals:
        scene, story = self.scene, self.story
        whole = {
            name: None if (value := scene.between(getattr(story, name))) is None else int(value)
            for name in ("pulse", "breathing_rate", "spo2", "systolic", "diastolic", "pain")
        }
        self.weight, height = _size(scene.random, self.age, self.guest.person.sex)
        weak = Sign.ALTERED_MENTAL_STATUS in story.danger_signs or Sign.CONVULSING in story.danger_signs
        muac = scene.random.randint(138, 165) if self.age < 5 else None
        if story.code.startswith("malnutrition"):
            muac, self.weight = scene.random.randint(104, 114), (self.weight * Decimal("0.7")).quantize(Decimal("0.1"))
        return Vitals(
            temperature=scene.between(story.temperature), glucose=scene.between(story.glucose), weight=self.weight,
            height=height, muac=muac, avpu=Avpu.VOICE if weak else Avpu.ALERT, **whole,
        )  # fmt: skip

    # --- the doctor --------------------------------------------------------------------------------------

    def _doctor(self) -> Actor:
        if self._department() == "emergency":
            return self.scene.staff["beatrice"]
        return self.scene.staff["yusuf" if self._department() == "chronic_care" else "wanjiru"]

    def _entry(self) -> Id:
        with self.scene.clinic.read(self._doctor()) as reader:
            row = open_entry(reader, self.visit_id, ServicePoint.DOCTOR)
        assert row is not None
        return Id(row.id)

    def be_seen(self, stop: Stop) -> None:
        """History, tests and their results, diagnosis, prescription; the doctor is done unless `stop` says otherwise."""
        scene, doctor, story = self.scene, self._doctor(), self.story
        scene.clock.minutes(scene.random.uniform(6, 25))
        entry = self._entry()
        consultations.start_consultation(scene.clinic, doctor, consultations.StartConsultation(entry_id=entry))
        note = consultations.SaveNote(visit_id=self.visit_id, complaint=story.text_en, history=story.history_en)
        consultations.save_note(scene.clinic, doctor, note)
        if stop is Stop.WITH_DOCTOR:
            return
        scene.clock.minutes(scene.random.uniform(4, 9))
        tested = bool(story.tests or story.panels)
        if tested:
            Bench(self).work(stop)
            if stop in {Stop.LAB, Stop.BENCH, Stop.RELEASE, Stop.RETURNED}:
                return
            consultations.start_consultation(scene.clinic, doctor, consultations.StartConsultation(entry_id=entry))
        consultations.add_diagnosis(
            scene.clinic, doctor,
            consultations.AddDiagnosis(
                visit_id=self.visit_id, term_id=scene.terms[story.diagnosis],
                to_problem_list=story.code.endswith("_review"),
            ),
        )  # fmt: skip
        self._prescribe(doctor)
        scene.clock.minutes(scene.random.uniform(2, 6))
        done = consultations.CompleteConsultation(entry_id=entry)
        consultations.complete_consultation(scene.clinic, doctor, done)

    def _prescribe(self, doctor: Actor) -> None:
        """The story's medicines, but for one that an alert speaks against or that nobody can count."""
        items: list[PrescribeItem] = []
        for code in self.story.medicines:
            line = self._line(doctor, code)
            chosen = [item.medication_id for item in items if item.medication_id]
            try:
                check = prescriptions.check_line(self.scene.clinic, doctor, self.visit_id, line, chosen)
            except Refused:
                continue
            if not check.serious and check.quantity is not None:
                items.append(line)
        if items:
            sheet = prescriptions.Prescribe(visit_id=self.visit_id, items=tuple(items))
            prescriptions.prescribe(self.scene.clinic, doctor, sheet)

    def _line(self, doctor: Actor, code: str) -> PrescribeItem:
        with self.scene.clinic.read(doctor) as reader:
            medicine = prescription_queries.medication(reader, self.scene.medicines[code])
        return PrescribeItem(
            medication_id=medicine.id, dose=self._dose(medicine), route=Route(medicine.route),
            frequency=medicine.default_frequency, days=medicine.default_days or 1,
            max_per_day=3 if medicine.default_frequency == "prn" else None,
        )  # fmt: skip

    def _dose(self, medicine: MedicationRow) -> str:
        """The usual dose; for a child by weight, to 5 mg."""
        if self.age >= 12 or not medicine.child_mg_per_kg or not self.weight:
            return medicine.default_dose
        wanted = self.weight * medicine.child_mg_per_kg
        most = medicine.child_max_mg or wanted
        step = Decimal(5) if wanted >= 20 else Decimal("0.5")
        return f"{format((min(wanted, most) // step or 1) * step, 'f')} mg"

    # --- pharmacy ----------------------------------------------------------------------------------------

    def get_medicines(self) -> bool:
        """Everything that is on the shelf. Whether there was something to get."""
        scene = self.scene
        chemist = scene.who("zawadi", "daniel")
        with scene.clinic.read(chemist) as reader:
            sheets = {row.prescription_id for row in dispensing_queries.open_items_of_visits(reader, [self.visit_id])}
            items = {sheet: dispensing_queries.items(reader, sheet) for sheet in sheets}
        scene.clock.minutes(scene.random.uniform(4, 15))
        for sheet, rows in items.items():
            wanted = tuple(GiveItem(item_id=row.id, version=row.version, quantity=row.left) for row in rows if row.left)
            try:
                dispensing.dispense(scene.clinic, chemist, dispensing.Dispense(prescription_id=sheet, items=wanted))
            except Refused:
                continue  # not enough on the shelf: it stays in the pharmacy's queue, as on any day
        return bool(items)


@dataclass(frozen=True)
class Bench:
    """The laboratory's part of a walk."""

    walk: Walk

    def work(self, stop: Stop) -> None:
        """Order, collect, enter, release; as far as `stop`."""
        scene, walk = self.walk.scene, self.walk
        urgent = LabPriority.URGENT if walk.colour in {Colour.RED, Colour.YELLOW} else LabPriority.ROUTINE
        order = lab_orders.order_tests(
            scene.clinic, walk._doctor(),
            lab_orders.OrderTests(
                visit_id=walk.visit_id, tests=walk.story.tests, panels=walk.story.panels, priority=urgent
            ),
        ).value  # fmt: skip
        if stop is Stop.LAB:
            return
        scene.clock.minutes(scene.random.uniform(3, 10))
        bench = scene.staff["tesfaye"]
        wanted = lab_specimens.CollectSpecimens(order_id=order.order_id, item_ids=order.item_ids, received=True)
        taken = lab_specimens.collect_specimens(scene.clinic, bench, wanted).value
        if stop is Stop.BENCH:
            return
        scene.clock.minutes(scene.random.uniform(12, 30))
        entered = [each for specimen in taken.specimens for each in self._enter(bench, specimen.specimen_id)]
        if stop is Stop.RELEASE:
            return
        scene.clock.minutes(scene.random.uniform(2, 8))
        self._release(order.order_id, entered)

    def _enter(self, bench: Actor, specimen_id: Id) -> list[lab_results.EnteredResult]:
        scene = self.walk.scene
        sheet = lab.bench_sheet(scene.clinic, bench, specimen_id)
        typed = tuple(lab_results.Typed(entry.item_id, self._value(entry)) for entry in sheet.entries)
        command = lab_results.EnterResults(specimen_id=specimen_id, results=typed)
        return list(lab_results.enter_results(scene.clinic, bench, command).value.results)

    def _value(self, entry: EntryRow) -> str:
        """What the story says, else a normal answer."""
        told = self.walk.story.expected.get(entry.test_code)
        if told is not None:
            return told
        if entry.rules.kind is ResultKind.CHOICE:
            return next((option.value for option in entry.rules.options if not option.abnormal), "")
        if entry.rules.kind is ResultKind.TEXT:
            return "Normal"
        limits = entry.limits
        low = limits.normal_low if limits and limits.normal_low is not None else Decimal(0)
        high = limits.normal_high if limits and limits.normal_high is not None else low + 10
        share = Decimal(self.walk.scene.random.randint(25, 75)) / 100
        return format((low + (high - low) * share).quantize(Decimal(1).scaleb(-entry.rules.places)), "f")

    def _release(self, order_id: Id, entered: list[lab_results.EnteredResult]) -> None:
        scene = self.walk.scene
        made = [each for each in entered if each.result_id is not None]
        calls = tuple(
            lab_release.CallNote(each.result_id, self.walk._doctor().name, scene.clock.now, read_back=True)
            for each in made
            if each.critical and each.result_id is not None
        )
        ids = tuple(each.result_id for each in made if each.result_id is not None)
        command = lab_release.ReleaseResults(order_id=order_id, result_ids=ids, calls=calls)
        lab_release.release_results(scene.clinic, scene.staff["grace"], command)


def _with_payer(guest: Guest, payer: Id) -> reception.PersonFacts:
    from dataclasses import replace

    return replace(guest.person, payer_group_id=payer)
