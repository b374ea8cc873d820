"""Rows of a file as answers: one row an item, with the checks of the screen."""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from assessment.domain.answers import (
    ALL_TICKS,
    NO_TICKS,
    NOT_APPLICABLE,
    SOME_TICKS,
    UNKNOWN,
    Decision,
    Outcome,
    State,
    choices,
)
from assessment.domain.errors import Fault, Refused
from assessment.domain.framework import Item
from assessment.domain.import_facts import read_inputs, tidy_number
from assessment.domain.import_said import Found, Reading, RowReader, Said, Target, target_of
from assessment.domain.import_table import Row
from assessment.domain.import_words import Words, clears, nearest
from assessment.domain.names import compare_key
from assessment.domain.typed_answers import read_field

OF_ROW = ("code", "community_code", "community")
TICK_PREFIX = "tick_"
DETAILS: Mapping[str, str] = {
    "floor_area": "detail:floor_area",
    "open_days": "detail:open_days",
    "means": "detail:means",
    "positive": "detail:positive",
    "asked_people": "detail:asked",
}
ITEM_CODES = ("item", "answer", "state", "ticks", "reason", "note", *DETAILS)
_PARTS = re.compile(r"[;；、,，\n]+")
_SET_ASIDE = {one.name.lower() for one in (Outcome.SET_ASIDE, Outcome.SET_ASIDE_PENDING)}
_SAYS_NOTHING = {"", State.UNANSWERED.value, "not_scored", Outcome.NOT_ASKED.name.lower()}
_OF_A_PERSON = {UNKNOWN, NOT_APPLICABLE}


def read_item_rows(rows: Sequence[Row], reading: Reading, found: Found) -> None:
    """Add what rows with the column ``item`` say, and what is wrong with them."""
    for row in rows:
        reader = RowReader(row)
        code, target = target_of(reading, reader, OF_ROW)
        item = _item(reader, target) if target else None
        if target and item:
            said = _ItemRow(reader, target, item, reading, code).said()
            inputs = read_inputs(reader, target, code, stamp_of(reader, reading))
            if not reader.problems:
                found.said += [*([said] if said else []), *inputs]
        found.rows += 1
        found.problems += reader.problems


def stamp_of(reader: RowReader, reading: Reading) -> datetime | None:
    """When the row was written, by its own word or that of its file."""
    return moment(reader.row.raw_text("exported_at")) or reading.written_at


def moment(text: str) -> datetime | None:
    """A moment as our files write it, UTC; ``None`` for anything else."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _item(reader: RowReader, target: Target) -> Item | None:
    framework, text = target.framework, reader.text("item")
    wanted = text.upper().partition(" ")[0]
    named = target.words.items.get(compare_key(text), "")
    if framework.has_item(wanted) or named:
        return framework.item(named or wanted)
    if not text:
        if not reader.problems:
            reader.refuse("item", Fault("import_no_item"))
        return None
    near = nearest(wanted, (one.id for one in framework.items))
    code = "import_item_like" if near else "import_item_unknown"
    values = {"text": text[:40], "near": near, "version": framework.version}
    reader.refuse("item", Fault(code, values=values))
    return None


@dataclass
class _ItemRow:
    """One row about one item of one community."""

    reader: RowReader
    target: Target
    item: Item
    reading: Reading
    code: str

    def said(self) -> Said | None:
        """What the row says; ``None`` where it says nothing or is refused."""
        fields = {**self._texts(), **self._details(), **self._ticks()}
        state = self._state()
        choice = self._choice(state, fields)
        if choice is not None:
            fields["choice"] = choice
        fields |= self._decided(fields)
        if self.reader.problems or not (fields or state not in _SAYS_NOTHING):
            return None
        if self._is_carried():
            fields["to_confirm"] = True
        return Said(
            self.code,
            self.item.id,
            fields,
            self.reader.row.place("answer" if "answer" in self._columns else "state"),
            "" if "choice" in fields else state,
            self._credit(),
            self._revision(),
            stamp_of(self.reader, self.reading),
        )

    @property
    def _columns(self) -> Mapping[str, int]:
        return self.reader.row.header.columns

    def _texts(self) -> dict[str, Any]:
        fields = {}
        for name in ("note", "reason"):
            if self.reader.text(name):
                exact = self.reader.row.exact(name)
                value = self._checked(name, name, "" if clears(exact) else exact)
                if value is not None:
                    fields[name] = value
        return fields

    def _details(self) -> dict[str, Any]:
        fields = {}
        for code, name in DETAILS.items():
            text = self.reader.text(code)
            if code == "means" and text and not clears(text):
                text = self.reader.take(code, self._means) or ""
            if text:
                value = self._checked(code, name, "" if clears(text) else text)
                if value is not None:
                    fields[name] = value if code == "means" else tidy_number(value)
        return fields

    def _means(self, text: str) -> str:
        return self.target.words.meaning(self.target.words.means, text, "means")

    def _ticks(self) -> dict[str, Any]:
        text = self.reader.text("ticks")
        if clears(text):
            return {"ticks": ()}
        wanted = self.reader.take("ticks", lambda typed: tick_ids(self.words, self.item, typed))
        marked = self._marked()
        if marked:
            wanted = [*(wanted or []), *(one for one, yes in marked.items() if yes)]
        if wanted is None:
            return {}
        value = self._checked("ticks", "ticks", wanted)
        return {} if value is None else {"ticks": value}

    def _marked(self) -> dict[str, bool]:
        """The marks that have a column of their own, and whether they are there."""
        known = [tick.id for tick in self.item.ticks]
        marked = {}
        for code in self._columns:
            truth = self.reader.take(code, self._truth) if code.startswith(TICK_PREFIX) else None
            if truth:
                marked[_tick_of(code, known)] = truth == "1"
        return marked

    def _truth(self, text: str) -> str:
        return self.words.meaning(self.words.truths, text, "truth")

    def _state(self) -> str:
        text = self.reader.text("state")
        if not text:
            return ""
        known = self.words.states
        return (
            self.reader.take("state", lambda typed: self.words.meaning(known, typed, "state")) or ""
        )

    def _choice(self, state: str, fields: Mapping[str, Any]) -> str | None:
        """The choice, from the answer, a state that is an answer, or the ticks alone."""
        text = self.reader.text("answer")
        if clears(text):
            return ""
        if text and not choices(self.item):
            self.reader.refuse("answer", Fault("import_no_choice", item=self.item.id))
            return None
        if text:
            chosen: str | None = self.reader.take("answer", self._choice_of)
            self._refuse_second(chosen, state)
            self._refuse_other_marks(chosen)
            return chosen
        of_state = NOT_APPLICABLE if state in (NOT_APPLICABLE, *_SET_ASIDE) else state
        if of_state in _OF_A_PERSON:
            said: str | None = self._checked("state", "choice", of_state)
            return said
        if fields.get("ticks") and state in _SAYS_NOTHING:
            is_all = len(fields["ticks"]) == len(self.item.ticks)
            return ALL_TICKS if is_all else SOME_TICKS
        marked = self._marked()
        is_none = len(marked) == len(self.item.ticks) and not any(marked.values())
        return NO_TICKS if marked and is_none else None

    def _choice_of(self, text: str) -> str:
        known = self.words.choices[self.item.id]
        return self.words.meaning(known, text, self.item.id)

    def _refuse_second(self, chosen: str | None, state: str) -> None:
        """A sheet to fill has either an answer or a state; in a file of ours the answer holds."""
        is_ours = "credit" in self._columns
        if chosen and state in _OF_A_PERSON and state != chosen and not is_ours:
            self.reader.refuse("state", Fault("import_two_answers", item=self.item.id))

    def _refuse_other_marks(self, chosen: str | None) -> None:
        """All or none of the marks, and a column that says otherwise, cannot both be meant."""
        differing = {ALL_TICKS: False, NO_TICKS: True}.get(chosen or "")
        if differing is not None and differing in self._marked().values():
            self.reader.refuse("answer", Fault("import_other_marks", item=self.item.id))

    def _decided(self, fields: Mapping[str, Any]) -> dict[str, Any]:
        text = self.reader.text("decision")
        if not text or not self.target.may_decide or fields.get("choice") != NOT_APPLICABLE:
            return {}
        if text not in list(Decision):
            values = {"text": text[:60], "allowed": " / ".join(filter(None, Decision))}
            self.reader.refuse("decision", Fault("import_not_allowed", values=values))
            return {}
        return {"decision": Decision(text)}

    def _is_carried(self) -> bool:
        return self.reader.text("to_confirm") == "1"

    def _credit(self) -> float | None:
        text = self.reader.row.raw_text("credit")
        try:
            return float(text) if text and math.isfinite(float(text)) else None
        except ValueError:
            return None

    def _revision(self) -> int | None:
        text = self.reader.row.raw_text("revision")
        is_known = self.reading.same_round and text.isascii() and text.isdigit() and len(text) < 9
        return int(text) if is_known else None

    def _checked(self, column: str, name: str, value: Any) -> Any:  # noqa: ANN401
        """The value as the screen would keep it; ``None`` and a problem where it would not."""
        try:
            return read_field(self.item, name, value)
        except Refused as refused:
            self.reader.refuse(column, *refused.faults)
            return None

    @property
    def words(self) -> Words:
        """The words of the community's checklist."""
        return self.target.words


def tick_ids(words: Words, item: Item, text: str) -> list[str]:
    """The marks that a cell names, by ids or words, apart by spaces or punctuation.

    Raises ``Refused``: ``import_not_allowed``.
    """
    known = words.ticks.get(item.id, {})
    found: list[str] = []
    for part in filter(None, (one.strip() for one in _PARTS.split(text))):
        try:
            found.append(words.meaning(known, part, f"ticks:{item.id}"))
        except Refused:
            pieces = part.split()
            if len(pieces) < 2:
                raise
            found += [words.meaning(known, one, f"ticks:{item.id}") for one in pieces]
    return found


def _tick_of(code: str, known: Sequence[str]) -> str:
    """The mark of a column: by its id, or by its place counted from 1."""
    name = code.removeprefix(TICK_PREFIX)
    if name.isdigit() and 0 < int(name) <= len(known):
        return known[int(name) - 1]
    return name
