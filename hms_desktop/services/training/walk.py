"""One patient's way through the training clinic, desk by desk, by the services that the desks themselves use."""

from dataclasses import dataclass, field, replace
from decimal import Decimal

from hms_desktop.data.queries import dispensing as dispensing_queries
from hms_desktop.data.queries import prescriptions as prescription_queries
from hms_desktop.data.tables.visits import Visit
from hms_desktop.domain.accounts import Actor
from hms_desktop.domain.dates import age_in_months
from hms_desktop.domain.errors import Refused
from hms_desktop.domain.ids import Id
from hms_desktop.domain.prescriptions import MedicationRow, Route
from hms_desktop.domain.protocols.iitt import Sign
from hms_desktop.domain.protocols.vital_limits import Measure
from hms_desktop.domain.triage import Assessment, Colour, suggest
from hms_desktop.domain.visits import ServicePoint, VisitKind, VisitOutcome, VisitState
from hms_desktop.domain.vitals import Avpu, Subject, Vitals
from hms_desktop.interop.demo_clinic import ComplaintRow
from hms_desktop.services import consultations, dispensing, prescriptions, triage, visits
from hms_desktop.services import patients as reception
from hms_desktop.services.dose_check import PrescribeItem
from hms_desktop.services.pharmacy.lines import GiveItem
from hms_desktop.services.pharmacy.queue import LeaveOwed, leave_owed
from hms_desktop.services.queues import open_entry
from hms_desktop.services.training.bench import Bench
from hms_desktop.services.training.people import Guest
from hms_desktop.services.training.scene import Scene, Stop, usual_size


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
        if stop > Stop.PHARMACY:
            self.get_medicines()

    # --- reception, triage -------------------------------------------------------------------------------

    def arrive(self) -> None:
        """A record when there is none, and a visit."""
        scene, guest = self.scene, self.guest
        desk = scene.who("mercy", "hassan")
        if guest.patient_id is None:
            person = replace(guest.person, payer_group_id=scene.payers[guest.payer])
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
            visits.OpenVisit(
                patient_id=guest.patient_id, kind=self._kind(), complaint=self.story.text_en,
                department_id=scene.departments.get(self._department()),
            ),
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
        assert self.guest.person.birth_date is not None
        months = age_in_months(self.guest.person.birth_date, scene.clock.now.date())
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
        self.weight, height = usual_size(scene.random, self.age, self.guest.person.sex)
        weak = Sign.ALTERED_MENTAL_STATUS in story.danger_signs or Sign.CONVULSING in story.danger_signs
        muac = scene.random.randint(138, 165) if self.age < 5 else None
        if story.code.startswith("malnutrition"):
            muac, self.weight = scene.random.randint(104, 114), (self.weight * Decimal("0.7")).quantize(Decimal("0.1"))
        return Vitals(
            temperature=scene.between(story.temperature), pulse=scene.whole(story.pulse),
            breathing_rate=scene.whole(story.breathing_rate), spo2=scene.whole(story.spo2),
            systolic=scene.whole(story.systolic), diastolic=scene.whole(story.diastolic),
            glucose=scene.between(story.glucose), pain=scene.whole(story.pain), weight=self.weight, height=height,
            muac=muac, avpu=Avpu.VOICE if weak else Avpu.ALERT,
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
        """History, tests and their results, diagnosis, prescription; the doctor is done unless `stop` comes first."""
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
            Bench(scene, story, self.visit_id, doctor, self.colour).work(stop)
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

    def get_medicines(self) -> None:
        """What is on the shelf; the rest stays owed."""
        scene = self.scene
        chemist = scene.who("zawadi", "daniel")
        with scene.clinic.read(chemist) as reader:
            sheets = {row.prescription_id for row in dispensing_queries.open_items_of_visits(reader, [self.visit_id])}
            items = {sheet: dispensing_queries.items(reader, sheet) for sheet in sheets}
            wanted = {row.medication_id for rows in items.values() for row in rows if row.medication_id}
            left = prescription_queries.stock_left(reader, wanted)
        scene.clock.minutes(scene.random.uniform(4, 15))
        for sheet, rows in items.items():
            given = tuple(
                GiveItem(item_id=row.id, version=row.version, quantity=min(row.left, left.get(row.medication_id, 0)))
                for row in rows
                if row.medication_id and min(row.left, left.get(row.medication_id, 0)) > 0
            )
            if given:
                dispensing.dispense(scene.clinic, chemist, dispensing.Dispense(prescription_id=sheet, items=given))
        if items:
            leave_owed(scene.clinic, chemist, LeaveOwed(visit_id=self.visit_id))

    def go_home(self) -> None:
        """The end of a past visit that a debt or a missing medicine kept open."""
        desk = self.scene.staff["mercy"]
        with self.scene.clinic.read(desk) as reader:
            is_open = reader.get(Visit, self.visit_id).state == VisitState.OPEN
        if is_open:
            command = visits.CloseVisit(visit_id=self.visit_id, outcome=VisitOutcome.TREATED, reason="Pays later")
            visits.close_visit(self.scene.clinic, desk, command)
