"""The community's facts on one card, with what cannot be true and what they add up to."""

import streamlit as st

from assessment.domain.framework import FactDefinition, FactKind, Kind
from assessment.domain.records import SavedFact
from assessment.domain.sheet import Sheet
from assessment.ui.context import Visit
from assessment.ui.drawn import Drawn
from assessment.ui.fact_input import fact_input
from assessment.ui.plain_text import html, plain
from assessment.ui.quantity_text import quantity_line
from assessment.ui.saved_field import Field, is_stale, keep, trouble_of
from assessment.ui.trouble_notice import show_trouble


def facts_card(visit: Visit, sheet: Sheet) -> Drawn:
    """Draw every fact, two in a row, numbers first."""
    st.markdown(plain(visit.text("facts.intro")))
    drawn = Drawn()
    numeric = [one for one in sheet.framework.facts if one.kind is not FactKind.CHOICE]
    chosen = [one for one in sheet.framework.facts if one.kind is FactKind.CHOICE]
    with st.container(border=True, key="facts"):
        for definitions in (numeric, chosen):
            drawn += _rows(visit, sheet, definitions)
        for fault in sheet.contradictions:
            st.error(plain(visit.text.fault(fault)))
    _show_quantities(visit, sheet)
    return drawn


def draw_fact(visit: Visit, sheet: Sheet, definition: FactDefinition) -> Drawn:
    """Draw one fact with its saved mark, and save what was changed."""
    field = fact_input(visit, sheet, definition)
    wrote = keep(visit.store, sheet, field)
    show_trouble(visit, sheet, field)
    st.html(_mark(visit, sheet, field))
    return Drawn(wrote is not None, is_stale(sheet, field))


def _rows(visit: Visit, sheet: Sheet, definitions: list[FactDefinition]) -> Drawn:
    drawn = Drawn()
    for first in range(0, len(definitions), 2):
        columns = st.columns(2, gap="medium")
        for column, definition in zip(columns, definitions[first : first + 2], strict=False):
            with column:
                drawn += draw_fact(visit, sheet, definition)
    return drawn


def _mark(visit: Visit, sheet: Sheet, field: Field) -> str:
    kept = sheet.saved_facts.get(field.subject, SavedFact(field.subject))
    if trouble_of(field) is not None:
        words = visit.text("saved.not_saved")
    elif kept.revision == 0 or kept.at is None:
        words = visit.text("saved.nothing")
    else:
        time = visit.text.time(kept.at, visit.zone)
        words = visit.text("saved.mark", time=time, revision=kept.revision)
    bad = " unsaved" if trouble_of(field) else ""
    return html(
        '<div class="item-foot"><span class="saved{bad}">{words}</span></div>', bad=bad, words=words
    )


def _show_quantities(visit: Visit, sheet: Sheet) -> None:
    for item in sheet.framework.items:
        if item.kind is Kind.QUANTITY:
            with st.container(border=True, key=f"quantity-{item.id}"):
                title = item.title.in_language(visit.text.language)
                st.html(
                    html('<div class="item-title">{id} {title}</div>', id=item.id, title=title)
                    + quantity_line(visit.text, item, sheet)
                )
