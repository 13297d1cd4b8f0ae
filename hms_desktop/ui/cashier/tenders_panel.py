"""The parts of a split payment that were entered already."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from hms_desktop.domain.money import ZERO, Currency
from hms_desktop.domain.tenders import Tender
from hms_desktop.ui.kit.layout import column
from hms_desktop.ui.kit.shortcuts import bind
from hms_desktop.ui.kit.table import Column, RowsView
from hms_desktop.ui.kit.theme import TypeSize, label, px
from hms_desktop.words.labels import say
from hms_desktop.words.language import tr


@dataclass(frozen=True)
class _Part:
    """A tender in its place."""

    place: int
    tender: Tender


class TendersPanel(QWidget):
    """Delete takes a part out again."""

    changed = Signal()

    def __init__(self, currency: Currency) -> None:
        super().__init__()
        self._tenders: list[Tender] = []
        self.list = RowsView[_Part](
            "cashier.tenders",
            tr("Parts of this payment"),
            [
                Column(tr("By"), lambda part: _how(part.tender), stretch=True),
                Column(tr("Amount"), lambda part: currency.show(part.tender.amount), width=96, right=True),
            ],
            key=lambda part: part.place,
        )
        self.list.setFixedHeight(px(104))
        hint = label(tr("Delete takes a part out."), TypeSize.SMALL, muted=True)
        self.setLayout(column(self.list, hint, space=2))
        bind("Delete", self.list, self._remove, inside=True)
        self.hide()

    @property
    def tenders(self) -> tuple[Tender, ...]:
        """The parts, in order."""
        return tuple(self._tenders)

    @property
    def total(self) -> Decimal:
        """What the parts add up to."""
        return sum((tender.amount for tender in self._tenders), ZERO)

    def add(self, tender: Tender) -> None:
        """One more part."""
        self.set_tenders([*self._tenders, tender])

    def set_tenders(self, tenders: Sequence[Tender]) -> None:
        """These parts and no others."""
        self._tenders = list(tenders)
        self.list.set_rows([_Part(place, tender) for place, tender in enumerate(self._tenders)])
        self.setVisible(bool(self._tenders))
        self.changed.emit()

    def _remove(self) -> None:
        part = self.list.current()
        if part is not None:
            self.set_tenders([tender for place, tender in enumerate(self._tenders) if place != part.place])


def _how(tender: Tender) -> str:
    return " · ".join(part for part in (say(tender.method), tender.operator, tender.code) if part)
