"""One item of the checklist: what is asked, the answer, a note, and whether it is saved."""

from collections.abc import Sequence

import streamlit as st

from assessment.domain.answers import (
    ALL_TICKS,
    NO_TICKS,
    NOT_APPLICABLE,
    SOME_TICKS,
    UNKNOWN,
    Outcome,
    choices,
)
from assessment.domain.framework import Item, Kind
from assessment.domain.typed_answers import DETAIL_FORMS, details_of
from assessment.ui.card_records import card_records
from assessment.ui.card_review import card_review
from assessment.ui.card_text import card_foot, card_head, not_asked
from assessment.ui.confirming import confirm_button
from assessment.ui.context import Visit
from assessment.ui.evidence_part import evidence_part
from assessment.ui.fact_input import draw_fact
from assessment.ui.followers import latest
from assessment.ui.page_inputs import PageInputs
from assessment.ui.plain_text import plain
from assessment.ui.quantity_text import quantity_line

_FACILITY_DETAILS = ("built", "open")
_SPECIAL = {
    UNKNOWN: "answer.unknown",
    NOT_APPLICABLE: "answer.not_applicable",
    ALL_TICKS: "answer.all_ticks",
    SOME_TICKS: "answer.some_ticks",
    NO_TICKS: "answer.no_ticks",
}


def card_key(item_id: str) -> str:
    """The key of an item's card, to scroll to it."""
    return f"card-{item_id}"


def answer_card(inputs: PageInputs, item: Item) -> None:
    """Draw one item and save what was changed in it."""
    with st.container(border=True, key=card_key(item.id)):
        st.html(card_head(inputs.visit.text, inputs.sheet.framework, item))
        card_review(inputs.visit, inputs.sheet, item.id)
        _controls(inputs, item)
        confirm_button(inputs.visit, inputs.sheet, item.id)
        card_records(inputs.visit, inputs.sheet, item)


def _controls(inputs: PageInputs, item: Item) -> None:
    text, sheet = inputs.visit.text, inputs.sheet
    if item.applies is not None and item.applies.fact not in sheet.facts:
        st.caption(plain(text("card.answer_fact_first")))
        draw_fact(inputs, sheet.framework.fact(item.applies.fact))
        return
    if sheet.judged[item.id].outcome is Outcome.NOT_ASKED:
        st.markdown(plain(not_asked(text, item)))
        return
    if choices(item):
        _choice_part(inputs, item)
        _further(inputs, item, str(st.session_state.get(inputs.field(item.id, "choice").key)))
    else:
        _without_choice(inputs, item)
    _text(inputs, item, "note")
    evidence_part(inputs, item)


def _choice_part(inputs: PageInputs, item: Item) -> None:
    """The buttons and the saved mark: a click draws only these, and the figures of the page."""

    def part() -> None:
        _choice(inputs, item)
        now = latest(inputs.sheet)
        st.html(card_foot(inputs.visit.text, inputs.visit.zone, item, now))
        if now is inputs.sheet:
            inputs.followers.reserve()
        else:
            inputs.followers.show(inputs.visit, now)

    st.fragment(part, key=f"choice-{item.id}")()


def _without_choice(inputs: PageInputs, item: Item) -> None:
    if item.kind is Kind.QUANTITY:
        st.html(quantity_line(inputs.visit.text, item, inputs.sheet))
    elif item.kind is Kind.SURVEY:
        _details(inputs, item, details_of(item))
    st.html(card_foot(inputs.visit.text, inputs.visit.zone, item, inputs.sheet))


def _choice(inputs: PageInputs, item: Item) -> None:
    field = inputs.field(item.id, "choice")
    labels = choice_labels(inputs.visit, item)
    kept = inputs.sheet.answers.get(item.id)
    waits = kept is not None and kept.to_confirm
    st.segmented_control(
        plain(item.title.in_language(inputs.visit.text.language)),
        choices(item),
        format_func=lambda choice: labels.get(choice, choice),
        key=field.key,
        default=inputs.seed(field) or None,
        required=True,
        label_visibility="collapsed",
        wrap=True,
        on_change=inputs.click_keeper(
            field, lambda before, now: waits or _calls_for(item, before) != _calls_for(item, now)
        ),
    )
    inputs.done(field)


def _calls_for(item: Item, choice: str) -> str:
    """Which further inputs belong to an answer."""
    if choice == SOME_TICKS:
        return "ticks"
    if choice == NOT_APPLICABLE:
        return "reason"
    if details_of(item) and choice in _FACILITY_DETAILS:
        return "details"
    return ""


def _further(inputs: PageInputs, item: Item, choice: str) -> None:
    needed = _calls_for(item, choice)
    if needed == "ticks":
        _ticks(inputs, item)
    elif needed == "reason":
        _text(inputs, item, "reason")
    elif needed == "details":
        _details(inputs, item, [name for name in details_of(item) if name in DETAIL_FORMS])
        _means(inputs, item)


def choice_labels(visit: Visit, item: Item) -> dict[str, str]:
    """The words on the buttons of an item, by answer."""
    labels = {step.id: plain(step.label.in_language(visit.text.language)) for step in item.steps}
    return labels | {choice: plain(visit.text(key)) for choice, key in _SPECIAL.items()}


def _ticks(inputs: PageInputs, item: Item) -> None:
    field = inputs.field(item.id, "ticks")
    language = inputs.visit.text.language
    labels = {tick.id: plain(tick.label.in_language(language)) for tick in item.ticks}
    seeded = inputs.seed(field)
    st.pills(
        plain(inputs.visit.text("card.which_ticks")),
        list(labels),
        selection_mode="multi",
        format_func=lambda tick: labels.get(tick, tick),
        key=field.key,
        default=[tick for tick in labels if isinstance(seeded, tuple) and tick in seeded],
        wrap=True,
        on_change=inputs.keeper(field),
    )
    inputs.done(field)


def _text(inputs: PageInputs, item: Item, name: str) -> None:
    """A typed text: the note, or the reason why the item does not apply."""
    field = inputs.field(item.id, name)
    text = inputs.visit.text
    ground = item.not_applicable if name == "reason" else None
    hint = item.evidence_hint if name == "note" else None
    st.text_area(
        plain(text(f"card.{name}")),
        str(inputs.seed(field)),
        key=field.key,
        height=68,
        help=plain(ground.ground.in_language(text.language)) if ground else None,
        placeholder=hint.in_language(text.language) if hint else text(f"card.{name}_hint"),
        on_change=inputs.keeper(field),
    )
    inputs.done(field)


def _details(inputs: PageInputs, item: Item, names: Sequence[str]) -> None:
    text = inputs.visit.text
    for column, name in zip(st.columns(len(names)), names, strict=True):
        field = inputs.field(item.id, f"detail:{name}")
        with column:
            st.text_input(
                plain(text(f"detail.{name}")),
                str(inputs.seed(field)),
                key=field.key,
                placeholder=text("fact.number_hint", unit=DETAIL_FORMS[name].units[0]),
                on_change=inputs.keeper(field),
            )
            inputs.done(field)


def _means(inputs: PageInputs, item: Item) -> None:
    field = inputs.field(item.id, "detail:means")
    text = inputs.visit.text
    means = inputs.sheet.framework.means
    labels = {one.id: plain(one.label.in_language(text.language)) for one in means}
    st.segmented_control(
        plain(text("detail.means")),
        list(labels),
        format_func=lambda one: labels.get(one, one),
        key=field.key,
        default=inputs.seed(field) or None,
        wrap=True,
        on_change=inputs.keeper(field),
    )
    inputs.done(field)
