"""A whole answer in one cell of a table of communities: the choice, and what belongs to it.

``open``; ``some: lit clean`` with the ticks; ``not_applicable accepted: why`` with the decision
and the reason. So that a table with a column for each item loses nothing its states follow from.
"""

import re
from typing import NamedTuple

from assessment.domain.answers import NOT_APPLICABLE, SOME_TICKS, Decision
from assessment.domain.selected import SaidCells

ANSWER_PREFIX = "answer_"
_CELL = re.compile(
    rf"(?P<choice>[^:：]+?)(?:\s+(?P<decision>{Decision.ACCEPTED}|{Decision.REFUSED}))?"
    r"\s*(?:[:：](?P<rest>.*))?",
    re.DOTALL,
)


class CellParts(NamedTuple):
    """What a cell holds: the choice by its code or words, a decision, and ticks or a reason."""

    choice: str
    decision: str
    rest: str


def answer_cell(said: SaidCells) -> str:
    """What staff said to an item, as one cell; blank where nothing was said."""
    if said.choice == SOME_TICKS:
        return f"{SOME_TICKS}: {said.ticks.replace(',', ' ')}"
    if said.choice == NOT_APPLICABLE:
        head = f"{said.choice} {said.decision}".rstrip()
        return f"{head}: {said.reason}" if said.reason else head
    return said.choice


def cell_parts(text: str) -> CellParts:
    """The parts of such a cell; a text of another form is all choice."""
    found = _CELL.fullmatch(text)
    if found is None:
        return CellParts(text, "", "")
    parts = found.groupdict(default="")
    return CellParts(parts["choice"].strip(), parts["decision"], parts["rest"].removeprefix(" "))
