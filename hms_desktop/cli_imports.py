"""`hms import`: what was asked, done and told. The list of refused rows has a place before anything is taken."""

import argparse
import sys
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from hms_desktop.domain.errors import CanNotWrite
from hms_desktop.words.language import tr, trn

if TYPE_CHECKING:
    from hms_desktop.services.clinic import Clinic
    from hms_desktop.services.imports.batches import ImportReport
    from hms_desktop.system.machine import Machine

Arguments = argparse.Namespace


def bring_in(given: Arguments, location: str, machine: "Machine") -> None:
    """Import what `given.what` names from `given.source`. Raises ClinicError, before anything is kept where it can."""
    from hms_desktop.services.setup import open_clinic

    listed = _place_for_refused(given)
    if getattr(given, "dry_run", False):
        print(tr("Dry run: nothing is kept."))
    clinic = open_clinic(location, machine)
    try:
        report = _synthea(given, clinic) if given.what == "synthea" else _patients(given, clinic)
    finally:
        clinic.store.close()
    _print_counts(report)
    _list_refused(report, listed)


def _synthea(given: Arguments, clinic: "Clinic") -> "ImportReport":
    from hms_desktop.services.imports.batches import IMPORTER
    from hms_desktop.services.imports.synthea import import_synthea

    return import_synthea(clinic, IMPORTER, given.source, _progress)


def _patients(given: Arguments, clinic: "Clinic") -> "ImportReport":
    from hms_desktop.services.imports.batches import IMPORTER
    from hms_desktop.services.imports.patients import import_patients

    return import_patients(clinic, IMPORTER, given.source, given.map, dry_run=given.dry_run, on_progress=_progress)


def _progress(patients: int) -> None:
    if sys.stderr.isatty():
        print(trn("{n} patient", "{n} patients", patients), end="\r", file=sys.stderr)


# --- the list of refused rows ----------------------------------------------------------------------------------------


def _place_for_refused(given: Arguments) -> Path:
    """The file that was named, or a new one here called after the source. Raises CanNotWrite."""
    path: Path = given.refused or next(each for each in _names_after(given.source) if not each.exists())
    try:
        is_new = not path.exists()
        path.open("ab").close()
        if is_new:
            path.unlink()
    except OSError:
        raise CanNotWrite(target=str(path)) from None
    return path


def _names_after(source: Path) -> Iterator[Path]:
    stem = source.resolve().stem
    yield Path(f"{stem}-refused.csv")
    yield from (Path(f"{stem}-refused-{number}.csv") for number in count(2))


def _list_refused(report: "ImportReport", path: Path) -> None:
    from hms_desktop.services.imports.batches import write_refused
    from hms_desktop.words.errors import reason

    rows = [*report.refused, *report.remarks]
    if not rows:
        return
    print(trn("{n} row refused.", "{n} rows refused.", len(report.refused)))
    if report.remarks:
        alike = len(report.remarks)
        print(trn("{n} row came in and looks like somebody.", "{n} rows came in and look like somebody.", alike))
    try:
        write_refused(path, rows, lambda row: reason(row.reason, row.facts))
    except CanNotWrite:
        print(tr("The rest is kept. Run it again with another --refused: a second run adds nothing."), flush=True)
        raise
    print(tr("Listed with reasons in {file}", file=path))


def _print_counts(report: "ImportReport") -> None:
    from hms_desktop.words.labels import label

    names = list(dict.fromkeys([*report.added, *report.known]))
    print(f"{'':24}{tr('added'):>10}{tr('known'):>10}")
    for name in names:
        print(f"{label('kind', name):24}{report.added[name]:>10}{report.known[name]:>10}")
    if report.no_place:
        print(tr("Rows that have no place here yet:"))
        for what, number in sorted(report.no_place.items()):
            print(f"{number:>10}  {what}")
