"""`make bench`: one table of ratios, and the same as JSON in `.bench/`. Sizes: `--sizes 10000,100000,1000000`."""

import argparse
import json
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from hms_desktop.services.clinic import Clinic
from hms_desktop.services.setup import CreateClinic, create_clinic, open_clinic
from hms_desktop.system.machine import Machine
from tests.benchmarks.blocks import Measured
from tests.benchmarks.charting import chart_rows
from tests.benchmarks.generator import fill, now
from tests.benchmarks.reading import queue_rows, search_rows
from tests.benchmarks.starting import start_rows
from tests.benchmarks.writing import paper_rows, save_rows

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / ".bench"
MILLION = 1_000_000


def clinic_of(size: int) -> Clinic:
    """The clinic of this size, made once and kept."""
    folder = FOLDER / str(size)
    machine = Machine(folder / "home", ROOT / "migrations", now)
    store = folder / "clinic.db"
    if not (folder / "whole").exists():
        for left in folder.glob("clinic.db*"):
            left.unlink()
        command = CreateClinic(name="Bench", code="BM", admin_password="bench-password-9", time_zone="Africa/Nairobi")
        clinic = create_clinic(str(store), machine, command)
        fill(clinic, size)
        (folder / "whole").touch()
        return clinic
    return open_clinic(str(store), machine)


def measured(sizes: list[int]) -> Iterator[Measured]:
    """Every row, cheap ones first."""
    yield from start_rows(FOLDER)
    yield from paper_rows()
    for size in sizes:
        clinic = clinic_of(size)
        yield from search_rows(clinic, size)
        yield from queue_rows(clinic, size)
        if size < MILLION:
            yield from chart_rows(clinic, size)
            yield from save_rows(clinic, size)
        clinic.store.close()


def main() -> None:
    """Measure, print, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="10000,100000,1000000")
    sizes = [int(each) for each in parser.parse_args().sizes.split(",")]
    FOLDER.mkdir(exist_ok=True)
    found = []
    sys.stdout.write(
        f"{'work':<34}{'size':>9}{'ms':>10}{'floor ms':>10}{'ratio':>8}{'p99 ms':>9}{'p99 ratio':>10}  goal\n"
    )
    for row in measured(sizes):
        found.append(asdict(row))
        size = f"{row.size:,}" if row.size else ""
        sys.stdout.write(
            f"{row.name:<34}{size:>9}{row.subject_ms:>10.3f}{row.floor_ms:>10.3f}{row.ratio:>8.2f}"
            f"{row.p99_ms:>9.3f}{row.p99_ratio:>10.2f}  {row.goal}\n"
        )
        sys.stdout.flush()
    (FOLDER / "ratios.json").write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
