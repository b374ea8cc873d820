"""Every item side by side, against the baseline, with a mark where a reader should take care."""

from collections.abc import Sequence
from itertools import groupby

import streamlit as st
from markupsafe import Markup

from assessment.domain.answers import Judged
from assessment.domain.comparison import Caution, ComparedItem, compare_items
from assessment.domain.framework import Framework, Kind, Role
from assessment.domain.sheet import Sheet
from assessment.language.translator import Translator
from assessment.reports.answer_words import state_words
from assessment.reports.comparison_words import value_words, versus_words
from assessment.reports.signs import STATES, theme_colour
from assessment.services.comparing import Pinned
from assessment.ui.card_text import unsupported_mark
from assessment.ui.compare_frame import (
    compare_table,
    pilot_heads,
    quiet,
    row,
    row_group,
    signed,
)
from assessment.ui.context import Visit
from assessment.ui.plain_text import html, joined, plain

_SHOW = ("differences", "shared", "all")


def item_comparison(visit: Visit, pins: Sequence[Pinned], baseline: str) -> None:
    """The switch, how many items that are, and the table."""
    begun = [one for one in pins if one.sheet is not None]
    compared = compare_items([one.sheet for one in begun if one.sheet])
    show = st.segmented_control(
        visit.text("compare.show"),
        _SHOW,
        format_func=lambda one: visit.text(f"compare.show_{one}"),
        key="compare_show",
        default=_SHOW[0],
        required=True,
    )
    chosen = [one for one in compared if _is_shown(one, str(show))]
    shown = visit.text.number(len(chosen))
    st.caption(plain(visit.text.plural("compare.shown", len(compared), shown=shown)))
    if chosen:
        st.html(_table(visit.text, begun, chosen, baseline))
    else:
        st.info(plain(visit.text("compare.no_such_items")))


def _is_shown(one: ComparedItem, show: str) -> bool:
    return {"differences": one.differs, "shared": one.met_by_none}.get(show, True)


def _table(
    text: Translator, begun: Sequence[Pinned], chosen: Sequence[ComparedItem], baseline: str
) -> Markup:
    sheets = [one.sheet for one in begun if one.sheet]
    held_against = next((one for one in sheets if one.community.code == baseline), None)
    groups = []
    for (theme, group), members in groupby(chosen, lambda one: (one.item.theme, one.item.group)):
        title, colour = _group_title(text, sheets, theme, group)
        rows = [_row(text, one, sheets, held_against) for one in members]
        groups.append(row_group(title, len(sheets) + 1, rows, colour))
    heads = pilot_heads(text, text("compare.item"), begun, baseline)
    return compare_table(text("compare.items_caption"), heads, groups)


def _group_title(
    text: Translator, sheets: Sequence[Sheet], theme_id: str, group_id: str
) -> tuple[str, str]:
    for framework in (sheet.framework for sheet in sheets):
        found = _names(text, framework, theme_id, group_id)
        if found:
            place = [theme.id for theme in framework.themes].index(theme_id)
            return text("compare.group", theme=found[0], group=found[1]), theme_colour(place)
    return group_id, ""


def _names(
    text: Translator, framework: Framework, theme_id: str, group_id: str
) -> tuple[str, str] | None:
    for theme in framework.themes:
        for group in theme.groups:
            if (theme.id, group.id) == (theme_id, group_id):
                words = (theme.title, group.title)
                return words[0].in_language(text.language), words[1].in_language(text.language)
    return None


def _row(
    text: Translator, one: ComparedItem, sheets: Sequence[Sheet], baseline: Sheet | None
) -> Markup:
    same_method = Caution.VERSION not in one.caution
    cells = [
        _cell(text, one.item.id, judged, sheet, baseline if same_method else None)
        for judged, sheet in zip(one.judged, sheets, strict=True)
    ]
    return row(_head(text, one), cells)


def _head(text: Translator, one: ComparedItem) -> Markup:
    marks = [
        html('<div class="caution">△ {words}</div>', words=text(f"compare.mark_{caution}"))
        for caution in one.caution
    ]
    role = html(
        ' <span class="role {role}">{words}</span>',
        role=one.item.role.value,
        words=text(f"role.{one.item.role}"),
    )
    return html(
        '<span class="item-id">{id}</span> {title}{role}{marks}',
        id=one.item.id,
        title=one.item.title.in_language(text.language),
        role="" if one.item.role is Role.CORE else role,
        marks=joined(marks),
    )


def _cell(
    text: Translator, item_id: str, judged: Judged | None, sheet: Sheet, baseline: Sheet | None
) -> Markup:
    if judged is None:
        return html('<span class="quiet">{words}</span>', words=text("compare.not_in_version"))
    item = sheet.framework.item(item_id)
    words = state_words(text, item, judged.outcome)
    scored = item.kind not in (Kind.REMARK, Kind.SURVEY)
    state = signed(STATES[judged.outcome.state], words) if scored else quiet(words)
    lacks = unsupported_mark(text, sheet, item)
    value = quiet(value_words(text, item_id, sheet))
    versus = versus_words(text, item_id, sheet, baseline) if baseline else ""
    mark = html('<div class="versus">{words}</div>', words=versus) if versus else ""
    return html("{state}{lacks}{value}{mark}", state=state, lacks=lacks, value=value, mark=mark)
