"""Give a person a role: staff for a community, reviewers and viewers for an area."""

from collections.abc import Callable

import streamlit as st

from assessment.domain.accounts import Account
from assessment.domain.permissions import Grant, Role
from assessment.services.communities import list_named, search
from assessment.services.divisions import find_divisions
from assessment.services.people import grant_role
from assessment.ui.community_list import area_words
from assessment.ui.context import Visit
from assessment.ui.people_form import attempt
from assessment.ui.session import signature

_Find = Callable[[Visit, str], dict[str, str]]
_MOST = 30
NATION = "nation"


def role_form(visit: Visit, one: Account) -> None:
    """Role, then where it holds, then the button."""
    text = visit.text
    role = st.segmented_control(
        text("people.role"),
        [each.value for each in Role],
        format_func=lambda each: text(f"person_role.{each}"),
        key=_role_key(one),
        default=Role.STAFF.value,
        required=True,
        wrap=True,
    )
    wanted = Role(role or Role.STAFF.value)
    if wanted is not Role.ADMIN:
        _choose(visit, one, *_where(wanted))
    st.button(
        text("people.grant"),
        key=f"people:grant:{one.id}",
        type="primary",
        disabled=_chosen(visit, one) is None,
        on_click=_give,
        args=(visit, one),
    )


def _give(visit: Visit, one: Account) -> None:
    """Give what is chosen at this moment: the last choice may come with this very click."""
    grant = _chosen(visit, one)
    if grant is not None:
        attempt(visit, lambda: grant_role(visit.store, signature(), one, grant))


def _chosen(visit: Visit, one: Account) -> Grant | None:
    role = Role(st.session_state[_role_key(one)] or Role.STAFF.value)
    if role is Role.ADMIN:
        return Grant(role)
    what, _ = _where(role)
    where = str(st.session_state.get(_place_key(visit, one, what)) or "")
    if not where:
        return None
    if role is Role.STAFF:
        return Grant(role, community=where)
    return Grant(role, area="" if where == NATION else where)


def _where(role: Role) -> tuple[str, _Find]:
    """What a role is given for, and how that is found."""
    return ("community", _communities) if role is Role.STAFF else ("area", _areas)


def _role_key(one: Account) -> str:
    return f"people:role:{one.id}"


def _place_key(visit: Visit, one: Account, what: str) -> str:
    # The language is in the key: a select box forgets its value when its words change.
    return f"people:choose:{what}:{one.id}:{visit.text.language}"


def _choose(visit: Visit, one: Account, what: str, find: _Find) -> None:
    """Type to search, then choose from what was found; nothing is chosen before that."""
    typed = st.text_input(visit.text(f"people.find_{what}"), key=f"people:find:{what}:{one.id}")
    found = find(visit, typed or "")
    st.selectbox(
        visit.text(f"people.choose_{what}"),
        list(found),
        format_func=lambda code: found.get(str(code), str(code)),
        index=None,
        placeholder=visit.text("register.pick"),
        key=_place_key(visit, one, what),
    )


def _communities(visit: Visit, typed: str) -> dict[str, str]:
    codes = search(visit.store, typed, sample=False)[:_MOST]
    return {
        one.community.code: visit.text(
            "people.community_line",
            name=one.community.name(visit.text.language),
            area=area_words(visit, one.community),
            code=one.community.code,
        )
        for one in list_named(visit.store, codes)
    }


def _areas(visit: Visit, typed: str) -> dict[str, str]:
    language = visit.text.language
    nation = {NATION: visit.text("people.everywhere")}
    found = {}
    for one in find_divisions(typed)[:_MOST]:
        names = one.names_en if language == "en" else one.names
        found[one.adcode] = visit.text("join.area").join(filter(None, names))
    return nation | found
