"""Pilots that were pinned to be compared: two to six, kept in the address."""

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from assessment.domain.records import Community
from assessment.services.communities import find_community
from assessment.ui.context import Visit, recalled, remember
from assessment.ui.followers import whole_page
from assessment.ui.plain_text import plain

FEWEST, MOST = 2, 6
_PINS, _BASELINE = "pins", "baseline"
_CHOICE = "baseline_choice"
_REFUSED = "pins:refused"


@dataclass(frozen=True)
class Pins:
    """What the address names: pilots of the round's kind, and codes that cannot be shown."""

    communities: tuple[Community, ...]
    unknown: tuple[str, ...]
    other_kind: tuple[Community, ...]
    too_many: int

    @property
    def baseline(self) -> Community | None:
        """What the others are held against: the one that was chosen, else the first."""
        wished = recalled(_BASELINE)
        return next(
            (one for one in self.communities if one.code == wished),
            self.communities[0] if self.communities else None,
        )


def pinned(visit: Visit) -> tuple[str, ...]:
    """The codes of the pilots that are pinned and in the register, in their order."""
    return tuple(one.code for one in pins_of(visit).communities)


def pins_of(visit: Visit) -> Pins:
    """The pinned pilots, and what the address names that cannot be shown."""
    codes = _codes()
    found = {code: find_community(visit.store, code) for code in codes[:MOST]}
    known = [each.community for each in found.values() if each is not None]
    return Pins(
        tuple(one for one in known if one.sample == visit.round.sample),
        tuple(code for code, each in found.items() if each is None),
        tuple(one for one in known if one.sample != visit.round.sample),
        max(0, len(codes) - MOST),
    )


def pin(code: str) -> bool:
    """Pin a pilot; ``False`` if there are six already."""
    codes = _codes()
    if code in codes:
        return True
    if len(codes) >= MOST:
        return False
    remember(pins=",".join((*codes, code)))
    return True


def unpin(code: str) -> None:
    """Take a pilot out of the comparison."""
    _leave(tuple(one for one in _codes() if one != code))


def pin_tray(visit: Visit, with_link: bool = True) -> None:
    """The pinned pilots as a row of chips that can be taken out, the baseline, and the way on."""
    pins = pins_of(visit)
    _say_what_is_missing(visit, pins)
    if not pins.communities:
        st.caption(plain(visit.text("pins.none", most=MOST)))
        return
    with st.container(key="pin-tray", horizontal=True, vertical_alignment="bottom"):
        for one in pins.communities:
            st.button(
                visit.text("pins.remove", name=plain(one.name(visit.text.language))),
                key=f"unpin:{one.code}",
                on_click=_unpin,
                args=(one.code,),
            )
        if len(pins.communities) >= FEWEST:
            _baseline_choice(visit, pins)
        if with_link:
            label = visit.text.plural("pins.compare", len(pins.communities))
            st.page_link("assessment/pages/compare.py", label=label)


def pin_button(visit: Visit, community: Community) -> None:
    """A button that pins a community or takes it out again."""
    code = community.code
    inside = code in _codes()
    st.button(
        visit.text("pins.unpin") if inside else visit.text("pins.pin"),
        key=f"pin:{code}",
        on_click=_unpin if inside else _pin,
        args=(code,),
        width="stretch",
    )
    # Said until the pins change, so that another run of the page does not take it away.
    if st.session_state.get(_REFUSED) == (code, _codes()):
        st.warning(plain(visit.text("pins.full", most=MOST)))


def _codes() -> tuple[str, ...]:
    """Every code that the address names, without repeats."""
    wished = (code.strip() for code in recalled(_PINS).split(","))
    return tuple(dict.fromkeys(code for code in wished if code))


def _pin(code: str) -> None:
    if not pin(code):
        st.session_state[_REFUSED] = (code, _codes())
    whole_page()


def _unpin(code: str) -> None:
    unpin(code)
    whole_page()


def _keep(codes: tuple[str, ...]) -> None:
    _leave(codes)
    whole_page()


def _leave(codes: tuple[str, ...]) -> None:
    """Only these pins stay in the address, and the baseline if it is one of them."""
    gone = {} if recalled(_BASELINE) in codes else {_BASELINE: None}
    remember(pins=",".join(codes), **gone)


def _baseline_choice(visit: Visit, pins: Pins) -> None:
    names = {one.code: one.name(visit.text.language) for one in pins.communities}
    current = pins.baseline.code if pins.baseline else next(iter(names))
    if st.session_state.get(_CHOICE, current) != current:
        st.session_state[_CHOICE] = current
    st.selectbox(
        visit.text("pins.baseline"),
        list(names),
        index=list(names).index(current),
        format_func=lambda code: names.get(code, code),
        key=_CHOICE,
        on_change=_choose_baseline,
        width=260,
    )


def _choose_baseline() -> None:
    remember(baseline=st.session_state[_CHOICE])
    whole_page()


def _say_what_is_missing(visit: Visit, pins: Pins) -> None:
    text = visit.text
    if pins.unknown:
        st.warning(plain(text("pins.unknown", codes=text("join.list").join(pins.unknown))))
    if pins.other_kind:
        st.warning(plain(text("pins.other_kind", names=_names(visit, pins.other_kind))))
    if pins.too_many:
        st.warning(plain(text.plural("pins.too_many", pins.too_many, most=MOST)))
    if pins.unknown or pins.other_kind or pins.too_many:
        shown = tuple(one.code for one in pins.communities)
        st.button(text("pins.tidy"), key="tidy_pins", on_click=_keep, args=(shown,))


def _names(visit: Visit, communities: Sequence[Community]) -> str:
    return visit.text("join.list").join(one.name(visit.text.language) for one in communities)
