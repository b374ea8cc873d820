"""What was said to items and facts that another checklist changed is to be confirmed again."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from assessment.domain.answers import Answer
from assessment.domain.carrying import asked_again
from assessment.domain.facts import Facts
from assessment.domain.moving import Move
from assessment.domain.records import SavedFact, Signature
from assessment.services.answering import Kept, log_text, subject_of
from assessment.store import answers, facts, log
from assessment.store.engine import Transaction

ACTION = "ask_again"


def ask_for_facts(
    connection: Transaction,
    signature: Signature,
    move: Move,
    rows: Sequence[Any],
    saved: dict[int, dict[str, SavedFact]],
) -> None:
    """Mark the typed values of changed facts as to be confirmed; ``saved`` follows."""
    waiting = [
        (row, one)
        for row in rows
        for one in saved.get(row.id, {}).values()
        if one.fact in move.facts_again and one.value and not one.to_confirm
    ]
    by, at = signature.by, signature.at
    facts.make_wait(connection, [(row.id, one) for row, one in waiting], by, at)
    for row, one in waiting:
        saved[row.id][one.fact] = replace(one, to_confirm=True, revision=one.revision + 1)
    _tell(connection, signature, [(row, one, saved[row.id][one.fact]) for row, one in waiting])


def ask_for_answers(
    connection: Transaction,
    signature: Signature,
    move: Move,
    rows: Sequence[Any],
    said: Sequence[Mapping[str, Answer]],
    known: Sequence[Facts],
) -> Sequence[Mapping[str, Answer]]:
    """Mark the answers to changed items as to be confirmed; the answers as they are then."""
    if not move.asked_again:
        return said
    again = [
        asked_again(move.framework, move.asked_again, *pair)
        for pair in zip(said, known, strict=True)
    ]
    changed = [(row, one) for row, some in zip(rows, again, strict=True) for one in some]
    by, at = signature.by, signature.at
    answers.change_answers(connection, [(row.id, one) for row, one in changed], by, at)
    before = {row.id: given for row, given in zip(rows, said, strict=True)}
    told = [
        (row, before[row.id].get(one.item, Answer(one.item)), _written(one)) for row, one in changed
    ]
    _tell(connection, signature, told)
    return [
        {**given, **{one.item: _written(one) for one in some}}
        for given, some in zip(said, again, strict=True)
    ]


def _written(one: Answer) -> Answer:
    return replace(one, revision=one.revision + 1)


def _tell(
    connection: Transaction, signature: Signature, changed: Sequence[tuple[Any, Kept, Kept]]
) -> None:
    changes = [
        log.Change(
            signature.by,
            signature.at,
            ACTION,
            community=row.community,
            assessment=row.id,
            subject=subject_of(new),
            revision=new.revision,
            old=log_text(old),
            new=log_text(new),
        )
        for row, old, new in changed
    ]
    log.append_many(connection, changes)
