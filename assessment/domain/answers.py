"""Answers, the six states, and what an answer is worth."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import IntEnum, StrEnum
from fractions import Fraction

from assessment.domain.facts import Facts, numbers
from assessment.domain.formulas import Quantity, compute
from assessment.domain.framework import EXISTING, STEPPED, Framework, Item, Kind
from assessment.domain.local_rules import as_asked, lacks_kind

UNKNOWN = "unknown"
NOT_APPLICABLE = "not_applicable"
ALL_TICKS = "all"
SOME_TICKS = "some"
NO_TICKS = "none_of_them"
# Stands at a computed item whose rule is another now, until somebody confirms it.
RULE_CHANGED = "rule_changed"


class State(StrEnum):
    """The six answer states. They are never merged in a picture or a file."""

    MET = "met"
    PARTLY = "partly"
    NOT_MET = "not_met"
    NOT_APPLICABLE = "not_applicable"
    UNKNOWN = "unknown"
    UNANSWERED = "unanswered"


class Outcome(IntEnum):
    """A state with the two things that scoring has to tell apart inside "not applicable"."""

    UNANSWERED = 0
    UNKNOWN = 1
    NOT_MET = 2
    PARTLY = 3
    MET = 4
    SET_ASIDE_PENDING = 5
    SET_ASIDE = 6
    NOT_ASKED = 7

    @property
    def state(self) -> State:
        """The state that people see."""
        return _STATES[self]

    @property
    def known(self) -> bool:
        """Whether the answer counts with a credit."""
        return self in (Outcome.MET, Outcome.PARTLY, Outcome.NOT_MET)

    @property
    def left_out(self) -> bool:
        """Whether the item is out of the base: accepted as not applicable, or not asked."""
        return self in (Outcome.SET_ASIDE, Outcome.NOT_ASKED)

    @property
    def to_do(self) -> bool:
        """Whether staff still owe an answer."""
        return self in (Outcome.UNANSWERED, Outcome.UNKNOWN)


_STATES = {
    Outcome.UNANSWERED: State.UNANSWERED,
    Outcome.UNKNOWN: State.UNKNOWN,
    Outcome.NOT_MET: State.NOT_MET,
    Outcome.PARTLY: State.PARTLY,
    Outcome.MET: State.MET,
    Outcome.SET_ASIDE_PENDING: State.NOT_APPLICABLE,
    Outcome.SET_ASIDE: State.NOT_APPLICABLE,
    Outcome.NOT_ASKED: State.NOT_APPLICABLE,
}


class Decision(StrEnum):
    """What a reviewer said to "not applicable"."""

    NONE = ""
    ACCEPTED = "accepted"
    REFUSED = "refused"


@dataclass(frozen=True)
class Answer:
    """What staff said to one item. ``revision`` counts saved versions; 0 is never saved.

    ``choice`` is a step id, ``all``/``some``/``none_of_them`` for upkeep, ``unknown``,
    ``not_applicable`` or empty; ``rule_changed`` for a computed item that is to be confirmed.
    ``details`` holds typed texts such as ``floor_area``. What was carried over from the round
    before, or was said before the item was changed, is ``to_confirm``: it counts as unanswered
    until then.
    """

    item: str
    choice: str = ""
    ticks: tuple[str, ...] = ()
    note: str = ""
    reason: str = ""
    decision: Decision = Decision.NONE
    details: Mapping[str, str] = field(default_factory=dict)
    to_confirm: bool = False
    revision: int = 0
    by: str = ""
    at: datetime | None = None


@dataclass(frozen=True)
class Judged:
    """An item's outcome, its credit in [0, 1] (``None`` while open) and the computed value."""

    outcome: Outcome
    credit: float | None = None
    quantity: Quantity | None = None


def choices(item: Item) -> tuple[str, ...]:
    """The answers that the item offers, in the order of the buttons."""
    if item.kind in STEPPED:
        offered = [step.id for step in item.steps]
    elif item.kind is Kind.UPKEEP:
        offered = [NO_TICKS, SOME_TICKS, ALL_TICKS]
    else:
        return ()
    offered.append(UNKNOWN)
    if item.not_applicable:
        offered.append(NOT_APPLICABLE)
    return tuple(offered)


def undecided(wanted: Answer, current: Answer) -> Answer:
    """A reviewer's decision holds only for the "not applicable" and reason it was given to."""
    same = wanted.choice == current.choice and wanted.reason == current.reason
    if wanted.choice == NOT_APPLICABLE and same:
        return wanted
    return replace(wanted, decision=Decision.NONE)


def judge(item: Item, answer: Answer | None, facts: Facts) -> Judged:
    """What an answer is worth under this item, given the community's facts."""
    if item.applies is not None:
        value = facts.get(item.applies.fact)
        if value is None:
            return Judged(Outcome.UNANSWERED)
        if value != item.applies.equals:
            return Judged(Outcome.NOT_ASKED)
    if item.kind is Kind.QUANTITY:
        judged = _judge_quantity(as_asked(item, facts), facts)
        return Judged(Outcome.UNANSWERED, None, judged.quantity) if waits(answer) else judged
    if answer is None or not answer.choice or answer.to_confirm:
        return Judged(Outcome.UNANSWERED)
    if answer.choice == UNKNOWN:
        return Judged(Outcome.UNKNOWN)
    if answer.choice == NOT_APPLICABLE:
        return Judged(_set_aside(item, answer))
    return _judge_choice(item, answer)


def waits(answer: Answer | None) -> bool:
    """Whether a computed item is to be confirmed because its rule was changed."""
    return answer is not None and answer.to_confirm and answer.choice == RULE_CHANGED


def judge_all(
    framework: Framework, answers: Mapping[str, Answer], facts: Facts
) -> dict[str, Judged]:
    """Every item of the framework judged, in its order."""
    return {item.id: judge(item, answers.get(item.id), facts) for item in framework.items}


def passes(item: Item, value: Fraction) -> bool:
    """Whether a quantity passes: the unrounded value against the threshold, both inclusive."""
    if item.rule is None:
        raise ValueError(item.id)
    threshold = Fraction(item.rule.threshold)
    return value >= threshold if item.rule.direction == "at_least" else value <= threshold


def _set_aside(item: Item, answer: Answer) -> Outcome:
    if item.not_applicable is None or answer.decision is Decision.REFUSED:
        return Outcome.UNANSWERED
    if answer.decision is Decision.ACCEPTED and answer.reason.strip():
        return Outcome.SET_ASIDE
    return Outcome.SET_ASIDE_PENDING


def _judge_choice(item: Item, answer: Answer) -> Judged:
    if item.kind is Kind.UPKEEP:
        return _judge_upkeep(item, answer)
    for step in item.steps:
        if step.id == answer.choice:
            return Judged(_outcome(step.credit), step.credit)
    return Judged(Outcome.UNANSWERED)


def _judge_upkeep(item: Item, answer: Answer) -> Judged:
    if answer.choice == ALL_TICKS:
        return Judged(Outcome.MET, 1.0)
    if answer.choice == NO_TICKS:
        return Judged(Outcome.NOT_MET, 0.0)
    ticked = len({tick.id for tick in item.ticks} & set(answer.ticks))
    if answer.choice != SOME_TICKS or ticked == 0:
        return Judged(Outcome.UNANSWERED)
    credit = ticked / len(item.ticks)
    return Judged(_outcome(credit), credit)


def _judge_quantity(item: Item, facts: Facts) -> Judged:
    if item.rule is None:
        raise ValueError(item.id)
    quantity = compute(item.rule.formula, numbers(facts))
    if lacks_kind(item, facts):
        return Judged(Outcome.UNANSWERED, None, Quantity(None, "fact_missing", (EXISTING[0],)))
    if quantity.value is None:
        return Judged(Outcome.UNANSWERED, None, quantity)
    if passes(item, quantity.value):
        return Judged(Outcome.MET, 1.0, quantity)
    credit = _ratio(item, quantity.value)
    return Judged(_outcome(credit), credit, quantity)


def _ratio(item: Item, value: Fraction) -> float:
    """Credit of a value that fails: its share of the way, always below 1."""
    if item.rule is None:
        raise ValueError(item.id)
    threshold = Fraction(item.rule.threshold)
    share = value / threshold if item.rule.direction == "at_least" else threshold / value
    return min(float(share), 1.0 - 2.0**-53)


def _outcome(credit: float) -> Outcome:
    if credit >= 1:
        return Outcome.MET
    return Outcome.PARTLY if credit > 0 else Outcome.NOT_MET
