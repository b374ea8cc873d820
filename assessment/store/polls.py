"""Polls of residents: the questions that were published, and what a community got back."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, RowMapping, func, select, update
from sqlalchemy import delete as delete_from

from assessment.domain.load_questionnaire import load_questionnaire
from assessment.domain.poll import Brought, CountedAnswers, Poll, Reply, Source
from assessment.domain.questionnaire import Questionnaire
from assessment.store.tables import poll, poll_count, poll_file, poll_reply, questionnaire
from assessment.store.upsert import insert


def publish(connection: Connection, content: bytes, at: datetime) -> Questionnaire:
    """Keep a file of questions; publishing the same content again changes nothing."""
    found = parse(content)
    values = {"hash": found.hash, "id": found.id, "version": found.version, "content": content}
    statement = insert(connection, questionnaire).values(**values, published_at=at)
    connection.execute(statement.on_conflict_do_nothing())
    return found


def load(connection: Connection, content_hash: str) -> Questionnaire:
    """The questions with this hash; ``KeyError`` if they were never published here."""
    query = select(questionnaire.c.content).where(questionnaire.c.hash == content_hash)
    content = connection.execute(query).scalar()
    if content is None:
        raise KeyError(content_hash)
    return parse(bytes(content))


@lru_cache(maxsize=32)
def parse(content: bytes) -> Questionnaire:
    """A file of questions, read once for each content; ``Refused`` with its faults."""
    return load_questionnaire(content)


def find_poll(connection: Connection, assessment: int) -> Poll | None:
    """The poll of an assessment, if there is one."""
    return _found(connection, poll.c.assessment == assessment)


def find_by_token(connection: Connection, token: str) -> Poll | None:
    """The poll whose page has this address."""
    return _found(connection, poll.c.token == token)


def add_poll(connection: Connection, one: Poll, by: str, at: datetime) -> Poll:
    """The poll of an assessment, begun now if there was none."""
    statement = insert(connection, poll).values(**_plain(one), revision=1, by=by, at=at)
    connection.execute(statement.on_conflict_do_nothing(index_elements=["assessment"]))
    found = find_poll(connection, one.assessment)
    if found is None:
        raise LookupError(one.assessment)
    return found


def write_poll(connection: Connection, one: Poll, by: str, at: datetime) -> bool:
    """Save over the revision that it carries; ``False`` if another came between."""
    ours = (poll.c.id == one.id) & (poll.c.revision == one.revision)
    values = {**_plain(one), "revision": one.revision + 1, "by": by, "at": at}
    return connection.execute(update(poll).where(ours).values(**values)).rowcount == 1


def add_reply(
    connection: Connection,
    poll_id: int,
    reply: Reply,
    submission: str,
    at: datetime,
    file: int | None = None,
) -> int | None:
    """Keep one form; its id, or ``None`` if this submission was already taken."""
    statement = insert(connection, poll_reply).values(
        poll=poll_id,
        file=file,
        submission=submission,
        age=reply.age,
        choices=json.dumps(dict(reply.choices), sort_keys=True),
        at=at,
    )
    return connection.execute(
        statement.on_conflict_do_nothing().returning(poll_reply.c.id)
    ).scalar()


def is_taken(connection: Connection, submission: str) -> bool:
    """Whether a form with this submission was kept."""
    query = select(poll_reply.c.id).where(poll_reply.c.submission == submission)
    return connection.execute(query).first() is not None


def count_online(connection: Connection, poll_id: int) -> int:
    """How many forms came from the page."""
    ours = (poll_reply.c.poll == poll_id) & poll_reply.c.file.is_(None)
    query = select(func.count()).select_from(poll_reply).where(ours)
    return connection.execute(query).scalar() or 0


def load_replies(connection: Connection, poll_id: int) -> dict[Source, list[Reply]]:
    """All forms that count, by source, without those of files that were taken out."""
    query = (
        select(poll_reply.c.choices, poll_reply.c.age, poll_reply.c.file)
        .outerjoin(poll_file, poll_reply.c.file == poll_file.c.id)
        .where(poll_reply.c.poll == poll_id, poll_file.c.removed_at.is_(None))
        .order_by(poll_reply.c.id)
    )
    found: dict[Source, list[Reply]] = {Source.FILE: [], Source.ONLINE: []}
    for row in connection.execute(query):
        source = Source.ONLINE if row.file is None else Source.FILE
        found[source].append(Reply(json.loads(row.choices), row.age))
    return found


def load_counts(connection: Connection, poll_id: int) -> CountedAnswers:
    """What was counted by hand."""
    counts: dict[str, dict[str, int]] = {}
    query = select(poll_count).where(poll_count.c.poll == poll_id)
    for row in connection.execute(query).mappings():
        counts.setdefault(row["question"], {})[row["choice"]] = row["count"]
    return CountedAnswers(counts)


def write_count(
    connection: Connection,
    poll_id: int,
    question: str,
    choice: str,
    count: int | None,
    by: str,
    at: datetime,
) -> None:
    """Keep one count; ``None`` takes it out, as if it had not been typed."""
    key = {"poll": poll_id, "question": question, "choice": choice}
    if count is None:
        conditions = [poll_count.c[name] == value for name, value in key.items()]
        connection.execute(delete_from(poll_count).where(*conditions))
        return
    values = {"count": count, "by": by, "at": at}
    statement = insert(connection, poll_count).values(**key, **values)
    connection.execute(statement.on_conflict_do_update(index_elements=list(key), set_=values))


def add_counts(
    connection: Connection,
    poll_id: int,
    counts: Mapping[tuple[str, str], int],
    by: str,
    at: datetime,
) -> None:
    """Keep the counts of a poll that has none yet, by question and choice, in one go."""
    rows = [
        {"poll": poll_id, "question": one, "choice": choice, "count": count, "by": by, "at": at}
        for (one, choice), count in counts.items()
    ]
    connection.execute(poll_count.insert(), rows)


def add_file(
    connection: Connection,
    poll_id: int,
    name: str,
    sha256: str,
    replies: int,
    by: str,
    at: datetime,
) -> int | None:
    """Keep that a file was brought in; its id, or ``None`` if the poll already has its content."""
    values = {"poll": poll_id, "name": name, "sha256": sha256, "replies": replies}
    statement = insert(connection, poll_file).values(**values, by=by, at=at)
    statement = statement.on_conflict_do_nothing()
    return connection.execute(statement.returning(poll_file.c.id)).scalar()


def list_files(connection: Connection, poll_id: int) -> Sequence[Brought]:
    """Every file that was brought in, also those that were taken out, the latest first."""
    query = select(poll_file).where(poll_file.c.poll == poll_id).order_by(poll_file.c.id.desc())
    names = ("id", "name", "replies", "by", "at", "removed_at")
    rows = connection.execute(query).mappings()
    return [Brought(**{name: row[name] for name in names}) for row in rows]


def find_file(connection: Connection, poll_id: int, sha256: str) -> Brought | None:
    """The file with this content, if it was brought in."""
    query = select(poll_file.c.id).where(poll_file.c.poll == poll_id, poll_file.c.sha256 == sha256)
    file_id = connection.execute(query).scalar()
    return next((one for one in list_files(connection, poll_id) if one.id == file_id), None)


def set_file_removed(
    connection: Connection, poll_id: int, file_id: int, by: str, at: datetime | None
) -> bool:
    """Take a file out at a moment, or with ``None`` put it back; whether that changed anything."""
    is_other = poll_file.c.removed_at.is_(None) if at else poll_file.c.removed_at.is_not(None)
    ours = (poll_file.c.id == file_id, poll_file.c.poll == poll_id, is_other)
    values = {"removed_at": at, "removed_by": by if at else ""}
    return connection.execute(update(poll_file).where(*ours).values(**values)).rowcount == 1


def _found(connection: Connection, condition: Any) -> Poll | None:  # noqa: ANN401
    row = connection.execute(select(poll).where(condition)).first()
    return _poll(row._mapping) if row else None


def _plain(one: Poll) -> dict[str, Any]:
    names = ("assessment", "questionnaire", "token", "opens", "closes", "address")
    return {**{name: getattr(one, name) for name in names}, "switched_on": int(one.switched_on)}


def _poll(row: RowMapping) -> Poll:
    names = ("assessment", "questionnaire", "token", "opens", "closes", "address", "revision", "id")
    return Poll(
        **{name: row[name] for name in names},
        switched_on=bool(row["switched_on"]),
    )
