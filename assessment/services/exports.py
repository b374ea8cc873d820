"""What can be taken away of one community, and the words on every file. Nothing here writes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from assessment.domain.framework import Framework
from assessment.domain.records import Round
from assessment.language.translator import Translator
from assessment.reports.answer_table import ANSWER_COLUMNS
from assessment.reports.community_table import community_columns
from assessment.reports.coverage_table import COVERAGE_COLUMNS
from assessment.reports.csv_file import csv_lines
from assessment.reports.dictionary import dictionary_table
from assessment.reports.item_table import ITEM_COLUMNS, item_table
from assessment.reports.log_table import LOG_COLUMNS
from assessment.reports.matrix_table import matrix_columns
from assessment.reports.summary_table import LINE_COLUMNS, summary_table
from assessment.reports.table import Column
from assessment.reports.voice_table import VOICE_COLUMNS
from assessment.services.communities import assessment_in, list_rounds
from assessment.services.frameworks import framework_of
from assessment.services.sheets import load_sheet
from assessment.store.engine import Store

ITEMS, SUMMARY, COMMUNITIES, DICTIONARY = "items", "summary", "communities", "columns"
ANSWERS, MATRIX, COVERAGE = "answers", "matrix", "coverage"
LOG, VOICE = "log", "voice"
CSV = "csv"
CSV_TYPE = "text/csv; charset=utf-8"


@dataclass(frozen=True)
class Export:
    """A file: its name, its content a piece at a time, and what kind of content it is."""

    name: str
    lines: Iterator[bytes]
    media_type: str = CSV_TYPE


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
    return Export(
        file_name(text, parts, kind, CSV, sample=sheet.round.sample), csv_lines(table, text)
    )


def dictionary_export(store: Store, text: Translator, round_id: str) -> Export | None:
    """The dictionary of all columns of a round's exports."""
    one = find_round(store, round_id)
    if one is None:
        return None
    table = dictionary_table(text, export_columns(framework_of(store, one.framework)))
    return Export(file_name(text, (), DICTIONARY, CSV, sample=False), csv_lines(table, text))


def export_columns(framework: Framework) -> list[tuple[str, Sequence[Column]]]:
    """Every kind of file with its columns."""
    return [
        (ITEMS, ITEM_COLUMNS),
        (SUMMARY, LINE_COLUMNS),
        (COMMUNITIES, community_columns(framework)),
        (ANSWERS, ANSWER_COLUMNS),
        (MATRIX, matrix_columns(framework)),
        (COVERAGE, COVERAGE_COLUMNS),
        (LOG, LOG_COLUMNS),
        (VOICE, VOICE_COLUMNS),
    ]


def find_round(store: Store, round_id: str) -> Round | None:
    """The round with this id, if there is one."""
    return next((one for one in list_rounds(store) if one.id == round_id), None)


def file_name(text: Translator, parts: Sequence[str], kind: str, ending: str, sample: bool) -> str:
    """The name of a file in the reader's language; one of the sample says so."""
    marks = [text("sample.mark")] if sample else []
    return "_".join((*marks, *parts, text(f"file.{kind}"))) + f".{ending}"
