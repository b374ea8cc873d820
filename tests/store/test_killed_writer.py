"""A process that is killed while it saves loses nothing that it had acknowledged."""

import itertools
from random import Random
from typing import Any

from sqlalchemy import text

from assessment.domain.answers import Answer
from assessment.domain.records import Signature
from assessment.domain.sheet import Sheet
from assessment.services.answering import as_seen, kept_in, save
from assessment.services.sheets import load_sheet
from assessment.store.engine import Store
from tests.conftest import NOW, only_sqlite
from tests.services.steps import log_of, reload, score_row
from tests.store.processes import PATIENCE, clean_processes

KILLS = 10
ITEMS = ("F-01", "F-02", "E-01", "G-05")


def write_until_killed(url: str, assessment_id: int, run: int, tell: Any) -> None:
    """Run in a process of its own: save, then tell what was saved, and so on."""
    store = Store(url)
    sheet = load_sheet(store, assessment_id)
    for number, item in enumerate(itertools.cycle(ITEMS)):
        note = f"run {run}, save {number}"
        signature = Signature("writer", NOW)
        sheet = save(store, signature, sheet, kept_in(sheet, Answer(item)), "note", note).sheet
        tell.send((item, note, sheet.answers[item].revision))


def acknowledged_before_kill(store: Store, sheet: Sheet, run: int) -> list[tuple[str, str, int]]:
    """Start a writer, kill it in the middle of its work; all that it acknowledged."""
    url = store.url.render_as_string(hide_password=False)
    processes = clean_processes()
    hear, tell = processes.Pipe(duplex=False)
    writer = processes.Process(
        target=write_until_killed, args=(url, sheet.assessment.id, run, tell)
    )
    writer.start()
    tell.close()
    heard = []
    for _ in range(Random(run).randint(1, 12)):
        assert hear.poll(PATIENCE), "the writer says nothing"
        heard.append(hear.recv())
    writer.kill()
    writer.join()
    try:
        while True:
            heard.append(hear.recv())
    except EOFError:
        return heard


def test_ten_kills_lose_no_acknowledged_answer(store: Store, sheet: Sheet) -> None:
    for run in range(KILLS):
        acknowledged = acknowledged_before_kill(store, sheet, run)
        assert acknowledged
        now = reload(store, sheet)
        for item, note, revision in acknowledged:
            kept = as_seen(store, sheet.assessment.id, now.answers[item], revision)
            assert kept.note == note
            assert now.answers[item].revision >= revision
    for item in ITEMS:
        revisions = [entry.revision for entry in log_of(store, sheet, item)]
        assert revisions == list(range(len(revisions), 0, -1))
    assert score_row(store, sheet)["assessment"] == sheet.assessment.id


@only_sqlite
def test_the_file_is_whole_after_a_kill(store: Store, sheet: Sheet) -> None:
    acknowledged_before_kill(store, sheet, run=0)
    with store.reading() as connection:
        assert connection.execute(text("PRAGMA integrity_check")).scalar() == "ok"
        assert connection.execute(text("PRAGMA foreign_key_check")).all() == []
