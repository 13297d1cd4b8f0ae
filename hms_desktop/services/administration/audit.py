"""Reading the audit trail. Nobody changes it; that somebody looks at it is written there too, once an opening."""

from collections.abc import Callable
from dataclasses import dataclass

from hms_desktop.data.queries.administration import audit as queries
from hms_desktop.data.reader import Reader
from hms_desktop.data.work import Work
from hms_desktop.domain.accounts import Actor
from hms_desktop.domain.administration.audit import AuditFilter, AuditPage, ChainReport
from hms_desktop.domain.commands import Command
from hms_desktop.domain.ids import Id
from hms_desktop.services.clinic import Clinic
from hms_desktop.services.service import reads, require, writes

PAGE = 100


class CheckStopped(Exception):
    """The person did not want to wait any longer. Nothing is wrong, and nothing is known."""


@dataclass(frozen=True, kw_only=True)
class OpenAudit(Command):
    """Somebody opens the viewer."""


@writes("audit.view")
def open_audit(work: Work, command: OpenAudit) -> bool:
    """Note that somebody looks at the audit trail; called once an opening of the viewer."""
    del command  # its key alone says which opening it was
    work.look("audit.opened", "audit_event", None)
    return True


@reads("audit.view")
def audit_page(reader: Reader, wanted: AuditFilter, after: Id | None = None) -> AuditPage:
    """Events that fit, newest first; `after` the last event of the page before. Values of clinical and money facts
    are shown only to who may see those.
    """
    return queries.page(reader, wanted, after, PAGE)


@reads("audit.view")
def audit_people(reader: Reader) -> list[tuple[Id, str]]:
    """Whom one may ask for: id and name."""
    return queries.people(reader)


@reads("audit.view")
def audit_kinds(reader: Reader) -> list[str]:
    """What one may ask for: codes of kinds of facts."""
    del reader  # they are those of the schema
    return queries.kinds()


def check_chain(clinic: Clinic, actor: Actor, wanted: Callable[[], bool] = lambda: True) -> ChainReport:
    """Prove the whole chain. `wanted` is asked now and then; when it says False, CheckStopped is raised. Raises
    NotAllowed.
    """
    require(actor, "audit.view")

    def go_on(_events: int) -> None:
        if not wanted():
            raise CheckStopped

    with clinic.read(actor) as reader:
        count, broken = queries.check_chain(reader, go_on)
    return ChainReport(count, tuple(broken))
