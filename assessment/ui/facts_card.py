"""The community's facts on one card, with what cannot be true and what they add up to."""

import streamlit as st

from assessment.domain.framework import FactDefinition, FactKind, Kind
from assessment.domain.sheet import Sheet
from assessment.ui.context import Visit
from assessment.ui.fact_input import draw_fact
from assessment.ui.page_inputs import PageInputs
from assessment.ui.plain_text import html, plain
from assessment.ui.quantity_text import quantity_line


def facts_card(inputs: PageInputs) -> None:
    """Draw every fact, two in a row, numbers first."""
    visit, sheet = inputs.visit, inputs.sheet
    st.markdown(plain(visit.text("facts.intro")))
    numeric = [one for one in sheet.framework.facts if one.kind is not FactKind.CHOICE]
    chosen = [one for one in sheet.framework.facts if one.kind is FactKind.CHOICE]
    with st.container(border=True, key="facts"):
        for definitions in (numeric, chosen):
            _rows(inputs, definitions)
        for fault in sheet.contradictions:
            st.error(plain(visit.text.fault(fault)))
    _show_quantities(visit, sheet)


def _rows(inputs: PageInputs, definitions: list[FactDefinition]) -> None:
    for first in range(0, len(definitions), 2):
        columns = st.columns(2, gap="medium")
        for column, definition in zip(columns, definitions[first : first + 2], strict=False):
            with column:
                draw_fact(inputs, definition)


def _show_quantities(visit: Visit, sheet: Sheet) -> None:
    for item in sheet.framework.items:
        if item.kind is Kind.QUANTITY:
            with st.container(border=True, key=f"quantity-{item.id}"):
                title = item.title.in_language(visit.text.language)
                st.html(
                    html('<div class="item-title">{id} {title}</div>', id=item.id, title=title)
                    + quantity_line(visit.text, item, sheet)
                )
