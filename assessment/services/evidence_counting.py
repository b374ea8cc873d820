"""Scores that were kept before evidence was looked at are given its marks at the next start."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from assessment.domain.answers import Judged, Outcome
from assessment.domain.evidence import unsupported_items
from assessment.services.frameworks import framework_of
from assessment.store import answers, evidence, scores
from assessment.store.engine import Store, Transaction

_BATCH = 1000


def count_unsupported(store: Store) -> int:
    """Mark the answers without evidence in every score that says nothing of it; how many.

    What was interrupted goes on where it stopped. The scores themselves stay as they are.
    """
    done = 0
    while True:
        with store.writing() as connection:
            rows = scores.hold_unmarked(connection, _BATCH)
            _mark(connection, store, rows)
        if not rows:
            return done
        done += len(rows)


def _mark(connection: Transaction, store: Store, rows: Sequence[Any]) -> None:
    ids = [row.assessment for row in rows]
    shown = evidence.load_evidenced(connection, ids)
    frameworks = {row.framework: framework_of(store, row.framework) for row in rows}
    items = sorted({item.id for one in frameworks.values() for item in one.items})
    said = answers.load_answers_of(connection, ids, items)
    for row in rows:
        framework = frameworks[row.framework]
        outcomes = zip(framework.items, row.outcomes, strict=True)
        judged = {item.id: Judged(Outcome(code)) for item, code in outcomes}
        about = said.get(row.assessment, {}), judged, shown.get(row.assessment, ())
        marks = np.array(unsupported_items(framework, *about), dtype=np.bool_)
        scores.write_marks(connection, row.assessment, marks)
