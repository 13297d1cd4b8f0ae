"""Papers show the clinic's own time, also when they are made again from the kept facts."""

from datetime import date
from zoneinfo import ZoneInfo

from hms_desktop.documents.parts import Printed
from hms_desktop.services import papers
from hms_desktop.services.clinic import Clinic
from hms_desktop.services.paper_times import in_zone
from tests.make.visits import make_visit
from tests.stores import NOON, actor_for

NAIROBI = ZoneInfo("Africa/Nairobi")


def test_moments_anywhere_in_a_paper_are_read_by_the_clinics_clock() -> None:
    printed = Printed(station="A", user="Ruth", at=NOON)
    shown = in_zone((printed, "text", date(2026, 3, 5)), NAIROBI)
    assert shown[0].at.strftime("%H:%M") == "12:00"
    assert shown[1:] == ("text", date(2026, 3, 5))


def test_a_ticket_says_when_it_was_given_out_by_the_clinics_clock(clinic: Clinic) -> None:
    import pypdfium2

    made = make_visit(clinic)
    page = pypdfium2.PdfDocument(papers.pdf(clinic, actor_for("receptionist"), made.ticket_paper_id).pdf)[0]
    assert "05-Mar-2026 12:00" in page.get_textpage().get_text_range()
