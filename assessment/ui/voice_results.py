"""What residents said, beside what staff and reviewer said; never part of a score."""

from collections.abc import Sequence

import streamlit as st

from assessment.domain.framework import Item
from assessment.domain.handover import Pin
from assessment.domain.poll_results import Said, Voice, disagreements
from assessment.domain.questionnaire import APART, CHOICES, ThemeQuestions
from assessment.domain.sheet import Sheet
from assessment.reports.signs import STATES, theme_icon
from assessment.reports.voice_words import (
    answers_words,
    disagreement_words,
    forms_words,
    item_words,
    reviewer_words,
    rule_words,
    sources_words,
    staff_words,
    steps_words,
    tied_items,
)
from assessment.services.exports import VOICE
from assessment.services.hearing import voice_of
from assessment.services.pinning import pins_for
from assessment.ui.context import Visit
from assessment.ui.download_links import poll_table_links
from assessment.ui.plain_text import Markup, html, joined, plain

# From the best to the worst; beside each bar its counts stand in words.
_COLOURS = ("#0F766E", "#8FC7C0", "#D0D5DD", "#F4B8B2", "#B42318")


def voice_results(visit: Visit, sheet: Sheet) -> None:
    """Where staff and residents disagree most, then every question by theme."""
    text, voice = visit.text, voice_of(visit.store, sheet)
    if not voice.any:
        st.info(plain(text("voice.nothing")))
        return
    pins = pins_for(visit.store, sheet)
    st.markdown(plain(text("voice.not_scored")))
    st.caption(plain(forms_words(text, voice)))
    st.subheader(text("voice.disagree"))
    _disagreements(visit, sheet, voice, pins)
    st.subheader(text("voice.by_question"))
    for theme in voice.questionnaire.themes:
        title = plain(theme.title.in_language(text.language))
        with st.expander(title, icon=theme_icon(theme.theme)):
            st.html(
                joined([_question(visit, sheet, voice, one, pins) for one in _of(voice, theme)])
            )
    poll_table_links(visit, sheet, VOICE)


def residents_line(visit: Visit, voice: Voice, item: Item) -> None:
    """The short line beside an item under review; nothing where nobody answered."""
    lines = [html("<div>{line}</div>", line=one) for one in item_words(visit.text, voice, item.id)]
    if lines:
        st.html(html('<div class="quiet">{lines}</div>', lines=joined(lines)))


def _of(voice: Voice, theme: ThemeQuestions) -> Sequence[Said]:
    return [one for one in voice.said if one.question in theme.questions]


def _disagreements(visit: Visit, sheet: Sheet, voice: Voice, pins: Sequence[Pin]) -> None:
    text = visit.text
    found = disagreements(sheet, voice)
    rows = [
        html(
            "<li><b>{question}</b><div>{words}</div>{items}</li>",
            question=one.said.question.text.in_language(text.language),
            words=disagreement_words(text, one),
            items=joined([_item(visit, sheet, item, pins, "div") for item in one.items]),
        )
        for one in found
    ]
    if rows:
        st.html(html('<ol class="voice-list">{rows}</ol>', rows=joined(rows)))
    else:
        st.markdown(plain(text("voice.agree")))
    st.caption(plain(rule_words(text)))


def _question(visit: Visit, sheet: Sheet, voice: Voice, said: Said, pins: Sequence[Pin]) -> Markup:
    text, total = visit.text, said.total
    items = [_item(visit, sheet, item, pins, "li") for item in tied_items(sheet, said)]
    quiet = [steps_words(text, voice.questionnaire, total), sources_words(text, said)]
    lines = [html('<div class="quiet">{line}</div>', line=one) for one in quiet if one]
    return html(
        '<section class="voice-question"><h4>{number}. {question}</h4>{bar}<div>{words}</div>'
        "{lines}<ul>{items}</ul></section>",
        number=said.number,
        question=said.question.text.in_language(text.language),
        bar=_bar(visit, voice, said),
        words=answers_words(text, total),
        lines=joined(lines),
        items=joined(items),
    )


def _bar(visit: Visit, voice: Voice, said: Said) -> Markup:
    total = said.total
    if not total.enough:
        return Markup("")
    words = steps_words(visit.text, voice.questionnaire, total)
    steps = [one for one in CHOICES if one != APART]
    parts = [
        html(
            '<span style="flex-grow:{count};background:{colour}"></span>',
            count=total.of(one),
            colour=colour,
        )
        for one, colour in zip(steps, _COLOURS, strict=True)
        if total.of(one)
    ]
    return html(
        '<div class="voice-bar" role="img" aria-label="{words}">{parts}</div>',
        words=words,
        parts=joined(parts),
    )


def _item(visit: Visit, sheet: Sheet, item: Item, pins: Sequence[Pin], tag: str) -> Markup:
    """An item with what staff and reviewer say of it."""
    return html(
        "<{tag}>{id} {title} · {staff} · {reviewer}</{tag}>",
        tag=tag,
        id=item.id,
        title=item.title.in_language(visit.text.language),
        staff=_staff(visit, sheet, item),
        reviewer=reviewer_words(visit.text, sheet, item, pins),
    )


def _staff(visit: Visit, sheet: Sheet, item: Item) -> Markup:
    sign = STATES[sheet.judged[item.id].outcome.state]
    words = visit.text("voice.staff", state=staff_words(visit.text, sheet, item))
    return html('<span style="color:{colour}">{words}</span>', colour=sign.colour, words=words)
