"""What every import shares: batches of one transaction, facts that know their source, the books of what was done."""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

from hms_desktop.data.base import Base
from hms_desktop.data.failures import TryAgain
from hms_desktop.data.queries.source_keys import known
from hms_desktop.data.tables.facility import SourceKey
from hms_desktop.data.work import Work
from hms_desktop.domain.accounts import SYSTEM, Actor
from hms_desktop.domain.errors import StoreBusy
from hms_desktop.domain.ids import Id
from hms_desktop.interop.csv_rows import write_rows
from hms_desktop.services.clinic import Clinic
from hms_desktop.services.service import TRIES

T = TypeVar("T")
Values = dict[str, Any]

IMPORTER: Actor = replace(SYSTEM, username="import", rights=frozenset({"store.import"}))
"""Who imports at a command line: whoever may open the store there."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A row that was not taken: file, line, the column at fault, why (a code of `reason` and its facts), its cells.

    `meets` names the numbers of patients that it looks like.
    """

    file: str
    line: int
    column: str
    reason: str
    cells: Mapping[str, str] = field(repr=False)
    facts: Mapping[str, object] = field(default_factory=dict)
    meets: str = ""


@dataclass
class ImportReport:
    """What an import did. `added` and `known` count facts by table; `no_place` rows by file and what they are."""

    added: Counter[str] = field(default_factory=Counter)
    known: Counter[str] = field(default_factory=Counter)
    no_place: Counter[str] = field(default_factory=Counter)
    refused: list[Refusal] = field(default_factory=list)
    remarks: list[Refusal] = field(default_factory=list)

    def take_in(self, other: "ImportReport") -> None:
        """Add what one batch did."""
        self.added += other.added
        self.known += other.known
        self.no_place += other.no_place
        self.refused += other.refused
        self.remarks += other.remarks


@dataclass
class Batch:
    """One transaction of an import from `source`."""

    work: Work
    source: str
    report: ImportReport = field(default_factory=ImportReport)

    def put(self, mapped: type[Base], kind: str, items: Mapping[str, T], make: Callable[[T], Values]) -> dict[str, Id]:
        """Insert what was not imported before; the ids of all, by their id at the source.

        `make` is asked for new ones only, so that it may take numbers.
        """
        ids = known(self.work, self.source, kind, items)
        fresh = [key for key in items if key not in ids]
        self.report.known[mapped.__tablename__] += len(ids)
        self.report.added[mapped.__tablename__] += len(fresh)
        made = self.work.insert_many(mapped, [make(items[key]) for key in fresh])
        ids.update(zip(fresh, made, strict=True))
        self.remember(kind, {key: ids[key] for key in fresh})
        return ids

    def remember(self, kind: str, facts: Mapping[str, Id]) -> None:
        """Keep where these facts came from: their ids by their ids at the source."""
        self.work.insert_many(
            SourceKey,
            [{"source": self.source, "kind": kind, "source_id": key, "fact_id": id} for key, id in facts.items()],
        )


class _OnlyTried(Exception):
    """Ends a dry run: everything is undone."""

    def __init__(self, report: ImportReport) -> None:
        super().__init__()
        self.report = report


def in_batch(
    clinic: Clinic, actor: Actor, source: str, body: Callable[[Batch], None], *, keep: bool = True
) -> ImportReport:
    """Run `body` in one transaction, again when the engine asks for it. `body` must not keep anything of its own.

    Without `keep` it is undone in the end, and only the report remains.
    """
    for _attempt in range(TRIES):
        try:
            with clinic.work(actor, f"imports.{source}") as work:
                batch = Batch(work, source)
                body(batch)
                work.finish()
                if not keep:
                    raise _OnlyTried(batch.report)
            return batch.report
        except _OnlyTried as tried:
            return tried.report
        except TryAgain:
            continue
    raise StoreBusy(store=clinic.store.shown)


def in_parts(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """`items` in lists of at most `size`."""
    left = iter(items)
    while part := list(islice(left, size)):
        yield part


def source_id(*parts: object) -> str:
    """An id for a row that has none at its source, made of what tells it from others."""
    return hashlib.sha256("|".join(map(str, parts)).encode()).hexdigest()[:40]


def write_refused(path: Path, rows: Sequence[Refusal], words: Callable[[Refusal], str]) -> None:
    """List refused rows with their reasons, as a CSV file that can be mended and imported. Raises CanNotWrite."""
    cells = list(dict.fromkeys(column for row in rows for column in row.cells))
    header = ["refused_file", "refused_line", "refused_column", "refused_reason", "refused_meets", *cells]
    write_rows(
        path,
        header,
        (
            [row.file, str(row.line), row.column, words(row), row.meets, *(row.cells.get(cell, "") for cell in cells)]
            for row in rows
        ),
    )


def fitted(text: str, size: int) -> str:
    """`text` within `size` characters; what was cut shows as an ellipsis."""
    return text if len(text) <= size else f"{text[: size - 1]}…"
