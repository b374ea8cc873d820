"""The rounds of self-assessment: their days, and how far the communities are."""

import streamlit as st

from assessment.services.rounds import round_lines
from assessment.ui.context import current_visit
from assessment.ui.plain_text import plain
from assessment.ui.round_forms import add_form, change_form, rounds_table


def _show() -> None:
    visit = current_visit()
    st.title(visit.text("page.rounds"))
    st.markdown(plain(visit.text("rounds.intro")))
    lines = round_lines(visit.store)
    rounds_table(visit, lines)
    add_form(visit)
    for line in lines:
        if not line.round.sample:
            change_form(visit, line.round)


_show()
