"""States, hand-overs and changes in words, the same on screen and on paper."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo

from assessment.domain.answers import Answer
from assessment.domain.framework import Framework
from assessment.domain.handover import HandoverAction
from assessment.domain.passport import BROUGHT
from assessment.domain.permissions import LOCAL, OPERATOR
from assessment.domain.records import Assessment, AssessmentState, SavedFact
from assessment.language.translator import Translator
from assessment.reports.answer_words import field_words

Kept = Answer | SavedFact
# Signatures that stand for no account.
_WITHOUT_ACCOUNT = ("local", "operator", "sample")
# Of these, the ones that are people: nothing says which.
_NOT_SIGNED_IN = (LOCAL.id, OPERATOR.id)


@dataclass(frozen=True)
class FieldChange:
    """One field in words: what it is, what it was, what it is now."""

    name: str
    before: str
    now: str


def person_words(text: Translator, person: str, names: Mapping[str, str]) -> str:
    """Who signed something: the name, else the words for who has no account, else the id.

    Who did it in another installation is marked as such.
    """
    if person in names:
        return names[person]
    if person.startswith(BROUGHT):
        inside = person_words(text, person.removeprefix(BROUGHT), {})
        return text("author.brought", name=inside)
    return text(f"who.{person}") if person in _WITHOUT_ACCOUNT else person


def approved_without_sign_in(state: AssessmentState | HandoverAction, by: str) -> bool:
    """Whether it is an approval by whoever was at the machine: perhaps who answered as well."""
    return state in (AssessmentState.APPROVED, HandoverAction.APPROVE) and by in _NOT_SIGNED_IN


def state_name(text: Translator, one: Assessment) -> str:
    """The state in words; of an approval by nobody who signed in it says that too."""
    words = text(f"state.{one.state}")
    if approved_without_sign_in(one.state, one.state_by):
        return text("state.without_sign_in", state=words)
    return words


def signed_words(
    text: Translator, zone: tzinfo, by: str, at: datetime | None, names: Mapping[str, str]
) -> str:
    """Who and when; empty where neither is known."""
    parts = [person_words(text, by, names) if by else "", text.moment(at, zone) if at else ""]
    return " · ".join(part for part in parts if part)


def state_line(text: Translator, zone: tzinfo, one: Assessment, names: Mapping[str, str]) -> str:
    """The state of an assessment with who and when."""
    signed = signed_words(text, zone, one.state_by, one.state_at, names)
    return " · ".join(part for part in (state_name(text, one), signed) if part)


def subject_words(text: Translator, framework: Framework, subject: str) -> str:
    """An item with its id and title, or the label of a fact; the id where neither is known."""
    if framework.has_item(subject):
        return f"{subject} {framework.item(subject).title.in_language(text.language)}"
    labels = {fact.id: fact.label for fact in framework.facts}
    return labels[subject].in_language(text.language) if subject in labels else subject


def field_changes(
    text: Translator, framework: Framework, before: Kept, now: Kept
) -> list[FieldChange]:
    """Every field that differs, in words."""
    return list(_field_changes(text, framework, before, now))


def _field_changes(
    text: Translator, framework: Framework, before: Kept, now: Kept
) -> Iterator[FieldChange]:
    subject = now.item if isinstance(now, Answer) else now.fact
    old, new = _fields(before), _fields(now)
    for name in dict.fromkeys((*old, *new)):
        if (was := old.get(name, "")) != (is_now := new.get(name, "")):
            yield FieldChange(
                text(f"difference.{name.removeprefix('detail:')}"),
                _value_words(text, framework, subject, name, was),
                _value_words(text, framework, subject, name, is_now),
            )


def _fields(kept: Kept) -> dict[str, object]:
    if isinstance(kept, SavedFact):
        return {"value": kept.value}
    return {
        "choice": kept.choice,
        "ticks": kept.ticks or "",
        "reason": kept.reason,
        "decision": kept.decision.value,
        "note": kept.note,
        **{f"detail:{name}": value for name, value in kept.details.items()},
    }


def _value_words(
    text: Translator, framework: Framework, subject: str, name: str, value: object
) -> str:
    known = framework.has_item(subject) or subject in {fact.id for fact in framework.facts}
    if name == "decision" and value:
        return text(f"decision.{value}")
    if not known:
        return str(value)
    return field_words(text, framework, subject, name, value)
