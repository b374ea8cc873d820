"""Imports that were made, and taking one back as one step."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from assessment.domain.answers import Answer
from assessment.domain.errors import Fault, Refused
from assessment.domain.import_changes import is_blank
from assessment.domain.permissions import Action
from assessment.domain.records import Assessment, Community, SavedFact, Signature
from assessment.services.answering import Kept, log_text, write_kept
from assessment.services.authorising import authorise, sees
from assessment.services.frameworks import framework_of
from assessment.services.reopening import reopened
from assessment.services.round_window import require_open
from assessment.services.sheets import score_in
from assessment.store import answers, authors, communities, facts, imports, log, rounds
from assessment.store.engine import Store, Transaction
from assessment.store.imports import ImportedChange, ImportedFile

UNDO, UNDO_REGISTER, UNDO_FILE = "import_undo", "import_register_undo", "import_file_undo"
MOST_LISTED = 50


@dataclass(frozen=True)
class Undone:
    """What became of an undo: how much is as it was, and what somebody changed since."""

    restored: int
    left: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class PastImport:
    """An import with who made it, and how many communities it changed."""

    file: ImportedFile
    author: str
    communities: int


@dataclass(frozen=True)
class _Work:
    connection: Transaction
    store: Store
    signature: Signature


def past_imports(store: Store) -> Sequence[PastImport]:
    """The newest imports of which the person at work may see every community."""
    with store.reading() as connection:
        found = imports.list_imports(connection, MOST_LISTED)
        codes = {code for _, some in found for code in some}
        known = {one.code: one for one in communities.load_named(connection, sorted(codes))}
        names = authors.load_names(connection, {one.by for one, _ in found})
    return [
        PastImport(one, names.get(one.by, one.by), len(some))
        for one, some in found
        if _may_see(store, one, some, known)
    ]


def undo_import(store: Store, signature: Signature, number: int) -> Undone:
    """Bring back what an import changed, as new revisions; what was changed since is left.

    Raises ``Forbidden``, ``NotSaved``, or ``Refused``: ``import_gone``, ``import_undone``,
    ``round_closed``.
    """
    _authorise(store, number)
    with store.writing() as connection:
        held = imports.hold_import(connection, number)
        if held is None:
            raise Refused([Fault("import_gone")])
        if not imports.mark_undone(connection, number, signature.by, signature.at):
            raise Refused([Fault("import_undone")])
        work = _Work(connection, store, signature)
        changes = imports.load_changes(connection, number)
        left = _undo_answers(work, [one for one in changes if one.assessment is not None])
        left += _undo_register(work, [one for one in changes if one.assessment is None])
        restored = len(changes) - len(left)
        words = f"{held.name} {held.sha256} {restored}"
        by, at = signature.by, signature.at
        log.append(connection, log.Change(by, at, UNDO_FILE, subject=str(number), new=words))
    return Undone(restored, left)


def _may_see(
    store: Store, one: ImportedFile, codes: set[str], known: Mapping[str, Community]
) -> bool:
    """Own imports, and those all of whose communities are within reach."""
    if one.by == store.person.id:
        return True
    return all(code in known and sees(store, known[code]) for code in codes)


def _authorise(store: Store, number: int) -> None:
    with store.reading() as connection:
        changes = imports.load_changes(connection, number)
        codes = sorted({one.community for one in changes})
        known = {one.code: one for one in communities.load_named(connection, codes)}
    wanted = {(one.community, one.assessment is None) for one in changes}
    for code, is_register in sorted(wanted):
        if code in known:
            authorise(store, Action.REGISTER if is_register else Action.ANSWER, known[code])


def _undo_answers(work: _Work, changes: Sequence[ImportedChange]) -> list[tuple[str, str]]:
    by_assessment: dict[int, list[ImportedChange]] = {}
    for one in changes:
        by_assessment.setdefault(one.assessment or 0, []).append(one)
    left: list[tuple[str, str]] = []
    for number, some in by_assessment.items():
        left += _undo_assessment(work, number, some)
    return left


def _undo_assessment(
    work: _Work, number: int, changes: Sequence[ImportedChange]
) -> list[tuple[str, str]]:
    connection = work.connection
    held = rounds.hold_assessment(connection, number)
    if held is None:
        raise Refused([Fault("assessment_gone")])
    require_open(connection, held.round, work.signature.at)
    current: dict[str, Kept] = {
        **answers.load_answers(connection, number),
        **facts.load_facts(connection, number),
    }
    entries, left = [], []
    for one in changes:
        entry = _undo_one(work, held, one, current.get(one.subject))
        if entry is None:
            left.append((one.community, one.subject))
        else:
            entries.append(entry)
    log.append_many(connection, entries)
    if entries:
        opened = reopened(connection, work.signature, held)
        score_in(connection, work.store, opened, work.signature.at)
    return left


def _undo_one(
    work: _Work, held: Assessment, one: ImportedChange, current: Kept | None
) -> log.Change | None:
    """The log's entry of what was brought back; ``None`` where somebody changed it since."""
    if current is None or current.revision != one.revision:
        return None
    entry = log.at_revision(work.connection, held.id, one.subject, one.revision)
    if entry is None or not _is_asked(work, held, current):
        return None
    wanted = _former(current, entry.old, one.old)
    kept = write_kept(work.connection, held.id, wanted, work.signature)
    if kept is None:
        return None
    return log.Change(
        work.signature.by,
        work.signature.at,
        UNDO,
        community=one.community,
        assessment=held.id,
        subject=one.subject,
        revision=kept.revision,
        old=log_text(current),
        new=log_text(kept),
    )


def _former(current: Kept, content: str, mark: str) -> Kept:
    """What was kept before, as the log has it, to be written over the current version."""
    if isinstance(current, Answer):
        return answers.from_log(current.item, content, current.revision)
    return SavedFact(current.fact, content, current.revision, to_confirm=mark == imports.WAITING)


def _is_asked(work: _Work, held: Assessment, current: Kept) -> bool:
    framework = framework_of(work.store, held.framework)
    if isinstance(current, Answer):
        return framework.has_item(current.item)
    return current.fact in {one.id for one in framework.facts}


def _undo_register(work: _Work, changes: Sequence[ImportedChange]) -> list[tuple[str, str]]:
    left = []
    for one in changes:
        done = _bring_back(work, one) if one.old else _take_out(work, one)
        if not done:
            left.append((one.community, ""))
            continue
        by, at = work.signature.by, work.signature.at
        change = log.Change(by, at, UNDO_REGISTER, community=one.community, subject=one.community)
        log.append(work.connection, replace(change, new=one.old))
    return left


def _bring_back(work: _Work, one: ImportedChange) -> bool:
    former = replace(imports.community_from(one.old), revision=one.revision)
    return communities.write_community(work.connection, former) is not None


def _take_out(work: _Work, one: ImportedChange) -> bool:
    """Take a new community out of the lists, unless somebody answered for it."""
    for begun in rounds.load_assessments(work.connection, one.community):
        kept: list[Kept] = [
            *answers.load_answers(work.connection, begun.id).values(),
            *facts.load_facts(work.connection, begun.id).values(),
        ]
        if not all(is_blank(each) for each in kept):
            return False
    at = work.signature.at
    return communities.remove_unused(work.connection, one.community, one.revision, at)
