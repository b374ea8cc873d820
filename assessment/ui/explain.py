""" "How was this counted?": the formula of every figure with its numbers filled in."""

import streamlit as st
from markupsafe import Markup

from assessment.domain.framework import Item
from assessment.domain.scoring import Line
from assessment.domain.sheet import Sheet
from assessment.language.translator import Translator
from assessment.reports.score_words import percent_words, range_words
from assessment.ui.plain_text import html, joined


def explain_scores(text: Translator, sheet: Sheet) -> None:
    """The overall figure, then every theme, each with the items that are in, open and out."""
    with st.expander(text("explain.title"), icon=":material/calculate:"):
        parts = [_overall(text, sheet), _paragraph(_set_aside(text, sheet))]
        parts += [_theme(text, sheet, theme.id) for theme in sheet.framework.themes]
        parts.append(_paragraph(sheet.framework.weights_note.in_language(text.language)))
        st.html(joined(parts))


def theme_formula(text: Translator, line: Line) -> str:
    """Low, high and completeness of a theme as sums."""
    if line.low[0] != line.low[0]:
        return text("explain.no_score")
    return text(
        "explain.theme_formula",
        earned=text.number(line.earned[0], 3),
        open=text.number(line.open[0], 3),
        base=text.number(line.base[0], 3),
        low=text.number(line.low_percent[0]),
        high=text.number(line.high_percent[0]),
        completeness=percent_words(text, line.completeness[0]),
    )


def _overall(text: Translator, sheet: Sheet) -> Markup:
    parts = [
        text(
            "explain.theme_part",
            theme=theme.short.in_language(text.language),
            weight=text.number(theme.weight, 2),
            range=range_words(text, sheet.scores.themes[theme.id]),
        )
        for theme in sheet.framework.themes
    ]
    words = text(
        "explain.overall",
        parts=text("join.list").join(parts),
        range=range_words(text, sheet.scores.overall),
        threshold=text.number(sheet.framework.complete_from),
    )
    return _paragraph(words)


def _set_aside(text: Translator, sheet: Sheet) -> str:
    line = sheet.scores.overall
    return text(
        "explain.set_aside",
        set_aside=int(line.set_aside[0]),
        share=percent_words(text, line.set_aside_share[0]),
        asked=int(line.asked[0]),
        answered=int(line.answered[0]),
        completeness=percent_words(text, line.completeness[0]),
    )


def _theme(text: Translator, sheet: Sheet, theme_id: str) -> Markup:
    theme = sheet.framework.theme(theme_id)
    items = [item for item in sheet.framework.items_of(theme_id) if item.scored]
    outcomes = {item.id: sheet.judged[item.id].outcome for item in items}
    known = [_credited(text, sheet, item) for item in items if outcomes[item.id].known]
    open_ids = [i for i, one in outcomes.items() if not one.known and not one.left_out]
    out_ids = [i for i, one in outcomes.items() if one.left_out]
    lines = [
        theme_formula(text, sheet.scores.themes[theme_id]),
        *_listed(text, "explain.known", known),
        *_listed(text, "explain.open", open_ids),
        *_listed(text, "explain.out", out_ids),
    ]
    return html(
        "<h4>{title}</h4>{lines}",
        title=theme.title.in_language(text.language),
        lines=joined([_paragraph(line) for line in lines]),
    )


def _credited(text: Translator, sheet: Sheet, item: Item) -> str:
    credit = sheet.judged[item.id].credit or 0.0
    return f"{item.id} {text.number(credit, 3)}"


def _listed(text: Translator, key: str, ids: list[str]) -> list[str]:
    return [text(key, items=text("join.list").join(ids))] if ids else []


def _paragraph(words: str) -> Markup:
    return html("<p>{words}</p>", words=words)
