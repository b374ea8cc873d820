"""Reading an uploaded table in a process of its own, with limits on memory and time.

Whatever a file does to the program that reads it, the server goes on. ``read_tables`` starts
``python -m assessment.services.table_process``, which writes lines of JSON: first how it went,
then one line for every sheet and row.
"""

import json
import os
import subprocess
import sys
import zlib
from collections.abc import Iterator
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any
from zipfile import BadZipFile, LargeZipFile

import assessment
from assessment.domain.errors import Fault, Refused
from assessment.domain.import_table import RawRow, RawSheet

LARGEST_FILE = 20 << 20
SECONDS = 15
MEMORY = 450 << 20
_AT_ONCE = 2
_WAIT_SECONDS = 5
_turns = BoundedSemaphore(_AT_ONCE)
_PACKAGE_PARENT = str(Path(assessment.__file__).resolve().parent.parent)


def read_tables(content: bytes) -> list[RawSheet]:
    """The sheets of an uploaded file.

    Raises ``Refused``: ``import_too_large``, ``import_busy``, ``import_too_slow``,
    ``import_too_heavy``, or why this file cannot be read.
    """
    if len(content) > LARGEST_FILE:
        raise Refused([Fault("import_too_large", values={"limit": str(LARGEST_FILE >> 20)})])
    if not _turns.acquire(timeout=_WAIT_SECONDS):
        raise Refused([Fault("import_busy")])
    try:
        return _sheets(_output(content))
    finally:
        _turns.release()


def _output(content: bytes) -> bytes:
    command = [sys.executable, "-m", "assessment.services.table_process"]
    environment = {**os.environ, "PYTHONPATH": _PACKAGE_PARENT, "PYTHONUTF8": "1"}
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter, nothing of the file in it
            command,
            input=content,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise Refused([Fault("import_too_slow", values={"seconds": str(SECONDS)})]) from error
    if done.returncode or not done.stdout:
        raise Refused([Fault("import_too_heavy", values={"size": str(MEMORY >> 20)})])
    return done.stdout


def _sheets(output: bytes) -> list[RawSheet]:
    first, *lines = output.splitlines()
    told = json.loads(first)
    if told["faults"]:
        raise Refused(
            Fault(one["code"], line=one["line"], values=one["values"]) for one in told["faults"]
        )
    # The same words stand in many cells: one copy of each is enough.
    known: dict[str, str] = {}
    sheets: list[RawSheet] = []
    rows: list[RawRow] = []
    for line in lines:
        found = json.loads(line)
        if isinstance(found, dict):
            rows = []
            marks = {(row, column): mark for row, column, mark in found["marks"]}
            sheets.append(RawSheet(found["name"], rows, marks))
        else:
            cells = tuple(known.setdefault(cell, cell) for cell in found[1:])
            rows.append(RawRow(found[0], cells))
    return sheets


def _lines(sheets: list[RawSheet]) -> Iterator[Any]:
    for sheet in sheets:
        marks = [[*where, mark] for where, mark in sheet.marks.items()]
        yield {"name": sheet.name, "marks": marks}
        for row in sheet.rows:
            yield [row.number, *row.cells]


def _read(content: bytes) -> list[RawSheet]:
    from assessment.services.table_kinds import read_any

    try:
        return read_any(content)
    except (BadZipFile, LargeZipFile, zlib.error, EOFError, KeyError, NotImplementedError) as error:
        raise Refused([Fault("import_damaged")]) from error


def _limit() -> None:
    """No more memory and time than one file is worth; Windows has only the limit of time."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main() -> None:
    """Read the file on standard input and write what it holds."""
    _limit()
    out = sys.stdout.buffer
    try:
        sheets = _read(sys.stdin.buffer.read())
        faults: list[Fault] = []
    except Refused as refused:
        sheets, faults = [], list(refused.faults)
    told = [{"code": one.code, "line": one.line, "values": dict(one.values)} for one in faults]
    out.write(json.dumps({"faults": told}).encode() + b"\n")
    for line in _lines(sheets):
        out.write(json.dumps(line).encode() + b"\n")


if __name__ == "__main__":
    main()
