"""One community, a line for the whole, each theme, the bonus items, each gate and each fact."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from assessment.domain.framework import FactKind
from assessment.domain.scoring import GateResult, Line, Verdict, gate_result_of
from assessment.domain.sheet import Sheet
from assessment.language.translator import Translator
from assessment.reports.answer_words import fact_words
from assessment.reports.provenance import PROVENANCE, SCORE_PROVENANCE, provenance
from assessment.reports.table import Cell, Column, TableOf, numbers, texts

LINE_COLUMNS: Sequence[Column] = [
    *texts("line", "id", "title", "result"),
    *numbers("low_percent", "high_percent", "low", "high", "completeness", "set_aside_share"),
    *numbers("asked", "answered", "set_aside", "value"),
    *texts("unit", "value_words"),
    *SCORE_PROVENANCE,
    *PROVENANCE,
]


def summary_table(text: Translator, sheet: Sheet, at: datetime) -> TableOf:
    """The lines, in the order overall, themes, bonus, local, gates, facts; ``at`` is now."""
    source = provenance(text, sheet, at)
    return TableOf(LINE_COLUMNS, [[*line, *source] for line in _lines(text, sheet)])


def line_cells(line: Line, row: int = 0) -> list[Cell]:
    """Score, range, completeness and counts of one line; blanks where there is no score."""
    shares = (line.low, line.high, line.completeness, line.set_aside_share)
    percents = (line.low_percent[row], line.high_percent[row])
    return [
        *(None if value != value else int(value) for value in percents),
        *(None if share[row] != share[row] else float(share[row]) for share in shares),
        int(line.asked[row]),
        int(line.answered[row]),
        int(line.set_aside[row]),
    ]


def _lines(text: Translator, sheet: Sheet) -> Iterator[list[Cell]]:
    verdict = Verdict(int(sheet.scores.verdict[0])).name.lower()
    blank: list[Cell] = [None, "", ""]
    yield ["overall", "", text("line.overall"), verdict, *line_cells(sheet.scores.overall), *blank]
    for theme in sheet.framework.themes:
        cells = line_cells(sheet.scores.themes[theme.id])
        yield ["theme", theme.id, theme.title.in_language(text.language), "", *cells, *blank]
    yield ["bonus", "", text("line.bonus"), "", *line_cells(sheet.scores.bonus), *blank]
    if sheet.framework.local_items:
        cells = line_cells(sheet.scores.local)
        yield ["local", sheet.framework.id, text("line.local"), "", *cells, *blank]
    if sheet.national is not None:
        result = Verdict(int(sheet.national.verdict[0])).name.lower()
        cells = line_cells(sheet.national.overall)
        yield ["national", "", text("line.national"), result, *cells, *blank]
    yield from _gates(text, sheet)
    yield from _facts(text, sheet)


def _gates(text: Translator, sheet: Sheet) -> Iterator[list[Cell]]:
    result = GateResult(int(sheet.scores.gates[0])).name.lower()
    yield ["gates", "", text("line.gates"), result, *[None] * 10, "", ""]
    for gate in sheet.framework.gates:
        one = gate_result_of(sheet.judged[gate.id].outcome).name.lower()
        yield ["gate", gate.id, gate.title.in_language(text.language), one, *[None] * 10, "", ""]


def _facts(text: Translator, sheet: Sheet) -> Iterator[list[Cell]]:
    for definition in sheet.framework.facts:
        value = sheet.facts.get(definition.id)
        is_choice = definition.kind is FactKind.CHOICE
        kept = sheet.saved_facts[definition.id].value if value is not None else ""
        unit = definition.unit.in_language(text.language) if definition.unit else ""
        yield [
            "fact",
            definition.id,
            definition.label.in_language(text.language),
            kept if is_choice else "",
            *[None] * 9,
            None if is_choice else value,
            unit,
            fact_words(text, sheet.framework, definition.id, kept) if kept else "",
        ]
