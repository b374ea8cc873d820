"""Rounds as whoever runs the product keeps them: listed, added, changed, never deleted."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assessment.domain.errors import Fault, Refused
from assessment.domain.framework import Framework
from assessment.domain.names import LONGEST_NAME, read_text
from assessment.domain.permissions import Action
from assessment.domain.records import Round, Signature
from assessment.domain.round_days import round_faults
from assessment.services.authorising import allows, authorise
from assessment.services.frameworks import framework_of
from assessment.store import frameworks, log, rounds
from assessment.store.engine import Store

ADD, CHANGE = "round_add", "round_change"
_FIELDS = ("label_zh", "label_en", "opens", "due", "closes", "framework")


@dataclass(frozen=True)
class RoundLine:
    """A round with how many assessments were begun and handed in."""

    round: Round
    framework: Framework
    begun: int
    submitted: int


@dataclass(frozen=True)
class TypedRound:
    """What a person typed for a round; days as 2026-12-31, ``framework`` a content hash."""

    label_zh: str
    label_en: str
    opens: str
    due: str = ""
    closes: str = ""
    framework: str = ""


def round_lines(store: Store) -> Sequence[RoundLine]:
    """All rounds, the latest first; none for who does not run the product."""
    if not allows(store, Action.RUN):
        return ()
    with store.reading() as connection:
        found = rounds.load_rounds(connection)
        counts = rounds.count_states(connection)
    return [
        RoundLine(
            one,
            framework_of(store, one.framework),
            sum(counts.get(one.id, {}).values()),
            sum(n for state, n in counts.get(one.id, {}).items() if state.is_submitted),
        )
        for one in found
    ]


def published_frameworks(store: Store) -> Sequence[Framework]:
    """Every framework that a round may be bound to, the latest published first."""
    with store.reading() as connection:
        hashes = frameworks.published(connection)
    return [framework_of(store, one) for one in hashes]


def add_round(store: Store, signature: Signature, typed: TypedRound) -> Round:
    """Open a round; pressing twice opens it once.

    Raises ``Forbidden``, or ``Refused`` with everything that is wrong: ``round_label_empty``,
    ``round_label_taken``, ``day_unreadable``, ``round_opens_empty``, ``round_due_early``,
    ``round_closes_early``, ``framework_unknown`` or ``name_too_long``.
    """
    authorise(store, Action.RUN)
    wanted = _read("", typed, typed.framework)
    with store.writing() as connection:
        known = rounds.load_rounds(connection)
        same = next((one for one in known if _content(one) == _content(wanted)), None)
        if same is not None:
            return same
        faults = list(round_faults(wanted, known))
        if wanted.framework not in frameworks.published(connection):
            faults.append(Fault("framework_unknown", "framework"))
        if faults:
            raise Refused(faults)
        made = replace(wanted, id=next_id(wanted.opens[:4], known))
        rounds.add_round(connection, made, signature.at)
        log.append(connection, change_of(signature, ADD, None, made))
    return made


def change_round(store: Store, signature: Signature, seen: Round, typed: TypedRound) -> Round:
    """Change labels or days of a round over what was ``seen``; its framework stays.

    Raises ``Forbidden``, or ``Refused`` as ``add_round`` does, or with ``round_changed`` where
    somebody else changed it meanwhile, or ``round_unknown``.
    """
    authorise(store, Action.RUN)
    with store.writing() as connection:
        current = rounds.hold_round(connection, seen.id, to_change=True)
        if current is None or current.sample:
            raise Refused([Fault("round_unknown", values={"round": seen.id[:40]})])
        wanted = _read(seen.id, typed, current.framework)
        if wanted == current:
            return current
        if current != seen:
            raise Refused([Fault("round_changed", values={"label": current.label_zh})])
        others = [one for one in rounds.load_rounds(connection) if one.id != seen.id]
        faults = list(round_faults(wanted, others))
        if faults:
            raise Refused(faults)
        rounds.change_round(connection, wanted)
        log.append(connection, change_of(signature, CHANGE, current, wanted))
    return wanted


def _read(round_id: str, typed: TypedRound, framework: str) -> Round:
    label_zh, label_en = (
        read_text(label.strip(), LONGEST_NAME, "name_too_long", layout="")
        for label in (typed.label_zh, typed.label_en)
    )
    opens, due, closes = (day.strip() for day in (typed.opens, typed.due, typed.closes))
    return Round(round_id, label_zh, label_en, opens, due, framework, closes=closes)


def next_id(year: str, known: Sequence[Round]) -> str:
    """2026-3 after 2026-2: ids stand in addresses and files, and are never used again."""
    numbers = [one.id.removeprefix(f"{year}-") for one in known if one.id.startswith(f"{year}-")]
    last = max((int(one) for one in numbers if one.isascii() and one.isdigit()), default=0)
    return f"{year}-{last + 1}"


def _content(one: Round) -> dict[str, str]:
    return {name: getattr(one, name) for name in _FIELDS}


def change_of(signature: Signature, action: str, old: Round | None, new: Round) -> log.Change:
    """The log's entry of a round that was added or changed."""
    return log.Change(
        signature.by,
        signature.at,
        action,
        subject=new.id,
        old=_text(old) if old else "",
        new=_text(new),
    )


def _text(one: Round) -> str:
    return json.dumps(_content(one), ensure_ascii=False)
