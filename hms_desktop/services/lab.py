"""What the lab's window and the doctor's chart show: what to collect, the bench, what to release, results, alerts.

The buttons: `lab_orders.py`, `lab_specimens.py`, `lab_results.py`, `lab_release.py`, `lab_reports.py`.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from hms_desktop.data.queries import lab_bench as bench_queries
from hms_desktop.data.queries import lab_orders as order_queries
from hms_desktop.data.queries import lab_results as result_queries
from hms_desktop.data.queries import papers as paper_queries
from hms_desktop.data.queries import settings
from hms_desktop.data.reader import AnyRow, Reader
from hms_desktop.domain.billing import ClinicProfile
from hms_desktop.domain.errors import NotFound
from hms_desktop.domain.ids import Id
from hms_desktop.domain.lab import OrderState
from hms_desktop.domain.lab_rows import (
    AlertRow,
    BenchSheet,
    CollectRow,
    EntryRow,
    LabBoard,
    OrderRow,
    ReleaseSheet,
    ResultRow,
    SpecimenNeed,
)
from hms_desktop.domain.money import ZERO
from hms_desktop.domain.texts import pick
from hms_desktop.services.catalogue import name_of
from hms_desktop.services.chart_access import require_care
from hms_desktop.services.lab_results import pregnant
from hms_desktop.services.lab_specimens import in_words, reject_words
from hms_desktop.services.service import reads

DONE_DAYS = 7
"""How far back the list of finished orders looks."""


@reads("lab.view")
def lab_board(reader: Reader) -> LabBoard:
    """All lists of the lab's window at one moment."""
    return LabBoard(
        now=reader.now,
        collect=tuple(_to_collect(reader)),
        bench=tuple(in_words(reader, row) for row in bench_queries.on_the_bench(reader)),
        release=tuple(_to_release(reader)),
        alerts=tuple(result_queries.alerts(reader)),
    )


# --- to collect ------------------------------------------------------------------------------------------


def _to_collect(reader: Reader) -> list[CollectRow]:
    orders = order_queries.to_collect(reader)
    items: dict[Id, list[AnyRow]] = {}
    if orders:
        for item in order_queries.items(reader, {order.id for order in orders}):
            if item.state == OrderState.ORDERED:
                items.setdefault(item.order_id, []).append(item)
    queued = order_queries.queue_entries(reader, {order.visit_id for order in orders})
    unpaid = _unpaid(reader, [item for rows in items.values() for item in rows])
    old = {item.specimen_id for rows in items.values() for item in rows if item.specimen_id is not None}
    rejected = order_queries.rejected(reader, old)
    return [
        _collect_row(reader, order, items[order.id], queued.get(order.visit_id), unpaid, rejected) for order in orders
    ]


def _unpaid(reader: Reader, items: Sequence[AnyRow]) -> dict[Id, int]:
    """What stands in the way of collecting where the clinic is paid first."""
    if reader.facility.profile is not ClinicProfile.PAY_FIRST:
        return {}
    return order_queries.unsettled(reader, {item.charge_id for item in items if item.charge_id is not None})


def _collect_row(
    reader: Reader, order: OrderRow, items: Sequence[AnyRow], entry: AnyRow | None, unpaid: dict[Id, int],
    rejected: dict[Id, AnyRow],
) -> CollectRow:  # fmt: skip
    kinds: dict[str, list[AnyRow]] = {}
    for item in items:
        kinds.setdefault(item.specimen, []).append(item)
    owed = sum(unpaid.get(charge_id, 0) for charge_id in {item.charge_id for item in items})
    return CollectRow(
        order=order, needs=tuple(_need(reader, kind, tests, rejected) for kind, tests in kinds.items()),
        owed=reader.facility.currency.from_minor(owed) if owed else ZERO, ticket=entry.ticket if entry else "",
        queue_entry_id=entry.id if entry else None, queue_state=str(entry.state) if entry else "",
        queue_version=entry.version if entry else 0,
    )  # fmt: skip


def _need(reader: Reader, kind: str, items: Sequence[AnyRow], rejected: dict[Id, AnyRow]) -> SpecimenNeed:
    language = reader.actor.language
    old = next((rejected[item.specimen_id] for item in items if item.specimen_id in rejected), None)
    return SpecimenNeed(
        kind=kind, name=name_of("specimens", kind, language),
        tests=tuple(pick(item.name, language) for item in items), item_ids=tuple(item.id for item in items),
        preparation=tuple(dict.fromkeys(filter(None, (pick(item.preparation, language) for item in items)))),
        rejected_accession=old.accession if old else "",
        reject_reason=reject_words(reader, old.reject_reason, old.reject_note) if old else "",
    )  # fmt: skip


# --- the bench, to release -------------------------------------------------------------------------------


@reads("lab.view")
def bench_sheet(reader: Reader, specimen_id: Id) -> BenchSheet:
    """What the entry grid needs of one specimen. Raises NotFound."""
    row = bench_queries.by_id(reader, specimen_id)
    if row is None:
        raise NotFound(kind="specimen", id=specimen_id)
    order = order_queries.order(reader, row.order_id)
    assert order is not None
    expecting = pregnant(reader, order.visit_id)
    entries = tuple(bench_queries.entries(reader, row, pregnant=expecting))
    notes = " · ".join(each for each in (order.diagnosis, order.clinical_notes) if each)
    return BenchSheet(in_words(reader, row), order.visit_id, expecting, notes, entries)


def _to_release(reader: Reader) -> list[ReleaseSheet]:
    waiting: dict[Id, list[ResultRow]] = {}
    for row in result_queries.to_release(reader):
        assert row.order_id is not None
        waiting.setdefault(row.order_id, []).append(row)
    orders = order_queries.orders_by_id(reader, set(waiting))
    released: dict[Id, list[ResultRow]] = {}
    for row in result_queries.of_orders(reader, set(waiting)):
        if row.released and row.order_id is not None:
            released.setdefault(row.order_id, []).append(row)
    sheets = [ReleaseSheet(orders[id], tuple(rows), tuple(released.get(id, ()))) for id, rows in waiting.items()]
    return sorted(sheets, key=lambda sheet: (not _urgent(sheet), sheet.order.rank, sheet.entered_at, sheet.id))


def _urgent(sheet: ReleaseSheet) -> bool:
    return any(result.is_critical for result in sheet.waiting)


@reads("lab.view")
def may_release_own(reader: Reader) -> bool:
    """Whether the clinic lets one person enter and release."""
    return settings.flag(reader, "lab_own_release")


@reads("lab.view")
def label_paper(reader: Reader, specimen_id: Id) -> Id | None:
    """The paper with the label of a specimen, to print it again."""
    row = bench_queries.by_id(reader, specimen_id)
    if row is None:
        raise NotFound(kind="specimen", id=specimen_id)
    for each in paper_queries.papers_about(reader, "subject_id", row.order_id, ["specimen-label"]):
        labels = paper_queries.content(reader, each.id).content["labels"]
        if any(label["accession"] == row.accession for label in labels):
            return each.id
    return None


@reads("lab.correct")
def entry_of_result(reader: Reader, result_id: Id) -> EntryRow:
    """The test of a result as the grid would show it, for a correction. Raises NotFound."""
    result = result_queries.result(reader, result_id)
    specimen = None if result is None else bench_queries.specimen_of(reader, result.item_id)
    if specimen is None or result is None:
        raise NotFound(kind="lab_result", id=result_id)
    assert result.visit_id is not None
    expecting = pregnant(reader, result.visit_id)
    found = bench_queries.entries(reader, specimen, pregnant=expecting)
    return next(entry for entry in found if entry.item_id == result.item_id)


# --- done, and what others look at -----------------------------------------------------------------------


@reads("lab.view")
def finished_orders(
    reader: Reader, text: str = "", before: tuple[datetime, Id] | None = None, limit: int = 50
) -> list[OrderRow]:
    """Orders with released results, newest first: of the last days, or whatever `text` finds."""
    since = reader.today - timedelta(days=DONE_DAYS if not text.strip() else 36_500)
    return order_queries.done(reader, since, text=text, before=before, limit=limit)


@reads("lab.view")
def results_of_order(reader: Reader, order_id: Id) -> list[ResultRow]:
    """The results that count of an order, preliminary ones too."""
    return result_queries.of_orders(reader, [order_id])


@reads("lab.view")
def results_of_visit(reader: Reader, visit_id: Id) -> list[ResultRow]:
    """The results that count of a visit as they come: preliminary ones are marked by their status."""
    return result_queries.of_visit(reader, visit_id)


@reads("lab.view")
def results_of_patient(reader: Reader, patient_id: Id, limit: int = 200) -> list[ResultRow]:
    """The released results of a patient, newest first. Raises ReasonNeeded, NotAllowed (break glass)."""
    require_care(reader, patient_id)
    return result_queries.of_patient(reader, patient_id, limit=limit)


@reads("lab.view")
def trend(reader: Reader, patient_id: Id, test_code: str) -> list[ResultRow]:
    """The released results of one test of a patient, oldest first. Raises ReasonNeeded, NotAllowed (break glass)."""
    require_care(reader, patient_id)
    return result_queries.trend(reader, patient_id, test_code)


@reads("lab.view")
def critical_alerts(reader: Reader, mine: bool = False) -> list[AlertRow]:
    """Critical results that nobody was told of, or that no doctor has acknowledged; `mine`: of what I asked for."""
    found = result_queries.alerts(reader)
    return [row for row in found if row.ordered_by_id == reader.actor.user_id] if mine else found
