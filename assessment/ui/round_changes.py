"""What changed from round to round: counts of the selection, and who moved most."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from assessment.domain.records import Round
from assessment.domain.standing import Standing
from assessment.reports.score_words import percent_words
from assessment.reports.signs import STANDINGS
from assessment.services.area_picture import RoundLine, movers, round_lines
from assessment.services.nation import nation_of
from assessment.services.overview import overview_of
from assessment.ui.area_view import AreaView
from assessment.ui.plain_text import plain

_MOST = 20


def round_changes(view: AreaView) -> None:
    """Draw a row for each round, and the communities whose low end moved most since the last."""
    text = view.visit.text
    alike = [one for one in view.visit.rounds if one.sample == view.visit.round.sample]
    lines = round_lines(view.visit.store, alike, view.selection)
    st.dataframe(pd.DataFrame([_line(view, one) for one in lines]), hide_index=True)
    earlier = _earlier(alike, view.visit.round)
    if earlier is None:
        st.info(plain(text("changes.first")))
        return
    _movers(view, earlier)


def _line(view: AreaView, one: RoundLine) -> dict[str, object]:
    text = view.visit.text
    counted = one.counted
    return {
        text("chart.round"): one.round.label(text.language),
        text("count.communities"): counted.communities,
        text("changes.begun"): counted.begun,
        text("count.submitted"): counted.submitted,
        **{
            f"{STANDINGS[each].symbol} {text(f'standing.{each}')}": counted.by_standing[each]
            for each in Standing
        },
        text("areas.complete"): counted.complete,
        text("areas.coverage"): percent_words(text, counted.coverage),
        text("changes.median"): None if one.median_low != one.median_low else one.median_low,
    }


def _earlier(rounds: Sequence[Round], current: Round) -> Round | None:
    before = [one for one in rounds if (one.opens, one.id) < (current.opens, current.id)]
    return max(before, key=lambda one: (one.opens, one.id), default=None)


def _movers(view: AreaView, earlier: Round) -> None:
    text = view.visit.text
    before = nation_of(view.visit.store, earlier)
    positions, points = movers(before, view.nation, view.mask)
    up, down = int((points > 0).sum()), int((points < 0).sum())
    st.markdown(
        plain(
            text(
                "changes.words",
                earlier=earlier.label(text.language),
                up=text.number(up),
                down=text.number(down),
            )
        )
    )
    shown = dict(zip((str(c) for c in view.nation.code[positions[:_MOST]]), points, strict=False))
    rows = overview_of(view.visit.store, view.visit.round, list(shown))
    lines = [
        {
            text("column.code"): row.community.code,
            text("chart.community"): row.community.name(text.language),
            text("changes.points"): f"{shown[row.community.code]:+.0f}",
        }
        for row in rows
    ]
    if lines:
        st.dataframe(pd.DataFrame(lines), hide_index=True)
    if earlier.framework != view.visit.round.framework:
        st.warning(plain(text("changes.method")))
