"""Register a community that is not in the list."""

import streamlit as st

from assessment.domain.errors import Refused
from assessment.domain.permissions import Action, may_somewhere
from assessment.domain.records import Community
from assessment.services.authorising import allows
from assessment.services.communities import Registration, register
from assessment.services.divisions import Division, children
from assessment.ui.context import Visit, choose_community
from assessment.ui.plain_text import plain
from assessment.ui.session import signature


def registration_form(visit: Visit) -> None:
    """The fields of a new community; nothing is kept before the button is pressed."""
    if not may_somewhere(visit.store.person, Action.REGISTER):
        return
    with st.expander(visit.text("register.title"), icon=":material/add_home:"):
        if visit.round.sample:
            st.info(plain(visit.text("register.not_in_sample")))
            return
        district = _choose_district(visit)
        name = st.text_input(visit.text("register.name"), key="register:name")
        name_en = st.text_input(visit.text("register.name_en"), key="register:name_en")
        street = st.text_input(visit.text("register.street"), key="register:street")
        committees = st.text_area(
            visit.text("register.committees"),
            key="register:committees",
            help=visit.text("register.committees_help"),
            height=68,
        )
        typed = Registration(name, district.adcode if district else "", street, name_en, committees)
        area = Community("", name, adcode=typed.adcode)
        outside = district is not None and not allows(visit.store, Action.REGISTER, area)
        if outside:
            st.warning(plain(visit.text("who.not_your_area")))
        label = visit.text("register.button")
        if st.button(label, type="primary", key="register", disabled=outside):
            _register(visit, typed)


def _choose_district(visit: Visit) -> Division | None:
    """Province, then city where there is one, then district."""
    columns = st.columns(3)
    with columns[0]:
        province = _choose(visit, "province", "")
    below = children(province.adcode) if province else []
    city = None
    with columns[1]:
        if any(one.level == "city" for one in below):
            city = _choose(visit, "city", province.adcode if province else "")
    with columns[2]:
        parent = city or province
        if parent is None or parent.level == "district":
            return parent
        return _choose(visit, "district", parent.adcode)


def _choose(visit: Visit, level: str, parent: str) -> Division | None:
    options = children(parent)
    names = {one.adcode: one.name(visit.text.language) for one in options}
    chosen = st.selectbox(
        visit.text(f"register.{level}"),
        list(names),
        format_func=lambda code: names.get(str(code), str(code)),
        index=None,
        placeholder=visit.text("register.pick"),
        # The language is in the key: a select box forgets its value when its words change.
        key=f"register:{level}:{parent}:{visit.text.language}",
    )
    return next((one for one in options if one.adcode == chosen), None)


def _register(visit: Visit, typed: Registration) -> None:
    try:
        community = register(visit.store, signature(), typed)
    except Refused as refused:
        for fault in refused.faults:
            st.error(plain(visit.text.fault(fault)))
        return
    choose_community(community, visit.rounds)
    st.switch_page("assessment/pages/answer.py")
