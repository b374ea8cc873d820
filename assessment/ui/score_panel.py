"""The panel beside the answers: range, completeness, gates and what is left."""

from markupsafe import Markup

from assessment.domain.scoring import Line
from assessment.domain.sheet import Sheet
from assessment.language.translator import Translator
from assessment.reports.score_words import (
    figures_words,
    gate_results,
    gates_words,
    range_words,
    verdict_words,
)
from assessment.reports.signs import GATES, UNSUPPORTED, theme_colour
from assessment.ui.plain_text import html, joined

_FIRST = 3


def score_panel(text: Translator, sheet: Sheet) -> Markup:
    """The whole panel. A phone shows one line of it that opens on a tap (see style.css)."""
    short = html(
        "{verdict}{figures}{gates}{themes}{left}",
        verdict=_paragraph("verdict", verdict_words(text, sheet)),
        figures=_paragraph("figures", figures_words(text, sheet)),
        gates=_paragraph("figures", gates_words(text, sheet)),
        themes=_themes(text, sheet),
        left=_paragraph("figures", _left(text, sheet)),
    )
    return html(
        '<div class="panel wide"><h3>{line}</h3>{bar}{short}{gates}</div>'
        '<details class="panel narrow"><summary>{line}{bar}</summary>{short}</details>',
        line=panel_line(text, sheet),
        bar=range_bar(sheet.scores.overall),
        short=short,
        gates=_gates(text, sheet) + _unsupported(text, sheet),
    )


def score_method(text: Translator, sheet: Sheet) -> Markup:
    """How the figures of the panel are counted, folded."""
    return html(
        "<details class='basis'><summary>{title}</summary><p>{words}</p></details>",
        title=text("explain.title"),
        words=text("explain.panel", threshold=text.number(sheet.framework.complete_from)),
    )


def panel_line(text: Translator, sheet: Sheet) -> str:
    """Range and what is left, in one line."""
    overall = sheet.scores.overall
    return text(
        "panel.line",
        range=range_words(text, overall),
        answered=int(overall.answered[0]),
        asked=int(overall.asked[0]),
    )


def range_bar(line: Line) -> Markup:
    """A bar from 0 to 100: solid up to the low end, light up to the high end."""
    low, high = line.low[0], line.high[0]
    if low != low:
        return Markup('<div class="range none" role="img"></div>')
    return html(
        '<div class="range" role="img" aria-label="{low} – {high}">'
        '<i class="sure" style="width:{low}%"></i><i class="open" style="width:{open}%"></i></div>',
        low=round(low * 100, 1),
        high=round(high * 100, 1),
        open=round((high - low) * 100, 1),
    )


def _gates(text: Translator, sheet: Sheet) -> Markup:
    rows = []
    results = gate_results(sheet)
    for gate in sheet.framework.gates:
        sign = GATES[results[gate.id]]
        rows.append(
            html(
                '<li><span style="color:{colour}" aria-hidden="true">{sign}</span> '
                '<span class="item-id">{id}</span> {title} <span class="quiet">{words}</span></li>',
                colour=sign.colour,
                sign=sign.symbol,
                id=gate.id,
                title=gate.title.in_language(text.language),
                words=text(f"gate.{results[gate.id].name.lower()}"),
            )
        )
    return html('<ul class="gates">{rows}</ul>', rows=joined(rows))


def _unsupported(text: Translator, sheet: Sheet) -> Markup:
    """How many answers lack the evidence asked for; nothing if none does."""
    count = len(sheet.unsupported)
    if not count:
        return Markup("")
    words = text.plural("unsupported.panel", count)
    return html(
        '<p class="figures"><span class="unsupported">{sign}</span> {words}</p>',
        sign=UNSUPPORTED,
        words=words,
    )


def _themes(text: Translator, sheet: Sheet) -> Markup:
    rows = [
        html(
            '<div class="theme-line"><span style="color:{colour}">{name}</span>{bar}'
            "<span>{range}</span></div>",
            colour=theme_colour(position),
            name=theme.short.in_language(text.language),
            bar=range_bar(sheet.scores.themes[theme.id]),
            range=range_words(text, sheet.scores.themes[theme.id]),
        )
        for position, theme in enumerate(sheet.framework.themes)
    ]
    return joined(rows)


def _left(text: Translator, sheet: Sheet) -> str:
    """What is to be confirmed, then the open items that decide most, gates first."""
    waiting = len(sheet.to_confirm)
    before = text.plural("confirm.left", waiting) + text("join.sentence") if waiting else ""
    open_ids = sheet.open_items
    if not open_ids:
        return before + text("panel.nothing_left")
    first = [
        f"{item} {sheet.framework.item(item).title.in_language(text.language)}"
        for item in open_ids[:_FIRST]
    ]
    bonus = open_bonus_words(text, sheet)
    left = text.plural(
        "panel.left", len(open_ids), bonus=bonus, items=text("join.list").join(first)
    )
    return before + left


def open_bonus_words(text: Translator, sheet: Sheet) -> str:
    """How many of the open items are outside the score, so that two counts do not disagree."""
    count = len(sheet.open_bonus_items)
    return text.plural("panel.left_bonus", count) if count else ""


def _paragraph(name: str, words: str) -> Markup:
    return html('<p class="{name}">{words}</p>', name=name, words=words)
