"""Facilities on the map: placed once, removed and brought back, refused where they are nowhere."""

import pytest

from assessment.domain.coordinates import Datum, to_wgs84
from assessment.domain.errors import Refused
from assessment.domain.records import FACILITY_KINDS, Community
from assessment.services.facilities import (
    list_facilities,
    place_facility,
    remove_facility,
    restore_facility,
)
from assessment.store.engine import Store
from tests.services.steps import SIGNATURE, log_length


def place(
    store: Store,
    community: Community,
    submission: str = "one",
    kind: str = "nursery",
    name: str = "小星星",
    longitude: float = 116.44,
    latitude: float = 39.92,
    datum: Datum = Datum.GCJ02,
) -> None:
    place_facility(store, SIGNATURE, community, submission, kind, name, longitude, latitude, datum)


def test_a_facility_is_kept_as_given_and_as_wgs84(store: Store, community: Community) -> None:
    place(store, community, name=" 小星星 ")
    (kept,) = list_facilities(store, community)
    assert (kept.kind, kept.name) == ("nursery", "小星星")
    assert kept.place == to_wgs84(116.44, 39.92, Datum.GCJ02)
    assert (kept.given_longitude, kept.given_latitude) == (116.44, 39.92)
    assert kept.given_datum == "GCJ-02"


def test_pressing_twice_places_it_once(store: Store, community: Community) -> None:
    place(store, community)
    before = log_length(store)
    place(store, community)
    assert len(list_facilities(store, community)) == 1
    assert log_length(store) == before


def test_every_kind_can_be_placed(store: Store, community: Community) -> None:
    for kind in FACILITY_KINDS:
        place(store, community, submission=kind, kind=kind, name="")
    assert [one.kind for one in list_facilities(store, community)] == list(FACILITY_KINDS)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"kind": "casino"}, "not_an_option"),
        ({"kind": ""}, "not_an_option"),
        ({"name": "字" * 61}, "text_too_long"),
        ({"name": "\x00"}, "text_control"),
        ({"longitude": 39.9, "latitude": 116.4}, "position_swapped"),
        ({"longitude": float("nan")}, "position_outside"),
        ({"longitude": float("inf")}, "position_outside"),
    ],
)
def test_a_facility_that_cannot_be_is_refused(
    store: Store, community: Community, change: dict, code: str
) -> None:
    before = log_length(store)
    with pytest.raises(Refused) as refused:
        place(store, community, **change)
    assert [fault.code for fault in refused.value.faults] == [code]
    assert list_facilities(store, community) == []
    assert log_length(store) == before


def test_a_removed_facility_can_be_brought_back(store: Store, community: Community) -> None:
    place(store, community)
    (kept,) = list_facilities(store, community)
    remove_facility(store, SIGNATURE, community, kept)
    assert list_facilities(store, community) == []
    before = log_length(store)
    remove_facility(store, SIGNATURE, community, kept)
    assert log_length(store) == before
    restore_facility(store, SIGNATURE, community, kept)
    assert list_facilities(store, community) == [kept]
