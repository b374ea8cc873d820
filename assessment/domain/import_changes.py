"""What a file would change: against what is kept, and whether that is newer than the file."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from assessment.domain.answers import (
    ALL_TICKS,
    NO_TICKS,
    NOT_APPLICABLE,
    UNKNOWN,
    Answer,
    Decision,
    Judged,
    Outcome,
    State,
    choices,
    judge_all,
    undecided,
)
from assessment.domain.errors import Fault
from assessment.domain.framework import STEPPED, Framework, Item, Kind
from assessment.domain.import_said import Said, Target
from assessment.domain.import_table import Place, Problem
from assessment.domain.records import SavedFact
from assessment.domain.sheet import fact_values

Kept = Answer | SavedFact
_NEAR = 1e-9
_UNSAID = {State.UNANSWERED.value, "not_scored", Outcome.NOT_ASKED.name.lower()}
# The words of our files for a state: of what people see, and of what scoring tells apart.
STATES = {one.name.lower(): one.state for one in Outcome} | {one.value: one for one in State}


@dataclass(frozen=True)
class Change:
    """One item or fact that a file would write: what is kept, and what it would become.

    ``is_conflict`` where what is kept was saved after the file was made.
    """

    community: str
    subject: str
    old: Kept
    new: Kept
    place: Place
    is_conflict: bool = False

    @property
    def is_new(self) -> bool:
        """Whether nothing was said before."""
        return is_blank(self.old)

    @property
    def names(self) -> tuple[str, ...]:
        """The fields that become another."""
        return tuple(name for name in field_names(self.old, self.new) if self._differs(name))

    def _differs(self, name: str) -> bool:
        return bool(value_of(self.old, name) != value_of(self.new, name))


@dataclass(frozen=True)
class Current:
    """What is kept of one assessment, as far as a file is compared with it."""

    framework: Framework
    answers: Mapping[str, Answer]
    saved_facts: Mapping[str, SavedFact]

    @cached_property
    def judged(self) -> Mapping[str, Judged]:
        """What every answer is worth."""
        facts = fact_values(self.framework, self.saved_facts)
        return judge_all(self.framework, self.answers, facts)


def is_blank(kept: Kept) -> bool:
    """Whether nothing is said in it."""
    if isinstance(kept, SavedFact):
        return not kept.value
    return not (kept.choice or kept.ticks or kept.note or kept.reason or kept.details)


def field_names(old: Kept, new: Kept) -> tuple[str, ...]:
    """The fields that two versions can differ in, as the screen names them."""
    if isinstance(old, SavedFact) or isinstance(new, SavedFact):
        return ("value", "to_confirm")
    details = dict.fromkeys([*old.details, *new.details])
    plain = ("choice", "ticks", "reason", "decision", "note")
    return (*plain, *(f"detail:{name}" for name in details), "to_confirm")


def value_of(kept: Kept, name: str) -> Any:  # noqa: ANN401
    """One field by its name."""
    if name.startswith("detail:") and isinstance(kept, Answer):
        return kept.details.get(name.removeprefix("detail:"), "")
    return getattr(kept, name)


def change_of(said: Said, target: Target, current: Current) -> Change | Problem | None:
    """What becomes of one thing that was said; ``None`` where it is kept like that already."""
    if not target.framework.has_item(said.subject):
        return _change_of_fact(said, current)
    item = target.framework.item(said.subject)
    old = current.answers.get(item.id, Answer(item.id))
    fields = dict(said.fields)
    if said.state:
        chosen = _choice_of(said, item, current.judged[item.id], target)
        if isinstance(chosen, Problem):
            return chosen
        fields |= chosen
    if not fields or not set(fields) - {"to_confirm"}:
        return None
    new = _with_fields(old, fields)
    if new.decision is Decision.ACCEPTED and not new.reason.strip():
        return Problem(said.place, Fault("no_reason_given", item=item.id))
    if _same_content(old, new) and (new.to_confirm or not old.to_confirm):
        return None
    return Change(said.community, item.id, old, new, said.place, _is_newer(old, said))


def _change_of_fact(said: Said, current: Current) -> Change | None:
    old = current.saved_facts.get(said.subject, SavedFact(said.subject))
    new = replace(old, value=str(said.fields["value"]), to_confirm=False)
    if _same(old.value, new.value) and not old.to_confirm:
        return None
    return Change(said.community, said.subject, old, new, said.place, _is_newer(old, said))


def _with_fields(old: Answer, fields: Mapping[str, Any]) -> Answer:
    plain = {name: value for name, value in fields.items() if not name.startswith("detail:")}
    details = dict(old.details)
    for name, value in fields.items():
        if name.startswith("detail:"):
            details[name.removeprefix("detail:")] = value
    waits = bool(fields.get("to_confirm")) and (old.to_confirm or is_blank(old))
    said = replace(old, **{**plain, "details": _filled(details), "to_confirm": waits})
    kept = replace(
        said, **{name: getattr(old, name) for name in plain if _kept_as(old, said, name)}
    )
    return kept if "decision" in fields else undecided(kept, old)


def _kept_as(old: Answer, new: Answer, name: str) -> bool:
    """Whether a text says the same but for ends of lines, which programs change."""
    return name in ("note", "reason") and _same(getattr(old, name), getattr(new, name))


def _filled(details: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in details.items() if value}


def _same_content(old: Answer, new: Answer) -> bool:
    names = [name for name in field_names(old, new) if name != "to_confirm"]
    return all(_same(value_of(old, name), value_of(new, name)) for name in names)


def _same(old: Any, new: Any) -> bool:  # noqa: ANN401
    """Whether two values are one: numbers by what they are, texts but for ends of lines."""
    if not isinstance(old, str) or not isinstance(new, str):
        return bool(old == new)
    return _plain(old) == _plain(new)


def _plain(text: str) -> str:
    if text.replace(".", "", 1).isdigit() and "." in text:
        return text.rstrip("0").rstrip(".")
    return "\n".join(line.rstrip() for line in text.strip().splitlines())


def _is_newer(old: Kept, said: Said) -> bool:
    """Whether what is kept was saved after the file was made."""
    if is_blank(old):
        return False
    if said.revision is not None:
        return said.revision < old.revision
    return said.at is not None and old.at is not None and said.at < old.at


def _choice_of(said: Said, item: Item, judged: Judged, target: Target) -> dict[str, Any] | Problem:
    """The choice that a state stands for; nothing where it is the state already, or is computed."""
    wanted = STATES.get(said.state)
    if wanted is None or said.state in _UNSAID or not choices(item):
        return {}
    same_credit = said.credit is None or abs((judged.credit or 0.0) - said.credit) < _NEAR
    if judged.outcome.state is wanted and same_credit:
        return {}
    fitting = _fitting(item, wanted, said.credit)
    if len(fitting) == 1:
        return {"choice": fitting[0]}
    allowed = " / ".join(target.words.allowed.get(item.id, ()))
    values = {"text": said.state, "allowed": allowed}
    return Problem(said.place, Fault("import_state_only", item=item.id, values=values))


def _fitting(item: Item, wanted: State, credit: float | None) -> list[str]:
    """The choices that lead to a state, and to a credit if there is one."""
    if wanted is State.UNKNOWN:
        return [UNKNOWN]
    if wanted is State.NOT_APPLICABLE:
        return [NOT_APPLICABLE] if item.not_applicable else []
    if item.kind is Kind.UPKEEP:
        return {State.MET: [ALL_TICKS], State.NOT_MET: [NO_TICKS]}.get(wanted, [])
    if item.kind not in STEPPED:
        return []
    return [
        step.id
        for step in item.steps
        if _state_of(step.credit) is wanted
        and (credit is None or abs(step.credit - credit) < _NEAR)
    ]


def _state_of(credit: float) -> State:
    if credit >= 1:
        return State.MET
    return State.PARTLY if credit > 0 else State.NOT_MET
