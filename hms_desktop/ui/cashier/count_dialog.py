"""Count the drawer blind, note by note; only then see what the books expect; close with a Z report."""

from decimal import Decimal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from hms_desktop.domain.cash import CashCount, SessionRow
from hms_desktop.domain.ids import new_id
from hms_desktop.domain.money import ZERO
from hms_desktop.services.cash_sessions import CloseSession, CountSession, close_session, count_session
from hms_desktop.services.clinic import Outcome
from hms_desktop.ui.cashier.deed_dialog import DeedDialog
from hms_desktop.ui.cashier.figures_bar import Figure, FiguresBar
from hms_desktop.ui.kit.buttons import beside_primary, primary
from hms_desktop.ui.kit.desk import DeskContext
from hms_desktop.ui.kit.fields import MoneyField, TextField, WholeField
from hms_desktop.ui.kit.theme import GRID, TypeSize, label, px, set_look_property
from hms_desktop.words.language import tr

COLUMNS = 3


class CountDialog(DeedDialog):
    """Two steps in one dialog: the count, then the difference and the close."""

    closed = Signal(object)
    """The Z report, a `ReportKept`."""

    def __init__(self, context: DeskContext, session: SessionRow, faces: tuple[Decimal, ...], parent: QWidget) -> None:
        title = tr("Count the drawer of {cashier}", cashier=session.cashier)
        super().__init__(context, "cashier.count_dialog", title, "", parent)
        self.setMinimumWidth(px(560))
        self._session = session
        self._currency = context.clinic.facility.currency
        self._count_key, self._close_key = new_id(), new_id()
        self.counts: dict[Decimal, WholeField] = {}
        self.count_page = self._count_page(faces)
        self.close_page = self._close_page()
        self.body.addWidget(self.count_page)
        self.body.addWidget(self.close_page)
        self.count_button = primary("cashier.count_done", tr("Count is &done"), self._on_counted)
        self.close_button = primary("cashier.close_session", tr("&Close, print the Z report"), self._on_close)
        self.again_button = beside_primary("cashier.count_again", tr("Count a&gain"), self.show_count)
        self.finish(self.count_button, self.close_button, self.again_button, cancel_text=tr("&Not now"))
        if session.counted is not None and session.difference is not None:
            self._show_result(session.counted, session.counted - session.difference, session.difference)
        else:
            self.show_count()

    # --- laying out ----------------------------------------------------------------------------------

    def _count_page(self, faces: tuple[Decimal, ...]) -> QWidget:
        page = QWidget()
        grid = QGridLayout(page)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(px(2 * GRID))
        words = label(tr("How many of each? What the books expect is shown afterwards."), muted=True)
        words.setWordWrap(True)
        grid.addWidget(words, 0, 0, 1, COLUMNS)
        rows = -(-(len(faces) + 1) // COLUMNS)
        for place, face in enumerate(faces):
            name = f"cashier.face{place + 1}"
            field = WholeField(name, _shown(face), low=0, high=100_000, reserve_note=False)
            self.counts[face] = field
            self.fields.append(field)
            grid.addWidget(field, 1 + place % rows, place // rows)
        self.other = MoneyField(
            "cashier.other_cash", tr("Anything &else, as a sum"), currency=self._currency, reserve_note=False
        )
        self.fields.append(self.other)
        grid.addWidget(self.other, 1 + len(faces) % rows, len(faces) // rows)
        self.total = label("", TypeSize.DISPLAY, bold=True)
        self.total.setObjectName("cashier.counted")
        grid.addWidget(self.total, 1 + rows, 0, 1, COLUMNS)
        for each in (*self.counts.values(), self.other):
            each.changed.connect(self._show_total)
        self._show_total()
        return page

    def _close_page(self) -> QWidget:
        page = QWidget()
        grid = QGridLayout(page)
        grid.setContentsMargins(0, 0, 0, 0)
        self.figures = FiguresBar(self._currency)
        self.verdict = label("", TypeSize.DISPLAY, bold=True)
        self.verdict.setObjectName("cashier.difference")
        self.reason = TextField(
            "cashier.difference_reason", tr("&Reason of the difference"), max_length=200, required=True
        )
        self.fields.append(self.reason)
        grid.addWidget(self.figures, 0, 0)
        grid.addWidget(self.verdict, 1, 0)
        grid.addWidget(self.reason, 2, 0)
        return page

    # --- counting ----------------------------------------------------------------------------------

    def show_count(self) -> None:
        """The first step: count."""
        self._count_key = new_id()
        self._step(counting=True)
        self.start()

    def _step(self, *, counting: bool) -> None:
        self.count_page.setVisible(counting)
        self.close_page.setVisible(not counting)
        self.count_button.setVisible(counting)
        for button in (self.close_button, self.again_button):
            button.setVisible(not counting)
        self.use_button(self.count_button if counting else self.close_button)

    def counted(self) -> tuple[CashCount, ...]:
        """What was typed; a blank row is none."""
        return tuple(CashCount(face, field.value() or 0) for face, field in self.counts.items())

    def _show_total(self) -> None:
        total = sum((each.face * each.count for each in self.counted()), self.other.value() or ZERO)
        self.total.setText(self._currency.show(total, code=True))

    def _on_counted(self) -> None:
        if not self.count_page.isVisible():
            self._on_close()
            return
        if not self.fields_are_right():
            return
        command = CountSession(
            key=self._count_key, session_id=self._session.id, counts=self.counted(), other=self.other.value() or ZERO
        )
        self.send(count_session, lambda _person: command)

    def _show_result(self, counted: Decimal, expected: Decimal, difference: Decimal) -> None:
        self.figures.show_figures(
            (Figure(tr("Counted"), counted, always=True), Figure(tr("Expected"), expected, always=True))
        )
        word = tr("Exact") if not difference else tr("Over") if difference > 0 else tr("Short")
        self.verdict.setText(f"{word} {self._currency.show(abs(difference), code=True)}" if difference else word)
        set_look_property(self.verdict, "tone", "error" if difference else "good")
        self.reason.setVisible(bool(difference))
        self._step(counting=False)
        if difference:
            self.reason.focus_editor()
        else:
            self.close_button.setFocus()

    def _on_close(self) -> None:
        if not self.fields_are_right():
            return
        reason = self.reason.value() if not self.reason.isHidden() else ""
        command = CloseSession(key=self._close_key, session_id=self._session.id, difference_reason=reason)
        self.send(close_session, lambda _person: command)

    def on_saved(self, outcome: Outcome[object]) -> None:
        """After the count comes the difference; after the close, the report."""
        if self.count_page.isVisible():
            value = outcome.value
            self._show_result(value.counted, value.expected, value.difference)  # type: ignore[attr-defined]
            return
        self.closed.emit(outcome.value)
        super().on_saved(outcome)


def _shown(face: Decimal) -> str:
    """A face value without needless decimals: 1000, 0.50."""
    return f"{face:,f}".removesuffix(".00")
