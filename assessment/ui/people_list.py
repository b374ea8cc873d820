"""The people of this installation, and what an administrator may do about each."""

from collections.abc import Callable, Sequence
from functools import partial
from urllib.parse import urlsplit

import streamlit as st

from assessment.domain.accounts import Account
from assessment.domain.names import compare_key
from assessment.domain.permissions import Grant, Role
from assessment.services.communities import find_community
from assessment.services.divisions import division
from assessment.services.people import disable, enable, revoke_role, sign_out_everywhere
from assessment.ui.context import Visit
from assessment.ui.people_form import LINK, OPEN, attempt, keep_link
from assessment.ui.plain_text import plain
from assessment.ui.role_form import role_form
from assessment.ui.session import signature

_MOST = 50


def people_list(visit: Visit, people: Sequence[Account]) -> None:
    """Everybody whose name or login holds what was typed; one of them opened."""
    text = visit.text
    typed = st.text_input(text("people.search"), key="people:search", icon=":material/search:")
    key = compare_key(typed or "")
    found = [one for one in people if key in compare_key(f"{one.name} {one.login} {one.subject}")]
    st.caption(plain(text.plural("people.found", len(found))))
    for one in found[:_MOST]:
        _card(visit, one)
    if len(found) > _MOST:
        st.info(plain(text("search.more", shown=_MOST, total=len(found))))


def invitation_link(visit: Visit) -> None:
    """The one-time link that was made last, until it is put away: it is shown only here."""
    name, token = st.session_state.get(LINK, ("", ""))
    if not token:
        return
    here = urlsplit(st.context.url or "")
    with st.container(border=True, key="invitation-link"):
        st.markdown(plain(visit.text("people.link", name=name)))
        st.code(
            f"{here.scheme}://{here.netloc}/invitation?token={token}",
            language=None,
            wrap_lines=True,
        )
        st.button(visit.text("people.link_done"), key="people:link_done", on_click=_put_away)


def _put_away() -> None:
    st.session_state.pop(LINK, None)


def _card(visit: Visit, one: Account) -> None:
    text = visit.text
    is_open = st.session_state.get(OPEN) == one.id
    with st.container(border=True, key=f"person-{one.id}"):
        words, action = st.columns([5, 1], vertical_alignment="center", wrap=True)
        with words:
            st.markdown(f"**{plain(one.name)}** · {plain(one.login or one.subject)}")
            st.caption(plain(_summary(visit, one)))
        action.button(
            text("people.close") if is_open else text("people.open"),
            key=f"people:open:{one.id}",
            on_click=_open,
            args=("" if is_open else one.id,),
            width="stretch",
        )
        if is_open:
            _roles(visit, one)
            role_form(visit, one)
            _actions(visit, one)


def _open(person_id: str) -> None:
    st.session_state[OPEN] = person_id


def _summary(visit: Visit, one: Account) -> str:
    text = visit.text
    roles = [role_words(visit, grant) for grant in one.grants] or [text("people.no_roles")]
    seen = (
        text("people.seen", moment=text.moment(one.seen_at, visit.zone))
        if one.seen_at
        else text("people.never_seen")
    )
    state = "" if one.active else text("people.disabled")
    return " · ".join(filter(None, (state, text("join.list").join(roles), seen)))


def role_words(visit: Visit, grant: Grant) -> str:
    """A role and where it holds."""
    return (
        f"{visit.text(f'person_role.{grant.role}')}{visit.text('join.colon')}{_place(visit, grant)}"
    )


def _place(visit: Visit, grant: Grant) -> str:
    text = visit.text
    if grant.role is Role.STAFF:
        found = find_community(visit.store, grant.community)
        return found.community.name(text.language) if found else grant.community
    if not grant.area:
        return text("people.everywhere")
    area = division(grant.area)
    return area.name(text.language) if area else grant.area


def _roles(visit: Visit, one: Account) -> None:
    for number, grant in enumerate(one.grants):
        words, action = st.columns([5, 1], vertical_alignment="center")
        words.markdown(plain(role_words(visit, grant)))
        action.button(
            visit.text("people.revoke"),
            key=f"people:revoke:{one.id}:{number}:{grant.role}:{grant.community}:{grant.area}",
            on_click=_revoke,
            args=(visit, one, grant),
            width="stretch",
        )


def _revoke(visit: Visit, one: Account, grant: Grant) -> None:
    attempt(visit, lambda: revoke_role(visit.store, signature(), one, grant))


def _actions(visit: Visit, one: Account) -> None:
    text = visit.text
    with st.container(horizontal=True):
        if one.login:
            label = text("people.new_password") if one.has_password else text("people.invite")
            _button(visit, label, f"invite:{one.id}", partial(keep_link, visit, one))
        _button(
            visit,
            text("people.sign_out"),
            f"out:{one.id}",
            lambda: sign_out_everywhere(visit.store, signature(), one),
        )
        change = disable if one.active else enable
        label = text("people.disable") if one.active else text("people.enable")
        _button(visit, label, f"active:{one.id}", lambda: change(visit.store, signature(), one))


def _button(visit: Visit, label: str, key: str, do: Callable[[], object]) -> None:
    def press() -> None:
        attempt(visit, do)

    st.button(label, key=f"people:{key}", on_click=press)
