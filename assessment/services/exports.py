"""What can be taken away, by name. Nothing here writes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from assessment.domain.framework import Framework
from assessment.domain.records import Round
from assessment.language.translator import Translator
from assessment.reports.community_table import community_columns, community_table
from assessment.reports.csv_file import csv_lines
from assessment.reports.dictionary import dictionary_table
from assessment.reports.item_table import ITEM_COLUMNS, item_table
from assessment.reports.summary_table import LINE_COLUMNS, summary_table
from assessment.reports.table import Column, TableOf
from assessment.services.communities import assessment_in, list_rounds
from assessment.services.frameworks import framework_of
from assessment.services.overview import overview
from assessment.services.sheets import load_sheet
from assessment.store.engine import Store

ITEMS, SUMMARY, COMMUNITIES, DICTIONARY = "items", "summary", "communities", "columns"


@dataclass(frozen=True)
class Export:
    """A file: its name and its content, a piece at a time."""

    name: str
    lines: Iterator[bytes]


def community_export(
    store: Store, text: Translator, kind: str, code: str, round_id: str, at: datetime
) -> Export | None:
    """The items or the summary of one community in a round; ``None`` if it has not begun."""
    assessment = assessment_in(store, code, round_id)
    sheet = load_sheet(store, assessment.id) if assessment else None
    if sheet is None:
        return None
    table = (item_table if kind == ITEMS else summary_table)(text, sheet, at)
    name = sheet.community.name(text.language)
    parts = (sheet.community.code, name, sheet.round.id)
    return _export(text, kind, table, parts, sample=sheet.round.sample)


def communities_export(
    store: Store, text: Translator, round_id: str, at: datetime
) -> Export | None:
    """All communities of a round; ``None`` if there is no such round."""
    one = _round(store, round_id)
    if one is None:
        return None
    framework = framework_of(store, one.framework)
    table = community_table(text, framework, one, overview(store, one), at)
    return _export(text, COMMUNITIES, table, (one.id,), sample=one.sample)


def dictionary_export(store: Store, text: Translator, round_id: str) -> Export | None:
    """The dictionary of all columns of a round's exports."""
    one = _round(store, round_id)
    if one is None:
        return None
    table = dictionary_table(text, export_columns(framework_of(store, one.framework)))
    return _export(text, DICTIONARY, table, (), sample=False)


def export_columns(framework: Framework) -> list[tuple[str, Sequence[Column]]]:
    """Every kind of file with its columns."""
    return [
        (ITEMS, ITEM_COLUMNS),
        (SUMMARY, LINE_COLUMNS),
        (COMMUNITIES, community_columns(framework)),
    ]


def _round(store: Store, round_id: str) -> Round | None:
    return next((one for one in list_rounds(store) if one.id == round_id), None)


def _export(
    text: Translator, kind: str, table: TableOf, parts: Sequence[str], sample: bool
) -> Export:
    marks = [text("sample.mark")] if sample else []
    name = "_".join((*marks, *parts, text(f"file.{kind}")))
    return Export(f"{name}.csv", csv_lines(table, text))
