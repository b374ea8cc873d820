"""What is missing, gates first, in natural units, with a way to the item."""

import streamlit as st

from assessment.domain.gaps import Gap, LinkedShortfall
from assessment.domain.sheet import Sheet
from assessment.reports.answer_words import choice_words, state_words
from assessment.reports.quantity_words import formula_words, quantity_words
from assessment.reports.signs import STATES
from assessment.ui.context import Visit
from assessment.ui.plain_text import html, plain
from assessment.ui.score_panel import open_bonus_words
from assessment.ui.walk import go_to_item

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


def shortfall_words(visit: Visit, shortfall: LinkedShortfall) -> str:
    """What to add, and the other way where there is one."""
    text = visit.text
    if shortfall.add == 0:
        words = text("gaps.convert", convert=text.number(shortfall.convert))
        if shortfall.add_for_residents:
            words += text("gaps.or_add", add=text.number(shortfall.add_for_residents))
        return words
    words = text("gaps.add", add=text.number(shortfall.add_for_residents))
    if shortfall.convert:
        words += text(
            "gaps.or_add_and_convert",
            add=text.number(shortfall.add),
            convert=text.number(shortfall.convert),
        )
    return words


def _show_shortfall(visit: Visit, sheet: Sheet, shortfall: LinkedShortfall) -> None:
    linked = sheet.framework.linked
    if linked is None:
        return
    lines = [
        f"{quantity_words(visit.text, item, sheet)}（{formula_words(visit.text, item, sheet)}）"
        if visit.text.language == "zh"
        else f"{quantity_words(visit.text, item, sheet)} ({formula_words(visit.text, item, sheet)})"
        for item in (sheet.framework.item(linked.area), sheet.framework.item(linked.share))
    ]
    with st.container(border=True, key="gap-linked"):
        st.html(
            html(
                '<div class="item-head"><span class="item-title">{title}</span></div>'
                '<div class="quantity">{words}</div><p class="quiet">{one}<br>{two}<br>{why}</p>',
                title=visit.text("gaps.linked_title"),
                words=shortfall_words(visit, shortfall),
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
                '<div class="item-head"><span style="color:{colour}">{sign} {state}</span>'
                '<span class="item-id">{id}</span><span class="item-title">{title}</span>{gate}'
                '</div><div>{now}</div><div class="quiet">{gain}</div>',
                colour=sign.colour,
                sign=sign.symbol,
                state=state_words(text, item, outcome),
                id=item.id,
                title=item.title.in_language(text.language),
                gate=html('<span class="role gate">{w}</span>', w=text("role.gate"))
                if gap.is_gate
                else "",
                now=_now(visit, sheet, gap),
                gain=_gain(visit, sheet, gap),
            )
        )
        action.button(
            text("gaps.open"),
            key=f"gap:{item.id}",
            on_click=_open,
            args=(sheet, item.id),
            width="stretch",
        )


def _now(visit: Visit, sheet: Sheet, gap: Gap) -> str:
    if gap.item.rule is not None:
        return quantity_words(visit.text, gap.item, sheet)
    answer = sheet.answers.get(gap.item.id)
    chosen = answer.choice if answer else ""
    words = choice_words(visit.text, sheet.framework, gap.item.id, chosen)
    missing = _missing_ticks(visit, sheet, gap)
    return visit.text("gaps.now", answer=words) + missing


def _missing_ticks(visit: Visit, sheet: Sheet, gap: Gap) -> str:
    answer = sheet.answers.get(gap.item.id)
    if not gap.item.ticks or answer is None or not answer.ticks:
        return ""
    lacking = [
        tick.label.in_language(visit.text.language)
        for tick in gap.item.ticks
        if tick.id not in answer.ticks
    ]
    return visit.text("gaps.lacking", ticks=visit.text("join.list").join(lacking))


def _gain(visit: Visit, sheet: Sheet, gap: Gap) -> str:
    if gap.gain <= 0:
        return visit.text("gaps.bonus")
    number = visit.text.number
    return visit.text(
        "gaps.gain",
        points=number(gap.gain, 1),
        credit=number(gap.judged.credit or 0.0, 3),
        weight=number(gap.item.weight, 2),
        base=number(float(sheet.scores.themes[gap.item.theme].base[0]), 2),
        theme_weight=number(sheet.framework.theme(gap.item.theme).weight, 2),
        themes=number(float(sheet.scores.overall.base[0]), 2),
    )


def _open(sheet: Sheet, item_id: str) -> None:
    go_to_item(sheet, item_id)
    st.session_state["go_to_answer"] = True
