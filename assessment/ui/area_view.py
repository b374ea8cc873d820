"""What the officials' page is about in this run: round, selection, colour, the picked community."""

from dataclasses import dataclass, replace
from functools import cached_property

import streamlit as st

from assessment.domain.answers import State
from assessment.domain.framework import Framework, Item, Theme
from assessment.domain.names import LONGEST_NAME
from assessment.domain.nation import Floats, Mask, Nation
from assessment.domain.scoring import whole_percent
from assessment.domain.standing import Standing
from assessment.services.area_picture import list_programmes
from assessment.services.divisions import divisions
from assessment.services.frameworks import framework_of
from assessment.services.selected_rows import Chosen
from assessment.services.selection import Selection
from assessment.ui.context import Visit, recalled

STANDING = "standing"
_PLACES = ("area", "programme", "standing", "state")
_PICKED, _MARKED = "overview:picked", "overview:marked"


@dataclass(frozen=True)
class AreaView:
    """The communities of a selection, and by what they are coloured.

    ``colour`` is "standing", "theme:" and a theme, or "item:" and an item.
    """

    visit: Visit
    chosen: Chosen
    colour: str

    @property
    def framework(self) -> Framework:
        """The framework of the round in view."""
        return self.chosen.framework

    @property
    def nation(self) -> Nation:
        """All communities of the round."""
        return self.chosen.nation

    @property
    def selection(self) -> Selection:
        """What the address selects."""
        return self.chosen.selection

    @property
    def mask(self) -> Mask:
        """The communities that are selected."""
        return self.chosen.mask

    @property
    def area_mask(self) -> Mask:
        """All of the area and pilot list: the base of every count and share."""
        return self.chosen.area_mask

    @property
    def theme(self) -> Theme | None:
        """The theme that colours, if one does."""
        kind, _, name = self.colour.partition(":")
        themes = self.framework.themes if kind == "theme" else ()
        return next((one for one in themes if one.id == name), None)

    @property
    def item(self) -> Item | None:
        """The item that colours, if one does."""
        kind, _, name = self.colour.partition(":")
        return (
            self.framework.item(name) if kind == "item" and self.framework.has_item(name) else None
        )

    @cached_property
    def theme_percent(self) -> Floats:
        """The floored low percentage of the colouring theme for every community of the nation."""
        column = self.framework.themes.index(self.theme) if self.theme else 0
        return whole_percent(self.nation.theme_low[:, column])

    @property
    def item_column(self) -> int:
        """Where the colouring item stands in the framework."""
        return self.framework.items.index(self.item) if self.item else 0


def open_area_view(visit: Visit) -> AreaView:
    """The view that the address asks for."""
    framework = framework_of(visit.store, visit.round.framework)
    chosen = Chosen(visit.store, visit.round, framework, selection_of_address(visit))
    view = AreaView(visit, chosen, recalled("colour") or STANDING)
    known = view.theme is not None or view.item is not None
    return view if known else replace(view, colour=STANDING)


def selection_of_address(visit: Visit) -> Selection:
    """The selection that the address asks for; an item selects only where it colours.

    What there is not selects nothing; ``unknown_places`` names it.
    """
    kind, _, item = recalled("colour").partition(":")
    unknown = unknown_places(visit)
    wanted = {name: "" if name in unknown else recalled(name) for name in _PLACES}
    return Selection(
        adcode=wanted["area"],
        programme=wanted["programme"],
        search=recalled("search")[:LONGEST_NAME].replace("\0", ""),
        standing=wanted["standing"],
        item=item if kind == "item" else "",
        state=wanted["state"] if kind == "item" else "",
    )


def unknown_places(visit: Visit) -> dict[str, str]:
    """What the address names that there is not, by the name of the filter."""
    known = {
        "area": recalled("area") in divisions(),
        "programme": any(one.id == recalled("programme") for one in list_programmes(visit.store)),
        "standing": recalled("standing") in set(Standing),
        "state": recalled("state") in set(State),
    }
    return {name: recalled(name) for name in _PLACES if recalled(name) and not known[name]}


def picked() -> str:
    """The code of the community that was picked last, wherever it was picked."""
    return str(st.session_state.get(_PICKED, ""))


def pick(code: str, in_table: bool = False) -> None:
    """Make this the picked community."""
    st.session_state[_PICKED] = code
    if not in_table:
        st.session_state[_MARKED] = code


def marked() -> str:
    """The community that was picked last outside the table: the table has to mark it."""
    return str(st.session_state.get(_MARKED, ""))


def newly(source: str, value: str) -> bool:
    """Whether a picture tells something else than in the last run: then a person touched it."""
    key = f"overview:last:{source}"
    changed = bool(value) and value != st.session_state.get(key, "")
    st.session_state[key] = value
    return changed
