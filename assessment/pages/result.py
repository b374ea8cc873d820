"""Where the community stands: sentence, pictures, gaps, map, tables and files."""

from collections.abc import Sequence

import streamlit as st

from assessment.domain.sheet import Sheet
from assessment.reports.charts import theme_bars, theme_wheel, trend_chart
from assessment.reports.score_words import figures_words, gates_words, headline, verdict_words
from assessment.reports.theme_rows import method_changes
from assessment.services.chart_exports import THEMES, TREND, WHEEL
from assessment.services.exports import DICTIONARY, ITEMS, SUMMARY
from assessment.services.paper_exports import PAPERS
from assessment.services.sheets import load_history
from assessment.ui.context import Visit, current_visit, require_sheet
from assessment.ui.course_view import names_in, state_and_code
from assessment.ui.download_links import (
    chart_links,
    download_links,
    fill_links,
    paper_links,
    passport_link,
)
from assessment.ui.drawn_chart import draw_chart
from assessment.ui.evidence_part import evidence_of_all
from assessment.ui.explain import explain_scores
from assessment.ui.gap_cards import gap_cards
from assessment.ui.placing import map_and_placing
from assessment.ui.plain_text import plain
from assessment.ui.tables import item_table_view, theme_table, trend_table
from assessment.ui.voice_results import voice_results
from assessment.ui.walk import GO_TO_ANSWER


def _show() -> None:
    if st.session_state.pop(GO_TO_ANSWER, False):
        st.switch_page("assessment/pages/answer.py")
    visit = current_visit()
    sheet = require_sheet(visit)
    st.title(plain(sheet.community.name(visit.text.language)))
    state_and_code(visit, sheet, names_in(visit, sheet))
    st.markdown(f"**{plain(headline(visit.text, sheet))}**")
    st.markdown(plain(f"{verdict_words(visit.text, sheet)} · {gates_words(visit.text, sheet)}"))
    st.caption(plain(figures_words(visit.text, sheet)))
    explain_scores(visit.text, sheet)
    _show_pictures(visit, sheet)
    _show_trend(visit, load_history(visit.store, sheet.community.code))
    st.header(visit.text("result.gaps"))
    gap_cards(visit, sheet)
    st.header(visit.text("voice.title"))
    voice_results(visit, sheet)
    st.header(visit.text("result.map"))
    map_and_placing(visit, sheet.community)
    _show_files(visit, sheet)


def _show_pictures(visit: Visit, sheet: Sheet) -> None:
    st.header(visit.text("result.themes"))
    wheel, bars = st.columns(2, vertical_alignment="center")
    with wheel:
        draw_chart(theme_wheel(visit.text, sheet), visit.text("chart.wheel_alt"))
    with bars:
        draw_chart(theme_bars(visit.text, sheet), visit.text("chart.bars_alt"))
    text = visit.text
    for legend in (text("chart.legend"), text("chart.bars_legend"), text("chart.wheel_legend")):
        st.caption(plain(legend))
    with st.expander(visit.text("table.behind"), icon=":material/table:"):
        st.table(theme_table(visit.text, sheet))
    chart_links(visit, sheet, (WHEEL, THEMES))


def _show_trend(visit: Visit, sheets: Sequence[Sheet]) -> None:
    if len(sheets) < 2:
        return
    st.header(visit.text("result.trend"))
    draw_chart(trend_chart(visit.text, sheets), visit.text("chart.trend_alt"))
    for words in method_changes(visit.text, sheets):
        st.warning(plain(words))
    with st.expander(visit.text("table.behind"), icon=":material/table:"):
        st.table(trend_table(visit.text, sheets))
    chart_links(visit, sheets[-1], (TREND,))


def _show_files(visit: Visit, sheet: Sheet) -> None:
    st.header(visit.text("result.files"))
    about = {"community": sheet.community.code, "round": sheet.round.id}
    paper_links(visit, sheet, PAPERS)
    fill_links(visit, sheet)
    passport_link(visit, sheet.community, visit.text("file.passport"))
    download_links(visit, (ITEMS, SUMMARY, DICTIONARY), **about)
    with st.expander(visit.text("table.items"), icon=":material/table:"):
        st.table(item_table_view(visit.text, sheet))
    if sheet.evidence:
        with st.expander(visit.text("evidence.all"), icon=":material/attach_file:"):
            evidence_of_all(visit, sheet)


_show()
