"""Several people at once: jobs in threads that start together."""

import threading
from collections.abc import Callable, Sequence

from hms_desktop.domain.errors import ClinicError


def at_once(jobs: Sequence[Callable[[], object]]) -> list[object]:
    """Run jobs in threads that start together; gives what each returned or raised."""
    start = threading.Barrier(len(jobs))
    results: list[object] = [None] * len(jobs)

    def run(place: int) -> None:
        start.wait()
        try:
            results[place] = jobs[place]()
        except ClinicError as refusal:
            results[place] = refusal

    threads = [threading.Thread(target=run, args=(place,)) for place in range(len(jobs))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results
