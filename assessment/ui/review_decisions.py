"""Every "not applicable" with its ground and reason, and the reviewer's word on it."""

import streamlit as st

from assessment.domain.answers import NOT_APPLICABLE, Answer, Decision
from assessment.domain.framework import Item
from assessment.domain.sheet import Sheet
from assessment.services.deciding import Ruling, decide
from assessment.ui.attempt import attempt, show_outcome
from assessment.ui.context import Visit
from assessment.ui.followers import whole_page
from assessment.ui.plain_text import html, plain
from assessment.ui.session import signature

_PLACE = "decision"


def decisions_part(visit: Visit, sheet: Sheet, open_to_review: bool) -> None:
    """Draw every item that is set aside; nothing where there is none."""
    aside = [
        item
        for item in sheet.framework.items
        if item.not_applicable and sheet.answers.get(item.id, Answer("")).choice == NOT_APPLICABLE
    ]
    if not aside:
        return
    st.subheader(visit.text("decide.title"))
    st.caption(plain(visit.text("decide.how")))
    show_outcome(_PLACE)
    for item in aside:
        _one(visit, sheet, item, open_to_review)


def _one(visit: Visit, sheet: Sheet, item: Item, open_to_review: bool) -> None:
    text, answer = visit.text, sheet.answers[item.id]
    ground = item.not_applicable.ground.in_language(text.language) if item.not_applicable else ""
    with st.container(border=True, key=f"decide-{item.id}"):
        st.html(
            html(
                '<div class="item-head"><span class="item-id">{id}</span>'
                '<span class="item-title">{title}</span><span class="role">{decision}</span></div>'
                '<div>{reason}</div><div class="quiet">{ground}</div>',
                id=item.id,
                title=item.title.in_language(text.language),
                decision=text(f"decision.{answer.decision or 'none'}"),
                reason=text("decide.reason", reason=answer.reason or text("value.blank")),
                ground=text("decide.ground", ground=ground),
            )
        )
        if open_to_review:
            _buttons(visit, sheet, answer)


def _buttons(visit: Visit, sheet: Sheet, answer: Answer) -> None:
    text, item = visit.text, answer.item
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.button(
            text("decide.accept"),
            key=f"accept:{item}:{answer.revision}",
            icon=":material/check:",
            disabled=answer.decision is Decision.ACCEPTED,
            on_click=_decide,
            args=(visit, sheet, Ruling(answer, Decision.ACCEPTED), ""),
        )
        if answer.decision is not Decision.REFUSED:
            typed = f"refusal:{item}:{answer.revision}"
            with st.popover(text("decide.refuse"), icon=":material/close:"):
                st.text_area(text("decide.why"), key=typed, height=90)
                st.button(
                    text("decide.refuse_now"),
                    key=f"refuse:{item}:{answer.revision}",
                    on_click=_decide,
                    args=(visit, sheet, Ruling(answer, Decision.REFUSED), typed),
                )


def _decide(visit: Visit, sheet: Sheet, ruling: Ruling, typed: str) -> None:
    reason = str(st.session_state.get(typed, "")) if typed else ""
    said = Ruling(ruling.seen, ruling.decision, reason)
    words = visit.text(f"decide.done_{ruling.decision}", item=ruling.seen.item)
    attempt(visit, _PLACE, lambda: decide(visit.store, signature(), sheet, said), words)
    whole_page()
