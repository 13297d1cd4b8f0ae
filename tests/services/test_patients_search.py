"""Finding patients: any order, accents, beginnings, slips, numbers, phones; few statements, always by an index."""

from datetime import date

import pytest

from hms_desktop.data.queries import patient_search as queries
from hms_desktop.data.tables.patients import Patient
from hms_desktop.domain.accounts import SYSTEM
from hms_desktop.domain.checkdigit import format_number
from hms_desktop.domain.errors import NotAllowed, WrongNumberKind
from hms_desktop.domain.facility import NumberKind
from hms_desktop.domain.patient_search import ask_names, index_words, read_line, variants
from hms_desktop.domain.patients import AllergyState, Sex
from hms_desktop.services.clinic import Clinic
from hms_desktop.services.patient_records import columns_of, number_columns
from hms_desktop.services.patients import CorrectPatient, correct_patient, find_patients, patient_details
from tests.make import lab
from tests.make.patients import make_patient, person, register
from tests.make.statements import plan_of, statements, whole_reads
from tests.make.visits import make_visit
from tests.stores import Clock, actor_for

CLERK = actor_for("receptionist")


def names(clinic: Clinic, line: str) -> list[str]:
    return [hit.name for hit in find_patients(clinic, CLERK, line)]


def reasons(clinic: Clinic, line: str) -> list[tuple[str, str]]:
    return [(hit.name, hit.matched) for hit in find_patients(clinic, CLERK, line)]


@pytest.fixture
def crowd(clinic: Clinic) -> Clinic:
    """A few people with names that are easily mixed up."""
    make_patient(clinic, "Asha", "Otieno", phone="+254 712 345 678", national_id="A 1234567")
    make_patient(clinic, "Wanjiku Grace", "Ng'ang'a", birth_date=date(1985, 1, 1), phone="0733 111 222")
    make_patient(clinic, "Désiré", "Traoré", sex=Sex.MALE, birth_date=date(1970, 1, 1))
    make_patient(clinic, "محمد", "عبدالله", sex=Sex.MALE, birth_date=date(1990, 1, 1))
    make_patient(clinic, "小明", "王", sex=Sex.MALE, birth_date=date(2001, 1, 1))
    make_patient(clinic, "Juma", "", sex=Sex.MALE, birth_date=date(2015, 1, 1))
    return clinic


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("asha otieno", "OTIENO, Asha"),
        ("OTIENO ASHA", "OTIENO, Asha"),
        ("oti ash", "OTIENO, Asha"),
        ("nganga", "NG'ANG'A, Wanjiku Grace"),
        ("Ng’ang’a grace", "NG'ANG'A, Wanjiku Grace"),
        ("desire traore", "TRAORÉ, Désiré"),
        ("TRAORÉ", "TRAORÉ, Désiré"),
        ("محمد", "عبدالله, محمد"),
        ("王", "王, 小明"),
        ("juma", "Juma"),
        ("asha 28y", "OTIENO, Asha"),
        ("asha 1998", "OTIENO, Asha"),
    ],
)
def test_names_are_found_in_any_order_without_accents_whole_or_begun(crowd: Clinic, line: str, found: str) -> None:
    assert reasons(crowd, line) == [(found, "name")]


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("otiemo", "OTIENO, Asha"),
        ("asha otineo", "OTIENO, Asha"),
        ("Atieno", "OTIENO, Asha"),
        ("Wanjiko", "NG'ANG'A, Wanjiku Grace"),
        ("Mohamed", "عبدالله, محمد"),
    ],
)
def test_when_nobody_is_called_so_near_names_come_with_that_reason(crowd: Clinic, line: str, found: str) -> None:
    assert (found, "near_name") in reasons(crowd, line)


def test_every_name_word_and_what_a_missing_letter_leaves_of_it_is_known(crowd: Clinic) -> None:
    with crowd.read(CLERK) as reader:
        for name in ("asha", "otieno", "wanjiku", "nganga", "desire", "traore", "juma", "محمد"):
            wanted = variants(name)
            known = queries.known_words(reader, wanted)
            assert all(name in known[variant] for variant in wanted), name


@pytest.mark.parametrize("line", ["zzyzx", "asha 1950", "asha kamau", "x" * 500, "!!!", "1999y", "28y"])
def test_nobody_is_found_for_what_nobody_is_called(crowd: Clinic, line: str) -> None:
    expected = ["recent"] if line == "!!!" else []
    assert [matched for _name, matched in reasons(crowd, line)] in ([], expected)


@pytest.mark.parametrize(
    "line", ["345678", "0712345678", "+254712345678", "00254 712 345 678", "712-345-678", "5678", "٥٦٧٨"]
)
def test_a_phone_is_found_by_its_tail_however_it_is_written(crowd: Clinic, line: str) -> None:
    assert ("OTIENO, Asha", "phone") in reasons(crowd, line)


def test_a_patient_number_forgives_dashes_case_and_the_clinics_code(clinic: Clinic) -> None:
    make_patient(clinic, "Peter", "Kamau")
    made = register(clinic, person())
    number = made.mrn
    bare = number.replace("-P", "-")
    spelt = (number, number.lower(), number.replace("-", ""), number[3:], number[:-2], bare, bare[3:], bare[:-2])
    for line in (*spelt, "2", "000002", "0000002"):
        assert ("OTIENO, Asha", "mrn") in reasons(clinic, line) or line == "0000002", line
    assert reasons(clinic, number) == [("OTIENO, Asha", "mrn")]
    assert reasons(clinic, "000002" + number[-1]) == [("OTIENO, Asha", "mrn")]


def test_any_paper_of_the_patient_leads_to_the_patient(stocked_clinic: Clinic) -> None:
    staff = lab.staff(stocked_clinic)
    make_patient(stocked_clinic, "Peter", "Kamau")
    guest = lab.with_doctor(stocked_clinic, staff.doctor)
    order = lab.order(stocked_clinic, staff.doctor, guest.visit_id, "malaria_rdt")
    (tube,) = lab.collect(stocked_clinic, staff.technician, order).specimens
    for kind in (NumberKind.VISIT, NumberKind.LAB_ORDER, NumberKind.SPECIMEN):
        number = tube.accession if kind is NumberKind.SPECIMEN else format_number(kind, "TC", "A", "A", 1)
        (hit,) = find_patients(stocked_clinic, CLERK, number.lower())
        assert (hit.id, hit.matched) == (guest.patient_id, kind.value)
    assert find_patients(stocked_clinic, CLERK, format_number(NumberKind.BILL, "TC", "A", "A", 999)) == []
    assert find_patients(stocked_clinic, CLERK, format_number(NumberKind.SPECIMEN, "XX", "A", "A", 1)) == []


@pytest.mark.parametrize("kind", [NumberKind.GOODS_RECEIPT, NumberKind.CASH_SESSION, NumberKind.Z_REPORT])
def test_a_paper_of_nobody_is_named(crowd: Clinic, kind: NumberKind) -> None:
    with pytest.raises(WrongNumberKind) as refused:
        find_patients(crowd, CLERK, format_number(kind, "TC", "A", "A", 1))
    assert (refused.value.facts["found_kind"], refused.value.facts["wanted_kind"]) == (kind.value, "mrn")


def test_a_national_identity_is_found_in_any_case(crowd: Clinic) -> None:
    assert reasons(crowd, "a 1234567") == [("OTIENO, Asha", "national_id")]


def test_a_national_identity_of_digits_is_found_beside_phones(clinic: Clinic) -> None:
    make_patient(clinic, "Asha", "Otieno", national_id="24681357")
    make_patient(clinic, "Peter", "Kamau", phone="0724681357")
    assert sorted(reasons(clinic, "24681357")) == [("KAMAU, Peter", "phone"), ("OTIENO, Asha", "national_id")]


def test_nothing_typed_shows_who_was_here_last(clinic: Clinic, clock: Clock) -> None:
    assert find_patients(clinic, CLERK, "") == []
    first, second = make_patient(clinic), make_patient(clinic, "Peter", "Kamau")
    make_visit(clinic, first)
    clock.forward(days=1)
    make_visit(clinic, second)
    assert reasons(clinic, " ") == [("KAMAU, Peter", "recent"), ("OTIENO, Asha", "recent")]


def test_who_was_here_lately_comes_first_and_open_visits_are_shown(clinic: Clinic, clock: Clock) -> None:
    old = make_patient(clinic, "Asha", "Wambui")
    make_visit(clinic, old)
    clock.forward(days=200)
    new = make_patient(clinic, "Asha", "Otieno")
    never = make_patient(clinic, "Asha", "Achieng")
    visit = make_visit(clinic, new)
    found = find_patients(clinic, CLERK, "asha")
    assert [hit.id for hit in found] == [new, never, old]
    assert found[0].open_visit == visit.number


def test_whole_words_come_before_beginnings(clinic: Clinic) -> None:
    longer, whole = make_patient(clinic, "Alima", "Kone"), make_patient(clinic, "Ali", "Kone")
    assert [hit.id for hit in find_patients(clinic, CLERK, "ali")] == [whole, longer]


def test_a_corrected_name_is_found_and_the_old_one_is_not(clinic: Clinic) -> None:
    made = register(clinic, person())
    version = patient_details(clinic, CLERK, made.patient_id).version
    correct_patient(
        clinic, CLERK, CorrectPatient(patient_id=made.patient_id, version=version, person=person("Fatuma", "Bakari"))
    )
    assert names(clinic, "bakari") == ["BAKARI, Fatuma"]
    assert names(clinic, "otieno") == []


def test_no_more_rows_come_than_asked_for(clinic: Clinic) -> None:
    for index in range(5):
        make_patient(clinic, "Asha", f"Otieno{'abcde'[index]}")
    assert len(find_patients(clinic, CLERK, "asha", 3)) == 3
    assert len(find_patients(clinic, CLERK, "", 3)) == 0


def test_only_who_may_see_patients_searches(clinic: Clinic) -> None:
    with pytest.raises(NotAllowed):
        find_patients(clinic, actor_for("administrator"), "asha")


def fill(clinic: Clinic, count: int) -> None:
    """Many patients at once, as an import brings them."""
    with clinic.work(SYSTEM, "tests.fill") as work:
        rows = [
            {
                **columns_of(
                    person("Asha" if n % 3 else "Peter", f"Otieno{n % 50:02d}", phone=f"07{n:08d}"), work.today
                ),
                **number_columns(f"TC-AB-P{n:06d}"),
                "allergy_state": AllergyState.NOT_ASKED,
            }
            for n in range(count)
        ]
        work.insert_many(Patient, rows)
        work.finish()


@pytest.mark.parametrize(
    ("line", "most"),
    [
        ("", 1),
        ("asha", 2),
        ("ash", 3),
        ("asha otie", 4),
        ("asha otieno07", 6),
        ("zzzzy", 6),
        ("TC-AB-P000017", 1),
        ("00000042", 4),
    ],
)
def test_a_search_asks_few_statements_whatever_the_size(clinic: Clinic, line: str, most: int) -> None:
    fill(clinic, 400)
    with statements(clinic) as seen:
        find_patients(clinic, CLERK, line)
    assert len(seen) <= most, seen


def test_every_question_of_the_search_goes_by_an_index(clinic: Clinic) -> None:
    fill(clinic, 50)
    with clinic.read(CLERK) as reader, statements(clinic) as seen:
        queries.by_words(reader, ask_names(read_line("asha otie", reader.today), prefix=True), 20)
        queries.by_number(reader, ["tcabp000017"], 20)
        queries.by_phone(reader, "2400000", "0000042", 20)
        queries.by_national_id(reader, ["x"], 20)
        queries.known_words(reader, ["asha", "asa"])
        queries.recent(reader, 20)
        asked = [statement for statement in seen if "patient" in statement or "name_variant" in statement]
    assert len(asked) == 6
    with clinic.store.reading() as connection:
        for statement in asked:
            plan = plan_of(connection, statement)
            assert not {"patient", "name_variant", "patient_words", "visit"} & set(whole_reads(plan)), plan


def test_a_record_keeps_when_it_was_seen_last(clinic: Clinic, clock: Clock) -> None:
    patient_id = make_patient(clinic)
    clock.forward(days=40)
    make_visit(clinic, patient_id)
    with clinic.read(CLERK) as reader:
        row = reader.get(Patient, patient_id)
        assert row.search_words == index_words("Asha Otieno", date(1998, 3, 5), reader.today)
        assert row.last_visit_on == reader.today
