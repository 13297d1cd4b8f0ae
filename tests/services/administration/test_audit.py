"""The audit trail as the viewer reads it: pages, filters, names for ids, nothing clinical for who may not see it."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import text

from hms_desktop.data.tables.audit import AuditEvent
from hms_desktop.data.tables.consultations import ClinicalNote
from hms_desktop.data.tables.triage import Vitals
from hms_desktop.domain.accounts import SYSTEM, Actor
from hms_desktop.domain.administration.audit import AuditChange, AuditFilter, AuditRow, right_to_see
from hms_desktop.domain.billing import ClinicProfile
from hms_desktop.domain.errors import NotAllowed
from hms_desktop.domain.ids import new_id
from hms_desktop.services.administration import audit as service
from hms_desktop.services.administration.audit import (
    CheckStopped,
    OpenAudit,
    audit_kinds,
    audit_page,
    audit_people,
    check_chain,
    open_audit,
)
from hms_desktop.services.administration.facility import (
    CorrectFacility,
    CreateDepartment,
    clinic_details,
    correct_facility,
    create_department,
)
from hms_desktop.services.administration.medicines import AddMedicine, add_medicine
from hms_desktop.services.administration.roles import CorrectRole, correct_role, list_roles
from hms_desktop.services.administration.settings import ChangeSettings, SettingChange, change_settings
from hms_desktop.services.administration.users import CreateUser, create_user
from hms_desktop.services.clinic import Clinic
from hms_desktop.services.prices import SetPrice, price_lists, set_price
from tests.make.accounts import administrator, role_ids
from tests.make.billing import billed_patient, charge, price
from tests.stores import Clock, actor_for, make_user


def rows(clinic: Clinic, actor: Actor, **asked: object) -> list[AuditRow]:
    return list(audit_page(clinic, actor, AuditFilter(**asked)).rows)  # type: ignore[arg-type]


def changed(row: AuditRow) -> dict[str, tuple[object, object]]:
    return {each.field: (each.before, each.after) for each in row.changes}


def test_a_correction_reads_before_and_after_with_names_amounts_and_codes(clinic: Clinic) -> None:
    admin = administrator(clinic)
    head = make_user(clinic, "doctor", name="Dora Head")
    create_department(
        clinic, admin, CreateDepartment(name="Eyes", head_id=head.user_id, annual_budget=Decimal("1250.50"))
    )
    made = rows(clinic, admin)[0]
    assert (made.who, made.station, made.action, made.subject, made.is_new) == (
        "Ada Admin", clinic.station.code, "facility.create_department", "Eyes", True,
    )  # fmt: skip
    assert changed(made)["head_id"] == (None, "Dora Head")
    assert changed(made)["annual_budget"] == (None, Decimal("1250.50"))
    details = clinic_details(clinic, admin)
    correct_facility(
        clinic, admin, CorrectFacility(version=1, name=details.facility.name, profile=ClinicProfile.PAY_FIRST)
    )
    corrected = rows(clinic, admin)[0]
    profile = next(each for each in corrected.changes if each.field == "profile")
    assert profile == AuditChange("profile", "clinic_profile", "pay_at_end", "pay_first")
    assert not corrected.is_new


def test_lists_dates_flags_and_names_by_language_are_readable(clinic: Clinic) -> None:
    admin = administrator(clinic)
    item = price(clinic, "dressing", 300)
    set_price(
        clinic, admin, SetPrice(price_list_id=price_lists(clinic, admin)[0].id, item_id=item, amount=Decimal(450))
    )
    assert changed(rows(clinic, admin)[0])["amount"] == (Decimal("300.00"), Decimal("450.00"))
    assert changed(rows(clinic, admin, kind="billable_item")[0])["name"] == (None, "Dressing")
    role = next(each for each in list_roles(clinic, admin) if each.code == "cashier")
    correct_role(
        clinic, admin,
        CorrectRole(role_id=role.id, version=1, name=role.name, rights=("billing.view",), windows=role.windows),
    )  # fmt: skip
    rights = rows(clinic, admin)[0].changes[0]
    assert (rights.field, rights.kind, rights.after) == ("rights", "right", ("billing.view",))
    create_user(
        clinic, admin, CreateUser(given_name="Asha", birth_date=date(1998, 3, 5), role_ids=role_ids(clinic, "nurse"))
    )
    user = next(row for row in rows(clinic, admin) if row.subject_table == "user_account")
    assert changed(user)["birth_date"] == (None, date(1998, 3, 5))
    assert changed(user)["active"] == (None, True)
    held = next(row for row in rows(clinic, admin) if row.subject_table == "user_role")
    assert changed(held) == {"user_id": (None, "Asha"), "role_id": (None, "Nurse")}
    add_medicine(
        clinic, admin,
        AddMedicine(
            generic="amoxicillin", strength="250 mg", form="capsule", unit="capsule", route="oral",
            ingredients=("amoxicillin",), mg_per_unit=Decimal(250),
        ),
    )  # fmt: skip
    medicine = rows(clinic, admin, kind="medication")[0]
    assert medicine.subject == "amoxicillin 250 mg"
    assert changed(medicine)["mg_per_unit"] == (None, Decimal(250))
    change_settings(clinic, admin, ChangeSettings(changes=(SettingChange(name="bill_due_days", value=10),)))
    assert changed(rows(clinic, admin)[0]) == {"name": (None, "bill_due_days"), "value": (None, 10)}


def test_a_sign_in_tells_how_and_when_in_the_clinics_own_time(clinic: Clinic, clock: Clock) -> None:
    admin = administrator(clinic)
    row = rows(clinic, admin, action="accounts.signed_in")[0]
    assert changed(row)["how"] == (None, "password")
    assert row.at.utcoffset() == timedelta(hours=3)
    assert row.subject == "Ada Admin"
    activity = next(each for each in rows(clinic, admin) if "last_activity_at" in changed(each))
    assert str(changed(activity)["last_activity_at"][1]).startswith("2026-03-05 12:00")


def test_values_of_patients_and_their_care_are_for_who_may_see_them(clinic: Clinic) -> None:
    admin = administrator(clinic)
    guest = billed_patient(clinic)
    with clinic.work(admin, "tests.vitals") as work:
        work.insert(
            Vitals,
            visit_id=guest.visit_id,
            patient_id=guest.patient_id,
            taken_at=work.now,
            temperature=Decimal("39.5"),
        )
        work.finish()
    price(clinic, "dressing", 300)
    charge(clinic, SYSTEM, guest, "dressing")
    seen = {row.subject_table: row for row in rows(clinic, admin)}
    for table in ("vitals", "patient", "charge", "bill"):
        assert seen[table].hidden
        assert seen[table].changes == ()
    everything = actor_for("everything")
    seen = {row.subject_table: row for row in rows(clinic, everything)}
    assert changed(seen["vitals"])["temperature"] == (None, Decimal("39.5"))
    assert changed(seen["charge"])["amount"] == (None, Decimal("300.00"))
    assert changed(seen["charge"])["quantity"] == (None, 1)
    assert not seen["patient"].hidden
    assert right_to_see(ClinicalNote.__tablename__) == "consultations.view"
    assert right_to_see("role") is None


def test_events_come_page_by_page_newest_first(clinic: Clinic, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service, "PAGE", 7)
    admin = administrator(clinic)
    for number in range(10):
        create_department(clinic, admin, CreateDepartment(name=f"Department {number}"))
    wanted = AuditFilter(kind="department")
    first = audit_page(clinic, admin, wanted)
    assert first.has_more
    second = audit_page(clinic, admin, wanted, first.rows[-1].id)
    assert not second.has_more
    assert [row.subject for row in (*first.rows, *second.rows)] == [f"Department {n}" for n in range(9, -1, -1)]
    assert len(audit_page(clinic, admin, wanted, new_id()).rows) == 7


def test_events_are_found_by_person_day_action_kind_and_number(clinic: Clinic, clock: Clock) -> None:
    admin = administrator(clinic)
    other = make_user(clinic, "administrator", name="Bea Two", username="b.two")
    create_department(clinic, other, CreateDepartment(name="Eyes"))
    clock.forward(days=1)
    create_department(clinic, admin, CreateDepartment(name="Ears"))
    guest = billed_patient(clinic)
    assert {row.who for row in rows(clinic, admin, actor_id=other.user_id)} == {"Bea Two"}
    assert [row.subject for row in rows(clinic, admin, day=date(2026, 3, 6), kind="department")] == ["Ears"]
    assert [row.subject for row in rows(clinic, admin, action="facility.create_department")] == ["Ears", "Eyes"]
    assert {row.subject_id for row in rows(clinic, admin, subject=" B.Two ")} == {other.user_id}
    with clinic.read(SYSTEM) as reader:
        mrn = reader.scalar(text("SELECT mrn FROM patient"))
    assert {row.subject_id for row in rows(clinic, admin, subject=mrn.lower(), kind="patient")} == {guest.patient_id}
    assert rows(clinic, admin, subject="nothing is called that") == []
    assert (other.user_id, "Bea Two") in audit_people(clinic, admin)
    assert {"department", "user_account", "visit"} <= set(audit_kinds(clinic, admin))
    assert "login_session" not in audit_kinds(clinic, admin)


def test_an_event_of_a_newer_station_is_still_shown(clinic: Clinic) -> None:
    admin = administrator(clinic)
    with clinic.work(admin, "tests.newer") as work:
        work.look(
            "robots.dusted", "robot", new_id(), arms=[1, 2], colour={"en": "red"}, polished=None, head_id=new_id()
        )
        work.look("users.merged", "user_account", new_id(), department_id=new_id(), owner="x")
        work.finish()
    second, first = rows(clinic, admin)[:2]
    assert changed(first)["arms"] == (None, ("1", "2"))
    assert changed(first)["colour"] == (None, "red")
    assert first.subject == ""
    assert len(str(changed(second)["department_id"][1])) == 8


def test_looking_at_the_trail_is_in_the_trail_once_an_opening(clinic: Clinic) -> None:
    admin = administrator(clinic)
    command = OpenAudit()
    open_audit(clinic, admin, command)
    open_audit(clinic, admin, command)
    assert len(rows(clinic, admin, action="audit.opened")) == 1


def test_the_chain_is_proved_and_a_changed_event_is_found(clinic: Clinic) -> None:
    admin = administrator(clinic)
    report = check_chain(clinic, admin)
    assert report.events > 3
    assert report.broken == ()
    with clinic.store.writing() as connection:
        if clinic.store.dialect == "sqlite":
            names = connection.execute(
                text("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'audit_event'")
            )
            for name in [row[0] for row in names]:
                connection.execute(text(f'DROP TRIGGER "{name}"'))
        else:
            connection.execute(text("ALTER TABLE audit_event DISABLE TRIGGER ALL"))
        connection.execute(text("UPDATE audit_event SET action = 'nothing' WHERE sequence = 2"))
    broken = check_chain(clinic, admin).broken
    assert [(each.station, each.sequence) for each in broken] == [(clinic.station.code, 2)]


def test_a_long_check_can_be_stopped(clinic: Clinic) -> None:
    admin = administrator(clinic)
    with clinic.work(admin, "tests.many") as work:
        for number in range(2100):
            work.look("tests.looked", "patient", None, number=number)
        work.finish()
    assert check_chain(clinic, admin).events > 2100
    with pytest.raises(CheckStopped):
        check_chain(clinic, admin, lambda: False)


def test_the_trail_is_for_those_who_hold_the_right(clinic: Clinic) -> None:
    nurse = actor_for("nurse")
    for look in (audit_people, audit_kinds, check_chain):
        with pytest.raises(NotAllowed):
            look(clinic, nurse)
    with pytest.raises(NotAllowed):
        audit_page(clinic, nurse, AuditFilter())
    with pytest.raises(NotAllowed):
        open_audit(clinic, nurse, OpenAudit())
    assert AuditEvent.APPEND_ONLY
