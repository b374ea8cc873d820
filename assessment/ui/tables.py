"""The tables behind the pictures, as plain rows with headings in the reader's language."""

from collections.abc import Sequence

import pandas as pd

from assessment.domain.answers import Answer, State
from assessment.domain.sheet import Sheet
from assessment.language.translator import Translator
from assessment.reports.answer_words import (
    choice_words,
    sheet_state_words,
    unsupported_words,
)
from assessment.reports.theme_rows import bar_lines, state_mix, trend_lines
from assessment.ui.plain_text import plain


def theme_table(text: Translator, sheet: Sheet) -> pd.DataFrame:
    """A row for each theme: range, completeness, how many items are in each state, and how many
    of them lack evidence."""
    mix = state_mix(text, sheet, list(State))
    rows = []
    for line in bar_lines(text, sheet):
        counts = {part["words"]: part["count"] for part in mix if part["theme"] == line["theme"]}
        rows.append(
            {
                text("chart.theme"): line["theme"],
                text("chart.range"): line["range"],
                text("column.completeness"): line["completeness"],
                **{
                    text(f"answer_state.{s}"): counts.get(text(f"answer_state.{s}"), 0)
                    for s in State
                },
                text("column.unsupported"): line["unsupported"],
                text("chart.supported"): _percent(text, line["supported"]),
            }
        )
    return pd.DataFrame(rows).set_index(text("chart.theme"))


def _percent(text: Translator, percent: float | None) -> str:
    return text("score.none") if percent is None else text.number(percent)


def trend_table(text: Translator, sheets: Sequence[Sheet]) -> pd.DataFrame:
    """A row for each round and theme."""
    rows = [
        {
            text("chart.round"): line["round"],
            text("chart.theme"): line["theme"],
            text("chart.range"): line["range"],
            text("column.completeness"): line["completeness"],
            text("chart.method"): line["method"],
            text("chart.method_mark"): line["mark"],
        }
        for line in trend_lines(text, sheets)
    ]
    return pd.DataFrame(rows).set_index(text("chart.round"))


def item_table_view(text: Translator, sheet: Sheet) -> pd.DataFrame:
    """A row for each item: state, answer and note."""
    rows = []
    for item in sheet.framework.items:
        answer = sheet.answers.get(item.id, Answer(item.id))
        rows.append(
            {
                text("column.item"): item.id,
                text("column.title"): plain(item.title.in_language(text.language)),
                text("column.state_words"): sheet_state_words(text, sheet, item),
                text("column.answer_words"): plain(
                    choice_words(text, sheet.framework, item.id, answer.choice)
                ),
                text("column.unsupported"): unsupported_words(text, sheet, item),
                text("column.evidence"): sheet.evidence.get(item.id, 0),
                text("column.note"): plain(answer.note),
            }
        )
    return pd.DataFrame(rows).set_index(text("column.item"))
