"""The plan of a community: what staff mean to do about its gaps."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TypeVar

from assessment.domain.errors import Fault, Refused
from assessment.domain.names import read_name, read_text
from assessment.domain.permissions import Action
from assessment.domain.plan import (
    ActionState,
    Month,
    PlannedAction,
    can_be_planned,
    is_linked,
)
from assessment.domain.records import Community, Signature
from assessment.domain.sheet import Sheet
from assessment.domain.typed_numbers import AREA, MONTHS, YUAN, NumberForm, parse_number
from assessment.services.authorising import authorise, sees
from assessment.store import log, plan
from assessment.store.engine import Store

Value = TypeVar("Value")
LONGEST_WHO = 60
MOST_ACTIONS = 200


@dataclass(frozen=True)
class TypedAction:
    """An action as it was typed; blank numbers and months are not known yet."""

    item: str
    words: str
    means: str = ""
    cost: str = ""
    service_area: str = ""
    activity_area: str = ""
    owner: str = ""
    decides: str = ""
    starts: str = ""
    months: str = ""
    after: int | None = None
    state: str = ActionState.PLANNED.value


def list_actions(store: Store, community: Community) -> Sequence[PlannedAction]:
    """The plan of a community; nothing of one that the person at work may not see."""
    if not sees(store, community):
        return ()
    with store.reading() as connection:
        return plan.load_actions(connection, community.code)


def add_action(
    store: Store, signature: Signature, sheet: Sheet, submission: str, typed: TypedAction
) -> None:
    """Add an action to the plan; pressing twice (the same ``submission``) adds it once.

    Raises ``Forbidden``, or ``Refused`` with every fault and the field that it is about.
    """
    authorise(store, Action.ANSWER, sheet.community)
    code = sheet.community.code
    with store.writing() as connection:
        others = plan.load_actions(connection, code)
        action = read_action(sheet, others, typed)
        if len(others) >= MOST_ACTIONS:
            raise Refused([Fault("plan_full", values={"limit": str(MOST_ACTIONS)})])
        by, at = signature.by, signature.at
        added = plan.add_action(connection, code, action, submission, by, at)
        if added is not None:
            log.append(connection, _change(signature, code, "plan_add", added, action))


def change_action(
    store: Store, signature: Signature, sheet: Sheet, action: PlannedAction, typed: TypedAction
) -> None:
    """Change an action over the version that was seen.

    Raises ``Forbidden``, or ``Refused``: faults of fields, or ``action_changed`` where a
    colleague was faster.
    """
    authorise(store, Action.ANSWER, sheet.community)
    code = sheet.community.code
    with store.writing() as connection:
        others = plan.load_actions(connection, code)
        wanted = replace(
            read_action(sheet, [one for one in others if one.id != action.id], typed),
            id=action.id,
            revision=action.revision,
        )
        if _waits_in_a_circle(wanted, others):
            raise Refused([Fault("action_circle", "after")])
        if not plan.write_action(connection, code, wanted, signature.by, signature.at):
            raise Refused([Fault("action_changed", values={"name": action.words})])
        log.append(connection, _change(signature, code, "plan_change", action.id, wanted))


def remove_action(
    store: Store, signature: Signature, community: Community, action: PlannedAction
) -> None:
    """Take an action out of the plan; others no longer wait for it. Raises ``Forbidden``."""
    authorise(store, Action.ANSWER, community)
    with store.writing() as connection:
        if plan.set_removed(connection, community.code, action.id, signature.at):
            change = _change(signature, community.code, "plan_remove", action.id, action)
            log.append(connection, change)


def restore_action(
    store: Store, signature: Signature, community: Community, action: PlannedAction
) -> None:
    """Undo a removal. Raises ``Forbidden``."""
    authorise(store, Action.ANSWER, community)
    with store.writing() as connection:
        if plan.set_removed(connection, community.code, action.id, None):
            change = _change(signature, community.code, "plan_restore", action.id, action)
            log.append(connection, change)


def read_action(sheet: Sheet, others: Sequence[PlannedAction], typed: TypedAction) -> PlannedAction:
    """The typed action as values. Raises ``Refused`` with every fault at once."""
    faults: list[Fault] = []
    framework = sheet.framework
    if not (framework.has_item(typed.item) and _plannable(sheet, typed.item)):
        raise Refused([Fault("action_item", "item")])
    by_area = is_linked(framework, typed.item)
    areas = [
        _read(faults, name, lambda text: _number(text, AREA), getattr(typed, name))
        for name in ("service_area", "activity_area")
    ]
    action = PlannedAction(
        id=0,
        item=typed.item,
        words=_read(faults, "words", read_name, typed.words) or "",
        means=typed.means if typed.means in {one.id for one in framework.means} else "",
        cost=_read(faults, "cost", lambda text: _number(text, YUAN), typed.cost),
        service_area=(areas[0] if by_area else None) or Decimal(0),
        activity_area=(areas[1] if by_area else None) or Decimal(0),
        owner=_read(faults, "owner", _who, typed.owner) or "",
        decides=_read(faults, "decides", _who, typed.decides) or "",
        starts=_read(faults, "starts", _month, typed.starts),
        months=_read(faults, "months", _months, typed.months),
        after=typed.after if typed.after in {one.id for one in others} else None,
        state=ActionState(typed.state),
    )
    if by_area and not (action.service_area or action.activity_area):
        faults.append(Fault("action_no_area", "service_area"))
    if faults:
        raise Refused(faults)
    return action


def _plannable(sheet: Sheet, item_id: str) -> bool:
    return can_be_planned(sheet.framework, sheet.framework.item(item_id))


def _read(faults: list[Fault], name: str, read: Callable[[str], Value], text: str) -> Value | None:
    try:
        return read(text)
    except Refused as refused:
        faults += [replace(one, place=name) for one in refused.faults]
        return None


def _number(text: str, form: NumberForm) -> Decimal | None:
    return parse_number(text, form) if text.strip() else None


def _months(text: str) -> int | None:
    found = _number(text, MONTHS)
    return None if found is None else int(found)


def _who(text: str) -> str:
    return read_text(text.strip(), LONGEST_WHO)


def _month(text: str) -> Month | None:
    if not text.strip():
        return None
    found = Month.read(text)
    if found is None:
        raise Refused([Fault("month_unreadable", values={"text": text[:20]})])
    return found


def _waits_in_a_circle(action: PlannedAction, others: Sequence[PlannedAction]) -> bool:
    before = {one.id: one.after for one in others} | {action.id: action.after}
    at, steps = action.after, 0
    while at is not None and steps <= len(before):
        if at == action.id:
            return True
        at, steps = before.get(at), steps + 1
    return False


def _change(
    signature: Signature, code: str, name: str, action_id: int, action: PlannedAction
) -> log.Change:
    return log.Change(
        signature.by,
        signature.at,
        name,
        community=code,
        subject=str(action_id),
        revision=action.revision + 1,
        new=f"{action.item} {action.words} {action.cost or ''} {action.state}".strip(),
    )
