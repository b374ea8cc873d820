"""What is missing, gates first, in natural units, with a way to the item."""

import streamlit as st

from assessment.domain.gaps import Gap, LinkedShortfall
from assessment.domain.sheet import Sheet
from assessment.reports.answer_words import state_words
from assessment.reports.gap_words import (
    gain_words,
    gap_now_words,
    linked_words,
    shortfall_words,
)
from assessment.reports.signs import STATES
from assessment.ui.card_text import unsupported_mark
from assessment.ui.context import Visit
from assessment.ui.plain_text import html, plain
from assessment.ui.score_panel import open_bonus_words
from assessment.ui.walk import GO_TO_ANSWER, go_to_item

_FIRST = 8


def gap_cards(visit: Visit, sheet: Sheet) -> None:
    """The linked shortfall, then a card for every gap."""
    gaps = sheet.gaps
    if not gaps and sheet.shortfall is None:
        words = "gaps.none" if not sheet.open_items else "gaps.none_known"
        bonus = open_bonus_words(visit.text, sheet)
        st.success(plain(visit.text(words, open=len(sheet.open_items), bonus=bonus)))
        return
    if sheet.shortfall is not None:
        _show_shortfall(visit, sheet, sheet.shortfall)
    for gap in gaps[:_FIRST]:
        _show_gap(visit, sheet, gap)
    if len(gaps) > _FIRST:
        with st.expander(visit.text.plural("gaps.more", len(gaps) - _FIRST)):
            for gap in gaps[_FIRST:]:
                _show_gap(visit, sheet, gap)


def _show_shortfall(visit: Visit, sheet: Sheet, shortfall: LinkedShortfall) -> None:
    lines = linked_words(visit.text, sheet)
    if not lines:
        return
    with st.container(border=True, key="gap-linked"):
        st.html(
            html(
                '<div class="item-head"><span class="item-title">{title}</span></div>'
                '<div class="quantity">{words}</div><p class="quiet">{one}<br>{two}<br>{why}</p>',
                title=visit.text("gaps.linked_title"),
                words=shortfall_words(visit.text, shortfall),
                one=lines[0],
                two=lines[1],
                why=visit.text("gaps.linked_why"),
            )
        )


def _show_gap(visit: Visit, sheet: Sheet, gap: Gap) -> None:
    text = visit.text
    item, outcome = gap.item, gap.judged.outcome
    sign = STATES[outcome.state]
    with st.container(border=True, key=f"gap-{item.id}"):
        words, action = st.columns([5, 1], vertical_alignment="center")
        words.html(
            html(
                '<div class="item-head"><span style="color:{colour}">{sign} {state}</span>{lacks}'
                '<span class="item-id">{id}</span><span class="item-title">{title}</span>{gate}'
                '</div><div>{now}</div><div class="quiet">{gain}</div>',
                colour=sign.colour,
                sign=sign.symbol,
                state=state_words(text, item, outcome),
                lacks=unsupported_mark(text, sheet, item),
                id=item.id,
                title=item.title.in_language(text.language),
                gate=html('<span class="role gate">{w}</span>', w=text("role.gate"))
                if gap.is_gate
                else "",
                now=gap_now_words(text, sheet, gap),
                gain=gain_words(text, sheet, gap),
            )
        )
        action.button(
            text("gaps.open"),
            key=f"gap:{item.id}",
            on_click=_open,
            args=(sheet, item.id),
            width="stretch",
        )


def _open(sheet: Sheet, item_id: str) -> None:
    go_to_item(sheet, item_id)
    st.session_state[GO_TO_ANSWER] = True
