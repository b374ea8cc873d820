"""What another version of a checklist changes: counts, items with both wordings, the rest."""

from collections.abc import Sequence

import streamlit as st
from markupsafe import Markup

from assessment.domain.framework import Framework
from assessment.domain.upgrading import (
    Field,
    ItemUpgrade,
    Upgrade,
    fact_upgrades,
    general_fields,
    item_upgrades,
)
from assessment.language.translator import Translator
from assessment.reports.framework_words import (
    field_words,
    upgrade_words,
    upgrades_words,
    value_words,
)
from assessment.ui.compare_frame import compare_table, quiet, row, row_group
from assessment.ui.context import Visit
from assessment.ui.plain_text import html, joined, plain

_COLUMNS = 3


def upgrade_view(visit: Visit, old: Framework, new: Framework) -> None:
    """Draw the difference between two versions; that there is none is said too."""
    text = visit.text
    found = item_upgrades(old, new)
    st.html(html('<ul class="movements">{counts}</ul>', counts=joined(_counts(text, found))))
    changed = [one for one in found if one.upgrades != {Upgrade.UNCHANGED}]
    facts, general = fact_upgrades(old, new), general_fields(old, new)
    if not (changed or facts or general):
        st.info(plain(text("upgrade.nothing")))
        return
    st.caption(plain(text("upgrade.rule")))
    groups = [_item(text, one) for one in changed]
    groups += [_fact(text, old, new, one, fields) for one, fields in facts.items()]
    if general:
        groups.append(row_group(text("upgrade.general"), _COLUMNS, _rows(text, general)))
    heads = [
        html('<th scope="col">{words}</th>', words=words)
        for words in (
            text("upgrade.field"),
            text("upgrade.before", version=old.version),
            text("upgrade.after", version=new.version),
        )
    ]
    st.html(compare_table(text("upgrade.caption"), heads, groups))


def _counts(text: Translator, found: Sequence[ItemUpgrade]) -> list[Markup]:
    counts = [
        (upgrade_words(text, one), sum(one in each.upgrades for each in found)) for one in Upgrade
    ]
    again = sum(one.is_touched for one in found)
    shown = [*counts, (text("upgrade.again"), again)]
    return [
        html("<li>{words} <b>{count}</b></li>", words=words, count=text.number(count))
        for words, count in shown
    ]


def _item(text: Translator, one: ItemUpgrade) -> Markup:
    title = f"{one.id} {one.item.title.in_language(text.language)}"
    words = [upgrades_words(text, one)]
    if one.is_touched:
        words.append(text("upgrade.to_confirm"))
    heading = f"{title} — {text('join.list').join(words)}"
    if one.before is None or one.after is None:
        side = quiet(text("upgrade.not_asked"))
        question = one.item.question.in_language(text.language)
        cells = [side, question] if one.before is None else [question, side]
        return row_group(heading, _COLUMNS, [row(text("framework_field.question"), cells)])
    return row_group(heading, _COLUMNS, _rows(text, one.fields))


def _fact(
    text: Translator, old: Framework, new: Framework, fact: str, fields: Sequence[Field]
) -> Markup:
    labels = {one.id: one.label for one in (*old.facts, *new.facts)}
    title = text("upgrade.fact", fact=labels[fact].in_language(text.language))
    return row_group(title, _COLUMNS, _rows(text, fields))


def _rows(text: Translator, fields: Sequence[Field]) -> list[Markup]:
    return [
        row(
            field_words(text, one),
            [value_words(text, one.path, one.before), value_words(text, one.path, one.after)],
        )
        for one in fields
    ]
