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
        key=f"people:role:{one.id}",
        default=Role.STAFF.value,
        required=True,
        wrap=True,
    )
    grant = _grant(visit, one, Role(role or Role.STAFF.value))
    st.button(
        text("people.grant"),
        key=f"people:grant:{one.id}",
        type="primary",
        disabled=grant is None,
        on_click=_give,
        args=(visit, one, grant),
    )


def _give(visit: Visit, one: Account, grant: Grant) -> None:
    attempt(visit, lambda: grant_role(visit.store, signature(), one, grant))


def _grant(visit: Visit, one: Account, role: Role) -> Grant | None:
    if role is Role.ADMIN:
        return Grant(role)
    if role is Role.STAFF:
        chosen = _choose(visit, one, "community", _communities)
        return Grant(role, community=chosen) if chosen else None
    area = _choose(visit, one, "area", _areas)
    return Grant(role, area="" if area == NATION else area) if area else None


def _choose(visit: Visit, one: Account, what: str, find: _Find) -> str:
    """Type to search, then choose from what was found; empty until something is chosen."""
    typed = st.text_input(visit.text(f"people.find_{what}"), key=f"people:find:{what}:{one.id}")
    found = find(visit, typed or "")
    chosen = st.selectbox(
        visit.text(f"people.choose_{what}"),
        list(found),
        format_func=lambda code: found.get(str(code), str(code)),
        index=None,
        placeholder=visit.text("register.pick"),
        # The language is in the key: a select box forgets its value when its words change.
        key=f"people:choose:{what}:{one.id}:{visit.text.language}",
    )
    return str(chosen or "")


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
