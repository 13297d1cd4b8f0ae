"""The viewer of the audit trail: filters, pages, fields before and after, what is hidden, the chain."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import text

from hms_desktop.domain.administration.audit import AuditChange, AuditFilter, AuditRow
from hms_desktop.domain.errors import NotAllowed
from hms_desktop.domain.money import Currency
from hms_desktop.services.administration import audit as service
from hms_desktop.services.administration.audit import CheckStopped, audit_page
from hms_desktop.services.administration.facility import CreateDepartment, create_department
from hms_desktop.services.clinic import Clinic
from hms_desktop.ui.admin import audit_page as viewer
from hms_desktop.ui.admin.audit_page import AuditPage
from hms_desktop.ui.admin.audit_words import field_text, value_text
from hms_desktop.ui.kit import keys
from tests.make.admin_desk import OpenDesk
from tests.make.billing import billed_patient
from tests.stores import actor_for, make_user


def opened(desk: OpenDesk) -> AuditPage:
    page = desk.go_to("audit")
    assert isinstance(page, AuditPage)
    return page


def openings(clinic: Clinic) -> int:
    return len(audit_page(clinic, actor_for("administrator"), AuditFilter(action="audit.opened")).rows)


def test_each_opening_is_noted_once(desk: OpenDesk) -> None:
    opened(desk)
    assert openings(desk.clinic) == 1
    desk.desk.reload()
    assert openings(desk.clinic) == 1
    desk.go_to("roles")
    opened(desk)
    assert openings(desk.clinic) == 2


def test_filters_narrow_the_list_and_the_fields_are_shown(desk: OpenDesk) -> None:
    other = make_user(desk.clinic, "administrator", name="Bea Two")
    create_department(desk.clinic, other, CreateDepartment(name="Eyes", annual_budget=Decimal(1250)))
    page = opened(desk)
    page.person.set_value(other.user_id)
    assert [row.action for row in page.list.rows()] == ["facility.create_department"]
    fields = {field_text(each): each for each in page.changes.rows()}
    assert {"Name", "Yearly budget", "Offered"} <= set(fields)
    assert page.changes.rows_model.columns[2].text(fields["Yearly budget"]) == "1,250.00"
    assert page.heading.text() == "Department added · department Eyes"
    page.person.set_value(None)
    page.action.set_value("accounts.signed_in")
    assert {row.action for row in page.list.rows()} == {"accounts.signed_in"}
    page.action.set_value(None)
    page.kind.set_value("department")
    assert len(page.list.rows()) == 1
    page.kind.set_value(None)
    page.day.focus_editor()
    keys.type_text("4/3/26")
    keys.press("Return")
    assert page.list.rows() == []
    assert page.changes.rows() == []
    assert page.heading.text() == ""
    assert page.wanted().day == date(2026, 3, 4)


def test_older_events_come_when_the_end_is_near(desk: OpenDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service, "PAGE", 8)
    for number in range(20):
        create_department(desk.clinic, desk.actor, CreateDepartment(name=f"D{number}"))
    page = opened(desk)
    keys.press("End")
    keys.press("End")
    keys.press("End")
    assert len(page.list.rows()) > 20


def test_what_was_written_about_patients_is_not_for_the_administrator(desk: OpenDesk) -> None:
    billed_patient(desk.clinic)
    page = opened(desk)
    page.kind.set_value("patient")
    (row,) = page.list.rows()
    assert row.hidden
    assert page.changes.rows() == []
    page._on_current(None)
    assert page.heading.text() == ""


def test_a_broken_chain_is_said_with_its_place(desk: OpenDesk) -> None:
    page = opened(desk)
    with desk.clinic.store.writing() as connection:
        names = connection.execute(
            text("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'audit_event'")
        )
        for name in [row[0] for row in names]:
            connection.execute(text(f'DROP TRIGGER "{name}"'))
        connection.execute(text("UPDATE audit_event SET action = 'nothing' WHERE sequence = 2"))
    keys.press("Alt+C")
    assert page.check_text.text().startswith("Broken at 1 place, first at station A, event 2.")
    assert desk.said()[-1] == page.check_text.text()


def test_a_check_can_be_stopped_and_a_failed_one_is_said(desk: OpenDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    page = opened(desk)

    def pressed_again(_clinic: object, _actor: object, wanted: Callable[[], bool]) -> None:
        page.check_button.click()
        assert not wanted()
        raise CheckStopped

    monkeypatch.setattr(viewer, "check_chain", pressed_again)
    page.check_button.click()
    assert page.check_text.text() == "Stopped. Nothing is known."
    assert page.check_button.text() == "&Check the chain"

    def left(_clinic: object, _actor: object, wanted: Callable[[], bool]) -> None:
        page.leave()
        assert not wanted()
        raise NotAllowed(right="audit.view")

    monkeypatch.setattr(viewer, "check_chain", left)
    page.check_button.click()
    assert page.check_text.text() == ""
    assert "You may not" in desk.said()[-1]


@pytest.mark.parametrize(
    ("value", "kind", "said"),
    [
        (None, "", "–"),
        ("", "", "–"),
        ((), "right", "–"),
        (True, "", "yes"),
        (False, "", "no"),
        (("billing.view", "audit.view"), "right", "see bills, see the audit trail"),
        (Decimal("1250.5"), "money", "1,250.50"),
        ("pay_first", "clinic_profile", "Pay first"),
        (date(1998, 3, 5), "", "05-Mar-1998"),
        (Decimal("39.50"), "", "39.5"),
        (7, "", "7"),
        ("free text", "", "free text"),
    ],
)
def test_values_are_said_the_way_screens_say_them(value: object, kind: str, said: str) -> None:
    assert value_text(value, kind, Currency()) == said  # type: ignore[arg-type]


def test_an_event_without_a_subject_or_a_person_is_still_named(desk: OpenDesk) -> None:
    page = opened(desk)
    event = page.list.rows()[0]
    nobody = AuditRow(
        event.id, event.at, "", "", "accounts.refused", "user_account", None, "", (AuditChange("x_y", "", None, 1),),
        False, True,
    )  # fmt: skip
    page.list.set_rows([nobody])
    texts = [column.text(nobody) for column in page.list.rows_model.columns]
    assert texts[1:4] == ["the program", "Sign-in refused", "user"]
