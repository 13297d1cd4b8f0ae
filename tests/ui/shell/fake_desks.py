"""Desks for the frame's tests: small, honest, remembering what they were told."""

from typing import ClassVar

from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from hms_desktop.domain import topics
from hms_desktop.domain.ids import Id
from hms_desktop.domain.patients import AllergyState, PatientBanner, Sex
from hms_desktop.ui.kit.desk import Desk, DeskContext
from hms_desktop.ui.kit.shortcuts import Shortcut


class FakeDesk(Desk):
    """Counts its reloads and shows whom it is told to open."""

    NAME: ClassVar[str] = "triage"
    TOPICS: ClassVar[frozenset[str]] = frozenset({topics.TRIAGE_QUEUE})

    def __init__(self, context: DeskContext) -> None:
        super().__init__(context)
        self.reloads, self.left, self.opened = 0, 0, list[Id]()
        self.line = QLineEdit()
        self.line.setObjectName(f"{self.NAME}.line")
        QVBoxLayout(self).addWidget(self.line)

    def title(self) -> str:
        return self.NAME.capitalize()

    def reload(self) -> None:
        self.reloads += 1

    def open_patient(self, patient_id: Id) -> None:
        self.opened.append(patient_id)
        self.patient_shown.emit(
            PatientBanner(patient_id, "KH-1", "Otieno, Asha", None, False, Sex.FEMALE, AllergyState.NOT_ASKED, ())
        )

    def start_focus(self) -> QWidget:
        return self.line

    def shortcuts(self) -> list[Shortcut]:
        return [Shortcut("F4", "Call")]

    def leave(self) -> None:
        self.left += 1


class OtherDesk(FakeDesk):
    """A second window."""

    NAME: ClassVar[str] = "doctor"
