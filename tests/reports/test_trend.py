"""Where the method changed, the trend says so: on the picture, in the table behind it, in words."""

import json
from dataclasses import replace

import yaml

from assessment.domain.load_framework import load_framework
from assessment.domain.sheet import Sheet
from assessment.language.translator import Translator
from assessment.reports.charts import trend_chart
from assessment.reports.theme_rows import method_changes
from assessment.ui.tables import trend_table
from tests.domain.sheets import make_sheet
from tests.domain.shipped import FRAMEWORK

CONTENT = FRAMEWORK.model_dump(mode="json", exclude={"hash"})
OTHER = load_framework(yaml.safe_dump({**CONTENT, "complete_from": 70}).encode())


def in_round(sheet: Sheet, label: str) -> Sheet:
    return replace(sheet, round=replace(sheet.round, label_zh=label, label_en=label))


OLD = make_sheet(FRAMEWORK, {"F-01": "open"})
NEW = make_sheet(OTHER, {"F-01": "open"})


def test_a_round_under_another_framework_is_marked_even_under_the_same_version(
    text: Translator,
) -> None:
    sheets = [in_round(OLD, "R-one"), in_round(OLD, "R-two"), in_round(NEW, "R-three")]
    mark = text("chart.method_changed")
    table = trend_table(text, sheets)
    marked = table[table[text("chart.method_mark")] == mark]
    assert set(marked.index) == {"R-three"}
    assert len(marked) == len(FRAMEWORK.themes)
    (words,) = method_changes(text, sheets)
    assert "R-three" in words
    assert FRAMEWORK.hash[:8] in words
    assert OTHER.hash[:8] in words
    drawn = json.dumps(trend_chart(text, sheets).to_dict(), ensure_ascii=False)
    assert mark in drawn
    assert "strokeDash" in drawn


def test_without_a_change_there_is_no_mark(text: Translator) -> None:
    sheets = [in_round(OLD, "R-one"), in_round(OLD, "R-two")]
    assert method_changes(text, sheets) == []
    drawn = json.dumps(trend_chart(text, sheets).to_dict(), ensure_ascii=False)
    assert text("chart.method_changed") not in drawn
