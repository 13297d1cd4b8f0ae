"""The chart of one patient with 200 rows beside the same columns of the same tables, asked by hand."""

from collections.abc import Iterator
from dataclasses import replace

from sqlalchemy import text

from hms_desktop.data.tables.consultations import ClinicalNote, Diagnosis
from hms_desktop.data.tables.patients import Condition, Immunization, Patient
from hms_desktop.data.tables.prescriptions import Prescription, PrescriptionItem
from hms_desktop.data.tables.triage import Vitals
from hms_desktop.data.tables.visits import Visit
from hms_desktop.data.work import Work
from hms_desktop.domain.ids import Id
from hms_desktop.services.chart import chart
from hms_desktop.services.clinic import Clinic
from tests.benchmarks.bare import ANYONE, asked, bare
from tests.benchmarks.blocks import Measured, compare

ROWS = 200
_BY = "LEFT JOIN user_account u ON u.id = "
_FLOOR = (
    (
        f"SELECT t.id, t.number, t.day, t.kind, t.state, t.complaint, t.opened_at, u.given_name, u.family_name"
        f" FROM visit t {_BY} t.practitioner_id WHERE t.patient_id = ? AND t.voided_at IS NULL"
        " ORDER BY t.opened_at DESC LIMIT 50"
    ),
    (
        f"SELECT t.id, t.version, t.visit_id, t.kind, t.complaint, t.history, t.examination, t.assessment, t.plan,"
        f" t.follow_up_on, t.follow_up_note, t.written_at, t.author_id, t.signed_at, u.given_name, u.family_name,"
        f" a.text, a.created_at FROM clinical_note t {_BY} t.author_id LEFT JOIN note_addendum a ON a.note_id = t.id"
        " WHERE t.patient_id = ? AND t.voided_at IS NULL ORDER BY t.written_at DESC LIMIT 50"
    ),
    (
        "SELECT id, visit_id, code, icd10, text, rank, certainty, occurrence, day FROM diagnosis"
        " WHERE patient_id = ? AND voided_at IS NULL ORDER BY day DESC LIMIT 200"
    ),
    (
        "SELECT id, version, code, text, state, onset_on, resolved_on FROM condition"
        " WHERE patient_id = ? AND voided_at IS NULL ORDER BY state"
    ),
    (
        "SELECT id, vaccine, given_on, dose_number FROM immunization WHERE patient_id = ? AND voided_at IS NULL"
        " ORDER BY given_on DESC LIMIT 100"
    ),
    (
        f"SELECT t.id, t.version, s.id, s.number, s.visit_id, t.medication_id, t.free_text, t.dose_amount, t.dose_unit,"
        f" t.route, t.frequency, t.duration_days, t.quantity, t.dispensed, t.instructions, t.indication, t.state,"
        f" s.day, s.valid_until, t.stop_reason, m.generic_names, m.generic, m.tall_man, m.strength, m.form, m.unit,"
        f" u.given_name, u.family_name FROM prescription_item t JOIN prescription s ON s.id = t.prescription_id"
        f" LEFT JOIN medication m ON m.id = t.medication_id {_BY} s.prescriber_id"
        " WHERE t.patient_id = ? AND t.voided_at IS NULL ORDER BY s.prescribed_at DESC LIMIT 200"
    ),
    (
        f"SELECT t.id, t.version, t.visit_id, t.taken_at, t.temperature, t.pulse, t.breathing_rate, t.spo2,"
        f" t.on_oxygen, t.systolic, t.diastolic, t.glucose, t.weight, t.height, t.muac, t.pain, t.avpu, t.pregnant,"
        f" t.comment, u.given_name, u.family_name FROM vitals t {_BY} t.created_by"
        " WHERE t.patient_id = ? AND t.voided_at IS NULL ORDER BY t.taken_at DESC LIMIT 200"
    ),
)


def chart_rows(clinic: Clinic, size: int) -> Iterator[Measured]:
    """The chart of one patient with 200 rows against raw reads of the same columns."""
    patient = heavy_patient(clinic)
    doctor = replace(ANYONE, user_id=_author(clinic, patient))
    key = bytes.fromhex(patient)
    with bare(clinic) as cursor:

        def floor(_number: int) -> list[list[object]]:
            return [cursor.execute(statement, (key,)).fetchall() for statement in _FLOOR]

        seen = chart(clinic, doctor, patient)
        lists = (seen.visits, seen.notes, seen.diagnoses, seen.conditions, seen.immunizations, seen.prescriptions)
        assert [len(each) for each in (*lists, seen.vitals)] == [len(each) for each in floor(0)]
        assert sum(len(each) for each in floor(0)) >= ROWS
        count = asked(clinic, lambda: chart(clinic, doctor, patient))
        yield compare(
            "chart of 200 rows", lambda _n: chart(clinic, doctor, patient), floor, size=size,
            goal="≤ 2.5×, ≤ 4 statements", count=count,
        )  # fmt: skip


def heavy_patient(clinic: Clinic) -> Id:
    """Somebody with twenty visits, each with a note, diagnoses, medicines and vitals."""
    with clinic.work(ANYONE, "bench.heavy") as work:
        patient: Id = work.scalar(text("SELECT id FROM patient LIMIT 1").columns(id=Patient.id.type))
        known = work.scalar(text("SELECT count(*) FROM vitals WHERE patient_id = :id"), {"id": bytes.fromhex(patient)})
        if known < 70:
            _history(work, patient)
        work.finish()
    return patient


def _author(clinic: Clinic, patient: Id) -> Id:
    """Who wrote the patient's notes and so may read the chart."""
    statement = text("SELECT author_id FROM clinical_note WHERE patient_id = :id LIMIT 1")
    with clinic.store.reading() as connection:
        kept = connection.execute(statement.columns(author_id=Patient.id.type), {"id": bytes.fromhex(patient)})
        return Id(kept.scalar_one())


def _history(work: Work, patient: Id) -> None:
    visits = work.insert_many(
        Visit,
        [
            {
                "number": f"BM-HV-V{n:06d}", "patient_id": patient, "kind": "outpatient", "state": "closed",
                "day": work.today, "occurrence": "new", "opened_at": work.now, "complaint": "Fever and cough",
            }
            for n in range(20)
        ],
    )  # fmt: skip
    of = [{"patient_id": patient, "visit_id": visit} for visit in visits]
    said = {"kind": "consultation", "history": "Three days of fever. " * 8, "plan": "Rest, fluids, review. " * 3}
    work.insert_many(
        ClinicalNote, [{**each, **said, "written_at": work.now, "author_id": work.actor.user_id} for each in of]
    )
    coded = {"code": "malaria", "icd10": "B54", "text": "Malaria", "certainty": "confirmed", "occurrence": "new"}
    ranks = ("primary", "secondary")
    work.insert_many(Diagnosis, [{**each, **coded, "rank": rank, "day": work.today} for each in of for rank in ranks])
    work.insert_many(Condition, [{**each, "text": "Asthma", "system": "", "state": "active"} for each in of[:5]])
    vaccine = {"vaccine": "BCG", "given_at": work.now, "given_on": work.today}
    work.insert_many(Immunization, [{**each, **vaccine} for each in of[:5]])
    sheets = work.insert_many(
        Prescription,
        [
            {
                **each, "number": f"BM-HV-R{n:06d}", "status": "completed", "prescriber_id": work.actor.user_id,
                "prescribed_at": work.now, "day": work.today, "valid_until": work.today,
            }
            for n, each in enumerate(of)
        ],
    )  # fmt: skip
    item = {
        "patient_id": patient, "free_text": "Paracetamol 500 mg", "dose_unit": "tablet", "route": "oral",
        "frequency": "TDS", "duration_days": 5, "quantity": 15, "dispensed": 15, "state": "dispensed",
        "refills_allowed": 0, "refills_left": 0, "alerts": [],
    }  # fmt: skip
    work.insert_many(PrescriptionItem, [{**item, "prescription_id": sheet} for sheet in sheets for _twice in range(2)])
    work.insert_many(Vitals, [{**of[n % 20], "taken_at": work.now, "pulse": 60 + n % 40} for n in range(70)])
