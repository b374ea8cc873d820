"""The register: who is in it, how one is found, added and placed."""

import csv

import pytest

from assessment.domain.coordinates import Datum, Place, distance, from_wgs84, to_wgs84
from assessment.domain.errors import Refused
from assessment.domain.records import Community
from assessment.services import sample
from assessment.services.communities import (
    Registration,
    assessment_in,
    begin,
    find_community,
    list_rounds,
    move,
    register,
    search,
)
from assessment.services.setup import NATIONAL_LIST
from assessment.settings import settings
from assessment.store.engine import Store
from tests.services.steps import (
    SIGNATURE,
    assert_told_in_words,
    list_communities,
    log_length,
    overview,
)

NATIONAL_PILOTS = 23


def codes_of(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    assert_told_in_words(refused.value)
    return [fault.code for fault in refused.value.faults]


def test_the_pilots_found_so_far_are_there_each_with_its_source(store: Store) -> None:
    listed = list_communities(store, sample=False)
    assert len(listed) == NATIONAL_PILOTS
    for one in listed:
        assert one.community.source.startswith("http"), one.community.code
        (membership,) = one.memberships
        assert membership.programme == NATIONAL_LIST
        assert membership.basis
        assert membership.verified in ("yes", "partly", "no")
        assert not one.community.sample


def test_the_pilots_are_those_of_the_file(store: Store) -> None:
    path = settings().data / "communities" / "national_pilots.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = {row["id"]: row for row in csv.DictReader(file)}
    for code, row in rows.items():
        found = find_community(store, code)
        assert found is not None
        assert found.community.name_zh == row["community_zh"]
        assert found.community.adcode == row["district_adcode"]
        assert found.community.source == row["source"]


def test_a_pilot_without_a_district_code_works(store: Store) -> None:
    found = find_community(store, "P021")
    assert found is not None
    assert found.community.adcode == ""
    one_round = list_rounds(store)[0]
    assert begin(store, SIGNATURE, found.community, one_round).community == "P021"
    assert "P021" in search(store, found.community.name_zh, sample=False)
    assert "P021" in search(store, found.community.province, sample=False)
    (row,) = [row for row in overview(store, one_round) if row.community.code == "P021"]
    assert (row.place, row.placed) == (None, False)


def test_a_registered_community_is_found_with_its_area(store: Store) -> None:
    typed = Registration(" 桃源社区 ", "430111", " 某街道 ", "Taoyuan", "甲居委会\n乙居委会")
    made = register(store, SIGNATURE, typed)
    found = find_community(store, made.code)
    assert found is not None
    assert found.community == made
    assert made.code == "C00001"
    assert made.area == ("湖南省", "长沙市", "雨花区", "某街道")
    assert (made.name_zh, made.committees) == ("桃源社区", "甲居委会\n乙居委会")


def test_every_registration_gets_a_code_of_its_own(store: Store) -> None:
    names = ("一村", "二村", "三村")
    made = [register(store, SIGNATURE, Registration(name, "110105")) for name in names]
    assert [one.code for one in made] == ["C00001", "C00002", "C00003"]


@pytest.mark.parametrize(
    "twin",
    [
        "桃源社区",
        "桃 源 社 区",
        "\u3000桃源社区\u3000",
        "桃\u200b源社区",
        "\ufeff桃源社区",
    ],
)
def test_a_name_that_looks_the_same_is_refused_with_the_twins_name_and_code(
    store: Store, twin: str
) -> None:
    register(store, SIGNATURE, Registration("桃源社区", "110105"))
    before = log_length(store)
    with pytest.raises(Refused) as refused:
        register(store, SIGNATURE, Registration(twin, "110105"))
    (fault,) = refused.value.faults
    assert fault.code == "community_exists"
    assert fault.values == {"name": "桃源社区", "code": "C00001"}
    assert log_length(store) == before
    assert len(list_communities(store, sample=False)) == NATIONAL_PILOTS + 1


def test_full_and_half_width_and_case_make_no_difference_to_a_name(store: Store) -> None:
    register(store, SIGNATURE, Registration("Ａ1（东）社区", "110105"))
    with pytest.raises(Refused) as refused:
        register(store, SIGNATURE, Registration("a１(东)社区", "110105"))
    assert codes_of(refused) == ["community_exists"]


def test_names_that_differ_in_a_character_or_district_are_two_communities(store: Store) -> None:
    for name, district in (("桃源社区", "110105"), ("桃园社区", "110105"), ("桃源社区", "430111")):
        register(store, SIGNATURE, Registration(name, district))
    assert len(list_communities(store, sample=False)) == NATIONAL_PILOTS + 3


def test_a_pilots_name_cannot_be_registered_again_in_its_district(store: Store) -> None:
    with pytest.raises(Refused) as refused:
        register(store, SIGNATURE, Registration("金科园社区", "430111"))
    assert refused.value.faults[0].values["code"] == "P002"


@pytest.mark.parametrize("adcode", ["", "999999", "110000", "430100", "1101050", "１１０１０５"])
def test_an_unknown_district_is_refused(store: Store, adcode: str) -> None:
    with pytest.raises(Refused) as refused:
        register(store, SIGNATURE, Registration("桃源社区", adcode))
    assert codes_of(refused) == ["adcode_unknown"]


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        (Registration("  \u200b ", "110105"), "name_empty"),
        (Registration("字" * 61, "110105"), "name_too_long"),
        (Registration("桃源\x00社区", "110105"), "text_control"),
        (Registration("桃源\n社区", "110105"), "text_control"),
        (Registration("桃源", "110105", street="字" * 61), "text_too_long"),
        (Registration("桃源", "110105", name_en="e" * 121), "text_too_long"),
        (Registration("桃源", "110105", committees="\x1b"), "text_control"),
    ],
)
def test_a_registration_that_cannot_be_read_is_refused_whole(
    store: Store, typed: Registration, code: str
) -> None:
    before = log_length(store)
    with pytest.raises(Refused) as refused:
        register(store, SIGNATURE, typed)
    assert codes_of(refused) == [code]
    assert len(list_communities(store, sample=False)) == NATIONAL_PILOTS
    assert log_length(store) == before


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("金科园", "P002"),
        ("jinkeyuan", "P002"),
        ("JINKEYUAN community", "P002"),
        ("p002", "P002"),
        ("Ｐ００２", "P002"),
        ("长沙 金科", "P002"),
        ("changsha jinkeyuan", "P002"),
        ("砂子塘", "P002"),
        ("hunan yuhua", "P002"),
    ],
)
def test_a_community_is_found_by_name_area_or_code_in_both_languages(
    store: Store, words: str, code: str
) -> None:
    assert code in search(store, words, sample=False)


def test_every_word_has_to_fit_and_no_words_find_all(store: Store) -> None:
    assert search(store, "金科园 天津", sample=False) == []
    everything = search(store, " \u3000 ", sample=False)
    assert len(everything) == NATIONAL_PILOTS
    assert search(store, "100%_", sample=False) == []


def test_the_sample_is_not_found_among_real_communities(store: Store) -> None:
    sample.load(store, SIGNATURE)
    assert search(store, "青禾", sample=False) == []
    assert search(store, "青禾", sample=True) == ["S01"]
    assert search(store, "hangzhou wanghu", sample=True) == ["S02"]


@pytest.mark.parametrize("datum", list(Datum))
def test_a_position_is_kept_as_given_and_as_wgs84(
    store: Store, community: Community, datum: Datum
) -> None:
    there = Place(116.4435, 39.9219)
    longitude, latitude = from_wgs84(there, datum)
    moved = move(store, SIGNATURE, community, longitude, latitude, datum)
    found = find_community(store, community.code)
    assert found is not None
    assert found.community == moved
    assert moved.given_datum == datum.value
    assert (moved.given_longitude, moved.given_latitude) == (longitude, latitude)
    assert moved.place == to_wgs84(longitude, latitude, datum)
    assert distance(moved.place, there) < 0.05
    assert moved.revision == community.revision + 1


@pytest.mark.parametrize(
    ("longitude", "latitude", "code"),
    [(39.9, 116.4, "position_swapped"), (0, 0, "position_outside"), (200, 40, "position_outside")],
)
def test_a_position_outside_china_is_refused(
    store: Store, community: Community, longitude: float, latitude: float, code: str
) -> None:
    with pytest.raises(Refused) as refused:
        move(store, SIGNATURE, community, longitude, latitude, Datum.WGS84)
    assert codes_of(refused) == [code]


def test_who_moves_a_community_that_was_moved_meanwhile_is_told(
    store: Store, community: Community
) -> None:
    move(store, SIGNATURE, community, 116.44, 39.92, Datum.WGS84)
    before = log_length(store)
    with pytest.raises(Refused) as refused:
        move(store, SIGNATURE, community, 116.45, 39.93, Datum.WGS84)
    assert codes_of(refused) == ["community_changed"]
    assert log_length(store) == before


def test_beginning_twice_gives_the_same_assessment(store: Store, community: Community) -> None:
    one_round = list_rounds(store)[0]
    assert assessment_in(store, community.code, one_round.id) is None
    begun = begin(store, SIGNATURE, community, one_round)
    before = log_length(store)
    assert begin(store, SIGNATURE, community, one_round) == begun
    assert assessment_in(store, community.code, one_round.id) == begun
    assert log_length(store) == before


def test_an_unknown_code_finds_nobody(store: Store) -> None:
    assert find_community(store, "P999") is None
