"""The order of a walk: by place as declared, then by theme, and nothing is forgotten."""

from assessment.domain.walk import walk
from tests.domain.frameworks import make_framework, make_item, words
from tests.domain.shipped import FRAMEWORK

_PLACES = [{"id": one, "title": words(one)} for one in ("gate", "yard", "roof")]
_SMALL = make_framework(
    [
        make_item("A-01", theme="two", place="yard"),
        make_item("A-02"),
        make_item("A-03", place="yard"),
        make_item("A-04", place="gate"),
        make_item("A-05", theme="one", place="yard"),
    ],
    themes={"one": 1.0, "two": 1.0},
    places=_PLACES,
)


def stops_of(*wanted: str) -> list[tuple[str, list[str]]]:
    items = [_SMALL.item(one) for one in wanted] if wanted else _SMALL.items
    return [
        (stop.place.id if stop.place else "", [item.id for item in stop.items])
        for stop in walk(_SMALL, items)
    ]


def test_the_walk_goes_from_place_to_place_and_by_theme_at_each():
    assert stops_of() == [
        ("gate", ["A-04"]),
        ("yard", ["A-03", "A-05", "A-01"]),
        ("", ["A-02"]),
    ]


def test_a_walk_over_some_items_has_no_empty_place():
    assert stops_of("A-01", "A-02") == [("yard", ["A-01"]), ("", ["A-02"])]


def test_without_places_the_walk_follows_the_themes():
    plain = make_framework([make_item("B-01"), make_item("B-02")])
    (stop,) = walk(plain, plain.items)
    assert (stop.place, [item.id for item in stop.items]) == (None, ["B-01", "B-02"])


def test_every_item_that_ships_has_its_place_and_is_met_once():
    stops = walk(FRAMEWORK, FRAMEWORK.items)
    assert [stop.place for stop in stops] == list(FRAMEWORK.places)
    met = [item.id for stop in stops for item in stop.items]
    assert sorted(met) == sorted(item.id for item in FRAMEWORK.items)
