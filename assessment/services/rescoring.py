"""A round under another framework: every assessment in it is scored anew, a batch at a time.

Each batch is one transaction that holds its assessments, so an answer that somebody saves
meanwhile is in the score, before or after. What was interrupted goes on where it stopped. What is
handed in or approved keeps its framework unless it is opened again.
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
from assessment.domain.permissions import Action
from assessment.domain.records import AssessmentState, Signature
from assessment.domain.scoring import SCORING_VERSION, Booleans, Credits, score
from assessment.domain.sheet import fact_values
from assessment.services.asking_again import ask_for_answers, ask_for_facts
from assessment.services.authorising import authorise
from assessment.services.frameworks import framework_of
from assessment.services.reopening import reopened
from assessment.store import answers, evidence, facts, frameworks, log, rounds, scores
from assessment.store import rescoring as left
from assessment.store.engine import Store, Transaction

ACTION = "rescore"
# A batch must end well before those who wait for it give up.
_BATCH, _SMALLEST_BATCH = 5000, 250
# Seconds of work, then of rest: who waits for SQLite asks again every tenth of a second at least.
_WORK, _REST = 0.7, 0.11

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Moving:
    """A round, the framework that it is moved to, and whether that opens what was handed in.

    What is handed in or approved keeps its framework, with its code and its figures, unless
    ``reopens``: then it is a draft again, and the log says so.
    """

    round_id: str
    framework: Framework
    reopens: bool = False


def rescore(store: Store, signature: Signature, moving: Moving, progress: Progress) -> int:
    """Move a round to a published framework; how many assessments were scored.

    Answers to what the framework changed are to be confirmed again; all others are kept. Raises
    ``Forbidden``, or ``Refused``: ``round_unknown`` or ``framework_unknown``.
    """
    authorise(store, Action.RUN)
    require_round(store, moving.round_id)
    round_id, framework = moving.round_id, moving.framework
    with store.writing() as connection:
        _require(connection, moving)
        about = left.Left(round_id, framework.hash, moving.reopens)
        total = left.count_left(connection, about)
        known = left.frameworks_left(connection, about)
    moves = _Moves(store, framework)
    size = _batch_size(max((moves.effort(*one) for one in known), default=0))
    done, last, rested = 0, 0, time.monotonic()
    while True:
        with store.writing() as connection:
            rows = left.hold_batch(connection, about, last, size)
            _rescore(connection, moves, round_id, rows, signature)
        if not rows:
            break
        done, last = done + len(rows), max(row.id for row in rows)
        progress(done, max(done, total))
        if time.monotonic() - rested > _WORK:
            time.sleep(_REST)
            rested = time.monotonic()
    return done + _switch(store, moves, about, signature)


def require_round(store: Store, round_id: str) -> None:
    """Go on only if there is such a round; raises ``Refused`` with ``round_unknown``."""
    with store.reading() as connection:
        if rounds.load_round(connection, round_id) is None:
            raise Refused([Fault("round_unknown", values={"round": round_id[:40]})])


def _require(connection: Transaction, moving: Moving) -> None:
    if moving.framework.hash not in frameworks.published(connection):
        raise Refused([Fault("framework_unknown")])


class _Moves:
    """The ways to one framework from those that assessments are under."""

    def __init__(self, store: Store, framework: Framework) -> None:
        self.framework = framework
        self._store = store
        self._known: dict[tuple[str, bool], Move] = {}

    def source(self, row: Any) -> tuple[str, bool]:  # noqa: ANN401
        """The framework that a row is under, and whether its credits can be used."""
        # Rows are written whole, so what has the newest part has all.
        usable = row.unsupported_items is not None and row.scoring_version == SCORING_VERSION
        return str(row.framework), usable

    def way_from(self, content_hash: str, usable: bool) -> Move:
        """The way from a framework, with or without the credits under it."""
        key = (content_hash, usable)
        if key not in self._known:
            self._known[key] = move_between(self.old(content_hash), self.framework, usable)
        return self._known[key]

    def old(self, content_hash: str) -> Framework:
        """The framework with this hash."""
        return framework_of(self._store, content_hash)

    def effort(self, content_hash: str, scoring_version: str) -> int:
        """How many items must be judged anew, and are asked again."""
        move = self.way_from(content_hash, scoring_version == SCORING_VERSION)
        return len(move.judged_anew) + len(move.asked_again)

    def profile_kept(self, content_hash: str, usable: bool) -> bool:
        """Whether the facts of a profile are kept as they were scored."""
        if not usable or self.way_from(content_hash, usable).facts_again:
            return False
        return _profile_asked(self.old(content_hash)) == _profile_asked(self.framework)


def _profile_asked(framework: Framework) -> dict[str, object]:
    return {fact.id: fact.kind for fact in framework.facts if fact.id in scores.PROFILE}


def _batch_size(effort: int) -> int:
    """Where items are judged anew, their answers and all facts have to be read."""
    return max(_BATCH // (4 + effort), _SMALLEST_BATCH) if effort else _BATCH


def _switch(store: Store, moves: _Moves, about: left.Left, signature: Signature) -> int:
    """Bind the round to the framework. Nobody begins an assessment in it meanwhile; those that
    were begun since the last batch are scored first."""
    count = 0
    with store.writing() as connection:
        one = rounds.hold_round(connection, about.round_id, to_change=True)
        while late := left.hold_batch(connection, about, 0, _BATCH):
            _rescore(connection, moves, about.round_id, late, signature)
            count += len(late)
        if one is not None and one.framework != about.framework:
            rounds.change_framework(connection, about.round_id, about.framework)
            log.append(
                connection,
                log.Change(
                    signature.by,
                    signature.at,
                    ACTION,
                    subject=about.round_id,
                    old=one.framework,
                    new=about.framework,
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
    by_source: dict[tuple[str, bool], list[Any]] = defaultdict(list)
    for row in rows:
        by_source[moves.source(row)].append(row)
    for source, some in by_source.items():
        ids, usable = [row.id for row in some], source[1]
        about = _read(connection, moves, source, some, signature)
        move, kept = moves.way_from(*source), _unpacked(usable, some)
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
                move, _unpacked_marks(usable, some), credits, about.said, about.evidenced
            ),
        )
        _reopen(connection, signature, some)
        scores.write_scores(connection, scored, signature.at)
        left.move_assessments(connection, ids, moves.framework.hash)


def _reopen(connection: Transaction, signature: Signature, rows: Sequence[Any]) -> None:
    for row in rows:
        if AssessmentState(row.state).is_submitted:
            held = rounds.load_assessment(connection, row.id)
            if held is not None:
                reopened(connection, signature, held)


@dataclass(frozen=True)
class _Read:
    """What is read of assessments beside their scores; each part has an entry for each."""

    said: Sequence[Mapping[str, Answer]]
    known: Sequence[Facts]
    evidenced: Sequence[Container[str]]


def _read(
    connection: Transaction,
    moves: _Moves,
    source: tuple[str, bool],
    rows: Sequence[Any],
    signature: Signature,
) -> _Read:
    """Answers, facts and evidence, as far as they are needed; what changed is asked again."""
    move, ids = moves.way_from(*source), [row.id for row in rows]
    said: Sequence[Mapping[str, Answer]] = [{}] * len(ids)
    known: Sequence[Facts] = [{}] * len(ids)
    evidenced: Sequence[Container[str]] = [()] * len(ids)
    if move.judged_anew or not moves.profile_kept(*source):
        found = facts.load_facts_of(connection, ids)
        ask_for_facts(connection, signature, move, rows, found)
        known = [fact_values(moves.framework, found.get(number, {})) for number in ids]
    if move.judged_anew:
        items = [item.id for item in move.judged_anew]
        given = answers.load_answers_of(connection, ids, items)
        said = [given.get(number, {}) for number in ids]
        said = ask_for_answers(connection, signature, move, rows, said, known)
        shown = evidence.load_evidenced(connection, ids)
        evidenced = [shown.get(number, ()) for number in ids]
    return _Read(said, known, evidenced)


def _profiles(
    moves: _Moves, source: tuple[str, bool], rows: Sequence[Any], known: Sequence[Facts]
) -> Sequence[scores.Profile]:
    if moves.profile_kept(*source):
        return [row[-len(scores.PROFILE) :] for row in rows]
    return [scores.profile_of(values) for values in known]


def _unpacked(usable: bool, rows: Sequence[Any]) -> Credits:
    """The credits that score rows keep; without columns where none can be used."""
    if not usable:
        return Credits(np.empty((len(rows), 0)), np.empty((len(rows), 0), dtype=np.uint8))
    credit = np.frombuffer(b"".join(row.credits for row in rows), dtype="<f8")
    outcome = np.frombuffer(b"".join(row.outcomes for row in rows), dtype=np.uint8)
    return Credits(credit.reshape(len(rows), -1), outcome.reshape(len(rows), -1))


def _unpacked_marks(usable: bool, rows: Sequence[Any]) -> Booleans:
    """The same for the marks of answers that lack evidence."""
    if not usable:
        return np.empty((len(rows), 0), dtype=np.bool_)
    marks = np.frombuffer(b"".join(row.unsupported_items for row in rows), dtype=np.bool_)
    return marks.reshape(len(rows), -1)
