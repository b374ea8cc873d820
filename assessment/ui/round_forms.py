"""Rounds as a table, and the fields to add one or to change one."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime

import streamlit as st
from markupsafe import Markup

from assessment.domain.errors import NotSaved, Refused
from assessment.domain.framework import Framework
from assessment.domain.records import Round
from assessment.domain.round_days import window_of
from assessment.services.rounds import (
    RoundLine,
    TypedRound,
    add_round,
    change_round,
    published_frameworks,
)
from assessment.ui.context import Visit
from assessment.ui.plain_text import html, joined, plain
from assessment.ui.session import signature

_DONE, _COUNT = "rounds:done", "rounds:count"
_HEADINGS = ("label", "opens", "due", "closes", "standing", "framework", "begun", "submitted")


def rounds_table(visit: Visit, lines: Sequence[RoundLine]) -> None:
    """Every round with its window, framework and counts."""
    text = visit.text
    heads = [html("<th scope='col'>{w}</th>", w=text(f"rounds.{name}")) for name in _HEADINGS]
    st.html(
        html(
            "<div class='compare-box' tabindex='0' role='region' aria-label='{label}'>"
            "<table class='compare rounds'><thead><tr>{heads}</tr></thead>"
            "<tbody>{rows}</tbody></table></div>",
            label=text("page.rounds"),
            heads=joined(heads),
            rows=joined([_row(visit, line) for line in lines]),
        )
    )


def add_form(visit: Visit) -> None:
    """The fields of a new round; nothing is kept before the button is pressed."""
    _tell_done()
    frameworks = published_frameworks(visit.store)
    with st.expander(visit.text("rounds.add"), icon=":material/add:", key="add-round"):
        key = f"round:new:{st.session_state.get(_COUNT, 0)}"
        typed = _fields(visit, key, TypedRound("", "", ""), frameworks)
        if st.button(visit.text("rounds.add_button"), key="add_round", type="primary"):
            _keep(visit, lambda: add_round(visit.store, signature(), typed), "rounds.added")


def change_form(visit: Visit, one: Round) -> None:
    """The fields of a round that is there; its framework is changed on the page of checklists."""
    label = plain(visit.text("rounds.change", label=one.label(visit.text.language)))
    with st.expander(label, icon=":material/edit_calendar:", key=f"change-{one.id}"):
        before = TypedRound(one.label_zh, one.label_en, one.opens, one.due, one.closes)
        typed = _fields(visit, f"round:{one.id}", before, ())
        if st.button(visit.text("rounds.change_button"), key=f"change_round:{one.id}"):
            _keep(visit, lambda: change_round(visit.store, signature(), one, typed), "rounds.kept")


def _row(visit: Visit, line: RoundLine) -> Markup:
    text, one = visit.text, line.round
    mark = html(" <span class='tag'>{words}</span>", words=text("sample.mark"))
    cells = [
        text.day(one.opens),
        text.day(one.due) or text("rounds.none"),
        text.day(one.closes) or text("rounds.never"),
        text(f"rounds.window_{window_of(one, datetime.now(UTC)).window}"),
        text("rounds.version", version=line.framework.version, hash=line.framework.hash[:8]),
        text.number(line.begun),
        text.number(line.submitted),
    ]
    return html(
        "<tr><th scope='row'>{label}{mark}<br><span class='quiet'>{id}</span></th>{cells}</tr>",
        label=one.label(text.language),
        mark=mark if one.sample else "",
        id=one.id,
        cells=joined([html("<td>{cell}</td>", cell=cell) for cell in cells]),
    )


def _fields(
    visit: Visit, key: str, before: TypedRound, frameworks: Sequence[Framework]
) -> TypedRound:
    text = visit.text
    left, right = st.columns(2)
    label_zh = left.text_input(text("rounds.label_zh"), before.label_zh, key=f"{key}:zh")
    label_en = right.text_input(text("rounds.label_en"), before.label_en, key=f"{key}:en")
    opens, due, closes = (
        column.text_input(
            text(f"rounds.{name}"),
            getattr(before, name),
            key=f"{key}:{name}",
            placeholder=text("rounds.day_hint"),
            help=text(f"rounds.{name}_help"),
        )
        for column, name in zip(st.columns(3), ("opens", "due", "closes"), strict=True)
    )
    framework = _choose_framework(visit, key, frameworks)
    return TypedRound(label_zh, label_en, opens, due, closes, framework)


def _choose_framework(visit: Visit, key: str, frameworks: Sequence[Framework]) -> str:
    if not frameworks:
        return ""
    text = visit.text
    names = {
        one.hash: f"{one.title.in_language(text.language)} "
        f"{text('rounds.version', version=one.version, hash=one.hash[:8])}"
        for one in frameworks
    }
    # The language is in the key: a select box forgets its value when its words change.
    chosen = st.selectbox(
        text("rounds.framework"),
        list(names),
        format_func=lambda one: names[one],
        key=f"{key}:framework:{text.language}",
    )
    return str(chosen)


def _keep(visit: Visit, write: Callable[[], Round], done: str) -> None:
    try:
        kept = write()
    except Refused as refused:
        for fault in refused.faults:
            st.error(plain(visit.text.fault(fault)))
        return
    except NotSaved as not_saved:
        st.error(plain(visit.text(f"not_saved.{not_saved.reason}")))
        return
    st.session_state[_DONE] = visit.text(done, label=kept.label(visit.text.language))
    st.session_state[_COUNT] = st.session_state.get(_COUNT, 0) + 1
    st.rerun()


def _tell_done() -> None:
    done = st.session_state.pop(_DONE, "")
    if done:
        st.success(plain(done))
