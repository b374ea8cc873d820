"""One item of the checklist: what is asked, the answer, a note, and whether it is saved."""

import streamlit as st

from assessment.domain.answers import (
    ALL_TICKS,
    NO_TICKS,
    NOT_APPLICABLE,
    SOME_TICKS,
    UNKNOWN,
    Answer,
    Outcome,
    choices,
)
from assessment.domain.framework import Item, Kind
from assessment.domain.sheet import Sheet
from assessment.domain.typed_answers import DETAIL_FORMS
from assessment.ui.card_text import card_foot, card_head, not_asked
from assessment.ui.context import Visit
from assessment.ui.drawn import Drawn
from assessment.ui.facts_card import draw_fact
from assessment.ui.live import FACILITY_DETAILS, foot_part, fresh_sheet, keeper, live_part
from assessment.ui.plain_text import plain
from assessment.ui.quantity_text import quantity_line
from assessment.ui.saved_field import Field, is_stale, keep, seed
from assessment.ui.trouble_notice import show_trouble

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


def answer_card(visit: Visit, sheet: Sheet, item: Item) -> Drawn:
    """Draw one item and save what was changed in it."""
    with st.container(border=True, key=card_key(item.id)):
        st.html(card_head(visit.text, sheet.framework, item))
        drawn = _controls(visit, sheet, item)
        _show_foot(visit, sheet, item)
    return drawn


def _controls(visit: Visit, sheet: Sheet, item: Item) -> Drawn:
    condition = item.applies
    drawn = Drawn()
    if condition is not None and condition.fact not in sheet.facts:
        st.caption(plain(visit.text("card.answer_fact_first")))
        return draw_fact(visit, sheet, sheet.framework.fact(condition.fact))
    if sheet.judged[item.id].outcome is Outcome.NOT_ASKED:
        st.markdown(plain(not_asked(visit.text, item)))
        return drawn
    if item.kind is Kind.QUANTITY:
        st.html(quantity_line(visit.text, item, sheet))
    elif item.kind is Kind.SURVEY:
        drawn += _details(visit, sheet, item, ("positive", "asked"))
    elif item.kind is not Kind.REMARK:
        drawn += _choice(visit, sheet, item)
    return drawn + _note(visit, sheet, item)


def _choice(visit: Visit, sheet: Sheet, item: Item) -> Drawn:
    field = Field(sheet.assessment.id, item.id, "choice")
    labels = choice_labels(visit, item)
    st.segmented_control(
        plain(item.title.in_language(visit.text.language)),
        choices(item),
        format_func=lambda choice: labels.get(choice, choice),
        key=field.key,
        default=seed(visit.store, sheet, field) or None,
        required=True,
        label_visibility="collapsed",
        wrap=True,
        on_change=keeper(visit.store, sheet, field),
    )
    drawn = _one(visit, sheet, field)
    chosen = st.session_state.get(field.key)
    if chosen == SOME_TICKS:
        drawn += _ticks(visit, sheet, item)
    elif chosen == NOT_APPLICABLE:
        drawn += _reason(visit, sheet, item)
    elif item.kind is Kind.FACILITY and item.means and chosen in FACILITY_DETAILS:
        drawn += _details(visit, sheet, item, ("floor_area", "open_days"))
    return drawn


def choice_labels(visit: Visit, item: Item) -> dict[str, str]:
    """The words on the buttons of an item."""
    labels = {step.id: plain(step.label.in_language(visit.text.language)) for step in item.steps}
    return labels | {choice: plain(visit.text(key)) for choice, key in _SPECIAL.items()}


def _ticks(visit: Visit, sheet: Sheet, item: Item) -> Drawn:
    field = Field(sheet.assessment.id, item.id, "ticks")
    labels = {tick.id: plain(tick.label.in_language(visit.text.language)) for tick in item.ticks}
    st.pills(
        plain(visit.text("card.which_ticks")),
        [tick.id for tick in item.ticks],
        selection_mode="multi",
        format_func=lambda tick: labels.get(tick, tick),
        key=field.key,
        default=list(seed(visit.store, sheet, field)),
        on_change=keeper(visit.store, sheet, field),
    )
    return _one(visit, sheet, field)


def _reason(visit: Visit, sheet: Sheet, item: Item) -> Drawn:
    field = Field(sheet.assessment.id, item.id, "reason")
    ground = item.not_applicable
    st.text_area(
        plain(visit.text("card.reason")),
        seed(visit.store, sheet, field),
        key=field.key,
        height=68,
        help=plain(ground.ground.in_language(visit.text.language)) if ground else None,
        placeholder=visit.text("card.reason_hint"),
        on_change=keeper(visit.store, sheet, field),
    )
    return _one(visit, sheet, field)


def _note(visit: Visit, sheet: Sheet, item: Item) -> Drawn:
    field = Field(sheet.assessment.id, item.id, "note")
    hint = item.evidence_hint
    st.text_area(
        plain(visit.text("card.note")),
        seed(visit.store, sheet, field),
        key=field.key,
        height=68,
        placeholder=hint.in_language(visit.text.language) if hint else "",
        on_change=keeper(visit.store, sheet, field),
    )
    return _one(visit, sheet, field)


def _details(visit: Visit, sheet: Sheet, item: Item, names: tuple[str, ...]) -> Drawn:
    drawn = Drawn()
    for column, name in zip(st.columns(len(names)), names, strict=True):
        field = Field(sheet.assessment.id, item.id, f"detail:{name}")
        with column:
            st.text_input(
                plain(visit.text(f"detail.{name}")),
                seed(visit.store, sheet, field),
                key=field.key,
                placeholder=visit.text("fact.number_hint", unit=DETAIL_FORMS[name].units[0]),
                on_change=keeper(visit.store, sheet, field),
            )
            drawn += _one(visit, sheet, field)
    return drawn + _means(visit, sheet, item) if item.means else drawn


def _means(visit: Visit, sheet: Sheet, item: Item) -> Drawn:
    field = Field(sheet.assessment.id, item.id, "detail:means")
    means = sheet.framework.means
    labels = {one.id: plain(one.label.in_language(visit.text.language)) for one in means}
    st.segmented_control(
        plain(visit.text("detail.means")),
        list(labels),
        format_func=lambda one: labels.get(one, one),
        key=field.key,
        default=seed(visit.store, sheet, field) or None,
        wrap=True,
        on_change=keeper(visit.store, sheet, field),
    )
    return _one(visit, sheet, field)


def _one(visit: Visit, sheet: Sheet, field: Field) -> Drawn:
    """After drawing an input: save it if need be, and say what is wrong right below it."""
    wrote = keep(visit.store, sheet, field)
    show_trouble(visit, sheet, field)
    return Drawn(wrote is not None, is_stale(sheet, field))


def _show_foot(visit: Visit, sheet: Sheet, item: Item) -> None:
    def foot() -> None:
        fresh = fresh_sheet(visit.store, sheet)
        answer = fresh.answers.get(item.id, Answer(item.id))
        st.html(card_foot(visit.text, visit.zone, item, fresh, answer))

    live_part(foot_part(item.id), foot)
