"""The officials' arrays say the same as the rows, at once after every change."""

import dataclasses

import numpy as np
import pytest

from assessment.domain.answers import Outcome
from assessment.domain.nation import STANDINGS, count, count_by_area, share_met
from assessment.domain.records import Round
from assessment.domain.sheet import Sheet
from assessment.services import nation as nation_service
from assessment.services import sample
from assessment.services.area_picture import (
    Order,
    city_codes,
    count_cities,
    distribution,
    movers,
    ordered,
    round_lines,
)
from assessment.services.communities import Registration, begin, list_rounds, register
from assessment.services.divisions import find_divisions
from assessment.services.frameworks import framework_of
from assessment.services.nation import nation_of
from assessment.services.overview import overview_of
from assessment.services.selection import Selection, selection_mask, sub_areas
from assessment.services.sheets import load_sheet
from assessment.store.engine import Store
from tests.services.steps import SIGNATURE, overview, say, say_facts


@pytest.fixture
def sample_round(store: Store) -> Round:
    """The later round of the loaded sample."""
    sample.load(store, SIGNATURE)
    return next(one for one in list_rounds(store) if one.id == "sample-2")


def chosen(store: Store, one: Round, **wanted: str) -> list[str]:
    """The codes that a selection holds."""
    nation = nation_of(store, one)
    framework = framework_of(store, one.framework)
    mask = selection_mask(store, one, framework, nation, Selection(**wanted))
    return sorted(str(code) for code in nation.code[mask])


def test_every_row_of_the_list_is_in_the_arrays_with_the_same_figures(
    store: Store, sample_round: Round
) -> None:
    nation = nation_of(store, sample_round)
    rows = {row.community.code: row for row in overview(store, sample_round)}
    assert sorted(rows) == sorted(nation.code.tolist())
    for position, code in enumerate(nation.code.tolist()):
        row = rows[code]
        assert STANDINGS[nation.standing[position]] is row.standing
        if row.score and row.score.low_percent is not None:
            assert nation.low_percent[position] == row.score.low_percent
            assert nation.theme_low[position].tolist() == pytest.approx(
                [line.low for line in row.score.themes], nan_ok=True
            )


def test_a_saved_answer_is_seen_at_once_and_as_a_fresh_reading_says(
    store: Store, sample_round: Round
) -> None:
    before = nation_of(store, sample_round)
    found = sample.first(store)
    assert found
    sheet = load_sheet(store, begin(store, SIGNATURE, found, sample_round).id)
    assert sheet
    choice = "none" if sheet.answers["F-03"].choice != "none" else "open"
    say_facts(store, say(store, sheet, "F-03", "choice", choice), households="987")
    patched = nation_of(store, sample_round)
    nation_service._kept.clear()
    fresh = nation_of(store, sample_round)
    assert patched is not before
    assert patched is not fresh
    for field in dataclasses.fields(fresh):
        if field.name != "lists":
            np.testing.assert_array_equal(
                getattr(patched, field.name), getattr(fresh, field.name), field.name
            )
    assert 987 in fresh.households
    assert 987 not in before.households


def test_a_registered_community_is_there_at_once(store: Store, sheet: Sheet) -> None:
    before = len(nation_of(store, sheet.round))
    register(store, SIGNATURE, Registration("另一个社区", "330106"))
    assert len(nation_of(store, sheet.round)) == before + 1


def test_an_area_holds_the_communities_inside_it_and_no_other(
    store: Store, sample_round: Round
) -> None:
    assert chosen(store, sample_round, adcode="330000") == ["S02"]
    assert chosen(store, sample_round, adcode="330100") == ["S02"]
    assert chosen(store, sample_round, adcode="330106") == ["S02"]
    assert chosen(store, sample_round, adcode="330200") == []
    assert len(chosen(store, sample_round)) == 12


def test_filters_by_name_code_standing_and_answer(store: Store, sample_round: Round) -> None:
    assert chosen(store, sample_round, search="青禾") == ["S01"]
    assert chosen(store, sample_round, search="qinghe") == ["S01"]
    assert chosen(store, sample_round, search="s01") == ["S01"]
    assert chosen(store, sample_round, search="100%_") == []
    rows = overview(store, sample_round)
    blocked = sorted(row.community.code for row in rows if row.standing == "blocked")
    assert chosen(store, sample_round, standing="blocked") == blocked
    unmet = chosen(store, sample_round, item="F-17", state="not_met")
    assert unmet
    for code in unmet:
        (row,) = overview_of(store, sample_round, [code])
        assert row.assessment
        sheet = load_sheet(store, row.assessment.id)
        assert sheet
        assert sheet.judged["F-17"].outcome is Outcome.NOT_MET


def test_a_pilot_list_selects_its_members(store: Store, sheet: Sheet) -> None:
    listed = chosen(store, sheet.round, programme="national-2023")
    assert len(listed) == 23
    assert sheet.community.code not in listed
    assert chosen(store, sheet.round, programme="no-such-list") == []


def test_areas_below_add_up_to_the_whole(store: Store, sheet: Sheet) -> None:
    nation = nation_of(store, sheet.round)
    everything = np.ones(len(nation), dtype=np.bool_)
    parts = count_by_area(nation, everything, sub_areas(nation, Selection()))
    whole = count(nation, everything)
    assert sum(one.communities for one in parts) == whole.communities == len(nation)
    assert all(one.adcode % 10_000 == 0 for one in parts)


def test_cities_and_districts_of_municipalities_are_what_the_notice_counts(
    store: Store, sheet: Sheet
) -> None:
    nation = nation_of(store, sheet.round)
    cities = dict(zip(nation.code.tolist(), city_codes(nation).tolist(), strict=True))
    assert cities["P001"] == 120116
    assert cities["P002"] == 430100
    counted = count_cities(nation, np.ones(len(nation), dtype=np.bool_))
    for one in counted:
        inside = [code for code, city in cities.items() if city == one.adcode]
        assert one.communities == len(inside)
        assert one.pilots_asked == (len(inside) > 5) - (len(inside) < 3)


def test_shares_are_of_the_known_answers_only(store: Store, sample_round: Round) -> None:
    nation = nation_of(store, sample_round)
    share, known = share_met(nation, np.ones(len(nation), dtype=np.bool_))
    framework = framework_of(store, sample_round.framework)
    column = [item.id for item in framework.items].index("F-03")
    states = []
    for row in overview(store, sample_round):
        sheet = load_sheet(store, row.assessment.id) if row.assessment else None
        if sheet:
            states.append(sheet.judged["F-03"].outcome)
    met = states.count(Outcome.MET)
    base = met + states.count(Outcome.PARTLY) + states.count(Outcome.NOT_MET)
    assert known[column] == base
    assert share[column] == pytest.approx(met / base)


@pytest.mark.parametrize("order", list(Order))
def test_an_order_keeps_every_community_and_puts_those_without_a_score_last(
    store: Store, sample_round: Round, order: Order
) -> None:
    nation = nation_of(store, sample_round)
    positions = ordered(nation, np.ones(len(nation), dtype=np.bool_), order)
    assert sorted(positions.tolist()) == list(range(len(nation)))
    if order is not Order.AREA:
        without = np.isnan(nation.low[positions])
        assert not (without[:-1] & ~without[1:]).any()


def test_the_distribution_counts_everyone_with_a_score_once(
    store: Store, sample_round: Round
) -> None:
    nation = nation_of(store, sample_round)
    everything = np.ones(len(nation), dtype=np.bool_)
    found = distribution(store, sample_round, "zh", nation, everything, {"S02"})
    scored = [row for row in overview(store, sample_round) if row.score and row.score.enough]
    assert found.total == len(scored) == sum(found.bins) == len(found.lines)
    assert [one.code for one in found.lines if one.marked] == ["S02"]
    lows = sorted(one.low_percent for one in found.lines)
    assert found.quartiles[1] == np.median(lows)


def test_rounds_are_counted_alike_and_movers_are_those_whose_low_end_moved(
    store: Store, sample_round: Round
) -> None:
    rounds = [one for one in list_rounds(store) if one.sample]
    lines = round_lines(store, rounds, Selection())
    assert [line.round.id for line in lines] == ["sample-1", "sample-2"]
    assert {line.counted.communities for line in lines} == {12}
    before, after = (nation_of(store, line.round) for line in lines)
    positions, points = movers(before, after, np.ones(len(after), dtype=np.bool_))
    assert len(positions)
    for position, change in zip(positions, points, strict=True):
        place = before.code.tolist().index(after.code[position])
        assert change == pytest.approx((after.low[position] - before.low[place]) * 100)


def test_an_area_is_found_by_name_in_both_languages_and_by_code() -> None:
    assert find_divisions("杭州")[0].adcode == "330100"
    assert find_divisions("3301")[0].adcode == "330100"
    assert find_divisions("hangzhou")[0].adcode == "330100"
    assert find_divisions("浙江")[0].adcode == "330000"
    assert find_divisions(" ") == []
    assert find_divisions("没有这个地方") == []
