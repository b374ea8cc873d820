"""Answers of an assessment. Saving needs the revision that the writer has seen."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Executable, RowMapping, bindparam, insert, select, update

from assessment.domain.answers import Answer, Decision
from assessment.domain.selected import SaidCells
from assessment.store.many import plain_time, write_many
from assessment.store.tables import answer as table
from assessment.store.upsert import inserts

WRITTEN = (
    "choice",
    "ticks",
    "note",
    "reason",
    "decision",
    "details",
    "to_confirm",
    "revision",
    "by",
    "at",
)


# Statements are built once: building one costs SQLAlchemy more than the database needs for it.
_OF_MANY = select(table).where(
    table.c.assessment.in_(bindparam("assessments", expanding=True)),
    table.c.item.in_(bindparam("items", expanding=True)),
)
_OF_ASSESSMENT = select(table).where(table.c.assessment == bindparam("assessment_id"))
_UPDATE = (
    update(table)
    .where(
        table.c.assessment == bindparam("assessment_id"),
        table.c.item == bindparam("item_id"),
        table.c.revision == bindparam("seen"),
    )
    .values({name: bindparam(name) for name in WRITTEN})
    .returning(*table.c)
)
_INSERTS = inserts(table)
_CHANGED = ("choice", "decision", "to_confirm", "revision", "by", "at")
_CHANGE = (
    update(table)
    .where(
        table.c.assessment == bindparam("assessment_id"),
        table.c.item == bindparam("item_id"),
    )
    .values({name: bindparam(name) for name in _CHANGED})
)
_SAID = select(
    table.c.assessment,
    table.c.item,
    table.c.choice,
    table.c.ticks,
    table.c.reason,
    table.c.decision,
).where(table.c.assessment.in_(bindparam("assessments", expanding=True)), table.c.to_confirm == 0)


def load_answers(connection: Connection, assessment: int) -> dict[str, Answer]:
    """All saved answers of an assessment, by item."""
    rows = connection.execute(_OF_ASSESSMENT, {"assessment_id": assessment}).mappings()
    return {row["item"]: _answer(row) for row in rows}


def load_answers_of(
    connection: Connection, assessments: Sequence[int], items: Sequence[str]
) -> dict[int, dict[str, Answer]]:
    """The saved answers of many assessments to some items, by assessment and item."""
    found: dict[int, dict[str, Answer]] = {}
    if items:
        about = {"assessments": list(assessments), "items": list(items)}
        for row in connection.execute(_OF_MANY, about).mappings():
            found.setdefault(row["assessment"], {})[row["item"]] = _answer(row)
    return found


def load_all_answers(
    connection: Connection, assessments: Sequence[int]
) -> dict[int, dict[str, Answer]]:
    """All saved answers of many assessments, by assessment and item."""
    query = select(table).where(table.c.assessment.in_(list(assessments)))
    found: dict[int, dict[str, Answer]] = {}
    for row in connection.execute(query).mappings():
        found.setdefault(row["assessment"], {})[row["item"]] = _answer(row)
    return found


def load_said(
    connection: Connection, assessments: Sequence[int]
) -> dict[int, dict[str, SaidCells]]:
    """Choice, ticks, reason and decision of many assessments, by assessment and item.

    Without what is still to be confirmed, and without building an answer for each row: files of
    the whole nation are made of this.
    """
    found: dict[int, dict[str, SaidCells]] = {}
    for row in connection.execute(_SAID, {"assessments": list(assessments)}):
        found.setdefault(row[0], {})[row[1]] = SaidCells(*row[2:])
    return found


def write_answer(
    connection: Connection, assessment: int, answer: Answer, by: str, at: datetime
) -> Answer | None:
    """Save ``answer`` over the revision that it carries.

    Returns what the database now holds, or ``None`` if another revision was saved meanwhile.
    """
    values = {**_columns(answer), "by": by, "at": at, "revision": answer.revision + 1}
    if answer.revision == 0:
        statement: Executable = _INSERTS[connection.dialect.name]
        values |= {"assessment": assessment, "item": answer.item}
    else:
        statement = _UPDATE
        values |= {"assessment_id": assessment, "item_id": answer.item, "seen": answer.revision}
    row = connection.execute(statement, values).mappings().first()
    return _answer(row) if row else None


def add_answers(
    connection: Connection, said: Iterable[tuple[int, Answer]], by: str, at: datetime
) -> None:
    """Save the first answers of assessments that were begun in this transaction."""
    rest = (1, by, plain_time(connection, at))
    names = ("assessment", "item", *WRITTEN)
    rows = [(number, one.item, *_columns(one).values(), *rest) for number, one in said]
    write_many(connection, insert(table), names, rows)


def change_answers(
    connection: Connection, changed: Sequence[tuple[int, Answer]], by: str, at: datetime
) -> None:
    """Save other choices, decisions or waiting marks over the revisions that answers carry.

    The caller holds the assessments, so that nobody else changes them meanwhile.
    """
    add_answers(connection, (pair for pair in changed if pair[1].revision == 0), by, at)
    moment = plain_time(connection, at)
    rows = [
        (
            *(one.choice, one.decision.value, int(one.to_confirm), one.revision + 1),
            *(by, moment, number, one.item),
        )
        for number, one in changed
        if one.revision
    ]
    write_many(connection, _CHANGE, (*_CHANGED, "assessment_id", "item_id"), rows)


def bring_answers(connection: Connection, assessment: int, said: Iterable[Answer]) -> None:
    """Keep answers of elsewhere with the revision, the author and the moment that they carry."""
    names = ("assessment", "item", *WRITTEN)
    rows = [
        (
            assessment,
            one.item,
            *_columns(one).values(),
            one.revision,
            one.by,
            _time(connection, one),
        )
        for one in said
    ]
    write_many(connection, insert(table), names, rows)


def _time(connection: Connection, one: Answer) -> str:
    if one.at is None:
        raise ValueError(one.item)
    return plain_time(connection, one.at)


def to_plain(answer: Answer) -> dict[str, str]:
    """What staff said, as texts: the content of the log."""
    return {
        "choice": answer.choice,
        "ticks": ",".join(answer.ticks),
        "note": answer.note,
        "reason": answer.reason,
        "decision": answer.decision.value,
        "details": _to_json(answer.details),
    }


def _columns(answer: Answer) -> dict[str, Any]:
    """What the table holds of an answer, in the order of ``WRITTEN``."""
    return {**to_plain(answer), "to_confirm": int(answer.to_confirm)}


def _to_json(details: Mapping[str, str]) -> str:
    return json.dumps(dict(details), ensure_ascii=False, sort_keys=True) if details else "{}"


def from_log(item: str, content: str, revision: int) -> Answer:
    """An earlier version of an answer, from the log's text."""
    plain = json.loads(content) if content else {}
    return replace(_from_plain(item, plain), revision=revision)


def to_log(answer: Answer) -> str:
    """The log's text of an answer; empty for one that was never saved."""
    if answer.revision == 0:
        return ""
    waiting = {"to_confirm": 1} if answer.to_confirm else {}
    return json.dumps({**to_plain(answer), **waiting}, ensure_ascii=False, sort_keys=True)


def _from_plain(item: str, plain: Mapping[str, Any]) -> Answer:
    return Answer(
        item=item,
        choice=plain.get("choice", ""),
        ticks=tuple(filter(None, plain.get("ticks", "").split(","))),
        note=plain.get("note", ""),
        reason=plain.get("reason", ""),
        decision=Decision(plain.get("decision", "")),
        details=json.loads(plain.get("details") or "{}"),
        to_confirm=bool(plain.get("to_confirm")),
    )


def _answer(row: RowMapping) -> Answer:
    found = _from_plain(row["item"], dict(row))
    return replace(found, revision=row["revision"], by=row["by"], at=row["at"])
