"""An item in a table of communities: a column for its state, and one for the answer itself."""

from typing import Any

from assessment.domain.answer_cells import ANSWER_PREFIX, CellParts, cell_parts
from assessment.domain.answers import (
    NOT_APPLICABLE,
    SOME_TICKS,
    Answer,
    Decision,
    State,
    choices,
    judge,
)
from assessment.domain.errors import Fault
from assessment.domain.framework import Item
from assessment.domain.import_answers import tick_ids
from assessment.domain.import_changes import STATES
from assessment.domain.import_said import RowReader, Said, Target
from assessment.domain.import_words import clears
from assessment.domain.names import compare_key
from assessment.domain.typed_answers import read_field

_NOT_SCORED = "not_scored"
_NOT_ASKED = {State.NOT_APPLICABLE, State.UNANSWERED}


def read_item_cells(reader: RowReader, target: Target, item: Item) -> Said | None:
    """What a row says of an item; ``None`` where it says nothing or is refused.

    The answer holds where it stands beside the state that follows from it; two that differ are
    refused, because one of them was changed and nobody can tell which is meant.
    """
    column = ANSWER_PREFIX + item.id
    if not reader.text(column):
        return _shown(reader, target, item)
    answer = _written(reader, target, item, column)
    if answer is None:
        return None
    if not _agrees(reader, target, item, answer):
        values = {"text": reader.text(item.id), "answer": reader.text(column)}
        reader.refuse(item.id, Fault("import_state_differs", item=item.id, values=values))
        return None
    return Said("", item.id, _fields(answer, target), reader.row.place(column))


def _shown(reader: RowReader, target: Target, item: Item) -> Said | None:
    """A state as our matrix writes it, or the answer by its code or words."""
    text = reader.text(item.id)
    if not text or (text == NOT_APPLICABLE and _is_not_asked(reader, item)):
        return None
    place = reader.row.place(item.id)
    if text in STATES or text == _NOT_SCORED:
        return Said("", item.id, {}, place, state=text)
    choice = _choice(reader, target, item, item.id, text)
    return Said("", item.id, {"choice": choice}, place) if choice else None


def _is_not_asked(reader: RowReader, item: Item) -> bool:
    """Whether "not applicable" without an answer beside it follows from the facts alone."""
    return item.applies is not None and ANSWER_PREFIX + item.id in reader.row.header.columns


def _written(reader: RowReader, target: Target, item: Item, column: str) -> Answer | None:
    """The answer in the column for it; ``None`` and a problem where it is none."""
    if clears(reader.text(column)):
        return Answer(item.id)
    if not choices(item):
        reader.refuse(column, Fault("import_no_choice", item=item.id))
        return None
    text = reader.row.exact(column).lstrip()
    parts = _parts(target, item, text)
    choice = _choice(reader, target, item, column, parts.choice)
    if not choice:
        return None
    if choice == NOT_APPLICABLE:
        reason = reader.take(column, lambda _: read_field(item, "reason", parts.rest))
        return Answer(item.id, choice, reason=reason or "", decision=Decision(parts.decision))
    if parts.decision or (parts.rest and choice != SOME_TICKS):
        _choice(reader, target, item, column, text)
        return None
    ticks = reader.take(column, lambda _: _ticks(target, item, parts.rest))
    return Answer(item.id, choice, ticks=ticks or ())


def _parts(target: Target, item: Item, text: str) -> CellParts:
    """The parts of a cell, unless all of it is the wording of an answer."""
    is_wording = compare_key(text) in target.words.choices[item.id]
    return CellParts(text, "", "") if is_wording else cell_parts(text)


def _choice(reader: RowReader, target: Target, item: Item, column: str, text: str) -> str:
    words = target.words
    found = reader.take(
        column, lambda _: words.meaning(words.choices[item.id], text.strip(), item.id)
    )
    return found or ""


def _ticks(target: Target, item: Item, text: str) -> Any:  # noqa: ANN401
    return read_field(item, "ticks", tick_ids(target.words, item, text))


def _agrees(reader: RowReader, target: Target, item: Item, answer: Answer) -> bool:
    """Whether the column of the state says nothing else than the answer."""
    text = reader.text(item.id)
    if not text or text == _NOT_SCORED or not answer.choice:
        return True
    if text not in STATES:
        return _choice(reader, target, item, item.id, text) == answer.choice
    applies = {item.applies.fact: item.applies.equals} if item.applies else {}
    judged = judge(item, answer, applies).outcome.state
    return STATES[text] is judged or (item.applies is not None and STATES[text] in _NOT_ASKED)


def _fields(answer: Answer, target: Target) -> dict[str, Any]:
    """What is written: only the parts that the cell speaks of."""
    fields: dict[str, Any] = {"choice": answer.choice}
    if answer.ticks:
        fields["ticks"] = answer.ticks
    if answer.reason:
        fields["reason"] = answer.reason
    if answer.decision and target.may_decide:
        fields["decision"] = answer.decision
    return fields
