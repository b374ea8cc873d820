"""The items in the order in which a person who walks round the community comes upon them."""

from collections.abc import Iterable
from dataclasses import dataclass

from assessment.domain.framework import Framework, Item, WalkPlace


@dataclass(frozen=True)
class Stop:
    """One place of the walk with its items, by theme; no place for the items that name none."""

    place: WalkPlace | None
    items: tuple[Item, ...]


def walk(framework: Framework, items: Iterable[Item]) -> tuple[Stop, ...]:
    """These items by place, then theme, then their order in the file; no stop is empty."""
    themes = [theme.id for theme in framework.themes]
    order = {item.id: position for position, item in enumerate(framework.items)}
    ranked = sorted(items, key=lambda item: (themes.index(item.theme), order[item.id]))
    stops = [
        Stop(place, tuple(item for item in ranked if item.place == (place.id if place else None)))
        for place in (*framework.places, None)
    ]
    return tuple(stop for stop in stops if stop.items)
