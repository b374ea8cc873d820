"""Adding and removing evidence: kept once, logged, scored, and only by who may."""

import errno
import hashlib
import os
import shutil
from collections import namedtuple
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select, update

from assessment.domain.errors import Forbidden, NotSaved, Refused
from assessment.domain.evidence import MOST_OF_ITEM, Evidence, EvidenceKind
from assessment.domain.permissions import Grant, Person, Role
from assessment.domain.records import AssessmentState, Community
from assessment.domain.sheet import Sheet
from assessment.services import evidence as service
from assessment.services.communities import Registration, register
from assessment.services.evidence_counting import count_unsupported
from assessment.services.handing_over import Wish, submit
from assessment.services.overview import overview_of
from assessment.store import evidence_files, tables
from assessment.store.engine import Store
from tests.services.evidence_files import PDF, TAKEN_AT, TAKEN_ON, photo
from tests.services.score_rows import assert_as_from_scratch
from tests.services.steps import SIGNATURE, assert_told_in_words, log_length, reload, say, score_row

ITEM = "F-01"


def add(
    store: Store, sheet: Sheet, submission: str = "one", name: str = "a.pdf", content: bytes = PDF
) -> service.Added | None:
    return service.add_file(store, SIGNATURE, sheet, ITEM, submission, name, content)


def kept(store: Store, sheet: Sheet) -> list[Evidence]:
    return list(service.list_evidence(store, reload(store, sheet)).get(ITEM, ()))


def files(home: Path) -> list[Path]:
    return sorted(path for path in (home / "evidence").rglob("*") if path.is_file())


def test_a_photo_is_kept_without_its_place_which_is_only_offered(
    store: Store, sheet: Sheet, home: Path
) -> None:
    added = add(store, sheet, name="../活动室.jpg", content=photo())
    assert added and added.taken_at
    assert (added.taken_at.longitude, added.taken_at.latitude) == TAKEN_AT
    assert added.dated == TAKEN_ON
    (one,) = kept(store, sheet)
    assert (one.kind, one.name, one.by, one.dated) == (
        EvidenceKind.PHOTO,
        "活动室.jpg",
        "tester",
        "",
    )
    picture, small = files(home)
    assert small.name == picture.name + ".thumbnail"
    assert picture.name == one.sha256 == hashlib.sha256(picture.read_bytes()).hexdigest()
    assert picture.parent.name == one.sha256[:2]
    assert b"SECRET" not in picture.read_bytes() + small.read_bytes()
    assert reload(store, sheet).community.place is None


def test_a_double_click_adds_once(store: Store, sheet: Sheet) -> None:
    assert add(store, sheet)
    before = log_length(store)
    assert add(store, sheet) is None
    assert len(kept(store, sheet)) == 1
    assert log_length(store) == before


def test_the_same_content_is_stored_once_and_taken_once_for_an_item(
    store: Store, sheet: Sheet, home: Path
) -> None:
    add(store, sheet)
    with pytest.raises(Refused, match="evidence_twice"):
        add(store, sheet, "two", "b.pdf")
    service.add_file(store, SIGNATURE, sheet, "F-02", "three", "c.pdf", PDF)
    assert len(files(home)) == 1
    assert len(kept(store, sheet)) == 1


def test_evidence_supports_a_claim_and_its_removal_takes_that_back(
    store: Store, sheet: Sheet
) -> None:
    sheet = say(store, sheet, ITEM, "choice", "open")
    low = score_row(store, sheet)["low"]
    assert (sheet.unsupported, score_row(store, sheet)["unsupported"]) == ({ITEM}, 1)
    theme = sheet.framework.item(ITEM).theme
    assert sheet.scores.themes[theme].low > sheet.supported_scores.themes[theme].low == 0
    added = add(store, sheet)
    assert added
    assert reload(store, sheet).supported_scores.themes[theme].low == sheet.scores.themes[theme].low
    assert (reload(store, sheet).unsupported, score_row(store, sheet)["unsupported"]) == (set(), 0)
    service.remove(store, SIGNATURE, sheet, added.evidence)
    assert score_row(store, sheet)["unsupported"] == 1
    service.restore(store, SIGNATURE, sheet, added.evidence)
    assert score_row(store, sheet)["unsupported"] == 0
    assert score_row(store, sheet)["low"] == low
    assert_as_from_scratch(store, sheet)
    sheet = say(store, reload(store, sheet), ITEM, "choice", "built")
    assert score_row(store, sheet)["unsupported"] == 0


def test_a_note_supports_where_the_item_asks_for_one(store: Store, sheet: Sheet) -> None:
    item = next(one for one in sheet.framework.items if one.evidence == "note" and one.steps)
    sheet = say(store, sheet, item.id, "choice", item.steps[-1].id)
    (row,) = overview_of(store, sheet.round, [sheet.community.code])
    assert row.score and row.score.unsupported == 1
    say(store, sheet, item.id, "note", "现场核对")
    (row,) = overview_of(store, sheet.round, [sheet.community.code])
    assert row.score and row.score.unsupported == 0


def test_what_was_removed_is_kept_and_the_log_tells_all(
    store: Store, sheet: Sheet, home: Path
) -> None:
    added = add(store, sheet)
    assert added
    service.change_date(store, SIGNATURE, sheet, added.evidence, "2026/11/2")
    assert kept(store, sheet)[0].dated == "2026-11-02"
    service.remove(store, SIGNATURE, sheet, added.evidence)
    service.remove(store, SIGNATURE, sheet, added.evidence)
    assert kept(store, sheet) == []
    assert len(files(home)) == 1
    with store.reading() as connection:
        subject = f"{ITEM}/{added.evidence.id}"
        query = select(tables.log.c.action).where(tables.log.c.subject == subject)
        done = list(connection.scalars(query.order_by(tables.log.c.id)))
    assert done == ["evidence_add", "evidence_date", "evidence_remove"]


def test_other_evidence_opens_again_what_was_handed_in(store: Store, sheet: Sheet) -> None:
    sheet = say(store, sheet, ITEM, "choice", "open")
    added = add(store, sheet)
    assert added
    steps = (
        lambda: service.change_date(store, SIGNATURE, sheet, added.evidence, "2026-11-02"),
        lambda: service.remove(store, SIGNATURE, sheet, added.evidence),
        lambda: service.restore(store, SIGNATURE, sheet, added.evidence),
        lambda: service.add_link(store, SIGNATURE, sheet, ITEM, "link", "https://example.org"),
    )
    for number, step in enumerate(steps):
        submit(store, SIGNATURE, Wish(reload(store, sheet), f"hand in {number}"))
        assert reload(store, sheet).assessment.state is AssessmentState.SUBMITTED
        step()
        assert reload(store, sheet).assessment.state is AssessmentState.DRAFT


def test_a_link_is_kept_and_never_visited(store: Store, sheet: Sheet, home: Path) -> None:
    address = "https://example.invalid/完整社区"
    one = service.add_link(store, SIGNATURE, sheet, ITEM, "one", address)
    assert one and (one.kind, one.url) == (EvidenceKind.LINK, address)
    assert service.add_link(store, SIGNATURE, sheet, ITEM, "one", address) is None
    with pytest.raises(Refused, match="evidence_twice"):
        service.add_link(store, SIGNATURE, sheet, ITEM, "two", address)
    assert files(home) == []


def test_an_item_takes_so_many_and_says_so(store: Store, sheet: Sheet) -> None:
    for number in range(MOST_OF_ITEM):
        add(store, sheet, str(number), content=PDF + str(number).encode())
    with pytest.raises(Refused, match="evidence_item_full") as refused:
        add(store, sheet, "more", content=PDF + b"more")
    assert_told_in_words(refused.value)
    first = kept(store, sheet)[0]
    service.remove(store, SIGNATURE, sheet, first)
    add(store, sheet, "again", content=PDF + b"more")
    with pytest.raises(Refused, match="evidence_item_full"):
        service.restore(store, SIGNATURE, sheet, first)
    assert len(kept(store, sheet)) == MOST_OF_ITEM


def test_an_assessment_takes_so_much(
    store: Store, sheet: Sheet, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "LARGEST_ASSESSMENT", len(PDF) + 1_000_000)
    monkeypatch.setattr(service, "MOST_OF_ASSESSMENT", 1)
    add(store, sheet)
    with pytest.raises(Refused, match="evidence_full") as refused:
        service.add_link(store, SIGNATURE, sheet, "F-02", "two", "https://example.org")
    assert_told_in_words(refused.value)


def test_nobody_adds_to_or_removes_from_what_is_not_theirs(
    store: Store, sheet: Sheet, home: Path
) -> None:
    added = add(store, sheet)
    assert added
    theirs = register(store, SIGNATURE, Registration("另一社区", "110105"))
    stranger = store.seen_by(Person("s", "S", (Grant(Role.STAFF, theirs.code),)))
    looker = store.seen_by(Person("v", "V", (Grant(Role.VIEWER, area="110000"),)))
    for other in (stranger, looker):
        with pytest.raises(Forbidden):
            add(other, sheet, "x", content=PDF + b"x")
        with pytest.raises(Forbidden):
            service.add_link(other, SIGNATURE, sheet, ITEM, "y", "https://example.org")
        with pytest.raises(Forbidden):
            service.remove(other, SIGNATURE, sheet, added.evidence)
        with pytest.raises(Forbidden):
            service.change_date(other, SIGNATURE, sheet, added.evidence, "")
    assert len(files(home)) == 1
    assert len(kept(store, sheet)) == 1
    assert kept(looker, sheet)
    assert service.list_evidence(stranger, reload(store, sheet)) == {}


def test_a_piece_of_another_assessment_is_out_of_reach(
    store: Store, sheet: Sheet, community: Community
) -> None:
    added = add(store, sheet)
    assert added
    elsewhere = replace(sheet, assessment=replace(sheet.assessment, id=sheet.assessment.id + 1))
    with pytest.raises(Refused, match="evidence_gone"):
        service.remove(store, SIGNATURE, elsewhere, added.evidence)
    assert kept(store, sheet)


def test_a_full_disk_is_told_and_nothing_is_kept(
    store: Store, sheet: Sheet, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage(10**9, 10**9, 1000))
    with pytest.raises(NotSaved, match="disk_full"):
        add(store, sheet)
    monkeypatch.undo()

    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, "no space")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(NotSaved, match="disk_full"):
        add(store, sheet)
    monkeypatch.undo()
    assert files(home) == []
    assert kept(store, sheet) == []
    assert add(store, sheet)


def test_clean_up_takes_old_files_that_nobody_names(store: Store, sheet: Sheet, home: Path) -> None:
    added = add(store, sheet)
    assert added
    service.remove(store, SIGNATURE, sheet, added.evidence)
    evidence_files.keep_file(b"nobody names this", b"small")
    evidence_files.keep_file(b"nobody names this yet")
    for path in files(home):
        if path.read_bytes() != b"nobody names this yet":
            os.utime(path, (0, 0))
    assert service.clean_up(store) == 2
    assert {path.read_bytes() for path in files(home)} == {PDF, b"nobody names this yet"}


def test_scores_from_before_evidence_are_marked_at_the_next_start(
    store: Store, sheet: Sheet
) -> None:
    sheet = say(store, sheet, ITEM, "choice", "open")
    before = score_row(store, sheet)
    with store.writing() as connection:
        unmarked = {"unsupported": 0, "unsupported_items": None}
        connection.execute(update(tables.score).values(unmarked))
    assert count_unsupported(store) == 1
    assert score_row(store, sheet) == before
    assert count_unsupported(store) == 0
