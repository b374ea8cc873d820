"""Four processes that save one item: every success is a revision, everything else is said."""

from collections import Counter
from multiprocessing.connection import Connection

from assessment.domain.answers import Answer
from assessment.domain.errors import NotSaved
from assessment.domain.sheet import Sheet
from assessment.services.answering import Clash, Kept, kept_in, save
from assessment.services.sheets import load_sheet
from assessment.store.engine import Store
from tests.services.steps import SIGNATURE, log_of, reload
from tests.store.chain import breaks_in_log
from tests.store.processes import PATIENCE, clean_processes

PROCESSES, SAVES = 4, 100
ITEM = "F-01"


def save_often(url: str, assessment: int, number: int, tell: Connection) -> None:
    """Run in a process of its own: tells what came of each save, and at the end nothing more."""
    store = Store(url)
    sheet = load_sheet(store, assessment)
    assert sheet is not None
    seen: Kept = kept_in(sheet, Answer(ITEM))
    outcomes = []
    for count in range(SAVES):
        try:
            outcome = save(store, SIGNATURE, sheet, seen, "note", f"{number}/{count}")
        except NotSaved as not_saved:
            outcomes.append(not_saved.reason)
            continue
        outcomes.append(type(outcome).__name__)
        seen = outcome.theirs if isinstance(outcome, Clash) else outcome.kept
    tell.send(outcomes)


def outcomes_of_all(store: Store, sheet: Sheet) -> Counter[str]:
    """What came of every save of every process."""
    processes, url = clean_processes(), store.url.render_as_string(hide_password=False)
    pipes = [processes.Pipe(duplex=False) for _ in range(PROCESSES)]
    running = [
        processes.Process(target=save_often, args=(url, sheet.assessment.id, number, tell))
        for number, (_, tell) in enumerate(pipes)
    ]
    for process in running:
        process.start()
    told: Counter[str] = Counter()
    for hear, _ in pipes:
        assert hear.poll(PATIENCE), "a process says nothing"
        told.update(hear.recv())
    for process in running:
        process.join()
    return told


def test_four_hundred_saves_by_four_processes_are_revisions_or_said(
    store: Store, sheet: Sheet
) -> None:
    told = outcomes_of_all(store, sheet)
    assert told.total() == PROCESSES * SAVES
    assert told["Saved"] + told["locked"] >= SAVES
    assert told["Saved"] + told["Clash"] + told["locked"] == told.total()
    now = reload(store, sheet)
    assert now.answers[ITEM].revision == told["Saved"]
    entries = log_of(store, now, ITEM)[::-1]
    assert [entry.revision for entry in entries] == list(range(1, told["Saved"] + 1))
    with store.reading() as connection:
        assert breaks_in_log(connection) == []
