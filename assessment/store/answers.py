"""Answers of an assessment. Saving needs the revision that the writer has seen."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Executable, RowMapping, bindparam, select, update

from assessment.domain.answers import Answer, Decision
from assessment.store.tables import answer as table
from assessment.store.upsert import inserts

WRITTEN = (
    "choice",
    "ticks",
    "note",
    "reason",
    "decision",
    "details",
    "revision",
    "by",
    "at",
)


# Statements are built once: building one costs SQLAlchemy more than the database needs for it.
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


def load_answers(connection: Connection, assessment: int) -> dict[str, Answer]:
    """All saved answers of an assessment, by item."""
    rows = connection.execute(_OF_ASSESSMENT, {"assessment_id": assessment}).mappings()
    return {row["item"]: _answer(row) for row in rows}


def write_answer(
    connection: Connection, assessment: int, answer: Answer, by: str, at: datetime
) -> Answer | None:
    """Save ``answer`` over the revision that it carries.

    Returns what the database now holds, or ``None`` if another revision was saved meanwhile.
    """
    values = {**to_plain(answer), "by": by, "at": at, "revision": answer.revision + 1}
    if answer.revision == 0:
        statement: Executable = _INSERTS[connection.dialect.name]
        values |= {"assessment": assessment, "item": answer.item}
    else:
        statement = _UPDATE
        values |= {"assessment_id": assessment, "item_id": answer.item, "seen": answer.revision}
    row = connection.execute(statement, values).mappings().first()
    return _answer(row) if row else None


def to_plain(answer: Answer) -> dict[str, str]:
    """What staff said, as texts: the columns of the table and the content of the log."""
    return {
        "choice": answer.choice,
        "ticks": ",".join(answer.ticks),
        "note": answer.note,
        "reason": answer.reason,
        "decision": answer.decision.value,
        "details": json.dumps(dict(answer.details), ensure_ascii=False, sort_keys=True),
    }


def from_log(item: str, content: str, revision: int) -> Answer:
    """An earlier version of an answer, from the log's text."""
    plain = json.loads(content) if content else {}
    return replace(_from_plain(item, plain), revision=revision)


def to_log(answer: Answer) -> str:
    """The log's text of an answer; empty for one that was never saved."""
    if answer.revision == 0:
        return ""
    return json.dumps(to_plain(answer), ensure_ascii=False, sort_keys=True)


def _from_plain(item: str, plain: Mapping[str, Any]) -> Answer:
    return Answer(
        item=item,
        choice=plain.get("choice", ""),
        ticks=tuple(filter(None, plain.get("ticks", "").split(","))),
        note=plain.get("note", ""),
        reason=plain.get("reason", ""),
        decision=Decision(plain.get("decision", "")),
        details=json.loads(plain.get("details") or "{}"),
    )


def _answer(row: RowMapping) -> Answer:
    found = _from_plain(row["item"], dict(row))
    return replace(found, revision=row["revision"], by=row["by"], at=row["at"])
