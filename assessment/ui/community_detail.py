"""The community that was picked on the map or in the table, beside the map."""

import streamlit as st

from assessment.domain.standing import Overview
from assessment.reports.signs import STANDINGS
from assessment.services.overview import overview_of
from assessment.services.selection import positions_of
from assessment.ui.area_view import STANDING, AreaView, picked
from assessment.ui.community_list import area_words
from assessment.ui.community_sign import lacking_of, sign_of, sign_words
from assessment.ui.context import Visit, choose_community
from assessment.ui.pins import pin_button
from assessment.ui.plain_text import html, plain
from assessment.ui.state_words import names_of_rows, state_words


def community_detail(view: AreaView) -> None:
    """Show the community that was picked last, wherever it was picked."""
    visit = view.visit
    rows = overview_of(visit.store, visit.round, [picked()]) if picked() else []
    row = next((one for one in rows if one.community.sample == visit.round.sample), None)
    if row is None:
        st.info(plain(visit.text("overview.pick")))
        return
    with st.container(border=True, key="overview-detail"):
        st.html(_words(visit, row))
        _coloured(view, row.community.code)
        pin_button(visit, row.community)
        if st.button(visit.text("overview.open_result"), type="primary", key="open_result"):
            choose_community(row.community, visit.rounds)
            st.switch_page("assessment/pages/result.py")
        if st.button(visit.text("overview.open_answer"), key="open_answer"):
            choose_community(row.community, visit.rounds)
            st.switch_page("assessment/pages/answer.py")


def _coloured(view: AreaView, code: str) -> None:
    """The item or theme that colours the pictures, for this community."""
    found = positions_of(view.nation, [code])
    if not len(found) or view.colour == STANDING:
        return
    position = int(found[0])
    language = view.visit.text.language
    about = view.item or view.theme
    title = about.title.in_language(language) if about else ""
    lacking = lacking_of(view, [code])
    sign = sign_of(view, position, lacking)
    st.html(
        html(
            '<div class="quiet">{title}</div>'
            '<div style="color:{colour}"><b>{symbol} {words}</b></div>',
            title=title,
            colour=sign.colour if sign.colour != "#FFFFFF" else "#0B5A53",
            symbol=sign.symbol,
            words=sign_words(view, position, lacking),
        )
    )


def _words(visit: Visit, row: Overview) -> str:
    text = visit.text
    sign = STANDINGS[row.standing]
    return html(
        '<div class="item-title">{name}</div><div>{area}</div>'
        '<div style="color:{colour}">{symbol} {standing}</div><div>{score}</div>'
        "<div>{state}</div>"
        '<div class="quiet">{blocked}</div><div class="quiet">{place}</div>'
        '<div class="clause">{source}</div>',
        name=row.community.name(text.language),
        area=area_words(visit, row.community),
        colour=sign.colour,
        symbol=sign.symbol,
        standing=text(f"standing.{row.standing}"),
        score=_score(visit, row),
        state=state_words(visit, row, names_of_rows(visit, [row])),
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
