"""Frameworks as files: to take away, and from an uploaded file to a framework that can be kept."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

import yaml

from assessment.domain.errors import Fault, Refused
from assessment.domain.extend_framework import FindBase, check_extended
from assessment.domain.framework import Framework
from assessment.domain.framework_table import (
    SHEETS,
    Row,
    Table,
    content_of,
    tables_of,
)
from assessment.domain.import_table import RawSheet, column_letters, fault_of_mark
from assessment.domain.load_framework import framework_in, load_framework
from assessment.domain.permissions import Action
from assessment.language.translator import LANGUAGES, Translator
from assessment.reports.csv_file import unguard
from assessment.reports.framework_workbook import (
    BASE_COLUMNS,
    FIRST_ROW,
    framework_csv,
    framework_workbook,
)
from assessment.services.authorising import allows, authorise
from assessment.services.exports import CSV, CSV_TYPE, Export, file_name
from assessment.services.frameworks import framework_of
from assessment.services.notice import clause_texts
from assessment.services.publishing import find_version
from assessment.services.table_process import read_tables
from assessment.settings import settings
from assessment.store import frameworks
from assessment.store.engine import Store

FRAMEWORK = "framework"
CODE_ROW = 2
YAML, XLSX = "yaml", "xlsx"
FRAMEWORK_FORMATS = {
    XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    CSV: CSV_TYPE,
    YAML: "application/yaml; charset=utf-8",
}


@dataclass(frozen=True)
class Draft:
    """A framework that was read from an uploaded file, and the content to keep of it."""

    framework: Framework
    content: bytes


def framework_export(store: Store, text: Translator, wanted: str, ending: str) -> Export | None:
    """A published framework as a file; ``None`` where there is none or it may not be had."""
    if not allows(store, Action.RUN):
        return None
    try:
        framework = framework_of(store, wanted)
    except KeyError:
        return None
    if ending == YAML:
        with store.reading() as connection:
            content = frameworks.load_content(connection, wanted) or b""
    else:
        content = written(text, framework, ending)
    parts = (framework.id, framework.version)
    name = file_name(text, parts, FRAMEWORK, ending, sample=False)
    return Export(name, iter([content]), FRAMEWORK_FORMATS[ending])


def written(text: Translator, framework: Framework, ending: str) -> bytes:
    """A framework as a file of this kind: ``xlsx``, ``csv`` or ``yaml``."""
    if ending == YAML:
        return framework_yaml(framework)
    return (framework_workbook if ending == XLSX else framework_csv)(text, framework)


def framework_yaml(framework: Framework) -> bytes:
    """A framework as the file that is kept of it."""
    content = framework.model_dump(mode="json", exclude={"hash"}, exclude_defaults=True)
    return yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=100).encode()


def read_draft(store: Store, name: str, data: bytes, any_source: bool = False) -> Draft:
    """The framework in an uploaded YAML file, workbook or CSV.

    With ``any_source`` its clauses need not be those of the notice. Raises ``Forbidden``, or
    ``Refused`` with every fault, each with its sheet, row and column.
    """
    authorise(store, Action.RUN)
    return read_framework(name, data, any_source, partial(find_version, store))


def read_framework(name: str, data: bytes, any_source: bool, find_base: FindBase) -> Draft:
    """The framework in a file, adapted from or extending those that ``find_base`` knows."""
    clauses = None if any_source else clause_texts()
    ending = name.rpartition(".")[2].lower()
    if ending == XLSX:
        framework = _framework(_workbook_tables(read_tables(data)), clauses)
    elif ending == CSV:
        framework = _framework(_csv_tables(find_base, read_tables(data)), clauses)
    elif ending in (YAML, "yml"):
        framework = load_framework(data, clauses, find_base)
    else:
        raise Refused([Fault("framework_file_kind", values={"file": name})])
    if framework.extends is not None:
        _refuse_changed(framework, find_base)
    as_it_is = ending in (YAML, "yml") and framework.extends is None
    return Draft(framework, data if as_it_is else framework_yaml(framework))


def shipped_version(framework_id: str, version: str) -> Framework | None:
    """The framework with this id and version that came with the product."""
    for path in sorted((settings().data / "frameworks").glob("*.yaml")):
        try:
            found = load_framework(path.read_bytes())
        except Refused:
            continue
        if (found.id, found.version) == (framework_id, version):
            return found
    return None


def _refuse_changed(framework: Framework, find_base: FindBase) -> None:
    """Nothing national may be otherwise in a local framework, however it was written."""
    if framework.extends is None:
        return
    named = framework.extends
    base = find_base(named.id, named.version)
    if base is None or base.hash != named.hash:
        values = {"id": named.id, "version": named.version}
        raise Refused([Fault("extends_unknown", "extends", values=values)])
    faults = list(check_extended(framework, base))
    if faults:
        raise Refused(faults)


def _framework(tables: Mapping[str, Table], clauses: Collection[str] | None) -> Framework:
    content, places, faults = content_of(tables)
    if faults:
        raise Refused(faults)
    return framework_in(content, places, clauses)


def _workbook_tables(sheets: Sequence[RawSheet]) -> dict[str, Table]:
    faults: list[Fault] = []
    tables: dict[str, Table] = {}
    for name, columns in SHEETS.items():
        titles = {Translator(one)(f"framework_sheet.{name}") for one in LANGUAGES}
        found = next((one for one in sheets if one.name in titles), None)
        if found is None:
            faults.append(Fault("sheet_missing", sheet=name))
            continue
        rows = _numbered(found)
        faults += [
            *_marked(name, found),
            *_header_faults(name, rows, [one.code for one in columns]),
        ]
        tables[name] = _table(rows)
    if faults:
        raise Refused(faults)
    return tables


def _csv_tables(find_base: FindBase, sheets: Sequence[RawSheet]) -> dict[str, Table]:
    """The items of a CSV in place of those of the framework that it names."""
    rows = {
        number: [unguard(cell) for cell in cells] for number, cells in _numbered(sheets[0]).items()
    }
    codes = [*BASE_COLUMNS, *(one.code for one in SHEETS["items"])]
    faults = [*_marked("", sheets[0]), *_header_faults("", rows, codes)]
    if faults:
        raise Refused(faults)
    items = _table(rows)
    about = _about_base(items)
    base = find_base(about[0], about[1])
    if base is None:
        values = {"id": about[0], "version": about[1]}
        raise Refused(
            [Fault("base_unknown", line=FIRST_ROW, column=BASE_COLUMNS[0], values=values)]
        )
    known = {one.cells["id"] for one in items.rows}
    tables = {
        name: Table([Row(FIRST_ROW + k, row) for k, row in enumerate(rows)])
        for name, rows in tables_of(base).items()
    }
    first = {**tables["framework"].rows[0].cells, "version": about[2], "date": about[3]}
    tables["framework"] = Table([Row(FIRST_ROW, first)], items.letters)
    guidance = [one for one in tables["guidance"].rows if one.cells["item"] in known]
    return {**tables, "items": items, "guidance": Table(guidance)}


def _about_base(items: Table) -> tuple[str, ...]:
    """What all rows say of the framework that they adapt."""
    if not items.rows:
        raise Refused([Fault("rows_missing")])
    first = items.rows[0]
    about = tuple(first.cells.get(code, "").strip() for code in BASE_COLUMNS)
    for row in items.rows:
        for code, value in zip(BASE_COLUMNS, about, strict=True):
            if row.cells.get(code, "").strip() != value:
                values = {"value": row.cells.get(code, ""), "first": value}
                letter = items.letters[code]
                raise Refused(
                    [
                        Fault(
                            "base_differs",
                            line=row.number,
                            column=code,
                            letter=letter,
                            values=values,
                        )
                    ]
                )
    return about


def _numbered(sheet: RawSheet) -> dict[int, Sequence[str]]:
    return {row.number: row.cells for row in sheet.rows}


def _marked(sheet: str, raw: RawSheet) -> Iterator[Fault]:
    """Cells that hold no plain value."""
    for (number, column), mark in sorted(raw.marks.items()):
        fault = fault_of_mark(mark)
        yield replace(fault, line=number, sheet=sheet, letter=column_letters(column))


def _header_faults(
    sheet: str, rows: Mapping[int, Sequence[str]], codes: Sequence[str]
) -> Iterator[Fault]:
    header = [cell.strip() for cell in rows.get(CODE_ROW, ())]
    if not set(header) & set(codes):
        yield Fault("codes_missing", line=CODE_ROW, sheet=sheet)
        return
    for code in codes:
        if code not in header:
            values = {"code": code}
            yield Fault("column_missing", line=CODE_ROW, sheet=sheet, column=code, values=values)
    for number, column in enumerate(header):
        if column and (column not in codes or header.index(column) != number):
            code = "column_twice" if column in codes else "column_unknown"
            fault = Fault(code, line=CODE_ROW, sheet=sheet, values={"code": column})
            yield replace(fault, letter=column_letters(number))


def _table(rows: Mapping[int, Sequence[str]]) -> Table:
    """The rows below the codes; blank ones are no rows."""
    header = [cell.strip() for cell in rows.get(CODE_ROW, ())]
    letters = {code: column_letters(number) for number, code in enumerate(header) if code}
    found = []
    for number, row in sorted(rows.items()):
        cells = {code: cell for code, cell in zip(header, row, strict=False) if code}
        if number >= FIRST_ROW and any(cell.strip() for cell in row):
            found.append(Row(number, cells))
    return Table(found, letters)
