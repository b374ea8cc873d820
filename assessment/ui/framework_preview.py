"""A checklist as staff will see it, theme by theme; nothing here can be answered."""

import streamlit as st

from assessment.domain.answers import choices
from assessment.domain.framework import FactDefinition, FactKind, Framework, Item, Rule
from assessment.language.translator import Translator
from assessment.ui.answer_card import choice_labels
from assessment.ui.card_text import card_head
from assessment.ui.context import Visit
from assessment.ui.framework_view import rules_view
from assessment.ui.plain_text import plain
from assessment.ui.walk import FACTS


def framework_preview(visit: Visit, framework: Framework) -> None:
    """The cards of one theme, or the facts, as the answer page shows them."""
    text, language = visit.text, visit.text.language
    labels = {FACTS: text("walk.facts")}
    labels |= {one.id: one.short.in_language(language) for one in framework.themes}
    key = f"preview:{framework.hash}"
    theme = st.segmented_control(
        text("walk.theme"),
        list(labels),
        format_func=lambda one: plain(labels[one]),
        default=FACTS,
        required=True,
        label_visibility="collapsed",
        key=f"{key}:theme:{language}",
    )
    if theme in (None, FACTS):
        for fact in framework.facts:
            _fact(visit, key, fact)
        rules_view(text, framework)
        return
    for group in framework.theme(theme).groups:
        st.subheader(plain(group.title.in_language(language)))
        for item in framework.items_of(theme, group.id):
            _card(visit, framework, key, item)


def _fact(visit: Visit, key: str, fact: FactDefinition) -> None:
    language = visit.text.language
    unit = f" ({fact.unit.in_language(language)})" if fact.unit else ""
    label = plain(f"{fact.label.in_language(language)}{unit}")
    words, name = plain(fact.help.in_language(language)), f"{key}:{fact.id}:{language}"
    if fact.kind is FactKind.CHOICE:
        options = [plain(one.label.in_language(language)) for one in fact.options]
        st.segmented_control(label, options, disabled=True, help=words, key=name)
    else:
        st.text_input(label, disabled=True, help=words, key=name)


def _card(visit: Visit, framework: Framework, key: str, item: Item) -> None:
    text, language = visit.text, visit.text.language
    with st.container(border=True):
        st.html(card_head(text, framework, item))
        if item.rule:
            unit = item.rule.unit.in_language(language)
            st.caption(plain(_rule_words(text, item.rule, unit)))
        if choices(item):
            labels = choice_labels(visit, item)
            st.segmented_control(
                plain(item.title.in_language(language)),
                choices(item),
                format_func=lambda one: labels.get(one, one),
                disabled=True,
                label_visibility="collapsed",
                key=f"{key}:{item.id}:{language}",
            )
        if item.evidence_hint:
            st.caption(plain(item.evidence_hint.in_language(language)))


def _rule_words(text: Translator, rule: Rule, unit: str) -> str:
    return text(f"preview.{rule.direction}", threshold=rule.threshold, unit=unit)
