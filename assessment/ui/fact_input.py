"""Facts of the community: typed once, used wherever a quantity or a condition needs them."""

import streamlit as st
from markupsafe import Markup

from assessment.domain.framework import FactDefinition, FactKind
from assessment.domain.records import SavedFact
from assessment.domain.sheet import Sheet
from assessment.ui.confirming import confirm_button
from assessment.ui.context import Visit
from assessment.ui.page_inputs import PageInputs
from assessment.ui.plain_text import html, plain
from assessment.ui.saved_field import Field, trouble_of


def draw_fact(inputs: PageInputs, definition: FactDefinition) -> None:
    """Draw one fact with its saved mark, and save what was changed."""
    is_choice = definition.kind is FactKind.CHOICE
    field = (_choice if is_choice else _number)(inputs, definition)
    inputs.done(field)
    st.html(_mark(inputs.visit, inputs.sheet, field))
    confirm_button(inputs.visit, inputs.sheet, definition.id)


def _number(inputs: PageInputs, definition: FactDefinition) -> Field:
    field = inputs.field(definition.id, "value")
    text = inputs.visit.text
    unit = definition.unit.in_language(text.language) if definition.unit else ""
    label = definition.label.in_language(text.language)
    st.text_input(
        plain(text("fact.label", label=label, unit=unit)),
        str(inputs.seed(field)),
        key=field.key,
        help=plain(definition.help.in_language(text.language)),
        placeholder=text("fact.number_hint", unit=unit),
        on_change=inputs.keeper(field),
    )
    return field


def _choice(inputs: PageInputs, definition: FactDefinition) -> Field:
    field = inputs.field(definition.id, "option")
    language = inputs.visit.text.language
    labels = {one.id: plain(one.label.in_language(language)) for one in definition.options}
    st.segmented_control(
        plain(definition.label.in_language(language)),
        list(labels),
        format_func=lambda option: labels.get(option, option),
        key=field.key,
        default=inputs.seed(field) or None,
        required=True,
        wrap=True,
        help=plain(definition.help.in_language(language)),
        on_change=inputs.keeper(field),
    )
    return field


def _mark(visit: Visit, sheet: Sheet, field: Field) -> Markup:
    kept = sheet.saved_facts.get(field.subject, SavedFact(field.subject))
    if trouble_of(field) is not None:
        words = visit.text("saved.not_saved")
    elif kept.revision == 0 or kept.at is None:
        words = visit.text("saved.nothing")
    elif kept.to_confirm:
        words = visit.text("state.to_confirm_plain")
    else:
        time = visit.text.time(kept.at, visit.zone)
        words = visit.text("saved.mark", time=time, revision=kept.revision)
    bad = " unsaved" if trouble_of(field) else ""
    return html(
        '<div class="item-foot"><span class="saved{bad}">{words}</span></div>', bad=bad, words=words
    )
