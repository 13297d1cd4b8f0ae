"""The pharmacy desk: one field to scan into, seven pages, one open prescription."""

from decimal import Decimal
from functools import partial
from typing import ClassVar
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QTabBar, QVBoxLayout, QWidget

from hms_desktop.domain import topics
from hms_desktop.domain.billing import ClinicProfile
from hms_desktop.domain.dispensing import FoundRow, OwedRow, PharmacyRow
from hms_desktop.domain.ids import Id
from hms_desktop.domain.patients import PatientBanner
from hms_desktop.services.goods_receipts import supplier_names
from hms_desktop.services.patients import patient_banner
from hms_desktop.services.pharmacy.levels import expiring, stock_list, to_order
from hms_desktop.services.pharmacy.queue import owed_list, pharmacy_queue, prescriptions_of_patient
from hms_desktop.services.pharmacy.scan import Scanned, scan
from hms_desktop.services.pharmacy.sheet import DispenseSheet, dispense_sheet
from hms_desktop.services.stock import stock_locations
from hms_desktop.ui.kit.desk import Desk, DeskContext
from hms_desktop.ui.kit.dialogs import ask_choice
from hms_desktop.ui.kit.fields import Choice, TextField
from hms_desktop.ui.kit.layout import row
from hms_desktop.ui.kit.shortcuts import Key, Shortcut, bind
from hms_desktop.ui.kit.theme import GRID, px
from hms_desktop.ui.pharmacy import desk_keys
from hms_desktop.ui.pharmacy.dispense_deeds import DispenseDeeds
from hms_desktop.ui.pharmacy.dispense_page import DispensePage
from hms_desktop.ui.pharmacy.expiring_page import ExpiringPage
from hms_desktop.ui.pharmacy.medicine_text import day_text
from hms_desktop.ui.pharmacy.owed_page import OwedPage
from hms_desktop.ui.pharmacy.queue_deeds import QueueDeeds
from hms_desktop.ui.pharmacy.queue_page import QueuePage
from hms_desktop.ui.pharmacy.receive_form import ReceiveForm
from hms_desktop.ui.pharmacy.reorder_page import ReorderPage
from hms_desktop.ui.pharmacy.room import ROOM_FOR_ALL
from hms_desktop.ui.pharmacy.stock_deeds import StockDeeds
from hms_desktop.ui.pharmacy.stock_page import StockPage
from hms_desktop.words.labels import say
from hms_desktop.words.language import N_, tr, trn

QUEUE, DISPENSE, OWED, STOCK, RECEIVE, EXPIRING, REORDER = range(7)
TITLES = (
    N_("&1 Queue"),
    N_("&2 Give"),
    N_("&3 Owed"),
    N_("&4 Stock"),
    N_("&5 Receive"),
    N_("&6 Expiring"),
    N_("&7 To order"),
)
TICK_MS = 30_000
SCAN_WIDTH, TIGHT_SCAN_WIDTH = 340, 112
SCAN_HINT = N_("Scan a prescription, card, ticket or box (F9)")


class PharmacyDesk(Desk):
    """Puts the pages together: a scan or a list opens a prescription, giving it leads back to the queue."""

    NAME: ClassVar[str] = "pharmacy"
    TOPICS: ClassVar[frozenset[str]] = frozenset(
        {topics.PHARMACY_QUEUE, topics.STOCK, topics.BOARD, topics.BILLS, topics.PATIENTS, topics.CATALOGUE}
    )

    def __init__(self, context: DeskContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._patient: Id | None = None
        self._months: int | None = None
        self._tight = False
        zone = ZoneInfo(context.clinic.facility.time_zone)
        self.scan_field = TextField("pharmacy.scan", "", placeholder=tr(SCAN_HINT), max_length=80)
        self.scan_field.editor.setAccessibleName(tr(SCAN_HINT))
        pay_first = context.clinic.facility.profile is ClinicProfile.PAY_FIRST
        self.queue = QueuePage(context.clinic.clock, lambda each: self._money(each.amount), pay_first=pay_first)
        self.dispensing = DispensePage(context, lambda each: self._money(each.amount))
        self.owed = OwedPage()
        self.stock = StockPage(zone, self._money)
        self.receiving = ReceiveForm(context)
        self.expiring = ExpiringPage(context.today, self._money)
        self.reorder = ReorderPage(self._money)
        self.tabs, self.pages = QTabBar(), QStackedWidget()
        self._lay_out()
        self._deeds = (
            QueueDeeds(self, self.queue),
            DispenseDeeds(self, self.dispensing),
            StockDeeds(self, self.stock, self.expiring),
        )
        self._connect()
        self._timer = QTimer(self, interval=TICK_MS)
        self._timer.timeout.connect(self.queue.tick)

    def _money(self, amount: Decimal) -> str:
        return self.context.clinic.facility.currency.show(amount)

    def _lay_out(self) -> None:
        self.tabs.setObjectName("pharmacy.pages")
        self.tabs.setAccessibleName(tr("Parts of the pharmacy"))
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setUsesScrollButtons(True)
        pages = (
            self.queue, self.dispensing, self.owed, self.stock, self.receiving, self.expiring, self.reorder,
        )  # fmt: skip
        for title, page in zip(TITLES, pages, strict=True):
            self.tabs.addTab(tr(title))
            self.pages.addWidget(page)
        self.scan_field.setMinimumWidth(px(TIGHT_SCAN_WIDTH))
        self.scan_field.setMaximumWidth(px(SCAN_WIDTH))
        top = row(self.tabs, self.scan_field, space=12)
        top.setStretch(0, 1)
        top.setStretch(1, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(px(12), px(6), px(12), px(GRID))
        layout.setSpacing(px(GRID))
        layout.addLayout(top)
        layout.addWidget(self.pages, 1)

    def _connect(self) -> None:
        self.scan_field.entered.connect(self._on_scanned)
        self.queue.open_wanted.connect(self._on_row)
        self.owed.open_wanted.connect(self._on_owed)
        self.dispensing.finished.connect(self._on_finished)
        self.dispensing.form.cancelled.connect(self._on_finished)
        self.dispensing.form.outdated.connect(self.look_again)
        self.stock.location_chosen.connect(self._read_stock)
        self.expiring.months_chosen.connect(self._on_months)
        self.expiring.open_wanted.connect(lambda lot: self.show_medicine(lot.medication_id))
        self.reorder.open_wanted.connect(lambda each: self.show_medicine(each.id))
        self.receiving.cancelled.connect(self.back)
        self.tabs.currentChanged.connect(self._on_page)
        bind(desk_keys.SCAN, self, self._to_scan)
        bind(desk_keys.GIVEN, self.dispensing, self.dispensing.turn_to_given, inside=True)
        bind(Key.NEXT_AREA, self, self._on_next_area, inside=True)
        bind("Ctrl+PgDown", self, partial(self._turn, 1), inside=True)
        bind("Ctrl+PgUp", self, partial(self._turn, -1), inside=True)
        for page in (self.owed, self.stock, self.expiring, self.reorder, self.scan_field):
            bind(Key.BACK, page, self.back, inside=True)

    # --- a desk answers ----------------------------------------------------------------------------

    def title(self) -> str:
        """What the window is called."""
        return tr("Pharmacy")

    def shortcuts(self) -> list[Shortcut]:
        """The keys of this window."""
        return desk_keys.shortcuts()

    def reload(self) -> None:
        """Who waits and what is owed, always; the page that is shown; the open prescription as it stands now."""
        self._read_waiting()
        self._read_page()
        sheet = self.dispensing.sheet
        if sheet is not None:
            self.read(dispense_sheet, self._on_sheet_again, sheet.prescription_id)
            self._read_banner(sheet.patient_id)

    def _read_waiting(self) -> None:
        self.read(pharmacy_queue, self._on_queue)
        self.read(owed_list, self._on_owed_list)

    def _read_page(self) -> None:
        page = self.tabs.currentIndex()
        if page == STOCK:
            self.read(stock_locations, self.stock.set_locations)
            self._read_stock()
        elif page == RECEIVE:
            self.read(supplier_names, self.receiving.set_suppliers)
        elif page == EXPIRING:
            self._read_expiring()
        elif page == REORDER:
            self.read(to_order, self.reorder.set_rows)

    def open_patient(self, patient_id: Id) -> None:
        """Ctrl+K picked somebody: their prescription, or a choice of them."""
        self.read(prescriptions_of_patient, self._on_prescriptions, patient_id)

    def start_focus(self) -> QWidget:
        """Where the work of the page starts."""
        page = self.tabs.currentIndex()
        if page == QUEUE:
            return self.queue.list
        focuses: dict[int, QWidget] = {
            DISPENSE: self.dispensing.start_focus(), OWED: self.owed.list, STOCK: self.stock.start_focus(),
            RECEIVE: self.receiving.start_focus(), EXPIRING: self.expiring.list, REORDER: self.reorder.list,
        }  # fmt: skip
        return focuses[page]

    # --- lists -------------------------------------------------------------------------------------

    def _read_stock(self) -> None:
        self.read(stock_list, self.stock.set_rows, self.stock.chosen_location())
        chosen = self.stock.list.current()
        if chosen is not None:
            self.stock.medicine_chosen.emit(chosen)

    def _read_expiring(self) -> None:
        self.read(expiring, self.expiring.show_expiring, self._months)

    def _on_months(self, months: int | None) -> None:
        self._months = months
        self._read_expiring()

    def _on_queue(self, rows: list[PharmacyRow]) -> None:
        self.queue.set_rows(rows)
        patients = len({each.entry.id for each in rows})
        self.tabs.setTabText(QUEUE, tr("&1 Queue {n}", n=patients) if patients else tr(TITLES[QUEUE]))

    def _on_owed_list(self, rows: list[OwedRow]) -> None:
        self.owed.set_rows(rows)
        self.tabs.setTabText(OWED, tr("&3 Owed {n}", n=len(rows)) if rows else tr(TITLES[OWED]))

    # --- opening -----------------------------------------------------------------------------------

    def _on_row(self, chosen: PharmacyRow) -> None:
        if chosen.prescription_id is not None:
            self.open_prescription(chosen.prescription_id)
        else:
            patient = chosen.entry.patient_name
            self.context.messages.info(tr("{patient} has no prescription yet.", patient=patient))

    def _on_owed(self, chosen: OwedRow) -> None:
        self.open_prescription(chosen.prescription_id)

    def open_prescription(self, prescription_id: Id) -> None:
        """Read a prescription and go to it."""
        self.read(dispense_sheet, self._on_sheet, prescription_id)

    def _on_sheet(self, sheet: DispenseSheet) -> None:
        self._patient = sheet.patient_id
        self.dispensing.show_sheet(sheet)
        self._read_banner(sheet.patient_id)
        self.go_to(DISPENSE)

    def _on_sheet_again(self, sheet: DispenseSheet) -> None:
        now = self.dispensing.sheet
        if now is not None and now.prescription_id == sheet.prescription_id:
            self.dispensing.show_sheet(sheet)

    def _read_banner(self, patient_id: Id) -> None:
        self.read(patient_banner, self._on_banner, patient_id)

    def _on_banner(self, banner: PatientBanner) -> None:
        if banner.id == self._patient:
            self.patient_shown.emit(banner)

    def _on_prescriptions(self, found: list[FoundRow] | tuple[FoundRow, ...]) -> None:
        """One that is open is opened; several are asked about; none is said."""
        live = [each for each in found if each.open_items] or list(found)
        if not live:
            self.context.messages.info(tr("Nothing was prescribed for this patient."))
        elif len(live) == 1:
            self.open_prescription(live[0].prescription_id)
        else:
            offered = [
                Choice(each.prescription_id, f"{each.number} · {day_text(each.day)}", _open_text(each))
                for each in live[:8]
            ]
            title, patient = tr("Which prescription?"), live[0].patient_name
            ask_choice(self, "pharmacy.which", title, patient, offered, self.open_prescription)

    def _on_finished(self) -> None:
        self._patient = None
        self.dispensing.close_sheet()
        self.patient_shown.emit(None)
        self.go_to(QUEUE)

    def back(self) -> None:
        """Esc on another page: to the open prescription, else to the queue."""
        self.go_to(QUEUE if self.dispensing.sheet is None else DISPENSE)

    # --- scanning ----------------------------------------------------------------------------------

    def _on_scanned(self) -> None:
        typed = self.scan_field.value()
        context = self.context
        if typed:
            context.background.read(
                lambda: scan(context.clinic, context.actor, typed), partial(self._on_found, typed), self._on_refused,
                owner=self,
            )  # fmt: skip

    def _on_refused(self, error: Exception) -> None:
        """What was scanned leads nowhere here: said by name, and the next scan replaces it."""
        self._to_scan()
        self.scan_field.line.selectAll()
        self.context.messages.failed(error)

    def _on_found(self, typed: str, found: Scanned) -> None:
        self.scan_field.clear()
        if found.prescriptions:
            self._on_prescriptions(found.prescriptions)
        elif found.medicine is None:
            self.scan_field.focus_editor()
            self.context.messages.warn(
                tr("“{text}” is no prescription, card, ticket, medicine or batch that is known here.", text=typed)
            )
        elif self.tabs.currentIndex() == RECEIVE:
            self.receiving.take_medicine(found.medicine)
        elif self.dispensing.sheet is None or self.tabs.currentIndex() != DISPENSE:
            self.show_medicine(found.medicine.id)
        elif not self.dispensing.scanned(found.medicine.id, found.batch_id):
            self.context.messages.error(
                tr(
                    "{medicine} is not on this prescription.",
                    medicine=f"{found.medicine.name} {found.medicine.strength}",
                )
            )

    def show_medicine(self, medication_id: Id) -> None:
        """The stock page at a medicine."""
        self.go_to(STOCK)
        self.stock.want(medication_id)
        self._read_stock()

    # --- room and focus ----------------------------------------------------------------------------

    def go_to(self, page: int) -> None:
        """Show a page, the focus where its work starts."""
        if self.tabs.currentIndex() == page:
            self._focus_page()
        else:
            self.tabs.setCurrentIndex(page)

    def _on_page(self, page: int) -> None:
        self.pages.setCurrentIndex(page)
        if page in (QUEUE, OWED):
            self._read_waiting()
        self._read_page()
        self._focus_page()

    def _focus_page(self) -> None:
        if not self.isVisible():
            return
        if self.tabs.currentIndex() == DISPENSE and self.dispensing.sheet is not None:
            self.dispensing.form.start()
        self.start_focus().setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _to_scan(self) -> None:
        self.scan_field.focus_editor()

    def _on_next_area(self) -> None:
        """From the list of the page to its details, and back."""
        if self.tabs.currentIndex() == DISPENSE:
            form = self.dispensing.form
            (form.panel.start_focus() if form.list.hasFocus() else form.list).setFocus()
        elif self.tabs.currentIndex() == STOCK:
            self.stock.turn(details=not self.stock.batches.hasFocus() and not self.stock.card.hasFocus())
        else:
            self._focus_page()

    def _turn(self, by: int) -> None:
        self.tabs.setCurrentIndex((self.tabs.currentIndex() + by) % self.tabs.count())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Decide what has room."""
        super().resizeEvent(event)
        tight = self.width() < px(ROOM_FOR_ALL)
        if tight == self._tight:
            return
        self._tight = tight
        self.scan_field.setMaximumWidth(px(TIGHT_SCAN_WIDTH if tight else SCAN_WIDTH))
        self.scan_field.line.setPlaceholderText(tr("Scan (F9)") if tight else tr(SCAN_HINT))
        self.tabs.setStyleSheet(f"QTabBar::tab {{ padding: {px(7)}px {px(7)}px; }}" if tight else "")
        for page in (self.queue, self.dispensing, self.owed, self.stock, self.receiving, self.expiring, self.reorder):
            page.set_tight(tight)

    def showEvent(self, event: QShowEvent) -> None:
        """Minutes run while somebody looks."""
        super().showEvent(event)
        self._timer.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """And stand still when nobody does."""
        super().hideEvent(event)
        self._timer.stop()


def _open_text(found: FoundRow) -> str:
    if not found.open_items:
        return say(found.status)
    return trn("{n} medicine to give", "{n} medicines to give", found.open_items)
