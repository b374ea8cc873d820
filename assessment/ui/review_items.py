"""The items under review: answer, note, and a pin with its reason for what is to come back."""

from collections.abc import Mapping, Sequence

import streamlit as st

from assessment.domain.answers import Answer
from assessment.domain.evidence import Evidence
from assessment.domain.framework import Item, Role
from assessment.domain.handover import Pin
from assessment.domain.poll_results import Voice
from assessment.domain.records import AssessmentState
from assessment.domain.sheet import Sheet
from assessment.reports.answer_words import (
    choice_words,
    field_words,
    sheet_state_words,
    unsupported_words,
)
from assessment.reports.quantity_words import quantity_words
from assessment.reports.signs import STATES
from assessment.services.evidence import list_evidence
from assessment.services.hearing import voice_of
from assessment.services.pinning import pin, unpin
from assessment.services.reviewing import Course
from assessment.ui.attempt import attempt, attempted, show_outcome
from assessment.ui.card_records import card_records, count_open_comments
from assessment.ui.context import Visit
from assessment.ui.course_view import pin_words
from assessment.ui.evidence_part import evidence_list
from assessment.ui.followers import whole_page
from assessment.ui.plain_text import html, joined, plain
from assessment.ui.session import signature
from assessment.ui.voice_results import residents_line

_SHOW, _CHANGED, _GATES, _PINNED = "review-show", "changed", "gates", "pinned"
_COMMENTED = "commented"
_PLACE = "pin"


def items_part(
    visit: Visit, sheet: Sheet, course: Course, pins: Sequence[Pin], names: Mapping[str, str]
) -> None:
    """Draw a choice of items, what was changed first where there is such, and the items."""
    text = visit.text
    st.subheader(text("review.items"))
    show_outcome(_PLACE)
    commented = count_open_comments(visit, sheet)
    options = _options(visit, sheet, course, pins, commented)
    shown = st.pills(
        text("review.show"),
        list(options),
        format_func=lambda key: options[key][0] if key in options else key,
        key=f"{_SHOW}:{sheet.assessment.id}:{len(course.handovers)}",
        default=next(iter(options)),
        required=True,
        label_visibility="collapsed",
        wrap=True,
    )
    items = options.get(shown or "", ("", ()))[1]
    if not items:
        st.info(plain(text("review.no_items")))
    evidence, voice = list_evidence(visit.store, sheet), voice_of(visit.store, sheet)
    for item in items:
        pinned = [one for one in pins if one.item == item.id]
        _one(visit, sheet, item, pinned, names, evidence.get(item.id, ()), voice)


def _options(
    visit: Visit,
    sheet: Sheet,
    course: Course,
    pins: Sequence[Pin],
    commented: Mapping[str, int],
) -> dict[str, tuple[str, Sequence[Item]]]:
    """What can be shown: its words, and its items."""
    text, items = visit.text, sheet.framework.items
    changed = [item for item in items if item.id in course.changed]
    pinned = [item for item in items if item.id in {one.item for one in (*pins, *course.sent)}]
    found: dict[str, tuple[str, Sequence[Item]]] = {}
    if changed:
        found[_CHANGED] = (text.plural("review.changed", len(changed)), changed)
    asked = [item for item in items if commented.get(item.id)]
    if asked:
        found[_COMMENTED] = (text.plural("review.commented", len(asked)), asked)
    gates = [item for item in items if item.role is Role.GATE]
    found[_GATES] = (text("review.gates"), gates)
    for theme in sheet.framework.themes:
        words = plain(theme.short.in_language(text.language))
        found[theme.id] = (words, sheet.framework.items_of(theme.id))
    if pinned:
        found[_PINNED] = (text.plural("review.pinned", len(pinned)), pinned)
    return found


def _one(
    visit: Visit,
    sheet: Sheet,
    item: Item,
    pins: Sequence[Pin],
    names: Mapping[str, str],
    evidence: Sequence[Evidence],
    voice: Voice,
) -> None:
    with st.container(border=True, key=f"review-{item.id}"):
        st.html(_words(visit, sheet, item))
        residents_line(visit, voice, item)
        if evidence:
            st.html(evidence_list(visit, evidence))
        if pins:
            st.html(pin_words(visit, pins, names))
        if sheet.assessment.state is AssessmentState.SUBMITTED:
            _pin_buttons(visit, sheet, item, pins)
        card_records(visit, sheet, item)


def _words(visit: Visit, sheet: Sheet, item: Item) -> str:
    text, judged = visit.text, sheet.judged[item.id]
    sign = STATES[judged.outcome.state]
    return html(
        '<div class="item-head"><span class="item-id">{id}</span>'
        '<span class="item-title">{title}</span>'
        '<span style="color:{colour}">{sign} {state}</span><span>{lacking}</span></div>'
        "<div>{said}</div>",
        id=item.id,
        title=item.title.in_language(text.language),
        colour=sign.colour,
        sign=sign.symbol,
        state=sheet_state_words(text, sheet, item),
        lacking=unsupported_words(text, sheet, item),
        said=joined([html("<div>{line}</div>", line=line) for line in _said(visit, sheet, item)]),
    )


def _said(visit: Visit, sheet: Sheet, item: Item) -> list[str]:
    """Answer, details and note, a line each."""
    text, framework = visit.text, sheet.framework
    answer = sheet.answers.get(item.id, Answer(item.id))
    lines = [quantity_words(text, item, sheet)] if item.rule is not None else []
    if answer.choice:
        lines.append(choice_words(text, framework, item.id, answer.choice))
    named = [("ticks", answer.ticks), ("reason", answer.reason)]
    named += [(f"detail:{name}", value) for name, value in answer.details.items()]
    named.append(("note", answer.note))
    for name, value in named:
        if value:
            label = text(f"difference.{name.removeprefix('detail:')}")
            words = field_words(text, framework, item.id, name, value)
            lines.append(f"{label}{text('join.colon')}{words}")
    return lines


def _pin_buttons(visit: Visit, sheet: Sheet, item: Item, pins: Sequence[Pin]) -> None:
    text = visit.text
    mine = [one for one in pins if one.handover is None]
    key = f"{item.id}:{max((one.id for one in mine), default=0)}"
    with st.container(horizontal=True):
        with st.popover(text("pin.add"), icon=":material/push_pin:"):
            st.text_area(text("pin.why"), key=f"pin-why:{key}", height=90)
            st.button(
                text("pin.now"), key=f"pin:{key}", on_click=_pin, args=(visit, sheet, item.id, key)
            )
        for one in mine:
            st.button(
                text("pin.take_back"),
                key=f"unpin:{one.id}",
                on_click=attempted(
                    visit,
                    _PLACE,
                    lambda one=one: unpin(visit.store, signature(), sheet, one),  # type: ignore[misc]
                    text("pin.taken_back", item=item.id),
                ),
            )


def _pin(visit: Visit, sheet: Sheet, item: str, key: str) -> None:
    reason = str(st.session_state.get(f"pin-why:{key}", ""))
    person, handed_in = visit.store.person.id, sheet.assessment.state_at
    submission = f"pin:{person}:{sheet.assessment.id}:{handed_in}:{key}:{reason}"
    attempt(
        visit,
        _PLACE,
        lambda: pin(visit.store, signature(), sheet, item, reason, submission),
        visit.text("pin.done", item=item),
    )
    whole_page()
