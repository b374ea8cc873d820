"""A framework as sheets of plain cells, one row for each item, and back without loss.

A column's code is the path of what it holds: ``rule.threshold``. A text in both languages has two
columns, ``title.zh`` and ``title.en``. Answer steps and ticks stand on sheets of their own, as
sets that items name.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from assessment.domain.errors import Fault
from assessment.domain.file_places import Path, Place
from assessment.domain.framework import Framework

_SEPARATORS = re.compile(r"[\s,，、;；]+")


class Form(StrEnum):
    """What the cells of a column hold."""

    WORD = "word"
    TEXT = "text"
    NUMBER = "number"
    WHOLE = "whole"
    LIST = "list"
    FLAG = "flag"


@dataclass(frozen=True)
class Column:
    """A column of a sheet: the path of what it holds, and how it is written."""

    code: str
    form: Form = Form.WORD


@dataclass(frozen=True)
class Row:
    """One row: its number in the file, and its cells by the code of their column."""

    number: int
    cells: Mapping[str, str]


@dataclass(frozen=True)
class Table:
    """The rows of one sheet; ``letters`` are the columns of the file by their codes."""

    rows: Sequence[Row]
    letters: Mapping[str, str] = field(default_factory=dict)


Tables = Mapping[str, Table]


def _columns(words: str, form: Form = Form.WORD) -> list[Column]:
    return [Column(code, form) for code in words.split()]


def _texts(words: str) -> list[Column]:
    pairs = ((f"{code}.zh", f"{code}.en") for code in words.split())
    return [Column(code, Form.TEXT) for pair in pairs for code in pair]


_ITEM = [
    *_columns("id theme group place role kind"),
    *_texts("title question"),
    Column("clauses", Form.LIST),
    Column("weight", Form.NUMBER),
    *_columns("rule.threshold rule.direction rule.formula"),
    *_texts("rule.unit rule.base"),
    Column("rule.local.threshold"),
    *_texts("rule.local.ground counts counts_not"),
    Column("evidence"),
    *_texts("evidence_hint not_applicable.ground"),
    *_columns("applies.fact applies.equals"),
    *_texts("applies.otherwise actor"),
    Column("shelf_life_months", Form.WHOLE),
    *_columns("steps ticks"),
    Column("means", Form.FLAG),
]
_FRAMEWORK = [
    *_columns("id version date"),
    *_texts("title source weights_note"),
    *_columns("complete_from score_from_completeness not_applicable_flag", Form.NUMBER),
    *_columns("linked.area linked.share extends.id extends.version extends.hash"),
    Column("example", Form.FLAG),
]
# Every sheet in its order. ``OWNER`` is the column that says whose part a row is.
SHEETS: Mapping[str, Sequence[Column]] = {
    "items": _ITEM,
    "framework": _FRAMEWORK,
    "themes": [
        Column("id"),
        *_texts("title short"),
        Column("weight", Form.NUMBER),
        Column("paragraph"),
    ],
    "groups": [*_columns("theme id"), *_texts("title")],
    "steps": [*_columns("set id"), Column("credit", Form.NUMBER), *_texts("label meaning")],
    "ticks": [*_columns("set id"), *_texts("label meaning")],
    "facts": [*_columns("id kind"), *_texts("label help unit")],
    "options": [*_columns("fact id"), *_texts("label")],
    "guidance": [Column("item"), *_texts("text"), *_columns("source status")],
    "means": [Column("id"), *_texts("label"), Column("clauses", Form.LIST)],
    "actions": [
        Column("id"),
        *(Column(code, Form.LIST) for code in ("kinds", "items")),
        Column("means"),
        *_texts("words unit"),
        Column("months", Form.WHOLE),
        Column("adds_area", Form.FLAG),
    ],
    "places": [Column("id"), *_texts("title")],
    "programme": [Column("id"), *_texts("title"), Column("clauses", Form.LIST)],
    "unused": [Column("clauses", Form.LIST), *_texts("reason")],
}
OWNER = {"groups": "theme", "options": "fact", "guidance": "item", "steps": "set", "ticks": "set"}
_OWNED = {"groups": ("themes", "groups"), "options": ("facts", "options")}
_OWNED |= {"guidance": ("items", "guidance")}
_FLAGS = {"yes": True, "no": False, "true": True, "false": False}
_LISTS = ("themes", "facts", "means", "actions", "places", "programme", "unused")
_SETS = {"steps": "step_sets", "ticks": "tick_sets"}


def tables_of(framework: Framework) -> dict[str, list[dict[str, str]]]:
    """Every sheet of a framework: its rows, each with a cell for every column."""
    content = framework.model_dump(mode="json")
    parts: dict[str, list[tuple[str, dict[str, Any]]]] = {name: [] for name in SHEETS}
    parts["framework"].append(("", content))
    for name in _LISTS:
        parts[name] += [("", one) for one in content[name]]
    for name, (owners, key) in _OWNED.items():
        parts[name] += [(owner["id"], one) for owner in content[owners] for one in owner[key]]
    sets = {key: _named_sets(content["items"], key) for key in _SETS}
    for key, known in sets.items():
        parts[key] += [(name, one) for words, name in known for one in words]
    for item in content["items"]:
        named = {key: _name_of(item[key], sets[key]) for key in _SETS}
        parts["items"].append(("", {**item, **named}))
    return {
        name: [_cells(SHEETS[name], {OWNER.get(name, ""): owner, **one}) for owner, one in rows]
        for name, rows in parts.items()
    }


def content_of(tables: Tables) -> tuple[dict[str, Any], dict[Path, Place], list[Fault]]:
    """What a framework file would hold, the cell of every path in it, and rows that fit nowhere."""
    places: dict[Path, Place] = {}
    content: dict[str, Any] = {name: {} for name in _SETS.values()}
    faults: list[Fault] = []
    for row in tables["framework"].rows[:1]:
        content |= _record(tables, "framework", row, (), places)
    for row in tables["framework"].rows[1:]:
        faults.append(Fault("row_extra", line=row.number, sheet="framework"))
    for name in ("items", *_LISTS):
        rows = enumerate(tables[name].rows)
        content[name] = [_record(tables, name, row, (name, k), places) for k, row in rows]
    for name, (owners, key) in _OWNED.items():
        faults += _give_to_owners(tables, name, content[owners], (owners, key), places)
    for name, key in _SETS.items():
        for row in tables[name].rows:
            known = content[key].setdefault(row.cells.get("set", ""), [])
            path = (key, row.cells.get("set", ""), len(known))
            known.append(_record(tables, name, row, path, places))
        _point_to_sets(content["items"], name, places)
    return content, places, faults


def _named_sets(items: Sequence[Mapping[str, Any]], key: str) -> list[tuple[Any, str]]:
    found: list[tuple[Any, str]] = []
    for item in items:
        if item[key] and item[key] not in [words for words, _ in found]:
            found.append((item[key], f"{item['kind']}_{len(found) + 1}"))
    return found


def _name_of(words: Any, known: Sequence[tuple[Any, str]]) -> str:  # noqa: ANN401
    return next((name for one, name in known if one == words), "")


def _cells(columns: Sequence[Column], record: Mapping[str, Any]) -> dict[str, str]:
    return {one.code: _written(_at(record, one.code), one.form) for one in columns}


def _at(record: Mapping[str, Any], code: str) -> Any:  # noqa: ANN401
    found: Any = record
    for part in code.split("."):
        if not isinstance(found, Mapping) or part not in found:
            return None
        found = found[part]
    return found


def _written(value: Any, form: Form) -> str:  # noqa: ANN401
    if value is None:
        return ""
    if form is Form.LIST:
        return ", ".join(value)
    if form is Form.FLAG:
        return "yes" if value else "no"
    return number_text(value) if isinstance(value, float) else str(value)


def number_text(value: float) -> str:
    """The shortest text that is read back as the same number: 1 for 1.0."""
    return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)


def _record(
    tables: Tables, sheet: str, row: Row, path: Path, places: dict[Path, Place]
) -> dict[str, Any]:
    """What one row says. Blank cells are left out, but their places are known; a blank list is
    an empty one."""
    letters = tables[sheet].letters
    record: dict[str, Any] = {}
    places[path] = Place(row.number, sheet)
    for one in SHEETS[sheet]:
        if one.code == OWNER.get(sheet):
            continue
        parts = tuple(one.code.split("."))
        place = Place(row.number, sheet, one.code, letters.get(one.code, ""))
        for length in range(1, len(parts) + 1):
            places.setdefault((*path, *parts[:length]), place)
        cell = row.cells.get(one.code, "").strip()
        is_half = one.form is Form.TEXT and _has_other_language(row, one.code)
        if cell or is_half or one.form is Form.LIST:
            _put(record, parts, _read(cell, one.form))
    return record


def _has_other_language(row: Row, code: str) -> bool:
    text, _, language = code.rpartition(".")
    return bool(row.cells.get(f"{text}.{'en' if language == 'zh' else 'zh'}", "").strip())


def _put(record: dict[str, Any], parts: Sequence[str], value: object) -> None:
    for part in parts[:-1]:
        record = record.setdefault(part, {})
    record[parts[-1]] = value


def _read(cell: str, form: Form) -> object:
    """A cell as the framework takes it; what cannot be read stays as it is, to be refused."""
    if form is Form.LIST:
        return [one for one in _SEPARATORS.split(cell) if one]
    if form is Form.FLAG:
        return _FLAGS.get(cell.casefold(), cell)
    if form in (Form.NUMBER, Form.WHOLE):
        return _number(unicodedata.normalize("NFKC", cell), form)
    return cell


def _number(cell: str, form: Form) -> object:
    try:
        value = float(cell)
    except ValueError:
        return cell
    return int(value) if form is Form.WHOLE and value.is_integer() else value


def _give_to_owners(
    tables: Tables,
    sheet: str,
    owners: Sequence[dict[str, Any]],
    where: tuple[str, str],
    places: dict[Path, Place],
) -> Iterator[Fault]:
    by_id = {str(owner.get("id", "")): (k, owner) for k, owner in enumerate(owners)}
    column = OWNER[sheet]
    for row in tables[sheet].rows:
        owner_id = row.cells.get(column, "").strip()
        if owner_id not in by_id:
            letter = tables[sheet].letters.get(column, "")
            fault = Fault("owner_unknown", line=row.number, values={"id": owner_id}, sheet=sheet)
            yield replace(fault, column=column, letter=letter)
            continue
        number, owner = by_id[owner_id]
        known = owner.setdefault(where[1], [])
        path = (where[0], number, where[1], len(known))
        known.append(_record(tables, sheet, row, path, places))


def _point_to_sets(items: Sequence[dict[str, Any]], key: str, places: dict[Path, Place]) -> None:
    """The words of a set stand on its own sheet, also where an item uses them."""
    by_set: dict[object, list[Path]] = {}
    for path in places:
        if path[:1] == (_SETS[key],):
            by_set.setdefault(path[1], []).append(path)
    for number, item in enumerate(items):
        for path in by_set.get(item.get(key), ()):
            places[("items", number, key, *path[2:])] = places[path]
