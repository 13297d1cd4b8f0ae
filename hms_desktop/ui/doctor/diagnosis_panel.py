"""Diagnoses of the visit: searched by synonym in any word order, or free text; the first one is primary."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from hms_desktop.domain.consultations import Certainty, DiagnosisRank, DiagnosisRow, DiagnosisTermRow
from hms_desktop.domain.ids import Id, new_id
from hms_desktop.services.consultations import (
    AddDiagnosis,
    VoidDiagnosis,
    add_diagnosis,
    search_diagnoses,
    void_diagnosis,
)
from hms_desktop.ui.doctor.low_list import LowList
from hms_desktop.ui.kit.badges import Badge, tone_badge
from hms_desktop.ui.kit.desk import Desk
from hms_desktop.ui.kit.dialogs import ask_reason
from hms_desktop.ui.kit.fields import Found, SearchField, ToggleField
from hms_desktop.ui.kit.layout import row
from hms_desktop.ui.kit.shortcuts import bind
from hms_desktop.ui.kit.table import Column
from hms_desktop.words.labels import say
from hms_desktop.words.language import tr


class DiagnosisPanel(QWidget):
    """Search, add with Enter, take back with Delete."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._visit: Id | None = None
        self._writable = False
        self._key = new_id()
        self.search = SearchField[DiagnosisTermRow](
            "doctor.diagnosis",
            tr("&Diagnosis"),
            source=self._found,
            background=desk.context.background,
            free_text=True,
            explain=lambda text: tr("No term begins like “{text}”. Enter keeps it as free text.", text=text),
            hint=tr("Everyday words will do: Down chooses, Enter adds."),
        )
        self.provisional = ToggleField("doctor.provisional", tr("Pro&visional"))
        self.to_list = ToggleField("doctor.to_problem_list", tr("On the problem &list"))
        self.list = LowList[DiagnosisRow](
            "doctor.diagnoses",
            tr("Diagnoses of this visit"),
            [
                Column(tr("Diagnosis"), lambda r: r.text, stretch=True, bold=True),
                Column(tr("ICD-10"), lambda r: r.icd10, width=66),
                Column(tr("Kind"), lambda r: say(r.rank), width=108, badge=_rank_badge),
            ],
            key=lambda r: r.id,
            least=120,
            empty=tr("No diagnosis yet. The first one is the primary one."),
        )
        self.search.entered.connect(self._on_entered)
        bind("Del", self.list, self._on_void, inside=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.search)
        ticks = row(self.provisional, self.to_list, space=24)
        ticks.addStretch(1)
        layout.addLayout(ticks)
        layout.addWidget(self.list, 1)

    def show_diagnoses(self, visit_id: Id | None, rows: list[DiagnosisRow], *, writable: bool) -> None:
        """The diagnoses of the open visit."""
        if visit_id != self._visit:
            self.search.clear()
        self._visit, self._writable = visit_id, writable
        self.list.set_rows(rows)
        for field in (self.search, self.provisional, self.to_list):
            field.setEnabled(writable)

    def _found(self, text: str) -> list[Found[DiagnosisTermRow]]:
        context = self._desk.context
        return [
            Found(term, term.name, " · ".join(part for part in (term.icd10, term.matched) if part))
            for term in search_diagnoses(context.clinic, context.actor, text)
        ]

    def _on_entered(self) -> None:
        term, text = self.search.value(), self.search.text()
        if self._visit is None or not text:
            return
        command = AddDiagnosis(
            key=self._key,
            visit_id=self._visit,
            term_id=term.id if term is not None else None,
            text="" if term is not None else text,
            certainty=Certainty.PROVISIONAL if self.provisional.value() else Certainty.CONFIRMED,
            to_problem_list=self.to_list.value(),
        )
        self._key = new_id()
        self.search.clear()
        self._desk.write(add_diagnosis, command, lambda _outcome: self._added(text))

    def _added(self, text: str) -> None:
        self.to_list.set_value(False)
        self.provisional.set_value(False)
        self._desk.context.messages.good(tr("Diagnosis added: {text}.", text=text))

    def _on_void(self) -> None:
        chosen = self.list.current()
        if chosen is None or not self._writable:
            return
        ask_reason(
            self, "doctor.void_diagnosis", tr("Take back a diagnosis"), chosen.text, tr("&Take back"),
            lambda reason: self._desk.write(
                void_diagnosis, VoidDiagnosis(diagnosis_id=chosen.id, reason=reason), lambda _outcome: None
            ),
        )  # fmt: skip


def _rank_badge(diagnosis: DiagnosisRow) -> Badge | None:
    if diagnosis.certainty is Certainty.PROVISIONAL:
        return tone_badge(say(diagnosis.certainty), "warn")
    return tone_badge(say(diagnosis.rank), "info" if diagnosis.rank is DiagnosisRank.PRIMARY else "plain")
