"""The sample: in and out at one touch, marked everywhere, and nothing of it is lost."""

import csv

import pytest

from assessment.domain.errors import Refused
from assessment.domain.poll_results import Voice, disagreements, hear
from assessment.domain.records import Community, Round
from assessment.domain.sheet import Sheet
from assessment.services import polling, sample
from assessment.services.communities import begin, find_community, list_rounds
from assessment.services.facilities import list_facilities
from assessment.services.sheets import load_history
from assessment.settings import settings
from assessment.store.engine import Store
from tests.services.steps import (
    SIGNATURE,
    assert_told_in_words,
    list_communities,
    log_length,
    overview,
    say,
)


def sample_rounds(store: Store) -> list[Round]:
    return [one for one in list_rounds(store) if one.sample]


def sample_codes(store: Store) -> list[str]:
    return [one.community.code for one in list_communities(store, sample=True)]


def first_sheet(store: Store) -> Sheet:
    """The sheet of the first sample community in its latest round."""
    found = sample.first(store)
    assert found is not None
    return load_history(store, found.code)[-1]


def test_a_new_installation_has_no_sample(store: Store) -> None:
    assert not sample.is_loaded(store)
    assert sample.first(store) is None
    assert sample_rounds(store) == []


def test_loading_brings_in_every_community_of_the_file_with_two_rounds(store: Store) -> None:
    sample.load(store, SIGNATURE)
    path = settings().data / "communities" / "sample_communities.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert sorted(sample_codes(store)) == sorted(row["code"] for row in rows)
    assert len(sample_rounds(store)) == 2
    for row in rows:
        expected = 0 if float(row["completeness"]) == 0 else 2
        assert len(load_history(store, row["code"])) == expected


def test_residents_were_asked_in_some_communities_and_there_is_something_to_talk_about(
    store: Store,
) -> None:
    sample.load(store, SIGNATURE)
    heard = [heard_in(store, code) for code in sample_codes(store)]
    asked = [one for one in heard if one is not None]
    assert 0 < len(asked) < len(heard)
    for sheet, voice in asked:
        assert all(one.total.enough for one in voice.said)
        shares = {one.total.positive_percent for one in voice.said}
        assert len(shares) > len(voice.said) / 2
        assert polling.poll_of(store, sheet).switched_on is False
    assert any(disagreements(*one) for one in asked)


def heard_in(store: Store, code: str) -> tuple[Sheet, Voice] | None:
    """The latest sheet of a community and what its residents said, if they were asked."""
    for sheet in load_history(store, code)[-1:]:
        poll = polling.poll_of(store, sheet)
        questions = polling.questions_of(store, poll)
        voice = hear(questions, polling.counts_of(store, sheet, poll), {})
        return (sheet, voice) if voice.any else None
    return None


def test_loading_twice_changes_nothing(store: Store) -> None:
    sample.load(store, SIGNATURE)
    before = (sample_codes(store), log_length(store), first_sheet(store).answers)
    sample.load(store, SIGNATURE)
    assert (sample_codes(store), log_length(store), first_sheet(store).answers) == before


def test_removing_takes_it_out_of_every_list_and_loading_brings_all_back(store: Store) -> None:
    sample.load(store, SIGNATURE)
    codes = sample_codes(store)
    entered = say(store, first_sheet(store), "F-01", "note", "在示例中填写")
    sample.remove(store, SIGNATURE)
    assert not sample.is_loaded(store)
    assert sample_codes(store) == []
    assert find_community(store, codes[0]) is None
    assert all(overview(store, one) == [] for one in sample_rounds(store))
    assert load_history(store, codes[0]) == []
    sample.load(store, SIGNATURE)
    assert sample_codes(store) == codes
    assert first_sheet(store).answers == entered.answers


def test_removing_twice_or_before_loading_is_harmless(store: Store) -> None:
    sample.remove(store, SIGNATURE)
    sample.load(store, SIGNATURE)
    sample.remove(store, SIGNATURE)
    sample.remove(store, SIGNATURE)
    assert sample_codes(store) == []


def test_everything_of_the_sample_is_marked_as_sample(store: Store) -> None:
    sample.load(store, SIGNATURE)
    for listed in list_communities(store, sample=True):
        community = listed.community
        assert community.sample
        assert community.name_zh.startswith("示例")
        assert community.name_en.startswith("Sample")
        assert "sample" in community.source
        assert listed.memberships == ()
        assert [sheet.round.sample for sheet in load_history(store, community.code)] in (
            [],
            [True, True],
        )
    for one in sample_rounds(store):
        assert one.label_zh.startswith("示例")
        assert one.label_en.startswith("Sample")


def test_loading_and_removing_leaves_real_communities_alone(
    store: Store, community: Community, sheet: Sheet
) -> None:
    sheet = say(store, sheet, "F-01", "choice", "open")
    real = list_communities(store, sample=False)
    sample.load(store, SIGNATURE)
    assert list_communities(store, sample=False) == real
    sample.remove(store, SIGNATURE)
    assert list_communities(store, sample=False) == real
    assert load_history(store, community.code)[0].answers == sheet.answers


def test_the_sample_is_the_same_on_every_machine(
    store: Store, tmp_path_factory: pytest.TempPathFactory, prepared_file
) -> None:
    other_file = tmp_path_factory.mktemp("other") / "assessment.db"
    other_file.write_bytes(prepared_file.read_bytes())
    other = Store(f"sqlite:///{other_file}")
    for one in (store, other):
        sample.load(one, SIGNATURE)
    assert first_sheet(store).answers == first_sheet(other).answers
    assert first_sheet(store).saved_facts == first_sheet(other).saved_facts
    assert list_communities(store, sample=True) == list_communities(other, sample=True)
    other.close()


def test_sample_communities_have_a_place_and_facilities(store: Store) -> None:
    sample.load(store, SIGNATURE)
    community = sample.first(store)
    assert community is not None
    assert community.place is not None
    assert len(list_facilities(store, community)) >= 5


def test_a_fictional_community_never_begins_in_a_real_round_nor_the_other_way_round(
    store: Store, community: Community
) -> None:
    sample.load(store, SIGNATURE)
    fictional, entries = sample.first(store), log_length(store)
    assert fictional
    real = next(one for one in list_rounds(store) if not one.sample)
    for who, one in ((fictional, real), (community, sample_rounds(store)[0])):
        with pytest.raises(Refused) as refused:
            begin(store, SIGNATURE, who, one)
        assert_told_in_words(refused.value)
        assert [fault.code for fault in refused.value.faults] == ["round_of_other_kind"]
    assert log_length(store) == entries
