"""Rows of a file as whole communities: the register, and a column for every fact and item."""

from collections.abc import Sequence
from dataclasses import replace

from assessment.domain.answers import Outcome, State
from assessment.domain.framework import Framework, Item
from assessment.domain.import_answers import OF_ROW, stamp_of
from assessment.domain.import_facts import read_fact_cell
from assessment.domain.import_register import (
    CommunityChange,
    Register,
    read_community,
    refuse_twins,
)
from assessment.domain.import_said import Found, Reading, RowReader, Said, Target, target_of
from assessment.domain.import_table import Row

_STATES = {one.value for one in State} | {one.name.lower() for one in Outcome} | {"not_scored"}


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
    columns = _columns(row, target.framework)
    return any(row.raw_text(code) for code in columns)


def _columns(row: Row, framework: Framework) -> list[str]:
    facts = {one.id for one in framework.facts}
    return [code for code in row.header.columns if code in facts or framework.has_item(code)]


def _cells(reader: RowReader, target: Target, code: str, reading: Reading, found: Found) -> None:
    at = stamp_of(reader, reading)
    said = []
    for column in _columns(reader.row, target.framework):
        if target.framework.has_item(column):
            one = _item_cell(reader, target, target.framework.item(column))
        else:
            one = read_fact_cell(reader, target, code, column, at)
        if one is not None:
            said.append(replace(one, community=code, at=at))
    if not reader.problems:
        found.said += said


def _item_cell(reader: RowReader, target: Target, item: Item) -> Said | None:
    """A state as our matrix writes it, or the answer by its code or words."""
    text = reader.text(item.id)
    place = reader.row.place(item.id)
    if not text:
        return None
    if text in _STATES:
        return Said("", item.id, {}, place, state=text)
    words = target.words
    choice = reader.take(
        item.id, lambda typed: words.meaning(words.choices[item.id], typed, item.id)
    )
    return Said("", item.id, {"choice": choice}, place) if choice else None
