"""Which rows of a sheet name its columns, and what kind of table that makes it."""

import re
from collections.abc import Container, Mapping, Sequence
from enum import StrEnum

from assessment.domain.answer_cells import ANSWER_PREFIX
from assessment.domain.errors import Fault
from assessment.domain.import_answers import ITEM_CODES, OF_ROW, TICK_PREFIX
from assessment.domain.import_facts import FACT_CODES, LINE_CODES
from assessment.domain.import_register import REGISTER_CODES
from assessment.domain.import_table import Header, Problem, RawRow, RawSheet, in_file
from assessment.domain.names import compare_key

ABOUT_KEYS = (
    "kind",
    "community",
    "round",
    "framework",
    "framework_version",
    "framework_hash",
    "language",
    "written_at",
)
OFFLINE_WORKBOOK = "offline_workbook"
_ITEM = re.compile(r"[A-Z]{1,3}-[0-9]{2,3}")
_LOOKED_AT = 30
_EXTRA = ("credit", "decision", "inputs", "revision", "exported_at", "to_confirm", "place_basis")
_RESULTS = ("log_id", "column_code", "coverage", "communities")
CODES = frozenset(
    (*ITEM_CODES, *OF_ROW, *FACT_CODES, *LINE_CODES, *REGISTER_CODES, *_EXTRA, *_RESULTS, "round")
)


class TableKind(StrEnum):
    """What a table holds: one row an item, a fact, a line of results, or a community."""

    ITEMS = "items"
    FACTS = "facts"
    SUMMARY = "summary"
    COMMUNITIES = "communities"
    MATRIX = "matrix"
    LOG = "log"
    COLUMNS = "columns"
    COVERAGE = "coverage"


RESULTS = frozenset({TableKind.LOG, TableKind.COLUMNS, TableKind.COVERAGE})


def header_of(sheet: RawSheet, facts: Container[str]) -> Header | None:
    """The row of codes near the top of a sheet, with the headings above it, if there is one."""
    best: tuple[int, int] | None = None
    for place, row in enumerate(sheet.rows[:_LOOKED_AT]):
        hits = len({code for code in map(str.strip, row.cells) if is_code(code, facts)})
        if hits >= 2 and (best is None or hits > best[0]):
            best = hits, place
    if best is None:
        return None
    row = sheet.rows[best[1]]
    above = sheet.rows[best[1] - 1].cells if best[1] else row.cells
    return made_header(row, above, [cell.strip() for cell in row.cells], facts)


def is_code(text: str, facts: Container[str]) -> bool:
    """Whether a heading is a code of ours."""
    is_known = text in CODES or text in facts or text.startswith(TICK_PREFIX)
    return is_known or is_item_code(text)


def is_item_code(text: str) -> bool:
    """Whether a heading is the code of a column for the state of an item, or for its answer."""
    return _ITEM.fullmatch(text.removeprefix(ANSWER_PREFIX)) is not None


def made_header(
    row: RawRow, headings: Sequence[str], codes: Sequence[str], facts: Container[str]
) -> Header:
    """A header whose columns have these codes, blank for none; a code counts where it is first."""
    columns: dict[str, int] = {}
    for place, code in enumerate(codes):
        if code and is_code(code, facts):
            columns.setdefault(code, place)
    others = [code for code in codes if code and code not in columns]
    return Header(columns, [one.strip() for one in headings], row.number, others)


def kind_of(codes: Container[str], has_items: bool) -> TableKind | None:
    """What a table with these columns holds; ``None`` where nothing of ours can be in it."""
    if "log_id" in codes:
        return TableKind.LOG
    if "column_code" in codes:
        return TableKind.COLUMNS
    if "coverage" in codes and "communities" in codes:
        return TableKind.COVERAGE
    if "line" in codes and "id" in codes:
        return TableKind.SUMMARY
    if "fact" in codes:
        return TableKind.FACTS
    if "item" in codes:
        return TableKind.ITEMS
    if "name_zh" in codes or ("code" in codes and "adcode" in codes):
        return TableKind.COMMUNITIES
    return TableKind.MATRIX if has_items or "code" in codes else None


def kind_meant(codes: Container[str]) -> TableKind | None:
    """What a table is meant to be that lacks the columns to be one, so that they can be named."""
    if any(one in codes for one in ITEM_CODES):
        return TableKind.ITEMS
    return TableKind.COMMUNITIES if any(one in codes for one in REGISTER_CODES) else None


_NEEDED: Mapping[TableKind, Sequence[Sequence[str]]] = {
    TableKind.ITEMS: [("item",), ("answer", "state", "ticks", "note")],
    TableKind.FACTS: [("value",)],
    TableKind.SUMMARY: [("value",), ("result",)],
    TableKind.COMMUNITIES: [("name_zh",), ("adcode",)],
    TableKind.MATRIX: [("code", "community_code", "community")],
}


def missing_columns(
    kind: TableKind, header: Header, file: str, sheet: str, labels: Mapping[str, str]
) -> list[Problem]:
    """A problem for every column without which a table of this kind cannot be read."""
    missing = [
        " / ".join(f"{labels.get(one, one)} ({one})" for one in some)
        for some in _NEEDED.get(kind, ())
        if not any(one in header.columns for one in some)
    ]
    return [in_file(Fault("import_column", values={"column": one}), file, sheet) for one in missing]


def double_columns(header: Header, codes: Sequence[str], file: str, sheet: str) -> list[Problem]:
    """A problem for every code that two columns bear."""
    twice = {code for code in codes if code in header.columns and codes.count(code) > 1}
    return [
        in_file(Fault("import_column_twice", values={"column": code}), file, sheet)
        for code in sorted(twice)
    ]


def about_of(sheet: RawSheet) -> dict[str, str]:
    """What the sheet about a file says, by its keys; nothing where it is another sheet."""
    found: dict[str, str] = {}
    for row in sheet.rows[:200]:
        cells = [cell.strip() for cell in row.cells]
        for place, cell in enumerate(cells):
            values = [one for one in cells[place + 1 :] if one]
            if cell in ABOUT_KEYS and values:
                found.setdefault(cell, values[-1])
                break
    return found if found.get("kind") == OFFLINE_WORKBOOK else {}


def first_headings(sheet: RawSheet) -> RawRow | None:
    """The row that most likely names the columns of a table of other people."""
    return next((row for row in sheet.rows if sum(map(bool, row.cells)) >= 2), None)


def guessed(headings: Sequence[str], labels: Mapping[str, Sequence[str]]) -> dict[str, int]:
    """Codes by columns whose heading is the code itself or one of its labels."""
    keys = {compare_key(word): code for code, words in labels.items() for word in (code, *words)}
    found: dict[str, int] = {}
    for place, heading in enumerate(headings):
        code = keys.get(compare_key(heading))
        if code:
            found.setdefault(code, place)
    return found
