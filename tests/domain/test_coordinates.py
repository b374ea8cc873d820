"""Positions: offsets as published, round trips, and what is no place in China."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessment.domain.coordinates import (
    METRES_A_DEGREE,
    Datum,
    Place,
    check_position,
    distance,
    from_wgs84,
    to_wgs84,
)
from assessment.domain.errors import Refused

IN_CHINA = st.builds(Place, st.floats(74, 135), st.floats(4, 53))
OFFSET_DATUMS = st.sampled_from([Datum.GCJ02, Datum.BD09])

# WGS-84 and GCJ-02 of the same point, from the test set of googollee/eviltransform; the last
# from that of wandergis/coordtransform.
PUBLISHED = {
    "Shanghai": ((121.5272106, 31.1774276), (121.531541859215, 31.17530398364597)),
    "Shenzhen": ((113.912316, 22.543847), (113.9171764808363, 22.540796131694766)),
    "Beijing": ((116.377817, 39.911954), (116.38404722455657, 39.91334545536069)),
    "Tiananmen": ((116.404, 39.915), (116.41024449916938, 39.91640428150164)),
}
# GCJ-02 and BD-09 of the same point, from the test set of wandergis/coordtransform.
PUBLISHED_BAIDU = ((116.404, 39.915), (116.41036949371029, 39.92133699351021))


def refusal(longitude: float, latitude: float) -> str:
    with pytest.raises(Refused) as refused:
        check_position(longitude, latitude)
    (fault,) = refused.value.faults
    return fault.code


@pytest.mark.parametrize(("wgs", "gcj"), PUBLISHED.values(), ids=PUBLISHED)
def test_gcj_02_agrees_with_the_published_points_to_a_millimetre(wgs, gcj):
    assert distance(Place(*from_wgs84(Place(*wgs), Datum.GCJ02)), Place(*gcj)) < 0.001
    assert distance(to_wgs84(*gcj, Datum.GCJ02), Place(*wgs)) < 0.001


def test_bd_09_agrees_with_the_published_point_to_a_millimetre():
    gcj, baidu = PUBLISHED_BAIDU
    place = to_wgs84(*gcj, Datum.GCJ02)
    assert distance(Place(*from_wgs84(place, Datum.BD09)), Place(*baidu)) < 0.001
    assert distance(to_wgs84(*baidu, Datum.BD09), place) < 0.001


def test_the_offset_at_shanghai_is_about_480_metres():
    place = Place(121.4737, 31.2304)
    offset = distance(place, Place(*from_wgs84(place, Datum.GCJ02)))
    assert offset == pytest.approx(480, abs=20)


def test_wgs_84_is_kept_as_it_was_given():
    assert to_wgs84(121.4737, 31.2304, Datum.WGS84) == Place(121.4737, 31.2304)
    assert from_wgs84(Place(121.4737, 31.2304), Datum.WGS84) == (121.4737, 31.2304)


@given(IN_CHINA, OFFSET_DATUMS)
def test_a_round_trip_ends_within_ten_centimetres(place: Place, datum: Datum):
    assert distance(to_wgs84(*from_wgs84(place, datum), datum), place) < 0.1


@given(IN_CHINA, OFFSET_DATUMS)
def test_the_way_back_undoes_what_was_typed(place: Place, datum: Datum):
    typed = (place.longitude, place.latitude)
    again = from_wgs84(to_wgs84(*typed, datum), datum)
    assert distance(Place(*again), place) < 0.1


@given(IN_CHINA, OFFSET_DATUMS)
def test_no_datum_moves_a_place_by_more_than_three_kilometres(place: Place, datum: Datum):
    moved = distance(place, Place(*from_wgs84(place, datum)))
    assert 10 < moved < 3000


def test_outside_the_offset_area_nothing_moves():
    assert from_wgs84(Place(2.3522, 48.8566), Datum.GCJ02) == (2.3522, 48.8566)


def test_longitude_and_latitude_the_wrong_way_round_are_refused_as_swapped():
    assert refusal(31.2304, 121.4737) == "position_swapped"
    assert refusal(39.9, 116.4) == "position_swapped"


@pytest.mark.parametrize(
    ("longitude", "latitude"),
    [
        (0, 0),
        (2.3522, 48.8566),
        (-121.4737, 31.2304),
        (121.4737, -31.2304),
        (72.9, 40),
        (136.1, 40),
        (110, 2.9),
        (110, 54.1),
        (1214737, 312304),
        (float("nan"), 31.2),
        (121.5, float("nan")),
        (float("inf"), 31.2),
    ],
)
def test_a_position_outside_china_is_refused(longitude: float, latitude: float):
    assert refusal(longitude, latitude) == "position_outside"
    with pytest.raises(Refused):
        to_wgs84(longitude, latitude, Datum.BD09)


def test_the_edges_of_china_are_inside():
    for longitude, latitude in ((73, 3), (136, 54), (73, 54), (136, 3)):
        check_position(longitude, latitude)


def test_a_refusal_carries_the_numbers_that_were_typed():
    with pytest.raises(Refused) as refused:
        check_position(31.5, 121.25)
    assert refused.value.faults[0].values == {"longitude": "31.5", "latitude": "121.25"}


def test_distance_along_a_meridian_is_the_arc():
    assert distance(Place(120, 30), Place(120, 31)) == pytest.approx(METRES_A_DEGREE)
    assert distance(Place(120, 0), Place(121, 0)) == pytest.approx(METRES_A_DEGREE)


def test_distance_from_shanghai_to_beijing_is_1078_kilometres():
    shanghai = Place(*PUBLISHED["Shanghai"][1])
    beijing = Place(*PUBLISHED["Beijing"][1])
    assert distance(shanghai, beijing) == pytest.approx(1_078_164, rel=0.002)


@given(IN_CHINA, IN_CHINA)
def test_distance_is_the_same_both_ways_and_nil_only_on_the_spot(one: Place, other: Place):
    assert distance(one, other) == pytest.approx(distance(other, one))
    assert distance(one, one) == 0
    assert distance(one, other) >= 0
