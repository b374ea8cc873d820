"""The sample nation: the same from the same seed, marked as sample, scored by the one judge."""

from collections.abc import Sequence
from typing import Any

import pytest
from sqlalchemy import select

from assessment.commands import main
from assessment.domain.errors import Refused
from assessment.domain.records import Round
from assessment.domain.sheet import Sheet
from assessment.services.communities import find_community, list_rounds
from assessment.services.divisions import division
from assessment.services.nation import nation_of
from assessment.services.sample_nation import SAMPLE_LIST, Wish, make_nation
from assessment.services.sheets import load_history
from assessment.store import tables
from assessment.store.engine import Store
from tests.services.score_rows import assert_as_from_scratch
from tests.services.steps import SIGNATURE, assert_told_in_words, list_communities, log_length

COMMUNITIES = 300
WISH = Wish(COMMUNITIES, seed=7)


def quiet(done: int, total: int) -> None:
    """Shows nothing."""


def stop(done: int, total: int) -> None:
    """Somebody presses Ctrl-C."""
    raise KeyboardInterrupt


def make(store: Store, wish: Wish = WISH, processes: int = 1) -> bool:
    return make_nation(store, SIGNATURE, wish, quiet, processes)


def nation_rounds(store: Store) -> list[Round]:
    """The earliest first."""
    return [one for one in list_rounds(store) if one.id.startswith("nation-")][::-1]


def content(store: Store, *names: str) -> list[tuple[Any, ...]]:
    """Every row of a table in the order of these columns, without numbers that a database gives."""
    found = []
    for name in names:
        table = tables.metadata.tables[name]
        columns = [one for one in table.c if one.name not in ("id", "assessment", "created_at")]
        assessment = tables.assessment
        query = select(*columns)
        if "assessment" in table.c:
            query = query.add_columns(assessment.c.community, assessment.c.round).join_from(
                table, assessment, table.c.assessment == assessment.c.id
            )
        with store.reading() as connection:
            found += sorted(map(repr, connection.execute(query)))
    return found


def everything(store: Store) -> list[tuple[Any, ...]]:
    return content(store, "community", "membership", "assessment", "fact", "answer", "score")


@pytest.fixture
def other(tmp_path_factory: pytest.TempPathFactory, prepared_file) -> Store:
    """A second store, prepared alike."""
    file = tmp_path_factory.mktemp("other") / "assessment.db"
    file.write_bytes(prepared_file.read_bytes())
    return Store(f"sqlite:///{file}")


def test_the_same_seed_makes_the_same_nation_with_any_number_of_processes(
    store: Store, other: Store
) -> None:
    make(store)
    make(other, processes=2)
    assert everything(store) == everything(other)
    other.close()


def test_another_seed_makes_another_nation(store: Store, other: Store) -> None:
    make(store)
    make(other, Wish(COMMUNITIES, seed=8))
    assert content(store, "community") != content(other, "community")
    other.close()


def sheets_of(store: Store, codes: Sequence[str]) -> list[Sheet]:
    return [sheet for code in codes for sheet in load_history(store, code)]


def codes_of(store: Store) -> list[str]:
    return [one.community.code for one in list_communities(store, sample=True)]


def test_it_has_communities_that_never_began_that_are_on_their_way_and_that_are_done(
    store: Store,
) -> None:
    make(store)
    codes = codes_of(store)
    assert codes == [f"N{number:06d}" for number in range(1, COMMUNITIES + 1)]
    begun = [len(load_history(store, code)) for code in codes]
    assert set(begun) == {0, 1, 2, 3}
    shares = [sheet.scores.overall.completeness[0] for sheet in sheets_of(store, codes[:100])]
    assert min(shares) < 0.3
    assert max(shares) > 0.95
    lows = [nation_of(store, one).low for one in nation_rounds(store)]
    complete = [nation_of(store, one).completeness > 0.9 for one in nation_rounds(store)]
    means = [low[done].mean() for low, done in zip(lows, complete, strict=True)]
    assert means == sorted(means)


def test_some_districts_have_many_and_most_have_none_and_places_are_near_their_district(
    store: Store,
) -> None:
    make(store)
    counts: dict[str, int] = {}
    for listed in list_communities(store, sample=True):
        one, area = listed.community, division(listed.community.adcode)
        assert area is not None
        assert area.level == "district"
        assert one.place is not None
        assert abs(one.place.longitude - area.place.longitude) < 0.2
        assert abs(one.place.latitude - area.place.latitude) < 0.2
        counts[one.adcode] = counts.get(one.adcode, 0) + 1
    assert max(counts.values()) >= 4
    assert len(counts) < COMMUNITIES


def test_everything_of_it_is_marked_as_sample(store: Store) -> None:
    before = list_communities(store, sample=False)
    make(store)
    assert list_communities(store, sample=False) == before
    for listed in list_communities(store, sample=True):
        assert listed.community.name_zh.startswith("示例")
        assert listed.community.name_en.startswith("Sample")
        assert "sample" in listed.community.source
        assert {one.programme for one in listed.memberships} <= {SAMPLE_LIST}
    for one in nation_rounds(store):
        assert one.sample
        assert one.label_zh.startswith("示例")
        assert one.label_en.startswith("Sample")


def test_every_score_is_that_of_the_stored_answers(store: Store) -> None:
    make(store)
    for sheet in sheets_of(store, codes_of(store)[::4]):
        assert_as_from_scratch(store, sheet)
        assert sheet.contradictions == ()


def test_making_it_twice_changes_nothing_and_another_one_is_refused(store: Store) -> None:
    assert make(store)
    before = (everything(store), log_length(store))
    assert not make(store)
    with pytest.raises(Refused) as refused:
        make(store, Wish(COMMUNITIES + 1, seed=7))
    assert_told_in_words(refused.value)
    assert (everything(store), log_length(store)) == before


def test_what_was_interrupted_goes_on_where_it_stopped(store: Store, other: Store) -> None:
    with pytest.raises(KeyboardInterrupt):
        make_nation(store, SIGNATURE, WISH, stop)
    assert 0 < len(codes_of(store)) < COMMUNITIES
    assert make(store)
    make(other)
    assert everything(store) == everything(other)
    other.close()


def test_without_answers_the_scores_are_the_same(store: Store, other: Store) -> None:
    make(store)
    make(other, Wish(COMMUNITIES, seed=7, answers=False))
    assert content(other, "answer", "fact") == []
    assert content(store, "score") == content(other, "score")
    other.close()


def test_a_nation_that_was_read_before_is_read_anew_with_its_pilot_list(store: Store) -> None:
    make_nation(store, SIGNATURE, WISH, quiet)
    one = nation_rounds(store)[-1]
    nation = nation_of(store, one)
    listed = nation.lists[SAMPLE_LIST]
    assert len(nation) == COMMUNITIES
    assert 100 <= len(listed) <= 150
    found = find_community(store, str(nation.code[listed[0]]))
    assert found is not None
    assert found.memberships[0].programme == SAMPLE_LIST


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_command_says_how_far_it_is(
    store: Store,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    language: str,
) -> None:
    monkeypatch.setattr("os.cpu_count", lambda: 1)
    wanted = ["sample-nation", "--communities", "20", "--no-answers", "--lang", language]
    assert main(wanted) == 0
    progress, done = capsys.readouterr().out.splitlines()
    assert "20" in progress
    assert main(wanted) == 0
    assert capsys.readouterr().out.strip() != done
    assert main([*wanted, "--seed", "5"]) == 1
    assert "seed 20221028" in capsys.readouterr().out
    assert len(codes_of(store)) == 20
