"""The log as people read it: of an item, an assessment, a person, or the whole installation."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from assessment.domain.framework import Framework
from assessment.domain.permissions import Action
from assessment.domain.records import Assessment, Community, LogEntry
from assessment.domain.sheet import Sheet
from assessment.services.authorising import allows, sees
from assessment.services.frameworks import framework_of
from assessment.store import communities, log, rounds
from assessment.store.authors import list_people, load_names
from assessment.store.engine import Store, Transaction

_AT_ONCE = 500


class Scope(StrEnum):
    """Whose entries: of an assessment, of the person at work, or of the whole installation."""

    ASSESSMENT = "assessment"
    MINE = "mine"
    ALL = "all"


class Kind(StrEnum):
    """What entries are about."""

    EVERYTHING = ""
    ANSWERS = "answers"
    COMMENTS = "comments"
    OTHERS = "others"


_ACTIONS = {
    Kind.ANSWERS: (
        "answer",
        "fact",
        "restore",
        "carry",
        "carried",
        "confirm",
        "unconfirm",
        "ask_again",
        "decide",
        "import",
        "import_undo",
    ),
    Kind.COMMENTS: ("comment", "resolve", "unresolve"),
}


@dataclass(frozen=True)
class LogWish:
    """Which entries somebody wants to read. ``person`` is only heard in ``Scope.ALL``."""

    scope: Scope
    assessment: int = 0
    kind: Kind = Kind.EVERYTHING
    subject: str = ""
    person: str = ""


@dataclass(frozen=True)
class LogLine:
    """An entry with who wrote it, the community, and the framework that its words are from."""

    entry: LogEntry
    author: str
    community: Community | None
    assessment: Assessment | None
    framework: Framework | None


@dataclass(frozen=True)
class LogPage:
    """Some lines, the newest first, and the id below which it goes on (0 at the end)."""

    lines: Sequence[LogLine]
    older: int


def scopes(store: Store) -> Sequence[Scope]:
    """The lists that the person at work may read."""
    return tuple(Scope) if allows(store, Action.RUN) else (Scope.ASSESSMENT, Scope.MINE)


def log_page(store: Store, wish: LogWish, before: int = 0, size: int = 50) -> LogPage:
    """One page of a list; empty where the person at work may not read it.

    The order is that of the entries' ids, so that a clock that was set back changes nothing.
    """
    with store.reading() as connection:
        wanted = _allowed(connection, store, wish)
        if wanted is None:
            return LogPage((), 0)
        found = log.entries(connection, wanted, before, size + 1)
        lines = lines_in(connection, store, found[:size])
    return LogPage(lines, found[size - 1].id if len(found) > size else 0)


def log_lines(store: Store, wish: LogWish) -> Iterator[LogLine]:
    """All lines of a list, the newest first, from one state of the records."""
    with store.reading() as connection:
        wanted = _allowed(connection, store, wish)
        last = 0
        while wanted is not None:
            found = log.entries(connection, wanted, last, _AT_ONCE)
            yield from lines_in(connection, store, found)
            if len(found) < _AT_ONCE:
                return
            last = found[-1].id


def log_size(store: Store, wish: LogWish, most: int) -> int:
    """How many entries a list has, counted no further than ``most``."""
    with store.reading() as connection:
        wanted = _allowed(connection, store, wish)
        return log.count(connection, wanted, most) if wanted else 0


def versions(store: Store, sheet: Sheet, subject: str) -> Sequence[LogLine]:
    """The versions of an item or fact, the newest revision first."""
    if not sees(store, sheet.community):
        return ()
    with store.reading() as connection:
        found = log.history(connection, sheet.assessment.id, subject)
        return lines_in(connection, store, [entry for entry in found if entry.revision > 0])


def people(store: Store) -> Sequence[tuple[str, str]]:
    """Ids and names of those whose entries may be asked for; none but for who runs this."""
    if not allows(store, Action.RUN):
        return ()
    with store.reading() as connection:
        return list_people(connection)


def _allowed(connection: Transaction, store: Store, wish: LogWish) -> log.Filter | None:
    """The filter of a wish; ``None`` where the person at work may not read this.

    Comments are between those who take part: who only looks does not find them in the log either.
    """
    actions = _ACTIONS.get(wish.kind, ())
    others = tuple(one for some in _ACTIONS.values() for one in some)
    others = others if wish.kind is Kind.OTHERS else ()
    wanted = log.Filter(subject=wish.subject, actions=actions, but_actions=others)
    if wish.scope is Scope.MINE:
        return replace(wanted, by=store.person.id)
    if wish.scope is Scope.ALL:
        return replace(wanted, by=wish.person) if allows(store, Action.RUN) else None
    assessment = rounds.load_assessment(connection, wish.assessment)
    community = communities.load_community(connection, assessment.community) if assessment else None
    if assessment is None or community is None or not sees(store, community):
        return None
    if not allows(store, Action.COMMENT, community):
        hidden = (*wanted.but_actions, *_ACTIONS[Kind.COMMENTS])
        wanted = replace(wanted, but_actions=hidden)
    return replace(wanted, assessment=assessment.id)


def lines_in(connection: Transaction, store: Store, found: Sequence[LogEntry]) -> Sequence[LogLine]:
    """The entries with what their words need; without those of hidden communities."""
    names = load_names(connection, {one.by for one in found})
    codes = {one.community for one in found if one.community}
    known = {one.code: one for one in communities.load_named(connection, list(codes))}
    begun = _assessments(connection, {one.assessment for one in found if one.assessment})
    lines = []
    for one in found:
        community = known.get(one.community)
        if community is not None and not sees(store, community):
            continue
        assessment = begun.get(one.assessment or 0)
        framework = framework_of(store, assessment.framework) if assessment else None
        lines.append(LogLine(one, names.get(one.by, one.by), community, assessment, framework))
    return lines


def _assessments(connection: Transaction, ids: set[int]) -> Mapping[int, Assessment]:
    found = (rounds.load_assessment(connection, one) for one in sorted(ids))
    return {one.id: one for one in found if one is not None}
