"""Which communities are alike, and why."""

import time
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessment.domain.answers import Outcome
from assessment.domain.nation import Nation
from assessment.domain.peers import (
    A_DECADE,
    FARTHEST,
    NOT_SAID,
    OTHER_TYPE,
    RATIOS,
    find_peers,
    those_that_meet,
)

NAN = float("nan")
NUMBERS = ("households", "population", "land_area")


def nation(*rows: tuple[float, float, float, int, int]) -> Nation:
    """Communities by households, people, land, type and decade; the rest is blank."""
    columns = {name: np.zeros(len(rows)) for name in Nation.__dataclass_fields__}
    for place, name in enumerate((*NUMBERS, "built", "decade")):
        kind = np.float64 if name in NUMBERS else np.uint8
        columns[name] = np.array([row[place] for row in rows], dtype=kind)
    columns["outcome"] = np.zeros((len(rows), 1), dtype=np.uint8)
    return Nation(**columns)


def distances(*rows: tuple[float, float, float, int, int]) -> dict[int, float]:
    """Distances of the peers of the first row, by position."""
    return {peer.position: peer.distance for peer in find_peers(nation(*rows), 0)}


ME = (1000.0, 2500.0, 1e6, 2, 3)


def test_twice_and_half_are_one_step_alike():
    twice, half = (2000.0, 5000.0, 2e6, 2, 3), (500.0, 1250.0, 5e5, 2, 3)
    assert distances(ME, twice, half) == pytest.approx({1: 1, 2: 1})


def test_every_figure_adds_its_step():
    found = distances(
        ME,
        (1000.0, 2500.0, 5e5, 2, 3),
        (1000.0, 2500.0, 1e6, 1, 3),
        (1000.0, 2500.0, 1e6, 2, 1),
        (1000.0, 5000.0, 2e6, 2, 3),
    )
    assert found == pytest.approx({1: 1, 2: OTHER_TYPE, 3: 2 * A_DECADE, 4: 1})


def test_what_the_other_does_not_say_counts_a_little_and_what_i_do_not_say_nothing():
    assert distances(ME, (1000.0, NAN, NAN, 0, 0)) == pytest.approx({1: 4 * NOT_SAID})
    assert distances((1000.0, NAN, NAN, 0, 0), ME) == {1: 0}


def test_a_match_on_all_figures_stands_before_a_match_on_one():
    near, partial = (1030.0, 2500.0, 1e6, 2, 3), (1000.0, NAN, NAN, 0, 0)
    assert list(distances(ME, partial, near)) == [2, 1]


def test_who_shares_no_figure_or_is_too_far_is_no_peer():
    nothing, far = (NAN, NAN, NAN, 2, 3), (6000.0, 15000.0, 6e6, 2, 3)
    assert distances(ME, nothing, far) == {}
    assert distances(nothing, ME) == {}
    assert distances((0.0, 0.0, 0.0, 0, 0), ME) == {}


def test_reasons_name_what_is_close_with_both_values():
    peer = find_peers(nation(ME, (1200.0, 3000.0, 2e6, 2, 4)), 0)[0]
    assert [one.name for one in peer.reasons] == ["households", "household_size", "built"]
    assert (peer.reasons[0].mine, peer.reasons[0].theirs) == (1000, 1200)
    assert (peer.reasons[1].mine, peer.reasons[1].theirs) == (2.5, 2.5)


def test_no_more_than_were_asked_for():
    assert len(find_peers(nation(*[ME] * 8), 3, most=5)) == 5
    assert [peer.position for peer in find_peers(nation(*[ME] * 4), 1)] == [0, 2, 3]


def test_those_that_meet_an_item_keep_their_order():
    many = nation(ME, ME, ME, ME)
    many.outcome[:, 0] = (Outcome.MET, Outcome.MET, Outcome.PARTLY, Outcome.MET)
    assert [one.position for one in those_that_meet(many, find_peers(many, 0), 0)] == [1, 3]


numbers = st.one_of(st.just(NAN), st.floats(1, 1e6))
communities = st.lists(
    st.tuples(numbers, numbers, numbers, st.integers(0, 2), st.integers(0, 6)),
    min_size=1,
    max_size=12,
)


@given(communities, st.data())
def test_peers_are_others_in_order_of_a_distance_that_is_never_too_far(rows, data):
    place = data.draw(st.integers(0, len(rows) - 1))
    found = find_peers(nation(*rows), place)
    assert all(0 <= one.distance <= FARTHEST for one in found)
    assert all(one.distance <= other.distance for one, other in pairwise(found))
    assert place not in {one.position for one in found}
    assert len({one.position for one in found}) == len(found)
    for one in found:
        for reason in one.reasons:
            if reason.name in RATIOS:
                assert abs(np.log2(reason.theirs / reason.mine)) <= 0.5
            else:
                assert reason.mine == reason.theirs > 0


def test_a_hundred_thousand_take_a_moment():
    random = np.random.default_rng(1)
    rows = np.column_stack(
        [
            random.uniform(200, 6000, 100_000),
            random.uniform(400, 20_000, 100_000),
            np.where(random.random(100_000) < 0.5, random.uniform(1e4, 1e6, 100_000), NAN),
            random.integers(0, 3, 100_000),
            random.integers(0, 7, 100_000),
        ]
    )
    many = nation(*map(tuple, rows.tolist()))
    took = []
    for place in range(5):
        begun = time.process_time()
        assert find_peers(many, place, 30)
        took.append(time.process_time() - begun)
    assert min(took) < 0.05
