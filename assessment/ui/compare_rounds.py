"""Two rounds of one pilot: what became better, worse, known or other."""

from collections.abc import Sequence

import streamlit as st
from markupsafe import Markup

from assessment.domain.answers import Judged
from assessment.domain.changes import Change, Movement, changes
from assessment.domain.sheet import Sheet
from assessment.language.translator import Translator
from assessment.reports.answer_words import state_words
from assessment.reports.comparison_words import caution_words, value_words, version_words
from assessment.reports.score_words import range_words
from assessment.reports.signs import STATES
from assessment.services.comparing import Pinned, rounds_of
from assessment.ui.compare_frame import compare_table, quiet, row, row_group, signed
from assessment.ui.context import Visit
from assessment.ui.plain_text import html, joined, plain

_SIGNS = {
    Movement.WORSE: "▼",
    Movement.BETTER: "▲",
    Movement.NEWLY_ANSWERED: "＋",
    Movement.NO_LONGER_ANSWERED: "－",
    Movement.APPLIES_CHANGED: "–",
    Movement.METHOD_CHANGED: "△",
    Movement.NEW_ITEM: "＋",
    Movement.REMOVED_ITEM: "－",
    Movement.UNCHANGED: "＝",
}


def two_rounds(visit: Visit, pins: Sequence[Pinned]) -> None:
    """Choose a pilot and two of its rounds, then see every item that moved."""
    names = {one.community.code: one.community for one in pins}
    chosen = st.selectbox(
        visit.text("compare.pilot"),
        list(names),
        format_func=lambda code: names[code].name(visit.text.language),
        key="rounds_pilot",
    )
    if chosen is None:
        return
    sheets = {sheet.round.id: sheet for sheet in rounds_of(visit.store, names[chosen])}
    if len(sheets) < 2:
        st.info(plain(visit.text("compare.one_round")))
        return
    before, after = _choose_two(visit, sheets)
    if before.round.id == after.round.id:
        st.info(plain(visit.text("compare.same_round")))
        return
    _show_changes(visit.text, before, after)


def _choose_two(visit: Visit, sheets: dict[str, Sheet]) -> tuple[Sheet, Sheet]:
    """The earlier and the later round, whichever way they were chosen."""
    ids = list(sheets)
    labels = (visit.text("compare.round_before"), visit.text("compare.round_after"))
    chosen = [
        column.selectbox(
            labels[place],
            ids,
            index=len(ids) - 2 + place,
            format_func=lambda one: sheets[one].round.label(visit.text.language),
            key=f"rounds_{place}:{','.join(ids)}",
        )
        for place, column in enumerate(st.columns(2))
    ]
    before, after = sorted(chosen, key=ids.index)
    return sheets[before], sheets[after]


def _show_changes(text: Translator, before: Sheet, after: Sheet) -> None:
    found = changes(before, after)
    by_movement = {one: [each for each in found if each.movement is one] for one in _SIGNS}
    lines = caution_words(text, [before, after])
    counts = [_count(text, one, len(members)) for one, members in by_movement.items() if members]
    st.html(html('<ul class="movements">{counts}</ul>', counts=joined(counts)))
    if lines:
        st.html(joined([html('<p class="caution">△ {line}</p>', line=line) for line in lines]))
    groups = [_overall(text, before, after)]
    groups += [
        _group(text, movement, members, before, after)
        for movement, members in by_movement.items()
        if members and movement is not Movement.UNCHANGED
    ]
    heads = [
        html('<th scope="col">{words}</th>', words=words)
        for words in (text("compare.item"), *(_round_head(text, one) for one in (before, after)))
    ]
    st.html(compare_table(text("compare.rounds_caption"), heads, groups))


def _count(text: Translator, movement: Movement, count: int) -> Markup:
    return html(
        '<li><span aria-hidden="true">{sign}</span> {words} <b>{count}</b></li>',
        sign=_SIGNS[movement],
        words=text(f"movement.{movement}"),
        count=text.number(count),
    )


def _round_head(text: Translator, sheet: Sheet) -> Markup:
    return html(
        "{label}{version}",
        label=sheet.round.label(text.language),
        version=quiet(text("compare.version_of", version=version_words(sheet))),
    )


def _overall(text: Translator, before: Sheet, after: Sheet) -> Markup:
    cells = [range_words(text, sheet.scores.overall) for sheet in (before, after)]
    return row_group(text("compare.figures"), 3, [row(text("compare.range"), cells)])


def _group(
    text: Translator, movement: Movement, members: Sequence[Change], before: Sheet, after: Sheet
) -> Markup:
    title = f"{_SIGNS[movement]} {text(f'movement.{movement}')} · {text.number(len(members))}"
    rows = []
    for one in members:
        head = html(
            '<span class="item-id">{id}</span> {title}',
            id=one.item.id,
            title=one.item.title.in_language(text.language),
        )
        cells = [
            _side(text, one.item.id, one.before, before),
            _side(text, one.item.id, one.after, after),
        ]
        rows.append(row(head, cells))
    return row_group(title, 3, rows)


def _side(text: Translator, item_id: str, judged: Judged | None, sheet: Sheet) -> Markup:
    if judged is None:
        return quiet(text("compare.not_in_version"))
    item = sheet.framework.item(item_id)
    return html(
        "{state}{value}",
        state=signed(STATES[judged.outcome.state], state_words(text, item, judged.outcome)),
        value=quiet(value_words(text, item_id, sheet)),
    )
