"""The dictionary of columns: code, label and meaning of everything that an export holds."""

from collections.abc import Sequence

from assessment.language.translator import Translator
from assessment.reports.table import Column, TableOf, texts

_COLUMNS = texts("file", "column_code", "column_label", "column_kind", "column_meaning")


def dictionary_table(text: Translator, files: Sequence[tuple[str, Sequence[Column]]]) -> TableOf:
    """One row for every column of every file."""
    rows = [
        [file, column.code, column.label(text), _kind(column), column.meaning(text)]
        for file, columns in files
        for column in columns
    ]
    return TableOf(_COLUMNS, rows)


def _kind(column: Column) -> str:
    return "number" if column.is_number else "text"
