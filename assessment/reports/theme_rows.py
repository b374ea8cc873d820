"""Rows behind the theme pictures: the same for chart, table and report."""

from collections.abc import Iterable, Sequence
from typing import Any

from assessment.domain.answers import State
from assessment.domain.framework import Item
from assessment.domain.scoring import Line
from assessment.domain.sheet import Sheet
from assessment.language.translator import Translator
from assessment.reports.score_words import percent_words, range_words


def theme_lines(text: Translator, sheet: Sheet) -> list[dict[str, Any]]:
    """A row for each theme: low and high in percent (``None`` without a score) and in words.

    ``unsupported`` counts the answers that lack the evidence asked for; ``supported`` is what
    the low end would be without their points.
    """
    return [
        {
            "theme": theme.title.in_language(text.language),
            "label": theme.short.in_language(text.language),
            **_figures(text, sheet.scores.themes[theme.id]),
            "unsupported": len(_lacking(sheet, sheet.framework.items_of(theme.id))),
            "supported": _low(sheet.supported_scores.themes[theme.id]),
        }
        for theme in sheet.framework.themes
    ]


def state_mix(text: Translator, sheet: Sheet, order: Sequence[State]) -> list[dict[str, Any]]:
    """For each theme and state, its share of the scored items by weight, as a stretch of 0–100.

    Items whose condition does not hold are in the state "not applicable". ``unsupported`` counts
    the answers that lack the evidence asked for; they are the stretch up to ``hatched_to``.
    """
    rows: list[dict[str, Any]] = []
    for theme in sheet.framework.themes:
        items = [item for item in sheet.framework.items_of(theme.id) if item.scored]
        total = sum(item.weight for item in items)
        start = 0.0
        for state in order:
            chosen = [item for item in items if sheet.judged[item.id].outcome.state is state]
            stretch = sum(item.weight for item in chosen) / total * 100
            lacking = _lacking(sheet, chosen)
            hatched = sum(item.weight for item in lacking) / total * 100
            if chosen:
                rows.append(
                    {
                        "theme": theme.title.in_language(text.language),
                        "label": theme.short.in_language(text.language),
                        "state": state.value,
                        "words": text(f"answer_state.{state}"),
                        "count": len(chosen),
                        "unsupported": len(lacking),
                        "hatched_to": start + hatched,
                        "from": start,
                        "to": start + stretch,
                        "middle": start + stretch / 2,
                    }
                )
            start += stretch
    return rows


def trend_lines(text: Translator, sheets: Sequence[Sheet]) -> list[dict[str, Any]]:
    """For each round and theme a row; ``changed`` where the framework differs from before."""
    rows: list[dict[str, Any]] = []
    before = ""
    for sheet in sheets:
        changed = bool(before) and sheet.framework.hash != before
        before = sheet.framework.hash
        method = f"{sheet.framework.id} {sheet.framework.version}"
        for line in theme_lines(text, sheet):
            rows.append(
                {
                    **line,
                    "round": sheet.round.label(text.language),
                    "method": method,
                    "changed": changed,
                    "mark": text("chart.method_changed") if changed else "",
                }
            )
    return rows


def _lacking(sheet: Sheet, items: Iterable[Item]) -> list[Item]:
    return [item for item in items if item.scored and item.id in sheet.unsupported]


def _low(line: Line) -> float | None:
    return float(line.low_percent[0]) if line.low[0] == line.low[0] else None


def _figures(text: Translator, line: Line) -> dict[str, Any]:
    scored = line.low[0] == line.low[0]
    return {
        "low": _low(line),
        "high": float(line.high_percent[0]) if scored else None,
        "range": range_words(text, line),
        "completeness": percent_words(text, line.completeness[0]),
        "answered": int(line.answered[0]),
        "asked": int(line.asked[0]),
        "set_aside": int(line.set_aside[0]),
    }
