"""What is critical and nobody was told of: loud, above everything, until the call is noted."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from hms_desktop.domain.lab_rows import AlertRow
from hms_desktop.ui.kit.buttons import plain
from hms_desktop.ui.kit.layout import row
from hms_desktop.ui.kit.theme import label, set_look_property
from hms_desktop.ui.lab.lab_words import flag_text, value_text
from hms_desktop.words.language import tr, trn


class AlertStrip(QFrame):
    """One patient at a time; hidden when everybody was called."""

    call_wanted = Signal(object)
    """The alerts of one patient."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("lab.alerts")
        set_look_property(self, "level", "error")
        self._text = label("", bold=True)
        self._text.setWordWrap(True)
        self.button = plain("lab.log_call", tr("Lo&g the call…"), self._on_call)
        layout = row(self._text, self.button, margins=6)
        layout.setStretch(0, 1)
        self.setLayout(layout)
        self._first: list[AlertRow] = []
        self.hide()

    def set_alerts(self, alerts: Sequence[AlertRow]) -> None:
        """Show the oldest patient with a critical result that nobody was told of."""
        waiting = [each for each in alerts if each.result.needs_call]
        patient = waiting[0].person.patient_id if waiting else None
        self._first = [each for each in waiting if each.person.patient_id == patient]
        if not waiting:
            self.hide()
            return
        found = ", ".join(
            f"{each.result.name} {value_text(each.result)} {flag_text(each.result.flag)}" for each in self._first
        )
        said = tr("CRITICAL, nobody called yet: {patient}, {results}.", patient=waiting[0].person.name, results=found)
        others = len({each.person.patient_id for each in waiting}) - 1
        if others:
            said = f"{said} {trn('{n} more patient.', '{n} more patients.', others)}"
        self._text.setText(said)
        self.setAccessibleName(said)
        self.show()

    def _on_call(self) -> None:
        if self._first:
            self.call_wanted.emit(self._first)
