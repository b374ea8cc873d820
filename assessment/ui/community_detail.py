"""The community that was picked on the map or in the table, beside the map."""

from collections.abc import Sequence

import streamlit as st

from assessment.domain.standing import Overview
from assessment.reports.signs import STANDINGS
from assessment.ui.community_list import area_words
from assessment.ui.context import Visit, choose_community
from assessment.ui.plain_text import html, plain

_PICKED, _ON_MAP, _IN_TABLE = "overview:picked", "overview:on_map", "overview:in_table"


def community_detail(visit: Visit, rows: Sequence[Overview], on_map: str, in_table: str) -> None:
    """Show the community that was picked last, wherever it was picked."""
    code = _picked(on_map, in_table)
    row = next((one for one in rows if one.community.code == code), None)
    if row is None:
        st.info(plain(visit.text("overview.pick")))
        return
    with st.container(border=True, key="overview-detail"):
        st.html(_words(visit, row))
        if st.button(visit.text("overview.open_result"), type="primary", key="open_result"):
            choose_community(row.community, visit.rounds)
            st.switch_page("assessment/pages/result.py")
        if st.button(visit.text("overview.open_answer"), key="open_answer"):
            choose_community(row.community, visit.rounds)
            st.switch_page("assessment/pages/answer.py")


def _picked(on_map: str, in_table: str) -> str:
    for key, now in ((_ON_MAP, on_map), (_IN_TABLE, in_table)):
        if now and now != st.session_state.get(key):
            st.session_state[_PICKED] = now
        st.session_state[key] = now
    return str(st.session_state.get(_PICKED, ""))


def _words(visit: Visit, row: Overview) -> str:
    text = visit.text
    sign = STANDINGS[row.standing]
    return html(
        '<div class="item-title">{name}</div><div>{area}</div>'
        '<div style="color:{colour}">{symbol} {standing}</div><div>{score}</div>'
        '<div class="quiet">{blocked}</div><div class="quiet">{place}</div>'
        '<div class="clause">{source}</div>',
        name=row.community.name(text.language),
        area=area_words(visit, row.community),
        colour=sign.colour,
        symbol=sign.symbol,
        standing=text(f"standing.{row.standing}"),
        score=_score(visit, row),
        blocked=text("overview.blocked", gates=row.score.blocked)
        if row.score and row.score.blocked
        else "",
        place="" if row.placed else text("overview.not_placed"),
        source=text("search.source", source=row.community.source or text("search.registered_here")),
    )


def _score(visit: Visit, row: Overview) -> str:
    score = row.score
    if score is None or not score.enough or score.low_percent is None:
        return visit.text("score.none")
    return visit.text(
        "overview.score",
        low=score.low_percent,
        high=score.high_percent,
        answered=score.answered,
        asked=score.asked,
        set_aside=score.set_aside,
    )
