"""What the keys of the waiting list do: call, did not come, put back."""

from hms_desktop.domain.dispensing import PharmacyRow
from hms_desktop.domain.ids import Id
from hms_desktop.services.queues import (
    CallPatient,
    MarkNoShow,
    PutBack,
    call_patient,
    mark_no_show,
    put_back,
)
from hms_desktop.ui.kit.desk import Desk
from hms_desktop.ui.kit.messages import MessageAction
from hms_desktop.ui.pharmacy.queue_page import QueuePage
from hms_desktop.words.language import tr


class QueueDeeds:
    """Listens to the waiting list."""

    def __init__(self, desk: Desk, page: QueuePage) -> None:
        self._desk = desk
        page.call_wanted.connect(self.call)
        page.no_show_wanted.connect(self.no_show)
        page.back_wanted.connect(lambda row: self.back(row.entry.id))

    def call(self, row: PharmacyRow) -> None:
        """Call the patient to the counter."""
        entry = row.entry
        said = tr("Called: {patient}, ticket {ticket}.", patient=entry.patient_name, ticket=entry.ticket)
        self._desk.write(
            call_patient, CallPatient(entry_id=entry.id), lambda _done: self._desk.context.messages.info(said)
        )

    def back(self, entry_id: Id) -> None:
        """Back to waiting, with the waiting time kept."""
        self._desk.write(put_back, PutBack(entry_id=entry_id), lambda _done: None)

    def no_show(self, row: PharmacyRow) -> None:
        """Called, and nobody came: what was prescribed is owed."""
        entry = row.entry
        undo = MessageAction(tr("&Undo"), lambda: self.back(entry.id))
        said = tr("{patient} did not come: the medicines are under 3 Owed.", patient=entry.patient_name)
        self._desk.write(
            mark_no_show, MarkNoShow(entry_id=entry.id), lambda _done: self._desk.context.messages.info(said, undo)
        )
