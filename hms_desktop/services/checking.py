"""`hms check`: counts, digests and proofs of a whole store, from one consistent view, changing nothing."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice

from hms_desktop.data.queries.checks.altered import altered_findings
from hms_desktop.data.queries.checks.books import book_findings
from hms_desktop.data.queries.checks.digests import digest, synced_tables
from hms_desktop.data.queries.checks.findings import (
    Check,
    Finding,
    audit_findings,
    file_findings,
    hold_still,
    reference_findings,
)
from hms_desktop.data.queries.checks.numbers import number_findings
from hms_desktop.data.queries.checks.schema import schema_findings
from hms_desktop.data.queries.checks.sessions import session_findings
from hms_desktop.data.queries.checks.stock import stock_findings
from hms_desktop.data.schema import HEAD, stamp
from hms_desktop.data.store import Store, open_store
from hms_desktop.domain.errors import NotAClinic, StoreMissing, StoreNewer

MOST_FINDINGS = 1000
"""More of one kind of check help nobody; the last finding then says that there are more."""

CHECKS: dict[str, Check] = {
    "file": file_findings,
    "references": reference_findings,
    "stock": stock_findings,
    "books": book_findings,
    "sessions": session_findings,
    "numbers": number_findings,
    "audit": audit_findings,
    "altered": altered_findings,
}


@dataclass(frozen=True, slots=True)
class Report:
    """What a check found. `counts` and `digest` by table, of the tables that every station shares."""

    counts: dict[str, int]
    digest: dict[str, str]
    findings: list[Finding]

    @property
    def ok(self) -> bool:
        """Whether nothing was found."""
        return not self.findings


def _nobody_listens(_step: str) -> None:
    """The default for `on_step`."""


def check_location(location: str, on_step: Callable[[str], None] = _nobody_listens) -> Report:
    """Check the store at a path or URL. Raises StoreMissing, StoreNewer, Unreachable, StoreDamaged, BadInput."""
    store = open_store(location)
    try:
        return check_store(store, on_step)
    finally:
        store.close()


def check_store(store: Store, on_step: Callable[[str], None] = _nobody_listens) -> Report:
    """Check an open store; `on_step` hears the name of each part as it begins. Raises StoreMissing, StoreNewer."""
    found = stamp(store)
    if found.revision is None:
        raise StoreMissing(store=store.shown) if found.empty else NotAClinic(store=store.shown)
    if found.revision > HEAD:
        raise StoreNewer(store=store.shown, found=found.revision, known=HEAD)
    on_step("schema")
    findings = list(_at_most(schema_findings(store), "schema"))
    if any(finding.what in {"other_revision", "definition_missing"} for finding in findings):
        return Report({}, {}, findings)  # what is not there can't be counted
    counts: dict[str, int] = {}
    digests: dict[str, str] = {}
    with store.reading() as connection:
        hold_still(connection)
        for name, check in CHECKS.items():
            on_step(name)
            findings += _at_most(check(connection), name)
        on_step("digest")
        for table in synced_tables():
            counts[table.name], digests[table.name] = digest(connection, table)
    return Report(counts, digests, findings)


def _at_most(found: Iterator[Finding], check: str) -> Iterator[Finding]:
    yield from islice(found, MOST_FINDINGS)
    if next(found, None) is not None:
        yield Finding(check, "", "", "and_more")
