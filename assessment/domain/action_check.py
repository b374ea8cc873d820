"""What became of the plan: every action held against the answers of a round."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from assessment.domain.answers import Outcome
from assessment.domain.plan import ActionState, Month, PlannedAction
from assessment.domain.schedule import schedule
from assessment.domain.sheet import Sheet


class Check(StrEnum):
    """How an action and the answer to its item go together."""

    DONE_MET = "done_met"
    DONE_NOT_MET = "done_not_met"
    DONE_OPEN = "done_open"
    MET_BEFORE_DONE = "met_before_done"
    OVERDUE = "overdue"
    WAITING = "waiting"
    NOT_ASKED = "not_asked"


@dataclass(frozen=True)
class Checked:
    """An action with its check; ``before`` is the outcome in the round before, if there is one.

    ``now`` is ``None`` where the checklist of this round does not ask the item.
    """

    action: PlannedAction
    check: Check
    before: Outcome | None
    now: Outcome | None


def check_actions(
    sheet: Sheet, before: Sheet | None, actions: Sequence[PlannedAction], month: Month
) -> tuple[Checked, ...]:
    """Every action against the answers of ``sheet``; ``month`` is the one in which we are."""
    spans = schedule(actions)
    late = {key for key, span in spans.items() if span.ends < month}
    return tuple(
        Checked(
            one, _check(sheet, one, one.id in late), _outcome(before, one), _outcome(sheet, one)
        )
        for one in actions
    )


def _outcome(sheet: Sheet | None, action: PlannedAction) -> Outcome | None:
    if sheet is None or not sheet.framework.has_item(action.item):
        return None
    return sheet.judged[action.item].outcome


def _check(sheet: Sheet, action: PlannedAction, is_late: bool) -> Check:
    outcome = _outcome(sheet, action)
    if outcome is None or outcome.left_out:
        return Check.NOT_ASKED
    done = action.state is ActionState.DONE
    if outcome is Outcome.MET:
        return Check.DONE_MET if done else Check.MET_BEFORE_DONE
    if done:
        return Check.DONE_NOT_MET if outcome.known else Check.DONE_OPEN
    return Check.OVERDUE if is_late else Check.WAITING
