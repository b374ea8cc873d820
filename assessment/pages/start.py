"""What this is, and the five-minute path to a first result of one's own."""

import streamlit as st

from assessment.domain.permissions import Action
from assessment.services import sample
from assessment.services.authorising import allows
from assessment.services.communities import list_rounds
from assessment.ui.context import Visit, choose_community, current_visit, remember
from assessment.ui.plain_text import plain
from assessment.ui.session import signature

_STEPS = ("choose", "facts", "walk", "result")


def _show() -> None:
    visit = current_visit()
    st.title(visit.text("app.title"))
    st.markdown(plain(visit.text("start.intro")))
    left, right = st.columns([3, 2], gap="large")
    with left:
        _show_path(visit)
    with right:
        _show_sample(visit)


def _show_path(visit: Visit) -> None:
    st.subheader(visit.text("start.path"))
    for number, step in enumerate(_STEPS, start=1):
        st.markdown(f"{number}\\. {plain(visit.text(f'start.step_{step}'))}")
    if st.button(visit.text("start.begin"), key="begin", type="primary"):
        st.switch_page("assessment/pages/communities.py")
    community = visit.community
    if community is not None:
        name = community.name(visit.text.language)
        if st.button(plain(visit.text("start.go_on", name=name)), key="go_on"):
            st.switch_page("assessment/pages/answer.py")


def _show_sample(visit: Visit) -> None:
    with st.container(border=True, key="sample-card"):
        st.subheader(visit.text("sample.title"))
        st.markdown(plain(visit.text("sample.explain")))
        may_run = allows(visit.store, Action.RUN)
        if sample.is_loaded(visit.store):
            st.button(visit.text("sample.open"), key="open_sample", on_click=_open, args=(visit,))
            if may_run:
                st.button(
                    visit.text("sample.remove"),
                    key="remove_sample",
                    on_click=_remove,
                    args=(visit,),
                )
        elif may_run:
            st.button(visit.text("sample.load"), key="load_sample", on_click=_load, args=(visit,))


def _load(visit: Visit) -> None:
    sample.load(visit.store, signature())
    _open(visit)


def _open(visit: Visit) -> None:
    community = sample.first(visit.store)
    if community is not None:
        choose_community(community, list_rounds(visit.store))


def _remove(visit: Visit) -> None:
    sample.remove(visit.store, signature())
    remember(community=None, round=None, theme=None, group=None)


_show()
