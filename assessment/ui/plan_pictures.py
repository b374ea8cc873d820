"""The plan in time: bars inside the pilot's window, and the staircase of the score."""

from collections.abc import Sequence

import streamlit as st

from assessment.domain.plan import ActionState, PlannedAction
from assessment.domain.records import Programme
from assessment.domain.schedule import StairStep, schedule, staircase
from assessment.domain.sheet import Sheet
from assessment.language.translator import Translator
from assessment.reports.plan_charts import gantt_chart, stair_chart
from assessment.reports.plan_words import window_words
from assessment.reports.score_words import gates_words, range_words
from assessment.ui.context import Visit
from assessment.ui.drawn_chart import draw_chart
from assessment.ui.plain_text import plain


def plan_pictures(
    visit: Visit,
    sheet: Sheet,
    actions: Sequence[PlannedAction],
    ticked: Sequence[PlannedAction],
    windows: Sequence[Programme],
) -> None:
    """The bars of time and the staircase of the score; nothing without dates."""
    text = visit.text
    spans = schedule(actions)
    shown = [one for one in actions if one in ticked or one.state is ActionState.DONE]
    st.caption(plain(window_words(text, windows)))
    if not any(one.id in spans for one in shown):
        st.info(plain(text("plan.no_dates")))
        return
    draw_chart(gantt_chart(text, shown, spans, windows), text("plan.gantt_alt"))
    steps = staircase(sheet, ticked, spans)
    if not steps:
        return
    draw_chart(stair_chart(text, sheet, steps), text("plan.stair_alt"))
    with st.expander(text("table.behind"), icon=":material/table:"):
        st.table([_line(text, step) for step in steps])


def _line(text: Translator, step: StairStep) -> dict[str, str]:
    return {
        text("plan.month"): str(step.month),
        text("plan.action"): plain(text("join.list").join(one.words for one in step.actions)),
        text("plan.score"): range_words(text, step.sheet.scores.overall),
        text("plan.gates"): gates_words(text, step.sheet),
    }
