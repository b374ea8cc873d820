"""Facts in a file: rows of a fact and its value, and the inputs that stand beside an item."""

import re
from collections.abc import Sequence
from datetime import datetime

from assessment.domain.errors import Fault, Refused
from assessment.domain.framework import FactDefinition, FactKind
from assessment.domain.import_said import Found, Reading, RowReader, Said, Target, target_of
from assessment.domain.import_table import Row
from assessment.domain.import_words import SaysNothing, clears, nearest
from assessment.domain.typed_answers import read_fact_text

FACT_CODES = ("fact", "value")
LINE_CODES = ("line", "id", "result", "value")
_OF_ROW = ("code", "community_code", "community")
_INPUT = re.compile(r"\s*([a-z][a-z0-9_]*)\s*=\s*(.*?)\s*")


def read_fact_rows(
    rows: Sequence[Row], reading: Reading, found: Found, at: datetime | None
) -> None:
    """Add what rows with the columns ``fact`` and ``value`` say, and what is wrong with them."""
    for row in rows:
        reader = RowReader(row)
        code, target = target_of(reading, reader, _OF_ROW)
        fact = reader.text("fact")
        definition = _definition(reader, target, fact) if target and fact else None
        if target and definition:
            _add(reader, found, target, definition, "value", (code, at, _revision(reader, reading)))
        found.rows += 1
        found.problems += reader.problems


def read_lines(rows: Sequence[Row], reading: Reading, found: Found, at: datetime | None) -> None:
    """Add the facts of a summary; its other lines are results and say nothing."""
    for row in rows:
        reader = RowReader(row)
        if reader.text("line") != "fact":
            continue
        code, target = target_of(reading, reader, _OF_ROW)
        definition = _definition(reader, target, reader.text("id"), "id") if target else None
        if target and definition:
            column = "result" if definition.kind is FactKind.CHOICE else "value"
            _add(reader, found, target, definition, column, (code, at, None))
        found.rows += 1
        found.problems += reader.problems


def read_inputs(reader: RowReader, target: Target, code: str, at: datetime | None) -> list[Said]:
    """The facts beside an item, as ``households=1240; service_area=372``."""
    said = []
    for part in filter(str.strip, reader.text("inputs").split(";")):
        match = _INPUT.fullmatch(part)
        if match is None:
            reader.refuse("inputs", Fault("import_inputs", values={"text": part.strip()[:40]}))
            continue
        definition = _definition(reader, target, match[1], "inputs") if match[2] else None
        value = _value(reader, target, definition, "inputs", match[2]) if definition else None
        if definition and value is not None:
            place = reader.row.place("inputs")
            said.append(Said(code, definition.id, {"value": value}, place, at=at))
    return said


def read_fact_cell(
    reader: RowReader, target: Target, code: str, fact: str, at: datetime | None
) -> Said | None:
    """The fact in a column of its own; ``None`` for a blank cell or one that is refused."""
    definition = _definition(reader, target, fact, fact)
    text = reader.text(fact)
    value = _value(reader, target, definition, fact, text) if definition and text else None
    if value is None:
        return None
    return Said(code, fact, {"value": value}, reader.row.place(fact), at=at)


def tidy_number(text: str) -> str:
    """A number without zeros that say nothing: 372.50 is kept as 372.5; other texts as they are."""
    is_decimal = text.replace(".", "", 1).isdigit() and "." in text
    return text.rstrip("0").rstrip(".") if is_decimal else text


def _add(
    reader: RowReader,
    found: Found,
    target: Target,
    definition: FactDefinition,
    column: str,
    source: tuple[str, datetime | None, int | None],
) -> None:
    code, at, revision = source
    text = reader.text(column)
    value = _value(reader, target, definition, column, text) if text else None
    if value is not None and not reader.problems:
        place = reader.row.place(column)
        said = Said(code, definition.id, {"value": value}, place, revision=revision, at=at)
        found.said.append(said)


def _value(
    reader: RowReader, target: Target, definition: FactDefinition, column: str, text: str
) -> str | None:
    """The exact text of a fact; ``None`` and a problem where it cannot be taken."""
    try:
        if clears(text):
            return ""
        if definition.kind is FactKind.CHOICE:
            options = target.words.options[definition.id]
            text = target.words.meaning(options, text, definition.id)
        return tidy_number(read_fact_text(definition, text))
    except SaysNothing:
        return None
    except Refused as refused:
        reader.refuse(column, *refused.faults)
        return None


def _definition(
    reader: RowReader, target: Target, fact: str, column: str = "fact"
) -> FactDefinition | None:
    known = {one.id: one for one in target.framework.facts}
    if fact in known:
        return known[fact]
    near = nearest(fact, known)
    code = "import_fact_like" if near else "import_fact_unknown"
    values = {"text": fact[:40], "near": near, "version": target.framework.version}
    reader.refuse(column, Fault(code, values=values))
    return None


def _revision(reader: RowReader, reading: Reading) -> int | None:
    text = reader.row.raw_text("revision")
    is_known = reading.same_round and text.isascii() and text.isdigit() and len(text) < 9
    return int(text) if is_known else None
