"""Many writers at once: every success is a revision, everything else is said."""

import threading
from collections.abc import Callable
from itertools import pairwise

from assessment.domain.answers import Answer
from assessment.domain.sheet import Sheet
from assessment.services.answering import Clash, Kept, save
from assessment.store.engine import Store
from tests.services.steps import SIGNATURE, log_of, reload, score_row

THREADS, SAVES = 8, 50
ITEM = "F-01"


def run_threads(work: Callable[[int], None]) -> None:
    """Run ``work`` in every thread; what one raises fails the test."""
    failures: list[BaseException] = []

    def guarded(number: int) -> None:
        try:
            work(number)
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=guarded, args=(n,)) for n in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []


def assert_log_tells_every_revision(store: Store, sheet: Sheet, revisions: int) -> None:
    entries = log_of(store, sheet, ITEM)[::-1]
    assert [entry.revision for entry in entries] == list(range(1, revisions + 1))
    for before, after in pairwise(entries):
        assert after.old == before.new


def test_four_hundred_saves_of_one_item_are_revisions_or_said_clashes(
    store: Store, sheet: Sheet
) -> None:
    outcomes: list[str] = []

    def write(number: int) -> None:
        seen: Kept = Answer(ITEM)
        for count in range(SAVES):
            outcome = save(store, SIGNATURE, sheet, seen, "note", f"{number}/{count}")
            outcomes.append(type(outcome).__name__)
            seen = outcome.theirs if isinstance(outcome, Clash) else outcome.kept

    run_threads(write)
    successes = outcomes.count("Saved")
    assert len(outcomes) == THREADS * SAVES
    assert successes >= SAVES
    assert reload(store, sheet).answers[ITEM].revision == successes
    assert_log_tells_every_revision(store, sheet, successes)


def test_who_tries_again_after_every_clash_loses_nothing(store: Store, sheet: Sheet) -> None:
    def write(number: int) -> None:
        seen: Kept = Answer(ITEM)
        for count in range(SAVES):
            outcome = save(store, SIGNATURE, sheet, seen, "note", f"{number}/{count}")
            while isinstance(outcome, Clash):
                outcome = save(store, SIGNATURE, sheet, outcome.theirs, "note", f"{number}/{count}")
            seen = outcome.kept

    run_threads(write)
    assert reload(store, sheet).answers[ITEM].revision == THREADS * SAVES
    assert_log_tells_every_revision(store, sheet, THREADS * SAVES)


def test_writers_of_different_items_never_clash_and_the_score_has_seen_all(
    store: Store, sheet: Sheet
) -> None:
    items = [f"F-{number:02d}" for number in range(8, 8 + THREADS)]

    def write(number: int) -> None:
        seen: Kept = Answer(items[number])
        for count in range(SAVES):
            choice = ("none", "open")[count % 2]
            outcome = save(store, SIGNATURE, sheet, seen, "choice", choice)
            assert not isinstance(outcome, Clash)
            seen = outcome.kept

    run_threads(write)
    now = reload(store, sheet)
    assert {now.answers[item].revision for item in items} == {SAVES}
    assert score_row(store, sheet)["answered"] == THREADS
