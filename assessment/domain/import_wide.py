"""Rows of a file as whole communities: the register, and a column for every fact and item."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from assessment.domain.answer_cells import ANSWER_PREFIX
from assessment.domain.framework import Framework
from assessment.domain.import_answers import OF_ROW, stamp_of
from assessment.domain.import_cells import read_item_cells
from assessment.domain.import_facts import read_fact_cell
from assessment.domain.import_headers import is_item_code
from assessment.domain.import_register import (
    CommunityChange,
    Register,
    read_community,
    refuse_twins,
)
from assessment.domain.import_said import Found, Reading, RowReader, Target, target_of
from assessment.domain.import_table import Header, Row


def read_register(
    rows: Sequence[Row], register: Register, reading: Reading, found: Found
) -> list[CommunityChange]:
    """The communities of a list; adds what its columns of facts and items say to ``found``."""
    read: list[tuple[Row, CommunityChange]] = []
    for row in rows:
        reader = RowReader(row)
        change = read_community(reader, register)
        if change:
            read.append((row, change))
        found.rows += 1
        found.problems += reader.problems
    kept, twice = refuse_twins(read)
    found.problems += [row.problem("name_zh", fault) for row, fault in twice]
    keys = {change.key for change in kept}
    for row, change in read:
        if change.key in keys:
            _add_answers(row, reading, found, change)
    return [one for one in kept if one.names]


def read_wide(rows: Sequence[Row], reading: Reading, found: Found) -> None:
    """Add what rows of communities say in their columns of facts and items."""
    for row in rows:
        reader = RowReader(row)
        code, target = target_of(reading, reader, OF_ROW)
        if target:
            _cells(reader, target, code, reading, found)
        found.rows += 1
        found.problems += reader.problems


def unread_items(header: Header, frameworks: Iterable[Framework]) -> list[str]:
    """The headings of columns for items that none of the checklists has."""
    known = {item.id for one in frameworks for item in one.items}
    return [
        header.headings[place] if place < len(header.headings) else code
        for code, place in header.columns.items()
        if is_item_code(code) and code.removeprefix(ANSWER_PREFIX) not in known
    ]


def _add_answers(row: Row, reading: Reading, found: Found, change: CommunityChange) -> None:
    reader = RowReader(row)
    target = reading.newcomer if change.is_new else reading.targets.get(change.key)
    says = _says(row, (target or reading.newcomer))
    if target is None and says and change.key in reading.refused:
        reader.refuse("", reading.refused[change.key])
    if target is not None and says:
        _cells(reader, target, change.key, reading, found)
    found.problems += reader.problems


def _says(row: Row, target: Target | None) -> bool:
    """Whether a row says something of facts or items."""
    if target is None:
        return True
    columns = _columns(row.header, target.framework)
    return any(row.raw_text(code) for one in columns for code in (one, ANSWER_PREFIX + one))


def _columns(header: Header, framework: Framework) -> list[str]:
    """The facts and items of a checklist that a table has columns for."""
    facts = [one.id for one in framework.facts if one.id in header.columns]
    items = [
        one.id
        for one in framework.items
        if one.id in header.columns or ANSWER_PREFIX + one.id in header.columns
    ]
    return [*facts, *items]


def _cells(reader: RowReader, target: Target, code: str, reading: Reading, found: Found) -> None:
    at = stamp_of(reader, reading)
    said = []
    for column in _columns(reader.row.header, target.framework):
        if target.framework.has_item(column):
            one = read_item_cells(reader, target, target.framework.item(column))
        else:
            one = read_fact_cell(reader, target, code, column, at)
        if one is not None:
            said.append(replace(one, community=code, at=at))
    if not reader.problems:
        found.said += said
