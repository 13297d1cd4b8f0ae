"""What the day leaves behind: every paper as PDF, and `tour.json` with the figures."""

import json
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from hms_desktop.domain.plain import to_plain
from hms_desktop.services.clinic import Clinic
from hms_desktop.services.witness import Totals, paper_file, paper_ids, totals
from hms_desktop.ui.tour.walk import Walk


@dataclass(frozen=True)
class Before:
    """How things stood when the day began."""

    totals: Totals
    papers: frozenset[str]


def standing(clinic: Clinic) -> Before:
    """Money, stock and papers now."""
    return Before(totals(clinic), frozenset(paper_ids(clinic)))


def write_report(walk: Walk, clinic: Clinic, before: Before, seed: int) -> dict[str, Any]:
    """Write the papers and `tour.json`; gives what was written."""
    report = {
        "seed": seed,
        "desks": {
            name: {"keystrokes": c.keystrokes, "seconds": Decimal(f"{c.seconds:.2f}"), "windows": len(c.windows)}
            for name, c in walk.counts.items()
            if c.keystrokes
        },
        "before": before.totals,
        "after": totals(clinic),
        "papers": _write_papers(walk, clinic, before),
        "pictures": walk.pictures,
    }
    plain = dict(to_plain(report))
    text = json.dumps(plain, indent=1, ensure_ascii=False, sort_keys=True)
    (walk.out / "tour.json").write_text(text + "\n", encoding="utf-8")
    return plain


def _write_papers(walk: Walk, clinic: Clinic, before: Before) -> list[dict[str, str]]:
    """The day's papers as files; a name that comes twice (two labels of one order) gets a counter."""
    written: list[dict[str, str]] = []
    for paper_id in paper_ids(clinic):
        if paper_id in before.papers:
            continue
        file = paper_file(clinic, paper_id)
        name, again = file.file_name, 1
        while any(each["file"] == name for each in written):
            again += 1
            name = f"{file.file_name.removesuffix('.pdf')}-{again}.pdf"
        (walk.out / name).write_bytes(file.pdf)
        written.append({"kind": file.kind, "file": name})
    return written
