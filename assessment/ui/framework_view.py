"""The framework for reading: rules, items with their clauses, programme, and what is left out."""

import streamlit as st
from markupsafe import Markup

from assessment.domain.framework import Framework, Theme
from assessment.language.translator import Translator
from assessment.services.notice import clause_texts
from assessment.ui.card_text import card_head
from assessment.ui.plain_text import html, joined, plain

_RULES = ("range", "open", "gates", "set_aside", "quantity", "rounding", "bonus", "context")
_SOURCES = ("notice", "standards", "pilots", "boundaries", "licence")


def source_view(text: Translator, framework: Framework) -> None:
    """Version, hash and the sources of all data."""
    st.caption(
        plain(
            text(
                "method.version",
                title=framework.title.in_language(text.language),
                version=framework.version,
                date=text.day(framework.date),
                hash=framework.hash[:12],
            )
        )
    )


def rules_view(text: Translator, framework: Framework) -> None:
    """The rules of scoring, one sentence each, and our own choices."""
    st.header(text("method.rules"))
    values = {
        "threshold": text.number(framework.complete_from),
        "completeness": text.percent(int(framework.score_from_completeness * 100)),
    }
    for rule in _RULES:
        st.markdown(f"- {plain(text(f'method.rule_{rule}', **values))}")
    st.info(plain(framework.weights_note.in_language(text.language)))


def themes_view(text: Translator, framework: Framework) -> None:
    """Every theme with its items, their steps and clauses."""
    st.header(text("method.items"))
    for theme in framework.themes:
        with st.expander(plain(theme.title.in_language(text.language))):
            st.html(_theme(text, framework, theme))


def programme_view(text: Translator, framework: Framework) -> None:
    """What the notice asks of others, what is not asked at all and why, and all sources."""
    st.header(text("method.programme"))
    st.markdown(plain(text("method.programme_intro")))
    for part in framework.programme:
        with st.expander(plain(part.title.in_language(text.language))):
            st.html(_clauses(text, part.clauses))
    with st.expander(text("method.unused")):
        for note in framework.unused:
            st.markdown(plain(note.reason.in_language(text.language)))
            st.html(_clauses(text, note.clauses))
    st.header(text("method.sources"))
    for source in _SOURCES:
        st.markdown(f"- {plain(text(f'method.source_{source}'))}")


def _theme(text: Translator, framework: Framework, theme: Theme) -> Markup:
    parts = []
    for group in theme.groups:
        parts.append(html("<h4>{title}</h4>", title=group.title.in_language(text.language)))
        parts += [
            html('<div class="method-item">{head}</div>', head=card_head(text, framework, item))
            for item in framework.items_of(theme.id, group.id)
        ]
    return joined(parts)


def _clauses(text: Translator, ids: tuple[str, ...]) -> Markup:
    known = clause_texts()
    rows = [
        html(
            "<li>{words} <span class='clause'>{id} · {paragraph}</span></li>",
            words=known[clause].in_language(text.language),
            id=clause,
            paragraph=known[clause].paragraph,
        )
        for clause in ids
        if clause in known
    ]
    return html("<ul>{rows}</ul>", rows=joined(rows))
