"""Parts of the reception window by themselves: fields, lists, layout, texts."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtWidgets import QLabel

from hms_desktop.domain.ids import new_id
from hms_desktop.domain.patients import AllergyState
from hms_desktop.domain.visits import OpenWork, VisitKind, VisitOutcome, VisitRow, VisitState
from hms_desktop.services.clinic import Clinic
from hms_desktop.services.patient_records import NewAllergy
from hms_desktop.services.patients import patient_details, payer_groups
from hms_desktop.services.visits import departments
from hms_desktop.ui.kit import keys
from hms_desktop.ui.reception.allergy_fields import SubstancesField
from hms_desktop.ui.reception.close_dialog import CloseDialog
from hms_desktop.ui.reception.find_lists import HITS_HIDDEN, VISITS_HIDDEN
from hms_desktop.ui.reception.find_page import FindPage
from hms_desktop.ui.reception.form_page import FormPage
from hms_desktop.ui.reception.patient_form import NewPatientForm
from hms_desktop.ui.reception.person_words import age_and_sex, clock_words, day_words, where_badge, where_words
from hms_desktop.ui.reception.two_columns import TwoColumnArea
from hms_desktop.ui.reception.unknown_dialog import UnknownDialog
from hms_desktop.ui.reception.visit_form import VisitForm
from tests.make.patients import make_patient
from tests.make.reception_desk import Shown
from tests.stores import NOON, actor_for
from tests.ui.kit.fakes import TODAY, context

CLERK = actor_for("receptionist")


def visit_row(state: VisitState = VisitState.OPEN, outcome: VisitOutcome | None = None, **more: object) -> VisitRow:
    row = VisitRow(
        id=new_id(), version=1, number="TC-AA-V000001-V", patient_id=new_id(), patient_name="OTIENO, Asha", mrn="",
        sex="female", birth_date=None, birth_estimated=False, kind=VisitKind.OUTPATIENT, state=state, outcome=outcome,
        day=TODAY, opened_at=NOON, ticket="A001", colour="", complaint="", department="", waiting_at="triage",
        waiting_since=NOON,
    )  # fmt: skip
    return replace(row, **more)  # type: ignore[arg-type]


def test_ages_days_and_times_are_written_as_people_read_them() -> None:
    assert age_and_sex(date(1998, 3, 5), True, "female", TODAY) == "~28 y F"
    assert age_and_sex(None, False, "unknown", TODAY) == "– ?"
    assert day_words(None) == "–"
    assert clock_words(datetime.fromisoformat("2026-03-05T09:40:00Z"), ZoneInfo("Africa/Nairobi")) == "12:40"


@pytest.mark.parametrize(
    ("row", "where"),
    [
        (visit_row(), "Triage"),
        (visit_row(waiting_at=""), "Open"),
        (visit_row(VisitState.CLOSED, VisitOutcome.TREATED), "Treated"),
        (visit_row(VisitState.CLOSED), "Closed"),
        (visit_row(VisitState.CANCELLED), "Cancelled"),
    ],
)
def test_a_visit_says_where_its_patient_is(row: VisitRow, where: str) -> None:
    assert where_words(row) == where
    assert (where_badge(row, TODAY) is None) == (row.state is not VisitState.OPEN)


def test_a_visit_of_an_earlier_day_stands_out() -> None:
    badge = where_badge(visit_row(day=TODAY - timedelta(days=1)), TODAY)
    assert badge is not None
    assert badge.text == "open since 04-Mar"


def test_substances_are_taken_one_by_one_and_taken_back(stocked_clinic: Clinic, shown: Shown) -> None:
    field = SubstancesField("reception.substances", context(stocked_clinic, CLERK))
    gone_on: list[bool] = []
    field.entered.connect(lambda: gone_on.append(True))
    shown(field)
    field.focus_editor()
    keys.type_text("penic")
    assert keys.wait_until(lambda: field.answers_shown)
    keys.press("Down")
    keys.press("Return")
    assert [allergy.code for allergy in field.value()] == ["penicillin"]
    keys.type_text("bee stings")
    assert len(field.value()) == 2
    keys.press("Return")
    assert field.note.startswith("Allergic to Penicillin")
    kept = field.snapshot()
    keys.press("Backspace")
    assert len(field.value()) == 1
    keys.press("Return")
    assert gone_on == [True]
    field.clear()
    assert field.is_blank()
    field.restore(kept)
    assert field.value()[1] == NewAllergy("bee stings")


def test_an_unknown_person_is_called_by_what_one_sees(shown: Shown) -> None:
    dialog = UnknownDialog()
    shown(dialog)
    first = dialog.command()
    assert (first.called, dialog.command().key) == ("Unknown person", first.key)
    dialog.sex.set_value(None)
    assert dialog.command().called == "Unknown person"


def test_closing_proposes_what_fits_and_names_what_is_open(shown: Shown) -> None:
    waiting = CloseDialog("TC-AA-V000001-V", {OpenWork.QUEUE, OpenWork.DEBT})
    shown(waiting)
    assert waiting.outcome.value() is VisitOutcome.LEFT
    assert any("Still open" in label.text() for label in waiting.findChildren(QLabel))
    done = CloseDialog("TC-AA-V000001-V", ())
    shown(done)
    assert done.outcome.value() is VisitOutcome.TREATED
    waiting.outcome.set_value(VisitOutcome.TREATED)
    waiting.confirm_close()
    assert "still has open work" in waiting.reason.note
    done.confirm_close()
    assert done.result() == CloseDialog.DialogCode.Accepted


def test_a_narrow_window_puts_look_alikes_above_the_form(stocked_clinic: Clinic, shown: Shown) -> None:
    make_patient(stocked_clinic)
    page = FormPage(context(stocked_clinic, CLERK))
    page.resize(1024, 600)
    shown(page)
    page.start_new("asha otieno")
    area = page.findChild(TwoColumnArea)
    assert area is not None
    assert not area.narrow
    page.resize(700, 600)
    assert keys.wait_until(lambda: area.narrow)
    assert keys.wait_until(lambda: page.alike.mapTo(page, page.alike.rect().topLeft()).y() < page.heading.y() + 200)
    page.alike.clear()
    assert page.alike.isHidden()
    page.resize(1024, 600)
    assert keys.wait_until(lambda: not area.narrow)
    assert not page.alike.isHidden()


def test_what_was_searched_for_becomes_the_name(stocked_clinic: Clinic, shown: Shown) -> None:
    page = FormPage(context(stocked_clinic, CLERK))
    shown(page)
    form = page.new_form
    for typed, given, family in (
        ("asha wanjiku otieno", "Asha Wanjiku", "Otieno"), ("juma", "Juma", ""), ("KAMAU Peter", "KAMAU", "Peter"),
        ("", "", ""),
    ):  # fmt: skip
        form.begin(typed)
        assert (form.given.value(), form.family.value()) == (given, family)
    assert form.allergy_state.value() is AllergyState.NOT_ASKED
    assert form.substances.isHidden()


def test_a_form_without_any_name_says_so(stocked_clinic: Clinic, shown: Shown) -> None:
    page = FormPage(context(stocked_clinic, CLERK))
    shown(page)
    page.start_new("")
    page.form.start()
    keys.press("Return")
    keys.press("Return")
    keys.type_text("f")
    keys.press("Return")
    keys.type_text("28y")
    keys.press("Ctrl+Return")
    assert page.new_form.given.note == "A name is needed; one is enough."
    assert keys.focus_name() == "reception.given_name"


def test_a_wide_list_shows_phone_and_last_visit_a_narrow_one_does_not(stocked_clinic: Clinic, shown: Shown) -> None:
    page = FindPage(context(stocked_clinic, CLERK))
    page.resize(1024, 600)
    shown(page)
    assert not any(page.results.isColumnHidden(column) for column in HITS_HIDDEN)
    page.resize(700, 600)
    assert keys.wait_until(lambda: all(page.results.isColumnHidden(column) for column in HITS_HIDDEN))
    assert all(page.today.isColumnHidden(column) for column in VISITS_HIDDEN)


def test_lists_that_come_late_leave_an_untouched_form_untouched(stocked_clinic: Clinic, shown: Shown) -> None:
    groups = payer_groups(stocked_clinic, CLERK)
    patient_id = make_patient(stocked_clinic, payer_group_id=groups[2].id)
    form = VisitForm(context(stocked_clinic, CLERK))
    shown(form)
    form.begin(patient_details(stocked_clinic, CLERK, patient_id))
    form.set_choices(departments(stocked_clinic, CLERK), groups)
    assert (form.payer.value(), form.dirty) == (groups[2].id, False)
    form.payer.set_value(groups[0].id)
    form.set_choices(departments(stocked_clinic, CLERK)[:2], groups)
    assert (form.payer.value(), form.dirty) == (groups[0].id, True)
    form.reset()
    new = NewPatientForm(context(stocked_clinic, CLERK))
    shown(new)
    new.set_payer_groups(groups)
    assert not new.dirty
