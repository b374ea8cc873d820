"""Which community and round the visit is about; kept in the address, so a refresh loses nothing."""

from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from functools import cached_property

import streamlit as st

from assessment.domain.permissions import Action
from assessment.domain.records import Assessment, Community, Round
from assessment.domain.round_days import current_round, is_closed
from assessment.domain.sheet import Sheet
from assessment.language.translator import Translator
from assessment.services import communities
from assessment.services.authorising import allows
from assessment.services.setup import open_installation
from assessment.services.sheets import load_sheet
from assessment.store.engine import Store
from assessment.ui.plain_text import plain
from assessment.ui.session import current_person, signature, translator, zone

_VISIT, _PAGE, _UNSEEN = "visit", "visit:page", "visit:unseen"
_EVERYWHERE = ("community", "round", "lang")
_SELECTION = ("area", "programme", "search", "standing", "colour", "state")
_OF_PAGE = {
    "answer": ("theme", "group"),
    "overview": (*_SELECTION, "view", "pins", "baseline"),
    "compare": ("pins", "baseline"),
}
_FILTERED = ("overview", "compare")
_REMEMBERED = {*_EVERYWHERE, *(name for names in _OF_PAGE.values() for name in names)}


class PageEnded(Exception):
    """A page has said all that there is to say; the frame around it goes on.

    Streamlit's own ``stop`` would end the frame too.
    """


@dataclass(frozen=True)
class Visit:
    """One run of a page: the records, the language, and what the address names."""

    store: Store
    text: Translator
    zone: tzinfo
    rounds: list[Round]

    @cached_property
    def community(self) -> Community | None:
        """The community that was chosen, if it is still in the register."""
        code = recalled("community")
        found = communities.find_community(self.store, code) if code else None
        if code and found is None:
            _note_unseen(self.store, code)
        return found.community if found else None

    @cached_property
    def round(self) -> Round:
        """The round in view: the one in the address, else the one that work is for."""
        wished = recalled("round")
        for one in self.rounds:
            if one.id == wished:
                return one
        return current_round(self.rounds, datetime.now(UTC)) or self.rounds[0]


def open_visit() -> Visit:
    """What every run begins with; pages get the same one from ``current_visit``."""
    store = open_installation().seen_by(current_person(), again=current_person)
    _note_address()
    visit = Visit(store, translator(), zone(), communities.list_rounds(store))
    st.session_state[_VISIT] = visit
    return visit


def current_visit() -> Visit:
    """The visit of this run."""
    visit: Visit = st.session_state[_VISIT]
    return visit


def remember(**places: str | None) -> None:
    """Put places into the address and keep them for the next page.

    All of them in one step: each step is one press of the browser's back button.
    """
    for name, value in places.items():
        st.session_state[f"place:{name}"] = value or ""
    wanted = {**st.query_params.to_dict(), **{name: value or "" for name, value in places.items()}}
    wanted = {name: value for name, value in wanted.items() if value}
    if wanted != st.query_params.to_dict():
        st.query_params.from_dict(wanted)


def recalled(name: str) -> str:
    """A place that the address names, or that this visit was at."""
    found = str(st.query_params.get(name) or st.session_state.get(f"place:{name}", ""))
    # PostgreSQL refuses to look for a text with a NUL in it.
    return found.replace("\0", "\ufffd")


def choose_community(community: Community, rounds: list[Round]) -> None:
    """Make this the community in view, in a round of its own kind (sample or real)."""
    fitting = _round_for(community, rounds)
    remember(community=community.code, round=fitting, theme=None, group=None)


def _round_for(community: Community, rounds: list[Round]) -> str | None:
    """The round in view where it is of the community's kind, else the latest that is."""
    kept = recalled("round")
    if any(one.id == kept and one.sample == community.sample for one in rounds):
        return kept
    latest = current_round(rounds, datetime.now(UTC), community.sample)
    return latest.id if latest else None


def require_sheet(visit: Visit) -> Sheet:
    """The sheet of the community in view; the page ends with a way out if there is none."""
    community = visit.community
    if community is None:
        st.info(plain(visit.text("choose.first")))
        way_on = visit.text("choose.open")
        st.page_link("assessment/pages/communities.py", label=way_on, icon=":material/search:")
        raise PageEnded
    return sheet_of(visit, community)


def sheet_of(visit: Visit, community: Community) -> Sheet:
    """The sheet of a community in the round in view, begun if need be.

    Who only looks begins nothing, and nobody does in a round that is over: the page then ends
    with the news that there is nothing yet. An address that names the fictional sample and a real
    round, or the other way round, leads to a round of the community's own kind.
    """
    if community.sample != visit.round.sample:
        _turn_to_own_kind(visit, community)
    over = is_closed(visit.round, datetime.now(UTC))
    if over or not allows(visit.store, Action.ANSWER, community):
        found = communities.assessment_in(visit.store, community.code, visit.round.id)
        if found is None:
            st.info(plain(visit.text("choose.not_begun")))
            raise PageEnded
    assessment = begun(visit, community)
    sheet = load_sheet(visit.store, assessment.id)
    if sheet is None:
        st.error(plain(visit.text("choose.gone", name=community.name(visit.text.language))))
        raise PageEnded
    return sheet


def _turn_to_own_kind(visit: Visit, community: Community) -> None:
    fitting = _round_for(community, visit.rounds)
    if fitting is None:
        st.info(plain(visit.text("choose.not_begun")))
        raise PageEnded
    remember(round=fitting)
    st.rerun()


def begun(visit: Visit, community: Community) -> Assessment:
    """The assessment of a community in the round in view."""
    return communities.begin(visit.store, signature(), community, visit.round)


def restore_address(page: str) -> None:
    """Put back where the visit was on a page: Streamlit empties the address between pages.

    While a page of officials stays, an address without a place means no filter: that is where
    the browser's back button leads. Call it after ``st.navigation``; before, the browser would
    put it on the page that was left.
    """
    stayed = st.session_state.get(_PAGE) == page
    st.session_state[_PAGE] = page
    if stayed and page in _FILTERED:
        for name in _OF_PAGE[page]:
            if name not in st.query_params:
                st.session_state[f"place:{name}"] = ""
    missing = {
        name: kept
        for name in (*_EVERYWHERE, *_OF_PAGE.get(page, ()))
        if name not in st.query_params and (kept := st.session_state.get(f"place:{name}"))
    }
    if missing:
        st.query_params.update(missing)


def _note_unseen(store: Store, code: str) -> None:
    """Once for each visit, not with every run: the address keeps the code."""
    noted: set[str] = st.session_state.setdefault(_UNSEEN, set())
    if code not in noted:
        noted.add(code)
        communities.note_unseen(store, code)


def _note_address() -> None:
    for name in _REMEMBERED:
        if name in st.query_params:
            st.session_state[f"place:{name}"] = st.query_params[name]
