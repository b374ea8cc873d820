"""Facts of the community: typed once, used wherever a quantity or a condition needs them."""

import streamlit as st

from assessment.domain.framework import FactDefinition, FactKind
from assessment.domain.sheet import Sheet
from assessment.ui.context import Visit
from assessment.ui.live import keeper
from assessment.ui.plain_text import plain
from assessment.ui.saved_field import Field, seed


def fact_input(visit: Visit, sheet: Sheet, definition: FactDefinition) -> Field:
    """Draw the input of one fact."""
    if definition.kind is FactKind.CHOICE:
        return fact_choice(visit, sheet, definition.id)
    field = Field(sheet.assessment.id, definition.id)
    unit = definition.unit.in_language(visit.text.language) if definition.unit else ""
    label = definition.label.in_language(visit.text.language)
    st.text_input(
        plain(visit.text("fact.label", label=label, unit=unit)),
        seed(visit.store, sheet, field),
        key=field.key,
        help=plain(definition.help.in_language(visit.text.language)),
        placeholder=visit.text("fact.number_hint", unit=unit),
        on_change=keeper(visit.store, sheet, field),
    )
    return field


def fact_choice(visit: Visit, sheet: Sheet, fact_id: str) -> Field:
    """Draw the buttons of a fact that is chosen."""
    definition = sheet.framework.fact(fact_id)
    field = Field(sheet.assessment.id, fact_id, "option")
    language = visit.text.language
    labels = {one.id: plain(one.label.in_language(language)) for one in definition.options}
    st.segmented_control(
        plain(definition.label.in_language(language)),
        list(labels),
        format_func=lambda option: labels.get(option, option),
        key=field.key,
        default=seed(visit.store, sheet, field) or None,
        required=True,
        help=plain(definition.help.in_language(language)),
        on_change=keeper(visit.store, sheet, field),
    )
    return field
