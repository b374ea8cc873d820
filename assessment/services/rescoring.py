"""A round under another framework: every assessment in it is scored anew, a batch at a time.

Each batch is one transaction that holds its assessments, so an answer that somebody saves
meanwhile is in the score, before or after. What was interrupted goes on where it stopped.
"""

import time
from collections import defaultdict
from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from assessment.domain.answers import Answer
from assessment.domain.errors import Fault, Refused
from assessment.domain.facts import Facts
from assessment.domain.framework import Framework
from assessment.domain.moving import Move, move_between, moved, moved_unsupported
from assessment.domain.records import Signature
from assessment.domain.scoring import SCORING_VERSION, Booleans, Credits, score
from assessment.domain.sheet import fact_values
from assessment.services.frameworks import framework_of
from assessment.store import answers, evidence, facts, frameworks, log, rounds, scores
from assessment.store import rescoring as left
from assessment.store.engine import Store, Transaction

ACTION = "rescore"
# A batch must end well before those who wait for it give up.
_BATCH, _SMALLEST_BATCH = 5000, 250
# Seconds of work, then of rest: who waits for SQLite asks again every tenth of a second at least.
_WORK, _REST = 0.7, 0.11

Progress = Callable[[int, int], None]


def rescore(
    store: Store,
    signature: Signature,
    round_id: str,
    content: bytes,
    progress: Progress,
) -> tuple[Framework, int]:
    """Publish a framework and move a round to it; the framework and how many were scored.

    Raises ``Refused`` with the faults of the framework, or with ``round_unknown``.
    """
    # Read before anything is held: that takes longer than a batch.
    frameworks.parse(content)
    with store.writing() as connection:
        if rounds.load_round(connection, round_id) is None:
            raise Refused([Fault("round_unknown", values={"round": round_id[:40]})])
        framework = frameworks.publish(connection, content, signature.at)
        total = left.count_left(connection, round_id, framework.hash)
        known = left.frameworks_left(connection, round_id, framework.hash)
    moves = _Moves(store, framework)
    size = _batch_size(max((moves.effort(*one) for one in known), default=0))
    done, last, rested = 0, 0, time.monotonic()
    while True:
        with store.writing() as connection:
            rows = left.hold_batch(connection, round_id, framework.hash, last, size)
            _rescore(connection, moves, round_id, rows, signature)
        if not rows:
            break
        done, last = done + len(rows), max(row.id for row in rows)
        progress(done, max(done, total))
        if time.monotonic() - rested > _WORK:
            time.sleep(_REST)
            rested = time.monotonic()
    return framework, done + _switch(store, moves, round_id, signature)


class _Moves:
    """The ways to one framework from those that assessments are under."""

    def __init__(self, store: Store, framework: Framework) -> None:
        self.framework = framework
        self._store = store
        self._known: dict[str, Move] = {}

    def source(self, row: Any) -> str:  # noqa: ANN401
        """The framework whose credits a row keeps; empty where none can be used."""
        # Rows are written whole, so what has the newest part has all.
        usable = row.unsupported_items is not None and row.scoring_version == SCORING_VERSION
        return str(row.framework) if usable else ""

    def way_from(self, content_hash: str) -> Move:
        """The way from a framework, or from none."""
        if content_hash not in self._known:
            self._known[content_hash] = move_between(self.old(content_hash), self.framework)
        return self._known[content_hash]

    def old(self, content_hash: str) -> Framework | None:
        """The framework with this hash."""
        return framework_of(self._store, content_hash) if content_hash else None

    def effort(self, content_hash: str, scoring_version: str) -> int:
        """How many items must be judged anew."""
        source = content_hash if scoring_version == SCORING_VERSION else ""
        return len(self.way_from(source).judged_anew)

    def profile_kept(self, content_hash: str) -> bool:
        """Whether both frameworks ask for the same facts of a profile."""
        return _profile_asked(self.old(content_hash)) == _profile_asked(self.framework)


def _profile_asked(framework: Framework | None) -> dict[str, object] | None:
    if framework is None:
        return None
    return {fact.id: fact.kind for fact in framework.facts if fact.id in scores.PROFILE}


def _batch_size(effort: int) -> int:
    """Where items are judged anew, their answers and all facts have to be read."""
    return max(_BATCH // (4 + effort), _SMALLEST_BATCH) if effort else _BATCH


def _switch(store: Store, moves: _Moves, round_id: str, signature: Signature) -> int:
    """Bind the round to the framework. Nobody begins an assessment in it meanwhile; those that
    were begun since the last batch are scored first."""
    wanted, count = moves.framework.hash, 0
    with store.writing() as connection:
        one = rounds.hold_round(connection, round_id, to_change=True)
        while late := left.hold_batch(connection, round_id, wanted, 0, _BATCH):
            _rescore(connection, moves, round_id, late, signature)
            count += len(late)
        if one is not None and one.framework != wanted:
            rounds.change_framework(connection, round_id, wanted)
            log.append(
                connection,
                log.Change(
                    signature.by,
                    signature.at,
                    ACTION,
                    subject=round_id,
                    old=one.framework,
                    new=wanted,
                ),
            )
    return count


def _rescore(
    connection: Transaction,
    moves: _Moves,
    round_id: str,
    rows: Sequence[Any],
    signature: Signature,
) -> None:
    by_source: dict[str, list[Any]] = defaultdict(list)
    for row in rows:
        by_source[moves.source(row)].append(row)
    for source, some in by_source.items():
        ids = [row.id for row in some]
        about = _read(connection, moves, source, ids)
        move, kept = moves.way_from(source), _unpacked(source, some)
        credits = moved(move, kept, about.said, about.known)
        scored = scores.Scored(
            moves.framework,
            ids,
            [round_id] * len(some),
            [row.community for row in some],
            credits,
            score(moves.framework, credits),
            _profiles(moves, source, some, about.known),
            moved_unsupported(
                move, _unpacked_marks(source, some), credits, about.said, about.evidenced
            ),
        )
        scores.write_scores(connection, scored, signature.at)
        left.move_assessments(connection, ids, moves.framework.hash)


@dataclass(frozen=True)
class _Read:
    """What is read of assessments beside their scores; each part has an entry for each."""

    said: Sequence[Mapping[str, Answer]]
    known: Sequence[Facts]
    evidenced: Sequence[Container[str]]


def _read(connection: Transaction, moves: _Moves, source: str, ids: Sequence[int]) -> _Read:
    """Answers, facts and evidence, as far as they are needed."""
    move = moves.way_from(source)
    said: Sequence[Mapping[str, Answer]] = [{}] * len(ids)
    known: Sequence[Facts] = [{}] * len(ids)
    evidenced: Sequence[Container[str]] = [()] * len(ids)
    if move.judged_anew or not moves.profile_kept(source):
        found = facts.load_facts_of(connection, ids)
        known = [fact_values(moves.framework, found.get(number, {})) for number in ids]
    if move.judged_anew:
        items = [item.id for item in move.judged_anew]
        given = answers.load_answers_of(connection, ids, items)
        said = [given.get(number, {}) for number in ids]
        shown = evidence.load_evidenced(connection, ids)
        evidenced = [shown.get(number, ()) for number in ids]
    return _Read(said, known, evidenced)


def _profiles(
    moves: _Moves, source: str, rows: Sequence[Any], known: Sequence[Facts]
) -> Sequence[scores.Profile]:
    if moves.profile_kept(source):
        return [row[-len(scores.PROFILE) :] for row in rows]
    return [scores.profile_of(values) for values in known]


def _unpacked(source: str, rows: Sequence[Any]) -> Credits:
    """The credits that score rows keep; without columns where none can be used."""
    if not source:
        return Credits(np.empty((len(rows), 0)), np.empty((len(rows), 0), dtype=np.uint8))
    credit = np.frombuffer(b"".join(row.credits for row in rows), dtype="<f8")
    outcome = np.frombuffer(b"".join(row.outcomes for row in rows), dtype=np.uint8)
    return Credits(credit.reshape(len(rows), -1), outcome.reshape(len(rows), -1))


def _unpacked_marks(source: str, rows: Sequence[Any]) -> Booleans:
    """The same for the marks of answers that lack evidence."""
    if not source:
        return np.empty((len(rows), 0), dtype=np.bool_)
    marks = np.frombuffer(b"".join(row.unsupported_items for row in rows), dtype=np.bool_)
    return marks.reshape(len(rows), -1)
