"""Rows behind the theme pictures: the same for chart, table and report."""

import itertools
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from assessment.domain.answers import State
from assessment.domain.framework import Framework, Item
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
            "unsupported": len(_lacking(sheet, _scored(sheet.framework, theme.id))),
            "supported": _low(sheet.supported_scores.themes[theme.id]),
        }
        for theme in sheet.framework.themes
    ]


def bar_lines(text: Translator, sheet: Sheet) -> list[dict[str, Any]]:
    """The same rows with one more for local items, where the framework has any."""
    lines = theme_lines(text, sheet)
    if sheet.framework.local_items:
        name = text("line.local")
        own = {
            "unsupported": len(_lacking(sheet, sheet.framework.local_items)),
            "supported": _low(sheet.supported_scores.local),
        }
        lines.append({"theme": name, "label": name, **_figures(text, sheet.scores.local), **own})
    return lines


def state_mix(text: Translator, sheet: Sheet, order: Sequence[State]) -> list[dict[str, Any]]:
    """For each bar and state, its share of the items by weight, as a stretch of 0–100.

    Items whose condition does not hold are in the state "not applicable". ``unsupported`` counts
    the answers that lack the evidence asked for; they are the stretch up to ``hatched_to``.
    """
    rows: list[dict[str, Any]] = []
    for name, label, items in _item_lists(text, sheet):
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
                        "theme": name,
                        "label": label,
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


def _item_lists(text: Translator, sheet: Sheet) -> Iterator[tuple[str, str, list[Item]]]:
    """The items of every bar, with its name and label."""
    for theme in sheet.framework.themes:
        scored = _scored(sheet.framework, theme.id)
        language = text.language
        yield theme.title.in_language(language), theme.short.in_language(language), scored
    if sheet.framework.local_items:
        name = text("line.local")
        yield name, name, list(sheet.framework.local_items)


def trend_lines(text: Translator, sheets: Sequence[Sheet]) -> list[dict[str, Any]]:
    """For each round and theme a row; ``changed`` where the framework differs from before."""
    rows: list[dict[str, Any]] = []
    before = ""
    for sheet in sheets:
        changed = bool(before) and sheet.framework.hash != before
        before = sheet.framework.hash
        method = method_name(sheet.framework)
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


def _scored(framework: Framework, theme: str) -> list[Item]:
    return [item for item in framework.items_of(theme) if item.scored]


def _lacking(sheet: Sheet, items: Iterable[Item]) -> list[Item]:
    return [item for item in items if item.id in sheet.unsupported]


def _low(line: Line) -> float | None:
    return float(line.low_percent[0]) if line.low[0] == line.low[0] else None


def method_name(framework: Framework) -> str:
    """A framework so that two with the same version are told apart."""
    return f"{framework.id} {framework.version} {framework.hash[:8]}"


def method_changes(text: Translator, sheets: Sequence[Sheet]) -> list[str]:
    """A sentence for every round from which the method is another than before."""
    pairs = itertools.pairwise(sheets)
    return [
        text(
            "chart.method_from",
            round=after.round.label(text.language),
            before=method_name(before.framework),
            after=method_name(after.framework),
        )
        for before, after in pairs
        if before.framework.hash != after.framework.hash
    ]


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
