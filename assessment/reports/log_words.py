"""Entries of the log in words: what was done, to what, and what became of it."""

import json
import re
from collections.abc import Iterator, Mapping

from assessment.domain.framework import Framework
from assessment.domain.passport import BROUGHT
from assessment.domain.plan import ActionState
from assessment.domain.records import AssessmentState, LogEntry
from assessment.domain.typed_answers import DETAIL_FORMS, MEANS_DETAIL
from assessment.language.translator import Translator
from assessment.reports.answer_words import choice_words, fact_words, means_words

ACTIONS = (
    "answer",
    "fact",
    "restore",
    "begin",
    "carry",
    "carried",
    "confirm",
    "unconfirm",
    "ask_again",
    "comment",
    "resolve",
    "unresolve",
    "submit",
    "return",
    "approve",
    "reopen",
    "pin",
    "unpin",
    "decide",
    "evidence_add",
    "evidence_remove",
    "evidence_restore",
    "evidence_date",
    "plan_add",
    "plan_change",
    "plan_remove",
    "plan_restore",
    "passport_open",
    "passport_hashes",
    "poll_open",
    "poll_close",
    "poll_address",
    "poll_count",
    "poll_file",
    "poll_file_remove",
    "poll_file_restore",
    "poll_reply",
    "sign_in",
    "sign_in_failed",
    "sign_out",
    "person_added",
    "person_invited",
    "person_disabled",
    "person_enabled",
    "grant_added",
    "grant_removed",
    "signed_out_everywhere",
    "password_set",
    "first_admin_invited",
    "import",
    "import_undo",
    "import_register",
    "import_register_undo",
    "import_file",
    "import_file_undo",
    "register",
    "move",
    "place_facility",
    "remove_facility",
    "restore_facility",
    "round_add",
    "round_change",
    "framework_publish",
    "rescore",
    "sample_load",
    "sample_remove",
    "sample_restore",
    "sample_nation",
    "refused",
)
HANDOVERS = ("submit", "return", "approve", "reopen")
_HASH = re.compile("[0-9a-f]{64}")
AUTHORS = ("local", "operator", "console", "sample", "resident")
FIELDS = ("choice", "ticks", "note", "reason", "decision")
COUNTED = ("carry", "resolve")
DAYS_AND_LABELS = ("label_zh", "label_en", "opens", "due", "closes", "framework")


def author_words(text: Translator, name: str) -> str:
    """Who wrote an entry: a person's name, or what works without one.

    Who did it in another installation is marked as such.
    """
    if name.startswith(BROUGHT):
        inside = author_words(text, name.removeprefix(BROUGHT))
        return text("author.brought", name=inside)
    return text(f"author.{name}") if name in AUTHORS else name


def action_words(text: Translator, action: str) -> str:
    """What was done; the code itself where there are no words for it."""
    return text(f"log_action.{action}") if action in ACTIONS else action


def subject_words(text: Translator, framework: Framework | None, entry: LogEntry) -> str:
    """The item or fact with its name; otherwise as it is in the log."""
    if framework is None:
        return entry.subject
    # Evidence is about a piece of an item: F-01/3.
    item = entry.subject.partition("/")[0]
    if framework.has_item(item):
        return f"{item} {framework.item(item).title.in_language(text.language)}"
    labels = {one.id: one.label for one in framework.facts}
    known = labels.get(entry.subject)
    return known.in_language(text.language) if known else entry.subject


def change_words(text: Translator, framework: Framework | None, entry: LogEntry) -> str:
    """Old and new value of every field that became another; blank where nothing did."""
    if entry.action in COUNTED and entry.new.isdigit():
        return text.plural("log.entries", int(entry.new))
    if entry.action == "passport_open":
        seal, _, count = entry.new.partition(" ")
        return text("log.passport", seal=seal[:16], count=count)
    if entry.action == "passport_hashes":
        return text.plural("log.hashes", len(entry.new.split()))
    return text("join.change").join(
        _one_change(text, *change) for change in _changes(text, framework, entry)
    )


def version_words(text: Translator, framework: Framework, entry: LogEntry) -> str:
    """All that an answer or fact was after this entry."""
    if not framework.has_item(entry.subject):
        return _fact(text, framework, entry.subject, entry.new)
    parts = [
        text("log.field", field=name, value=value)
        for name, value in _answer(text, framework, entry.subject, entry.new).items()
        if value
    ]
    return text("join.change").join(parts) or text("value.blank")


def _one_change(text: Translator, name: str, old: str, new: str) -> str:
    if not name and not old:
        return new
    blank = text("value.blank")
    if not name:
        return text("log.from_to", old=old, new=new or blank)
    return text("log.field_change", field=name, old=old or blank, new=new or blank)


def _changes(
    text: Translator, framework: Framework | None, entry: LogEntry
) -> Iterator[tuple[str, str, str]]:
    """Name of the field (blank where there is only one), old and new words."""
    if entry.action in ("round_add", "round_change"):
        before, after = _read(entry.old), _read(entry.new)
        for name in DAYS_AND_LABELS:
            if before.get(name, "") != after.get(name, ""):
                yield text(f"rounds.{name}"), before.get(name, ""), after.get(name, "")
    elif framework is None or entry.revision == 0 or entry.action.startswith("plan_"):
        old_words = _codes_in_words(text, entry.action, entry.old)
        yield "", old_words, _codes_in_words(text, entry.action, entry.new)
    elif framework.has_item(entry.subject):
        old, new = (_answer(text, framework, entry.subject, one) for one in (entry.old, entry.new))
        for name, value in new.items():
            if value != old[name]:
                yield name, old[name], value
    elif entry.old != entry.new:
        old_fact, new_fact = (
            _fact(text, framework, entry.subject, one) for one in (entry.old, entry.new)
        )
        yield "", old_fact, new_fact


def _codes_in_words(text: Translator, action: str, content: str) -> str:
    """The content of an entry that is no answer, with its codes in the reader's language."""
    first, space, rest = content.partition(" ")
    if action in HANDOVERS and first in set(AssessmentState):
        return f"{text(f'state.{first}')}{space}{rest}"
    if action.startswith("evidence_") and _HASH.fullmatch(first):
        return rest
    before, space, last = content.rpartition(" ")
    if action.startswith("plan_") and last in set(ActionState):
        return f"{before}{space}{text(f'plan_state.{last}')}"
    return content


def _answer(text: Translator, framework: Framework, item_id: str, content: str) -> dict[str, str]:
    """The fields of an answer in words, by their names in words."""
    plain = _read(content)
    details = _read(plain.get("details", ""))
    words = {
        "choice": choice_words(text, framework, item_id, plain.get("choice", "")),
        "ticks": _ticks(text, framework, item_id, plain.get("ticks", "")),
        "note": plain.get("note", ""),
        "reason": plain.get("reason", ""),
        "decision": _decision(text, plain.get("decision", "")),
    }
    named = {text(f"log_field.{name}"): words[name] for name in FIELDS}
    for name in DETAIL_FORMS:
        named[text(f"detail.{name}")] = details.get(name, "")
    means = details.get(MEANS_DETAIL, "")
    named[text("detail.means")] = means_words(text, framework, means) if means else ""
    return named


def _ticks(text: Translator, framework: Framework, item_id: str, ticks: str) -> str:
    labels = {tick.id: tick.label for tick in framework.item(item_id).ticks}
    names = [
        labels[one].in_language(text.language) if one in labels else one
        for one in ticks.split(",")
        if one
    ]
    return text("join.list").join(names)


def _decision(text: Translator, decision: str) -> str:
    known = {"accepted": text("decision.accepted"), "refused": text("decision.refused")}
    return known.get(decision, decision)


def _fact(text: Translator, framework: Framework, fact_id: str, value: str) -> str:
    known = fact_id in {one.id for one in framework.facts}
    return fact_words(text, framework, fact_id, value) if value and known else value


def _read(content: str) -> Mapping[str, str]:
    """What the log holds of an answer; nothing where it is blank or not of this form."""
    try:
        found = json.loads(content or "{}")
    except ValueError:
        return {}
    return {str(key): str(value) for key, value in found.items()} if isinstance(found, dict) else {}
