"""Walking through the checklist: theme, group, only what is open, and the next open item."""

from dataclasses import dataclass

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from assessment.domain.framework import Group, Item, Theme
from assessment.domain.sheet import Sheet
from assessment.reports.signs import theme_icon
from assessment.ui.context import Visit, recalled, remember
from assessment.ui.followers import whole_page
from assessment.ui.page_helper import move_focus
from assessment.ui.plain_text import plain

FACTS = "facts"
# Set where a page that is no walk leads to the answer page.
GO_TO_ANSWER = "go_to_answer"
_THEME, _GROUP, _ONLY_OPEN = "walk_theme", "walk_group", "walk_only_open"


@dataclass(frozen=True)
class Station:
    """Where the walk stands: a theme (or the facts), a group, and the filter."""

    theme: str
    group: str
    only_open: bool


def walk_station(sheet: Sheet) -> Station:
    """Where the address says that the walk stands."""
    theme = recalled("theme")
    themes = {one.id: one for one in sheet.framework.themes}
    if theme not in themes:
        return Station(FACTS, "", False)
    groups = [group.id for group in themes[theme].groups]
    group = recalled("group")
    only_open = bool(st.session_state.get(_ONLY_OPEN))
    return Station(theme, group if group in groups else groups[0], only_open)


def switches(visit: Visit, sheet: Sheet) -> tuple[Station, DeltaGenerator]:
    """Draw theme switch, group switch and filter; returns the station and the place of counts."""
    station = walk_station(sheet)
    _switch_theme(visit, sheet, station)
    counts_place = st.empty()
    if station.theme != FACTS:
        left, right = st.columns([3, 1], vertical_alignment="bottom", wrap=True)
        with left:
            _switch_group(visit, sheet, station)
        with right:
            st.toggle(
                visit.text("walk.only_open"),
                key=_ONLY_OPEN,
                persist_state="session",
            )
    return station, counts_place


def items_at(sheet: Sheet, station: Station) -> tuple[Item, ...]:
    """The items to draw: a group, or everything open in the theme."""
    if not station.only_open:
        return sheet.framework.items_of(station.theme, station.group)
    return tuple(
        item
        for item in sheet.framework.items_of(station.theme)
        if counts(item) and sheet.judged[item.id].outcome.to_do
    )


def counts(item: Item) -> bool:
    """Whether an item is part of "n of m": context items are shown but never owed."""
    return item.scored or item.is_apart


def go_to_next_open(sheet: Sheet, station: Station) -> bool:
    """Stand at the next open item; ``False`` if none is open."""
    target = next_open(sheet, station)
    _go_to(target)
    return target is not None


def next_open(sheet: Sheet, station: Station) -> Item | None:
    """The first open item of a later group, else of an earlier one, else of this one."""
    items = list(sheet.framework.items)
    here = [k for k, item in enumerate(items) if (item.theme, item.group) == _at(station)]
    start = here[-1] + 1 if here else 0
    for item in items[start:] + items[:start]:
        if counts(item) and sheet.judged[item.id].outcome.to_do:
            return item
    return None


def go_to_item(sheet: Sheet, item_id: str) -> None:
    """Stand at an item and move the focus to it."""
    _go_to(sheet.framework.item(item_id))


def go_to_fact() -> None:
    """Stand at the community's facts and move the focus to them."""
    _stand_at(FACTS, "")
    move_focus(FACTS)


def next_group_button(visit: Visit, sheet: Sheet, station: Station) -> None:
    """A button below the cards that goes on to the next group or theme."""
    stations = [(theme.id, group.id) for theme in sheet.framework.themes for group in theme.groups]
    if station.theme == FACTS:
        following: tuple[str, str] | None = stations[0]
    else:
        place = stations.index(_at(station))
        following = stations[place + 1] if place + 1 < len(stations) else None
    if following is None:
        st.page_link("assessment/pages/result.py", label=visit.text("walk.to_result"))
        return
    theme = sheet.framework.theme(following[0])
    group = next(one for one in theme.groups if one.id == following[1])
    st.button(
        visit.text(
            "walk.next_group",
            theme=theme.short.in_language(visit.text.language),
            group=group.title.in_language(visit.text.language),
        ),
        key="next_group",
        on_click=_go_on,
        args=following,
    )


def _at(station: Station) -> tuple[str, str]:
    return (station.theme, station.group)


def _switch_theme(visit: Visit, sheet: Sheet, station: Station) -> None:
    themes = {theme.id: theme for theme in sheet.framework.themes}
    _follow_address(_THEME, station.theme)
    language = visit.text.language
    labels = {FACTS: f":material/badge: {visit.text('walk.facts')}"} | {
        theme.id: f"{theme_icon(theme.id)} {plain(theme.short.in_language(language))}"
        for theme in themes.values()
    }
    st.segmented_control(
        visit.text("walk.theme"),
        [FACTS, *themes],
        format_func=lambda option: labels.get(option, option),
        key=_THEME,
        default=station.theme,
        required=True,
        label_visibility="collapsed",
        width="stretch",
        on_change=_remember_theme,
        args=(sheet,),
    )


def _switch_group(visit: Visit, sheet: Sheet, station: Station) -> None:
    theme = sheet.framework.theme(station.theme)
    key = f"{_GROUP}:{theme.id}"
    _follow_address(key, station.group)
    labels = {group.id: _group_label(visit, sheet, theme, group) for group in theme.groups}
    st.pills(
        visit.text("walk.group"),
        list(labels),
        format_func=lambda option: labels.get(option, option),
        key=key,
        default=station.group,
        required=True,
        label_visibility="collapsed",
        wrap=True,
        on_change=_remember_group,
        args=(key,),
    )


def _follow_address(key: str, place: str) -> None:
    """A click changes the address first, so where the two differ the person went back."""
    if key in st.session_state and st.session_state[key] != place:
        st.session_state[key] = place


def _remember_theme(sheet: Sheet) -> None:
    theme = st.session_state[_THEME]
    group = None
    if theme != FACTS:
        first = sheet.framework.theme(theme).groups[0].id
        group = st.session_state.get(f"{_GROUP}:{theme}", first)
    remember(theme=theme, group=group)
    whole_page()


def _remember_group(key: str) -> None:
    remember(group=st.session_state[key])
    whole_page()


def _group_label(visit: Visit, sheet: Sheet, theme: Theme, group: Group) -> str:
    name = plain(group.title.in_language(visit.text.language))
    items = sheet.framework.items_of(theme.id, group.id)
    return name if any(map(counts, items)) else visit.text("walk.context_group", name=name)


def _go_to(item: Item | None) -> None:
    if item is not None:
        _stand_at(item.theme, item.group)
        move_focus(f"card-{item.id}")


def _go_on(theme: str, group: str) -> None:
    _stand_at(theme, group)
    whole_page()


def _stand_at(theme: str, group: str) -> None:
    st.session_state[_THEME] = theme
    st.session_state[f"{_GROUP}:{theme}"] = group
    st.session_state[_ONLY_OPEN] = False
    remember(theme=theme, group=group)
