"""Which communities a page, a table or a file is about."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np

from assessment.domain.answers import Outcome, State
from assessment.domain.framework import Framework
from assessment.domain.nation import STANDINGS, Integers, Mask, Nation, area_mask
from assessment.domain.records import Round
from assessment.domain.standing import Standing
from assessment.services.communities import search
from assessment.services.divisions import children, division
from assessment.store.engine import Store


@dataclass(frozen=True)
class Selection:
    """An area, a pilot list and filters; an empty field selects all.

    ``search`` are words of a name, an area or a code. ``item`` with ``state`` selects the
    communities whose item is in that state. ``pins`` are codes with commas between.
    """

    adcode: str = ""
    programme: str = ""
    search: str = ""
    standing: str = ""
    item: str = ""
    state: str = ""
    pins: str = ""

    @property
    def level(self) -> str:
        """nation, province, city or district."""
        found = division(self.adcode)
        return found.level if found else "nation"

    @property
    def area_only(self) -> "Selection":
        """The same area and pilot list without the other filters."""
        return replace(self, search="", standing="", item="", state="", pins="")


def selection_mask(
    store: Store, one: Round, framework: Framework, nation: Nation, selection: Selection
) -> Mask:
    """The communities that a selection holds."""
    mask = area_mask(nation, selection.adcode, selection.level)
    if selection.programme:
        mask = mask & _listed(nation, selection.programme)
    if selection.pins:
        mask = mask & np.isin(nation.code, selection.pins.split(","))
    if selection.search.strip():
        mask = mask & np.isin(nation.code, search(store, selection.search, one.sample))
    if selection.standing in set(Standing):
        mask = mask & (nation.standing == STANDINGS.index(Standing(selection.standing)))
    if selection.state and framework.has_item(selection.item):
        mask = mask & in_state(nation, framework, selection.item, selection.state)
    return mask


def in_state(nation: Nation, framework: Framework, item: str, state: str) -> Mask:
    """The communities whose item is in a state."""
    codes = [int(outcome) for outcome in Outcome if outcome.state == State(state)]
    column = [one.id for one in framework.items].index(item)
    return np.isin(nation.outcome[:, column], codes)


def sub_areas(nation: Nation, selection: Selection) -> Integers:
    """For every community the code of the area just below that it lies in, 0 where none."""
    below = {int(one.adcode): one.level for one in children(selection.adcode)}
    steps = {"province": 10_000, "city": 100, "district": 1}
    result = np.zeros(len(nation), dtype=np.int64)
    for level in set(below.values()):
        code = nation.adcode // steps[level] * steps[level]
        known = [one for one, its_level in below.items() if its_level == level]
        result = np.where(np.isin(code, known), code, result)
    return result


def positions_of(nation: Nation, codes: Iterable[str]) -> Integers:
    """Where communities stand in the nation; those that are not in it are left out."""
    wanted = np.isin(nation.code, list(codes))
    return np.flatnonzero(wanted)


def _listed(nation: Nation, programme: str) -> Mask:
    mask = np.zeros(len(nation), dtype=np.bool_)
    mask[nation.lists.get(programme, np.empty(0, dtype=np.int64))] = True
    return mask
