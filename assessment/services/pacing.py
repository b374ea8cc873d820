"""Long work that leaves everyone else their turn.

Python runs one thread at a time, and a thread that only computes gives way every 5 ms at best:
a click that needs several turns would wait each time. So the rows of a file are made in short
turns with a rest after each, and several files at once share what one may take.
"""

import time
from collections.abc import Iterable, Iterator
from threading import Lock
from typing import TypeVar

# At most half of one processor, in pieces that nobody notices.
TURN_SECONDS = 0.001

Row = TypeVar("Row")
_lock = Lock()
_running = [0]


def paced(rows: Iterable[Row]) -> Iterator[Row]:
    """The rows, with a rest after every turn of work, also of the work done with them."""
    with _lock:
        _running[0] += 1
    try:
        since = time.perf_counter()
        for row in rows:
            yield row
            if time.perf_counter() - since > TURN_SECONDS:
                time.sleep(TURN_SECONDS * (2 * _running[0] - 1))
                since = time.perf_counter()
    finally:
        with _lock:
            _running[0] -= 1
