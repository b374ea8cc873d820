"""Moving a round to another version: what that changes, for how many, and the button."""

from collections.abc import Sequence

import streamlit as st

from assessment.domain.framework import Framework
from assessment.domain.records import Round
from assessment.domain.upgrading import touched_facts, touched_items
from assessment.reports.framework_words import framework_name
from assessment.services.publishing import FrameworkLine, Waiting, waiting_for
from assessment.services.rescoring import Moving, rescore
from assessment.ui.attempt import attempted, show_outcome
from assessment.ui.context import Visit
from assessment.ui.framework_list import choose_framework
from assessment.ui.framework_upgrade import upgrade_view
from assessment.ui.plain_text import plain
from assessment.ui.session import signature

_PLACE = "frameworks:move"


def move_form(visit: Visit, lines: Sequence[FrameworkLine]) -> None:
    """Choose a round and a version; see what follows; move it."""
    text = visit.text
    st.header(text("frameworks.move"))
    show_outcome(_PLACE)
    st.markdown(plain(text("frameworks.move_intro")))
    by_id = {one.id: (one, line.framework) for line in lines for one in line.rounds}
    if not by_id:
        return
    ids = sorted(
        by_id, key=lambda one: (not by_id[one][0].sample, by_id[one][0].opens), reverse=True
    )
    chosen = st.selectbox(
        text("chart.round"),
        ids,
        format_func=lambda one: by_id[one][0].label(text.language),
        key=f"frameworks:round:{text.language}",
    )
    one, old = by_id[chosen or ids[0]]
    known = [line.framework for line in lines]
    new = choose_framework(
        visit, text("frameworks.move_to"), f"frameworks:to:{one.id}", known, old.hash
    )
    waiting = waiting_for(visit.store, one.id, new)
    if new.hash == old.hash and not waiting.states:
        st.info(plain(text("frameworks.same", name=framework_name(text, old))))
        return
    if new.hash != old.hash:
        with st.expander(text("frameworks.differences"), icon=":material/difference:"):
            upgrade_view(visit, old, new)
    _move_button(visit, one, old, new, waiting)


def _move(visit: Visit, moving: Moving) -> None:
    """Move a round, with a bar that fills: who goes away stops it, and another click goes on."""
    text = visit.text
    bar = st.progress(0.0, plain(text("frameworks.moving_begins")))

    def progress(done: int, total: int) -> None:
        counts = {"done": text.number(done), "total": text.number(total)}
        bar.progress(done / total, plain(text("frameworks.moving", **counts)))

    try:
        rescore(visit.store, signature(), moving, progress)
    finally:
        bar.empty()


def _move_button(
    visit: Visit, one: Round, old: Framework, new: Framework, waiting: Waiting
) -> None:
    text = visit.text
    again = len(touched_items(old, new)) + len(touched_facts(old, new))
    st.markdown(plain(text.plural("frameworks.open_count", waiting.open)))
    st.markdown(plain(text.plural("frameworks.again_count", again)))
    box, reopens = f"frameworks:reopen:{one.id}:{new.hash}", False
    if waiting.handed_in:
        st.warning(plain(text.plural("frameworks.handed_in_count", waiting.handed_in)))
        help_words = text("frameworks.reopen_help")
        reopens = bool(st.checkbox(text("frameworks.reopen"), help=help_words, key=box))
    if new.hash == old.hash and not (waiting.open or reopens):
        return

    def move() -> None:
        # As the box says at this moment: the tick may come with this very click.
        _move(visit, Moving(one.id, new, bool(st.session_state.get(box))))

    label, name = one.label(text.language), framework_name(text, new)
    st.button(
        text("frameworks.move_button"),
        key="move_round",
        type="primary",
        on_click=attempted(visit, _PLACE, move, text("frameworks.moved", label=label, name=name)),
    )
