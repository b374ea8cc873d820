"""Moving judged assessments from one framework to another, judging anew only what must be."""

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from assessment.domain.answers import Answer, Judged, Outcome, judge
from assessment.domain.changes import method
from assessment.domain.evidence import is_unsupported
from assessment.domain.facts import Facts
from assessment.domain.framework import Framework, Item, Role
from assessment.domain.nation import Integers
from assessment.domain.scoring import Booleans, Credits
from assessment.domain.upgrading import facts_of, touched_facts, touched_items


@dataclass(frozen=True)
class Move:
    """From the columns of one framework to those of another.

    ``columns`` holds for every item of the new framework its column in the old one, -1 where it
    must be judged anew: those are ``judged_anew``. What was said to ``asked_again``, and the
    values of ``facts_again``, are to be confirmed: these were changed.
    """

    framework: Framework
    columns: Integers
    judged_anew: tuple[Item, ...]
    asked_again: frozenset[str] = frozenset()
    facts_again: frozenset[str] = frozenset()


def move_between(old: Framework | None, new: Framework, usable: bool = True) -> Move:
    """What is kept and what is judged anew.

    Everything is judged anew if there is no old framework, or if credits under it are not
    ``usable``.
    """
    again = touched_items(old, new) if old else frozenset()
    facts = touched_facts(old, new) if old else frozenset()
    places = {item.id: place for place, item in enumerate(old.items)} if old and usable else {}
    columns = np.array(
        [
            places[item.id]
            if old
            and item.id in places
            and item.id not in again
            and not facts & facts_of(item)
            and _decided_by(old, item.id) == _decided_by(new, item.id)
            else -1
            for item in new.items
        ],
        dtype=np.int64,
    )
    anew = tuple(item for item, column in zip(new.items, columns, strict=True) if column < 0)
    return Move(new, columns, anew, again, facts)


def moved(
    move: Move, kept: Credits, answers: Sequence[Mapping[str, Answer]], facts: Sequence[Facts]
) -> Credits:
    """The credits under the new framework.

    ``answers`` and ``facts`` need to hold only what the items that are judged anew ask for.
    """
    is_kept = move.columns >= 0
    shape = (len(kept.credit), len(move.columns))
    credit = np.full(shape, np.nan)
    outcome = np.zeros(shape, dtype=np.uint8)
    credit[:, is_kept] = kept.credit[:, move.columns[is_kept]]
    outcome[:, is_kept] = kept.outcome[:, move.columns[is_kept]]
    for column, item in zip(np.flatnonzero(~is_kept).tolist(), move.judged_anew, strict=True):
        for row, (said, known) in enumerate(zip(answers, facts, strict=True)):
            found = judge(item, said.get(item.id), known)
            outcome[row, column] = found.outcome
            credit[row, column] = np.nan if found.credit is None else found.credit
    return Credits(credit, outcome)


def moved_unsupported(
    move: Move,
    kept: Booleans,
    credits: Credits,
    answers: Sequence[Mapping[str, Answer]],
    evidenced: Sequence[Container[str]],
) -> Booleans:
    """Which answers lack evidence under the new framework, assessments × items.

    ``kept`` is the same under the old one, ``credits`` are those under the new one. ``answers``
    need to hold only the items that are judged anew.
    """
    is_kept = move.columns >= 0
    marks = np.zeros(credits.outcome.shape, dtype=np.bool_)
    marks[:, is_kept] = kept[:, move.columns[is_kept]]
    for column, item in zip(np.flatnonzero(~is_kept).tolist(), move.judged_anew, strict=True):
        for row, (said, items) in enumerate(zip(answers, evidenced, strict=True)):
            judged = Judged(Outcome(credits.outcome[row, column]))
            marks[row, column] = is_unsupported(item, said.get(item.id), judged, items)
    return marks


def _decided_by(framework: Framework, item_id: str) -> tuple[object, ...]:
    """All of an item that decides its outcome, its credit, and whether evidence lacks."""
    item = framework.item(item_id)
    return *method(framework, item_id), item.evidence, item.role is Role.CONTEXT
