"""A round under another framework: as if every assessment were judged from scratch."""

import threading
from collections.abc import Collection, Iterator
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessment.commands import main
from assessment.domain.errors import Refused
from assessment.domain.records import Assessment, Community, Round
from assessment.domain.sheet import Sheet
from assessment.services import rescoring
from assessment.services.communities import begin, list_rounds
from assessment.services.nation import nation_of
from assessment.services.publishing import publish
from assessment.services.rescoring import Moving, rescore
from assessment.services.sample_nation import Wish, make_nation
from assessment.services.sheets import load_sheet
from assessment.store import communities, frameworks, rounds, tables
from assessment.store.engine import Store
from tests.services.framework_edits import (
    EDITS,
    Edit,
    edited,
    item_added,
    items_removed,
    items_turned_round,
    other_gate,
    other_threshold,
    other_weights,
)
from tests.services.score_rows import assert_as_from_scratch
from tests.services.steps import (
    SIGNATURE,
    assert_told_in_words,
    log_length,
    reload,
    say,
    say_facts,
    score_row,
)
from tests.services.test_sample_nation import quiet, stop

COMMUNITIES = 24
ROUND = "nation-3"


@pytest.fixture
def nation(store: Store) -> Store:
    """A store with a small sample nation."""
    make_nation(store, SIGNATURE, Wish(COMMUNITIES, seed=3), quiet)
    return store


@pytest.fixture
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    """Five assessments in each transaction."""
    monkeypatch.setattr(rescoring, "_BATCH", 5)
    monkeypatch.setattr(rescoring, "_SMALLEST_BATCH", 5)


def run(store: Store, framework: bytes, round_id: str = ROUND, progress=quiet) -> int:
    """Publish a framework and move a round to it, with what is handed in."""
    published = publish(store, SIGNATURE, frameworks.parse(framework), framework)
    return rescore(store, SIGNATURE, Moving(round_id, published, reopens=True), progress)


def assessments(store: Store, round_id: str = ROUND) -> list[Assessment]:
    with store.reading() as connection:
        return list(rounds.load_assessments_in(connection, round_id).values())


def sheets(store: Store, round_id: str = ROUND) -> Iterator[Sheet]:
    for one in assessments(store, round_id):
        found = load_sheet(store, one.id)
        assert found is not None
        yield found


def round_of(store: Store, round_id: str) -> Round:
    return next(one for one in list_rounds(store) if one.id == round_id)


def assert_round_as_from_scratch(store: Store, round_id: str = ROUND) -> None:
    """All of the round is under its framework, and every score row is that of the answers."""
    framework = round_of(store, round_id).framework
    for sheet in sheets(store, round_id):
        assert sheet.assessment.framework == framework
        assert_as_from_scratch(store, sheet)


@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: edit.__name__)
def test_every_assessment_is_scored_as_if_judged_from_scratch(nation: Store, edit: Edit) -> None:
    others = [score_row(nation, sheet) for sheet in sheets(nation, "nation-2")]
    before = [score_row(nation, sheet) for sheet in sheets(nation)]
    assert run(nation, edited(edit)) == len(before)
    assert_round_as_from_scratch(nation)
    assert [score_row(nation, sheet) for sheet in sheets(nation, "nation-2")] == others
    changed = [score_row(nation, sheet) for sheet in sheets(nation)] != before
    assert changed


@given(st.lists(st.sets(st.sampled_from(EDITS)), min_size=1, max_size=2))
@settings(max_examples=5)
def test_any_changes_one_after_the_other(nation: Store, steps: list[Collection[Edit]]) -> None:
    for edits in steps:
        in_order = [edit for edit in EDITS if edit in edits and edit is not other_gate]
        if items_removed in in_order and item_added in in_order:
            in_order.remove(items_removed)
            in_order.append(items_removed)
        run(nation, edited(*in_order))
        assert_round_as_from_scratch(nation)


def test_the_round_and_the_log_name_the_new_framework_and_pages_read_anew(nation: Store) -> None:
    one = round_of(nation, ROUND)
    before, length = nation_of(nation, one), log_length(nation)
    handed_in = sum(each.state.is_submitted for each in assessments(nation))
    run(nation, edited(other_weights))
    after = round_of(nation, ROUND)
    assert after.framework != one.framework
    assert log_length(nation) == length + 2 + handed_in
    fresh = nation_of(nation, after)
    assert (fresh.low != before.low).any()
    assert (fresh.outcome == before.outcome).all()


def test_the_same_framework_again_changes_nothing(nation: Store) -> None:
    framework = edited(other_weights)
    run(nation, framework)
    rows, length = [score_row(nation, sheet) for sheet in sheets(nation)], log_length(nation)
    assert run(nation, framework) == 0
    assert log_length(nation) == length
    assert [score_row(nation, sheet) for sheet in sheets(nation)] == rows


@pytest.mark.usefixtures("small_batches")
def test_what_was_interrupted_goes_on_where_it_stopped(nation: Store) -> None:
    framework, one = edited(other_threshold, item_added), round_of(nation, ROUND)
    total = len(assessments(nation))
    with pytest.raises(KeyboardInterrupt):
        run(nation, framework, progress=stop)
    hashes = [each.framework for each in assessments(nation)]
    assert hashes.count(one.framework) == total - 5
    assert round_of(nation, ROUND) == one
    for sheet in sheets(nation):
        assert_as_from_scratch(nation, sheet)
    assert len(nation_of(nation, one)) == COMMUNITIES
    told: list[tuple[int, int]] = []
    assert run(nation, framework, progress=lambda *done: told.append(done)) == total - 5
    assert told[0] == (5, total - 5)
    assert told[-1] == (total - 5, total - 5)
    assert_round_as_from_scratch(nation)


def test_a_score_row_that_is_missing_or_of_another_scoring_version_is_made_from_answers(
    nation: Store,
) -> None:
    first, second, *_ = assessments(nation)
    with nation.writing() as connection:
        connection.exec_driver_sql(f"DELETE FROM score WHERE assessment = {first.id}")
        connection.exec_driver_sql(
            f"UPDATE assessment SET scoring_version = '0' WHERE id = {second.id}"
        )
        statement = tables.score.update().where(tables.score.c.assessment == second.id)
        connection.execute(statement.values(outcomes=bytes(87)))
    run(nation, edited(other_weights))
    assert_round_as_from_scratch(nation)


def test_a_page_that_was_drawn_before_saves_under_the_new_framework(
    store: Store, sheet: Sheet
) -> None:
    stale = say_facts(store, sheet)
    run(store, edited(other_threshold, items_turned_round), sheet.round.id)
    fresh = say(store, stale, "F-01", "choice", "open")
    assert fresh.framework.hash == round_of(store, sheet.round.id).framework
    assert fresh.answers["F-01"].choice == "open"
    assert_round_as_from_scratch(store, sheet.round.id)


def test_an_item_that_is_gone_takes_no_answer_any_more(store: Store, sheet: Sheet) -> None:
    run(store, edited(items_removed), sheet.round.id)
    with pytest.raises(Refused) as refused:
        say(store, sheet, "F-08", "choice", "open")
    assert_told_in_words(refused.value)
    assert reload(store, sheet).answers == {}


def test_who_begins_in_a_round_that_was_read_before_begins_under_the_new_framework(
    store: Store, community: Community
) -> None:
    make_nation(store, SIGNATURE, Wish(3), quiet)
    stale = round_of(store, ROUND)
    newcomer = replace(community, code="newcomer", sample=True)
    with store.writing() as connection:
        communities.add_community(connection, newcomer, SIGNATURE.at)
    run(store, edited(other_weights))
    begin(store, SIGNATURE, newcomer, stale)
    assert_round_as_from_scratch(store)


@pytest.mark.usefixtures("small_batches")
def test_answers_that_are_saved_meanwhile_are_kept_and_scored(nation: Store) -> None:
    stale = list(sheets(nation))
    failures: list[BaseException] = []
    started, stopped = threading.Event(), threading.Event()

    def answer() -> None:
        try:
            for turn in range(200):
                if stopped.is_set():
                    return
                sheet = stale[turn % len(stale)]
                note = f"{turn}"
                stale[turn % len(stale)] = say(nation, sheet, "F-02", "note", note)
                choice = ("open", "none", "built")[turn % 3]
                stale[turn % len(stale)] = say(
                    nation, stale[turn % len(stale)], "F-03", "choice", choice
                )
                started.set()
        except BaseException as error:
            failures.append(error)
            started.set()

    thread = threading.Thread(target=answer)
    thread.start()
    started.wait()
    run(nation, edited(other_threshold, item_added, items_turned_round))
    stopped.set()
    thread.join()
    assert failures == []
    assert_round_as_from_scratch(nation)
    for sheet in stale:
        now = reload(nation, sheet)
        kept = now.answers.get("F-02")
        assert kept == sheet.answers.get("F-02", kept)
        assert now.answers.get("F-03") == sheet.answers.get("F-03")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_command_moves_a_round_and_says_what_is_wrong(
    store: Store, sheet: Sheet, tmp_path, capsys: pytest.CaptureFixture[str], language: str
) -> None:
    file = tmp_path / "mine.yaml"
    file.write_bytes(edited(other_weights))
    wanted = ["rescore", "--framework", str(file), "--lang", language, "--round"]
    assert main([*wanted, "none"]) == 1
    assert "none" in capsys.readouterr().out
    assert main([*wanted, sheet.round.id]) == 0
    progress, done = capsys.readouterr().out.splitlines()
    assert "1" in progress
    assert round_of(store, sheet.round.id).framework[:12] in done
    file.write_bytes(edited(items_removed))
    assert main([*wanted, sheet.round.id]) == 1
    assert "mine.yaml" in capsys.readouterr().out
    assert main([*wanted, sheet.round.id, "--any-source"]) == 0
