"""All communities of this installation: map and table, linked to each other."""

from collections import Counter
from collections.abc import Sequence

import streamlit as st

from assessment.domain.standing import Overview, Standing
from assessment.services.exports import COMMUNITIES, DICTIONARY
from assessment.services.overview import overview
from assessment.ui.community_detail import community_detail
from assessment.ui.context import Visit, current_visit
from assessment.ui.download_links import download_links
from assessment.ui.overview_map import overview_map, standing_legend
from assessment.ui.overview_table import overview_table
from assessment.ui.plain_text import plain


def _show() -> None:
    visit = current_visit()
    st.title(visit.text("page.overview"))
    rows = overview(visit.store, visit.round)
    _show_counts(visit, rows)
    map_side, detail_side = st.columns([5, 2], gap="medium")
    with map_side:
        standing_legend(visit)
        on_map = overview_map(visit, rows)
        st.caption(plain(visit.text("map.credit")))
    in_table = overview_table(visit, rows)
    with detail_side:
        community_detail(visit, rows, on_map, in_table)
    download_links(visit, (COMMUNITIES, DICTIONARY), round=visit.round.id)


def _show_counts(visit: Visit, rows: Sequence[Overview]) -> None:
    counted = Counter(row.standing for row in rows)
    parts = [
        visit.text("overview.count", standing=visit.text(f"standing.{one}"), count=counted[one])
        for one in Standing
    ]
    label = visit.round.label(visit.text.language)
    words = visit.text.plural("overview.counts", len(rows), round=label)
    st.markdown(plain(words + visit.text("join.list").join(parts)))


_show()
