"""What is counted of the selection: standings, coverage with its base, pilots per city."""

from collections import Counter

import streamlit as st

from assessment.domain.nation import PILOTS_FROM, PILOTS_TO, AreaCount, count
from assessment.domain.standing import Standing
from assessment.reports.score_words import percent_words
from assessment.reports.signs import STANDINGS
from assessment.services.area_picture import count_cities
from assessment.ui.area_view import AreaView
from assessment.ui.plain_text import Markup, html, joined, plain


def selection_counts(view: AreaView) -> AreaCount:
    """Draw the counts; returns them."""
    text = view.visit.text
    counted = count(view.nation, view.area_mask)
    figures = [
        _figure(text.number(counted.communities), text("count.communities")),
        _figure(text.number(counted.submitted), text("count.submitted")),
        *(
            _figure(
                f"{STANDINGS[one].symbol} {text.number(counted.by_standing[one])}",
                text(f"standing.{one}"),
                STANDINGS[one].colour,
            )
            for one in Standing
        ),
    ]
    st.html(html('<div class="figures-row">{figures}</div>', figures=joined(figures)))
    st.markdown(plain(coverage_words(view, counted)))
    _pilots_per_city(view)
    _how_counted(view, counted)
    return counted


def coverage_words(view: AreaView, counted: AreaCount) -> str:
    """The coverage rate with its base."""
    text = view.visit.text
    if counted.coverage is None:
        return text("coverage.none")
    return text(
        "coverage.words",
        percent=percent_words(text, counted.coverage),
        complete=text.number(counted.complete),
        communities=text.number(counted.communities),
    )


def _how_counted(view: AreaView, counted: AreaCount) -> None:
    """The base of every count, with the numbers filled in."""
    text, framework = view.visit.text, view.framework
    figures = {
        "communities": text.number(counted.communities),
        "complete": text.number(counted.complete),
        "percent": percent_words(text, counted.coverage),
        "pass_mark": text.number(framework.complete_from),
        "completeness": percent_words(text, framework.score_from_completeness),
        "version": framework.version,
        "hash": framework.hash[:8],
        "round": view.visit.round.label(text.language),
    }
    with st.expander(text("explain.title"), icon=":material/calculate:"):
        for key in ("base", "standings", "complete", "coverage", "version"):
            st.markdown(plain(text(f"count.how_{key}", **figures)))


def _figure(figure: str, words: str, colour: str = "#1D2939") -> Markup:
    return html(
        '<div class="figure"><b style="color:{colour}">{figure}</b><span>{words}</span></div>',
        figure=figure,
        words=words,
        colour=colour,
    )


def _pilots_per_city(view: AreaView) -> None:
    """The notice's three to five pilots per city (district), as a fact."""
    if view.selection.level not in ("nation", "province"):
        return
    cities = count_cities(view.nation, view.area_mask)
    if not cities:
        return
    found = Counter(one.pilots_asked for one in cities)
    text = view.visit.text
    st.caption(
        plain(
            text(
                "coverage.pilots",
                cities=text.number(len(cities)),
                asked=text.number(found[0]),
                fewer=text.number(found[-1]),
                more=text.number(found[1]),
                lowest=PILOTS_FROM,
                highest=PILOTS_TO,
            )
        )
    )
