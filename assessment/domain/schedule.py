"""When the actions of a plan run, and where the community stands after each month."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assessment.domain.plan import ActionState, Month, PlannedAction, after_actions
from assessment.domain.records import Programme
from assessment.domain.sheet import Sheet


@dataclass(frozen=True)
class Span:
    """The first and the last month of work.

    ``moved``: it begins later than was typed, because what it waits for ends only then.
    """

    starts: Month
    ends: Month
    moved: bool = False


@dataclass(frozen=True)
class StairStep:
    """Where the community stands once these are through, with all before them."""

    month: Month
    actions: tuple[PlannedAction, ...]
    sheet: Sheet


Spans = Mapping[int, Span]


def schedule(actions: Sequence[PlannedAction]) -> dict[int, Span]:
    """The span of every action whose beginning and length are known, by its id.

    Without a beginning of its own an action begins once the one that it waits for has ended. One
    that was to begin before that is moved, unless the other is done already.
    """
    known = {one.id: one for one in actions}
    found: dict[int, Span] = {}
    for one in _in_order(known):
        span = _span(one, known, found)
        if span is not None:
            found[one.id] = span
    return found


def staircase(
    sheet: Sheet, actions: Sequence[PlannedAction], spans: Spans
) -> tuple[StairStep, ...]:
    """The score after each month in which something ends.

    Left out is what has no dates, and what is done: its effect is in the answers of today.
    """
    dated: dict[Month, list[PlannedAction]] = {}
    for action in actions:
        if action.id in spans and action.state is not ActionState.DONE:
            dated.setdefault(spans[action.id].ends, []).append(action)
    so_far: list[PlannedAction] = []
    steps = []
    for month in sorted(dated):
        so_far += dated[month]
        steps.append(StairStep(month, tuple(dated[month]), after_actions(sheet, so_far)))
    return tuple(steps)


def missing_first(actions: Sequence[PlannedAction], chosen: Sequence[PlannedAction]) -> list[int]:
    """Ids of the chosen actions that wait for one which is neither chosen nor done."""
    there = {one.id for one in chosen} | {
        one.id for one in actions if one.state is ActionState.DONE
    }
    known = {one.id for one in actions}
    return [one.id for one in chosen if one.after in known - there]


def after_window(span: Span | None, windows: Sequence[Programme]) -> bool:
    """Whether the work goes on after the last of the pilot lists has ended."""
    ends = [month for one in windows if (month := Month.read(one.ends)) is not None]
    return span is not None and bool(ends) and span.ends > max(ends)


def _in_order(known: Mapping[int, PlannedAction]) -> list[PlannedAction]:
    """Each after the one that it waits for. A circle is refused when it is typed."""
    left, order = dict(known), []
    while left:
        free = [one for one in left.values() if one.after not in left] or list(left.values())
        order += [left.pop(one.id) for one in free]
    return order


def _span(
    action: PlannedAction, known: Mapping[int, PlannedAction], found: Mapping[int, Span]
) -> Span | None:
    if action.months is None:
        return None
    before = found.get(action.after) if action.after is not None else None
    free = before.ends.plus(1) if before is not None else None
    starts = action.starts or free
    if starts is None:
        return None
    waits = action.state is ActionState.PLANNED and not _is_done(known.get(action.after or 0))
    moved = waits and free is not None and starts < free
    begins = max(starts, free) if moved and free is not None else starts
    return Span(begins, begins.plus(max(action.months, 1) - 1), moved)


def _is_done(action: PlannedAction | None) -> bool:
    return action is not None and action.state is ActionState.DONE
