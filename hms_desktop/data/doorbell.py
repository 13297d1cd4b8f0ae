"""PostgreSQL's NOTIFY as a doorbell: it only makes a station look sooner; polling stays the truth.

One connection and one thread of its own; whatever breaks them, the polling goes on and the bell comes back later.
"""

import contextlib
import threading
from collections.abc import Callable

import psycopg
from sqlalchemy.engine import make_url

from hms_desktop.data.store import Store

CHANNEL = "hms_topics"
LOOK_S = 1.0
"""How long the thread waits before it looks whether it shall end."""
AGAIN_S = 5.0
"""How long it waits before it connects again."""

Ring = Callable[[], None]


def listen(store: Store, ring: Ring) -> Ring:
    """Call `ring` (from another thread) whenever somebody saved; returns how to stop, which waits for the thread."""
    ended = threading.Event()
    url = make_url(store.location).set(drivername="postgresql").render_as_string(hide_password=False)
    thread = threading.Thread(target=_run, args=(url, ring, ended), name="hms-doorbell", daemon=True)
    thread.start()

    def stop() -> None:
        ended.set()
        thread.join(10 * LOOK_S)

    return stop


def _run(url: str, ring: Ring, ended: threading.Event) -> None:
    while not ended.is_set():
        with contextlib.suppress(psycopg.Error), psycopg.connect(url, autocommit=True, connect_timeout=5) as connection:
            connection.execute(f"LISTEN {CHANNEL}")
            while not ended.is_set():
                for _note in connection.notifies(timeout=LOOK_S):
                    ring()
                    if ended.is_set():
                        return
        ended.wait(AGAIN_S)
