"""Where, which list, which communities: the filters of the officials' page, kept in the address."""

from collections.abc import Callable, Sequence

import streamlit as st

from assessment.domain.answers import State
from assessment.domain.standing import Standing
from assessment.services.area_picture import list_programmes
from assessment.services.divisions import Division, children, division, find_divisions
from assessment.ui.area_view import STANDING, AreaView, unknown_places
from assessment.ui.context import Visit, recalled, remember
from assessment.ui.plain_text import plain

_MOST_FOUND = 8


def area_bar(visit: Visit) -> None:
    """The way down to the area in view, the areas below it, and a search by name or code."""
    here = division(recalled("area"))
    with st.container(key="area-bar", horizontal=True, vertical_alignment="bottom"):
        for area in (None, *_above(here)):
            last = area == here
            st.button(
                _area_name(visit, area),
                key=f"area-up:{area.adcode if area else ''}",
                type="tertiary",
                disabled=last,
                on_click=go_to_area,
                args=(area.adcode if area else "",),
            )
        below = children(here.adcode if here else "")
        if below:
            _choose(
                visit,
                "area",
                ["", *(one.adcode for one in below)],
                lambda code: _area_option(visit, code),
                label=visit.text("area.below"),
            )
        with st.popover(visit.text("area.find"), icon=":material/search:"):
            _find_area(visit)


def filter_bar(visit: Visit) -> None:
    """Round, pilot list, name, and standing."""
    for name, value in unknown_places(visit).items():
        label = _label(visit, name)
        st.warning(plain(visit.text("filter.unknown", name=label, value=value[:40])))
    columns = st.columns(4, wrap=True)
    with columns[0]:
        _choose(visit, "round", [one.id for one in visit.rounds], lambda one: _round(visit, one))
    programmes = {one.id: one for one in list_programmes(visit.store)}
    with columns[1]:
        _choose(
            visit,
            "programme",
            ["", *programmes],
            lambda one: programmes[one].title(visit.text.language) if one else "",
        )
    with columns[2]:
        st.session_state["filter:search"] = recalled("search")
        st.text_input(
            visit.text("filter.search"),
            key="filter:search",
            on_change=_keep,
            args=("search",),
            placeholder=visit.text("filter.search_hint"),
        )
    with columns[3]:
        _choose(visit, "standing", ["", *Standing], lambda one: visit.text(f"standing.{one}"))
    _programme_window(visit)


def colour_bar(view: AreaView) -> None:
    """What colours the pictures; for an item, the state to show only."""
    text = view.visit.text
    options = [STANDING, *(f"theme:{one.id}" for one in view.framework.themes)]
    options += [f"item:{one.id}" for one in view.framework.items]
    left, right = st.columns([3, 2], wrap=True)
    with left:
        _choose(view.visit, "colour", options, lambda one: _colour_words(view, one), empty=STANDING)
    if view.item:
        with right:
            _choose(
                view.visit,
                "state",
                ["", *State],
                lambda one: text(f"answer_state.{one}"),
            )


def go_to_area(adcode: str) -> None:
    """Put an area into the address."""
    remember(area=adcode)


def _choose(
    visit: Visit,
    name: str,
    options: Sequence[str],
    words: Callable[[str], str],
    label: str = "",
    empty: str = "",
) -> None:
    """A box for one place of the address; what the address names is what it shows.

    The empty option stands for no filter.
    """
    current = visit.round.id if name == "round" else recalled(name) or empty
    st.session_state[f"filter:{name}"] = current if current in options else options[0]
    st.selectbox(
        label or visit.text(f"filter.{name}"),
        options,
        format_func=lambda one: words(one) if one else visit.text(f"filter.{name}_all"),
        key=f"filter:{name}",
        on_change=_keep,
        args=(name,),
        width=240 if label else "stretch",
    )


def _keep(name: str) -> None:
    value = str(st.session_state[f"filter:{name}"] or "")
    if name == "round":
        remember(round=value, community=None)
    elif name == "colour":
        remember(colour=value, state=None)
    else:
        remember(**{name: value})


def _above(here: Division | None) -> list[Division]:
    """The areas from the province down to this one."""
    found: list[Division] = []
    while here is not None:
        found.insert(0, here)
        here = division(here.parent)
    return found


def _area_name(visit: Visit, area: Division | None) -> str:
    return plain(area.name(visit.text.language)) if area else visit.text("area.nation")


def _area_option(visit: Visit, code: str) -> str:
    area = division(code)
    return f"{area.name(visit.text.language)} {code}" if area else code


def _round(visit: Visit, round_id: str) -> str:
    found = next(one for one in visit.rounds if one.id == round_id)
    return found.label(visit.text.language)


def _find_area(visit: Visit) -> None:
    typed = st.text_input(visit.text("area.find_label"), key="area-find")
    if not typed.strip():
        return
    found = find_divisions(typed)
    if not found:
        st.info(plain(visit.text("area.not_found", typed=typed)))
    for area in found[:_MOST_FOUND]:
        names = area.names_en if visit.text.language == "en" else area.names
        words = visit.text("join.area").join(dict.fromkeys(name for name in names if name))
        st.button(
            plain(f"{words} {area.adcode}"),
            key=f"area-found:{area.adcode}",
            on_click=go_to_area,
            args=(area.adcode,),
        )
    if len(found) > _MOST_FOUND:
        st.caption(plain(visit.text("area.more", shown=_MOST_FOUND, total=len(found))))


def _programme_window(visit: Visit) -> None:
    chosen = next(
        (one for one in list_programmes(visit.store) if one.id == recalled("programme")), None
    )
    if chosen and chosen.starts:
        st.caption(
            plain(visit.text("filter.window", starts=chosen.starts, ends=chosen.ends or "…"))
        )


def _colour_words(view: AreaView, colour: str) -> str:
    text = view.visit.text
    kind, _, name = colour.partition(":")
    if kind == "theme":
        theme = view.framework.theme(name)
        return text("colour.theme", theme=theme.title.in_language(text.language))
    if kind == "item":
        item = view.framework.item(name)
        return text("colour.item", id=item.id, title=item.title.in_language(text.language))
    return text("colour.standing")


def _label(visit: Visit, name: str) -> str:
    return visit.text("area.below") if name == "area" else visit.text(f"filter.{name}")
