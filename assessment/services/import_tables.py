"""An uploaded file as tables with columns that we know, by their codes or by a person's choice."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from assessment.domain.errors import Fault
from assessment.domain.import_headers import (
    RESULTS,
    TableKind,
    about_of,
    double_columns,
    first_headings,
    guessed,
    header_of,
    kind_meant,
    kind_of,
    made_header,
    missing_columns,
)
from assessment.domain.import_table import (
    Header,
    Problem,
    RawRow,
    RawSheet,
    Row,
    in_file,
    rows_below,
)
from assessment.language.translator import LANGUAGES, Translator
from assessment.reports.csv_file import unguard
from assessment.reports.import_words import column_words
from assessment.services.exports import export_columns
from assessment.services.frameworks import framework_of
from assessment.services.recognising import clean_name
from assessment.services.table_process import read_tables
from assessment.store.engine import Store

# Columns that a message may name as missing.
_TOLD = ("item", "answer", "state", "ticks", "note", "value", "result", "name_zh", "adcode", "code")
# Of our own columns those that say something nobody computes, and that no import changes: said so.
_NOT_TAKEN = frozenset({"lists"})
_known: dict[str, tuple[frozenset[str], dict[str, frozenset[str]]]] = {}


@dataclass(frozen=True)
class Upload:
    """A file that somebody brought: its name to show, its hash, and its sheets."""

    name: str
    sha256: str
    sheets: Sequence[RawSheet]


@dataclass(frozen=True)
class Table:
    """A sheet with the columns that mean something here."""

    sheet: RawSheet
    header: Header
    kind: TableKind

    def rows(self, file: str) -> list[Row]:
        """The rows below the header."""
        return rows_below(file, self.sheet, self.header)


@dataclass(frozen=True)
class Recognised:
    """The tables of a file, what it says of itself, and what is wrong with it as a whole."""

    tables: Sequence[Table]
    about: Mapping[str, str]
    problems: Sequence[Problem] = field(default_factory=tuple)


def read_upload(name: str, content: bytes) -> Upload:
    """Read a file in a process of its own. Raises ``Refused`` where it cannot be read."""
    sheets = read_tables(content)
    return Upload(clean_name(name), hashlib.sha256(content).hexdigest(), sheets)


def recognised(store: Store, text: Translator, upload: Upload, framework_hash: str) -> Recognised:
    """The tables that name their columns by our codes."""
    facts, known = _codes(store, framework_hash)
    tables: list[Table] = []
    problems: list[Problem] = []
    about: dict[str, str] = {}
    for sheet in upload.sheets:
        about = about or about_of(sheet)
        header = header_of(sheet, facts)
        if header is None:
            continue
        kind = kind_of(header.columns, bool(set(header.columns) & known["items"]))
        if kind is None:
            continue
        plain = _unguarded(sheet) if not sheet.name else sheet
        named = known["columns"] - _NOT_TAKEN
        others = [one for one in header.others if one not in named]
        tables.append(Table(plain, replace(header, others=others), kind))
        codes = [cell.strip() for cell in _row(sheet, header.last_row).cells]
        problems += double_columns(header, codes, upload.name, sheet.name)
    return _whole(text, upload, tables, about, problems)


def mapped(
    store: Store, text: Translator, upload: Upload, framework_hash: str, columns: Mapping[str, int]
) -> Recognised:
    """The one table of other people, with the columns that a person chose for our codes."""
    facts, known = _codes(store, framework_hash)
    sheet = foreign_sheet(upload)
    row = first_headings(sheet) if sheet else None
    if sheet is None or row is None:
        return Recognised((), {}, (in_file(Fault("import_nothing_known"), upload.name),))
    codes = [""] * len(row.cells)
    for code, place in columns.items():
        codes[place] = code
    header = made_header(row, row.cells, codes, facts)
    others = [
        cell.strip() for cell, code in zip(row.cells, codes, strict=True) if cell and not code
    ]
    kind = kind_of(header.columns, bool(set(columns) & (known["items"] | set(facts))))
    kind = kind or kind_meant(header.columns)
    if kind is None:
        return Recognised(
            (), {}, (in_file(Fault("import_nothing_known"), upload.name, sheet.name),)
        )
    return _whole(text, upload, [Table(sheet, replace(header, others=others), kind)], {}, [])


def foreign_sheet(upload: Upload) -> RawSheet | None:
    """The sheet of a file of other people that most likely holds the table: the longest one."""
    return max(upload.sheets, key=lambda one: len(one.rows), default=None)


def guessed_columns(
    upload: Upload, codes: Sequence[str], labels: Mapping[str, Sequence[str]]
) -> dict[str, int]:
    """Which of our codes stand in which column, by equal headings in either language."""
    sheet = foreign_sheet(upload)
    row = first_headings(sheet) if sheet else None
    words = {
        code: [
            *labels.get(code, ()),
            *(column_words(one, [code]).get(code, "") for one in LANGUAGES),
        ]
        for code in codes
    }
    return guessed([cell.strip() for cell in row.cells], words) if row else {}


def _whole(
    text: Translator,
    upload: Upload,
    tables: Sequence[Table],
    about: Mapping[str, str],
    problems: Sequence[Problem],
) -> Recognised:
    told = list(problems)
    useful = [one for one in tables if one.kind not in RESULTS]
    for one in tables:
        if one.kind in RESULTS and not useful:
            told.append(in_file(Fault("import_result_only"), upload.name, one.sheet.name))
        labels = {code: text(f"column.{code}") for code in _TOLD if text.has(f"column.{code}")}
        told += missing_columns(one.kind, one.header, upload.name, one.sheet.name, labels)
    if not tables:
        told.append(in_file(Fault("import_nothing_known"), upload.name))
    if about:  # our own sheet to fill: its other columns are there to be read by people
        useful = [replace(one, header=replace(one.header, others=())) for one in useful]
    return Recognised(useful, about, tuple(told))


def _codes(store: Store, framework_hash: str) -> tuple[frozenset[str], dict[str, frozenset[str]]]:
    """Ids of facts; ids of items, and the codes of all columns that our exports have."""
    if framework_hash not in _known:
        framework = framework_of(store, framework_hash)
        columns = {column.code for _, found in export_columns(framework) for column in found}
        items = frozenset(one.id for one in framework.items)
        facts = frozenset(one.id for one in framework.facts)
        _known[framework_hash] = facts, {"items": items, "columns": frozenset(columns)}
    return _known[framework_hash]


def _row(sheet: RawSheet, number: int) -> RawRow:
    return next(one for one in sheet.rows if one.number == number)


def _unguarded(sheet: RawSheet) -> RawSheet:
    """The sheet of a CSV file of ours without the marks that keep a spreadsheet from running it."""
    rows = [
        RawRow(row.number, [unguard(cell) if cell[:1] == "'" else cell for cell in row.cells])
        for row in sheet.rows
    ]
    return replace(sheet, rows=rows)
