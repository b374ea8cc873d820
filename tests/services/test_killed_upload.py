"""A process that is killed while it takes evidence leaves it whole or not at all."""

import hashlib
import itertools
import os
import signal
from pathlib import Path
from random import Random
from typing import Any

import pytest

from assessment.domain.records import Signature
from assessment.domain.sheet import Sheet
from assessment.services import evidence as service
from assessment.services.sheets import load_sheet
from assessment.settings import settings
from assessment.store import evidence as rows
from assessment.store import evidence_files
from assessment.store.engine import Store
from tests.conftest import NOW
from tests.services.evidence_files import PDF
from tests.services.steps import reload
from tests.store.processes import PATIENCE, clean_processes

KILLS = 3
ITEMS = [f"F-{number:02}" for number in range(1, 15)]


def _open(url: str, home: str, assessment_id: int) -> tuple[Store, Sheet]:
    os.environ["ASSESSMENT_HOME"] = home
    settings.cache_clear()
    store = Store(url)
    sheet = load_sheet(store, assessment_id)
    assert sheet
    return store, sheet


def _add(store: Store, sheet: Sheet, number: int, name: str) -> int:
    """Add a file of a third of a megabyte."""
    content = PDF + name.encode() * 40_000 + b"%%EOF"
    by = Signature("writer", NOW)
    item = ITEMS[number % len(ITEMS)]
    added = service.add_file(store, by, sheet, item, name, f"{name}.pdf", content)
    assert added
    return added.evidence.id


def add_until_killed(url: str, home: str, assessment_id: int, run: int, tell: Any) -> None:
    """Run in a process of its own: add a file, tell which, and so on."""
    store, sheet = _open(url, home, assessment_id)
    for number in itertools.count():
        tell.send(_add(store, sheet, number, f"run {run} {number}"))


def die_before_the_row(url: str, home: str, assessment_id: int) -> None:
    """Run in a process of its own: the power goes when the file is there and the row is not."""
    store, sheet = _open(url, home, assessment_id)
    rows.add_evidence = lambda *_: os.kill(os.getpid(), signal.SIGKILL)  # type: ignore[assignment]
    _add(store, sheet, 0, "lost")


def assert_every_row_has_its_whole_file(store: Store, sheet: Sheet) -> set[int]:
    found = service.list_evidence(store, reload(store, sheet))
    for one in itertools.chain.from_iterable(found.values()):
        path = evidence_files.stored_file(one.sha256)
        assert path, one
        assert hashlib.sha256(path.read_bytes()).hexdigest() == one.sha256
    return {one.id for some in found.values() for one in some}


def test_kills_leave_every_file_whole_or_absent(store: Store, sheet: Sheet, home: Path) -> None:
    url = store.url.render_as_string(hide_password=False)
    told: set[int] = set()
    for run in range(KILLS):
        processes = clean_processes()
        hear, tell = processes.Pipe(duplex=False)
        about = (url, str(home), sheet.assessment.id, run, tell)
        writer = processes.Process(target=add_until_killed, args=about)
        writer.start()
        tell.close()
        for _ in range(Random(run).randint(1, 6)):
            assert hear.poll(PATIENCE), "the writer says nothing"
            told.add(hear.recv())
        writer.kill()
        writer.join()
        assert told <= assert_every_row_has_its_whole_file(store, sheet)


def test_a_file_without_its_row_harms_nobody(
    store: Store, sheet: Sheet, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = store.url.render_as_string(hide_password=False)
    about = (url, str(home), sheet.assessment.id)
    writer = clean_processes().Process(target=die_before_the_row, args=about)
    writer.start()
    writer.join(PATIENCE)
    assert writer.exitcode == -signal.SIGKILL
    assert len(list((home / "evidence").rglob("*/*"))) == 1
    assert assert_every_row_has_its_whole_file(store, sheet) == set()
    _add(store, sheet, 0, "lost")
    assert len(assert_every_row_has_its_whole_file(store, sheet)) == 1
    assert service.clean_up(store) == 0
