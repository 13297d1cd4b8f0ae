"""How a visit ends: outcome, and a reason where something stays open."""

from collections.abc import Collection

from PySide6.QtWidgets import QWidget

from hms_desktop.domain.errors import Refused
from hms_desktop.domain.visits import OpenWork, VisitOutcome, check_close
from hms_desktop.ui.kit.buttons import primary
from hms_desktop.ui.kit.dialogs import Dialog
from hms_desktop.ui.kit.fields import Choice, ChoiceField, NoteField
from hms_desktop.ui.kit.theme import label
from hms_desktop.words.errors import sentence
from hms_desktop.words.labels import say
from hms_desktop.words.language import tr


class CloseDialog(Dialog):
    """Asks how the visit ends, and shows what is still open."""

    def __init__(self, number: str, open_work: Collection[OpenWork], parent: QWidget | None = None) -> None:
        super().__init__("reception.close_dialog", tr("Close visit {number}", number=number), parent=parent)
        self._open = open_work
        if open_work:
            shown = ", ".join(sorted(say(work) for work in open_work))
            words = label(tr("Still open: {work}.", work=shown))
            words.setWordWrap(True)
            self.body.addWidget(words)
        self.outcome: ChoiceField[VisitOutcome] = ChoiceField(
            "reception.outcome", tr("&Outcome"), [Choice(outcome, say(outcome)) for outcome in VisitOutcome]
        )
        self.outcome.set_value(VisitOutcome.LEFT if OpenWork.QUEUE in open_work else VisitOutcome.TREATED)
        self.reason = NoteField("reception.close_reason", tr("&Reason"), lines=2, max_length=200, reserve_note=True)
        self.body.addWidget(self.outcome)
        self.body.addWidget(self.reason)
        self.add_buttons(primary("reception.confirm_close", tr("Close &visit"), self.confirm_close))
        self.go_on(self.outcome, self.reason)

    def confirm_close(self) -> None:
        """Close, when outcome and reason fit what is open."""
        outcome = self.outcome.value()
        assert outcome is not None
        try:
            check_close(outcome, self._open, self.reason.value())
        except Refused as refusal:
            self.reason.error(sentence(refusal.code, refusal.facts))
            self.reason.focus_editor()
            return
        self.accept()
