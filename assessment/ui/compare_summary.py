"""The pinned pilots at a glance: score, completeness, gates, verdict, and the themes."""

from collections.abc import Callable, Sequence

import streamlit as st
from markupsafe import Markup

from assessment.domain.framework import Theme
from assessment.domain.scoring import GateResult, Verdict
from assessment.domain.sheet import Sheet
from assessment.domain.standing import Standing
from assessment.language.translator import Translator
from assessment.reports.comparison_words import (
    caution_words,
    standing_of_sheet,
    version_words,
)
from assessment.reports.handover_words import state_line
from assessment.reports.score_words import (
    gate_results,
    gates_words,
    percent_words,
    range_words,
    verdict_words,
)
from assessment.reports.signs import GATES, STANDINGS, theme_colour
from assessment.services.comparing import Pinned
from assessment.services.who import names_of
from assessment.ui.compare_frame import compare_table, pilot_heads, quiet, row, row_group, signed
from assessment.ui.context import Visit
from assessment.ui.plain_text import html, joined
from assessment.ui.score_panel import range_bar

Cell = Callable[[Translator, Sheet], Markup]
_GATE_OF_VERDICT = {
    Verdict.COMPLETE: GateResult.PASSED,
    Verdict.NOT_COMPLETE: GateResult.BLOCKED,
    Verdict.UNDECIDED: GateResult.UNDECIDED,
}


def caution_banner(visit: Visit, pins: Sequence[Pinned]) -> None:
    """Where the pilots may not compare, in words with figures; nothing where they do."""
    text = visit.text
    lines = caution_words(text, [one.sheet for one in pins if one.sheet])
    idle = [one.community.name(text.language) for one in pins if one.sheet is None]
    if idle:
        lines.append(text("compare.not_begun_banner", names=text("join.list").join(idle)))
    if lines:
        st.html(
            html(
                '<div class="compare-caution" role="note"><b>△ {title}</b><ul>{lines}</ul></div>',
                title=text("compare.caution_title"),
                lines=joined([html("<li>{line}</li>", line=line) for line in lines]),
            )
        )


def summary_table(visit: Visit, pins: Sequence[Pinned], baseline: str) -> None:
    """A column for each pilot; rows for its figures and for its themes."""
    text = visit.text
    columns = len(pins) + 1
    figures = [
        row(text(key), [_cell(text, one, cell, key) for one in pins]) for key, cell in _FIGURES
    ]
    figures.append(_state_row(visit, pins))
    themes = [_theme_row(text, theme, place, pins) for place, theme in enumerate(_themes(pins))]
    groups = [row_group(text("compare.figures"), columns, figures)]
    if themes:
        groups.append(row_group(text("compare.themes"), columns, themes))
    heads = pilot_heads(text, text("compare.what"), pins, baseline)
    st.html(compare_table(text("compare.summary_caption"), heads, groups))


def _cell(text: Translator, one: Pinned, cell: Cell, key: str) -> Markup:
    if one.sheet is not None:
        return cell(text, one.sheet)
    if key == "compare.standing":
        return signed(STANDINGS[Standing.NO_DATA], text("compare.not_begun"))
    return _nothing(text)


def _nothing(text: Translator) -> Markup:
    return html('<span class="quiet">{words}</span>', words=text("compare.nothing"))


def _range(text: Translator, sheet: Sheet) -> Markup:
    if not sheet.scores.enough[0]:
        return signed(STANDINGS[Standing.NO_SCORE], text("score.none"))
    overall = sheet.scores.overall
    return html("<b>{words}</b>{bar}", words=range_words(text, overall), bar=range_bar(overall))


def _completeness(text: Translator, sheet: Sheet) -> Markup:
    overall = sheet.scores.overall
    counts = text(
        "compare.answered", answered=int(overall.answered[0]), asked=int(overall.asked[0])
    )
    return html(
        "{share}{counts}", share=percent_words(text, overall.completeness[0]), counts=quiet(counts)
    )


def _set_aside(text: Translator, sheet: Sheet) -> Markup:
    overall = sheet.scores.overall
    counts = text.plural("compare.items", int(overall.set_aside[0]))
    return html(
        "{share}{counts}",
        share=percent_words(text, overall.set_aside_share[0]),
        counts=quiet(counts),
    )


def _gates(text: Translator, sheet: Sheet) -> Markup:
    result = GateResult(int(sheet.scores.gates[0]))
    blocked = [
        sheet.framework.item(gate).title.in_language(text.language)
        for gate, one in gate_results(sheet).items()
        if one is GateResult.BLOCKED
    ]
    names = text("compare.blocked", names=text("join.list").join(blocked)) if blocked else ""
    return html(
        "{result}{counts}{names}",
        result=signed(GATES[result], text(f"gate.{result.name.lower()}")),
        counts=quiet(gates_words(text, sheet)),
        names=html("<div>{names}</div>", names=names) if names else "",
    )


def _verdict(text: Translator, sheet: Sheet) -> Markup:
    result = _GATE_OF_VERDICT[Verdict(int(sheet.scores.verdict[0]))]
    return signed(GATES[result], verdict_words(text, sheet))


def _standing(text: Translator, sheet: Sheet) -> Markup:
    standing = standing_of_sheet(sheet)
    return signed(STANDINGS[standing], text(f"standing.{standing}"))


def _version(_: Translator, sheet: Sheet) -> Markup:
    return html("{words}", words=version_words(sheet))


def _state_row(visit: Visit, pins: Sequence[Pinned]) -> Markup:
    """State with who and when."""
    text, zone = visit.text, visit.zone
    found = [one.sheet.assessment if one.sheet else None for one in pins]
    names = names_of(visit.store, [one.state_by for one in found if one])
    cells: list[Markup | str] = [
        state_line(text, zone, one, names) if one else _nothing(text) for one in found
    ]
    return row(text("compare.state"), cells)


_FIGURES: tuple[tuple[str, Cell], ...] = (
    ("compare.standing", _standing),
    ("compare.gates", _gates),
    ("compare.verdict", _verdict),
    ("compare.range", _range),
    ("compare.completeness", _completeness),
    ("compare.set_aside", _set_aside),
    ("compare.version", _version),
)


def _themes(pins: Sequence[Pinned]) -> list[Theme]:
    """The themes of all checklists, in the order in which they come first."""
    found: dict[str, Theme] = {}
    for one in pins:
        for theme in one.sheet.framework.themes if one.sheet else ():
            found.setdefault(theme.id, theme)
    return list(found.values())


def _theme_row(text: Translator, theme: Theme, place: int, pins: Sequence[Pinned]) -> Markup:
    head = html(
        '<span style="color:{colour}">{name}</span>',
        colour=theme_colour(place),
        name=theme.title.in_language(text.language),
    )
    return row(head, [_theme_cell(text, theme.id, one) for one in pins])


def _theme_cell(text: Translator, theme: str, one: Pinned) -> Markup:
    line = one.sheet.scores.themes.get(theme) if one.sheet else None
    if line is None:
        return _nothing(text)
    completeness = percent_words(text, line.completeness[0])
    return html(
        "{words}{bar}{note}",
        words=range_words(text, line),
        bar=range_bar(line),
        note=quiet(text("compare.theme_note", completeness=completeness)),
    )
