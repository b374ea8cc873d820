"""Writing what a preview showed: everything in one transaction, or nothing.

Each answer and fact goes the way that it goes on the screen: over the revision that was shown,
with its entry in the log; what was handed in opens again, and the score is made anew.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from assessment.domain.answers import Answer
from assessment.domain.errors import Fault, Refused
from assessment.domain.import_changes import Change
from assessment.domain.import_register import CommunityChange
from assessment.domain.permissions import Action
from assessment.domain.records import Assessment, Community, Round, SavedFact, Signature
from assessment.services.answering import Kept, log_text, subject_of, write_kept
from assessment.services.authorising import authorise
from assessment.services.communities import begin_in
from assessment.services.importing import Preview
from assessment.services.reopening import reopened
from assessment.services.round_window import require_open
from assessment.services.sheets import score_in
from assessment.store import answers, communities, facts, imports, log, rounds
from assessment.store.engine import Store, Transaction
from assessment.store.imports import WAITING, ImportedChange, ImportedFile

IMPORT, IMPORT_REGISTER, IMPORT_FILE = "import", "import_register", "import_file"
Chosen = Collection[tuple[str, str]]


@dataclass(frozen=True)
class _Work:
    """One import while it is written."""

    connection: Transaction
    store: Store
    signature: Signature
    round: Round


def accepted(preview: Preview, chosen: Chosen) -> list[Change]:
    """What is to be written: of conflicts only those that were chosen, by community and subject."""
    return [
        one
        for one in preview.changes
        if not one.is_conflict or (one.community, one.subject) in chosen
    ]


def write_import(
    store: Store, signature: Signature, preview: Preview, chosen: Chosen, submission: str
) -> int:
    """Write what was shown; the id of the import, 0 if this ``submission`` was written before.

    Raises ``Forbidden``, ``NotSaved``, or ``Refused``: ``import_stale`` where something became
    another since the preview, ``round_closed``.
    """
    changes = accepted(preview, chosen)
    _authorise(store, preview, changes)
    with store.writing() as connection:
        number = imports.add_import(connection, _record(signature, preview, changes), submission)
        if number is None:
            return 0
        work = _Work(connection, store, signature, preview.round)
        codes, written = _write_register(work, preview.registered)
        for code, some in _by_community(changes).items():
            written += _write_answers(work, codes.get(code) or preview.names[code], some)
        imports.add_changes(connection, number, written)
        log.append(connection, _summary(signature, preview, number, len(written)))
    return number


def _authorise(store: Store, preview: Preview, changes: Sequence[Change]) -> None:
    for registered in preview.registered:
        for community in filter(None, (registered.old, registered.new)):
            authorise(store, Action.REGISTER, community)
    for code in {one.community for one in changes}:
        authorise(store, Action.ANSWER, preview.names[code])
    for one in changes:
        if isinstance(one.new, Answer) and "decision" in one.names and one.new.decision:
            authorise(store, Action.REVIEW, preview.names[one.community])


def _record(signature: Signature, preview: Preview, changes: Sequence[Change]) -> ImportedFile:
    everything: list[Change | CommunityChange] = [*changes, *preview.registered]
    added = sum(one.is_new for one in everything)
    return ImportedFile(
        0,
        preview.upload.name,
        preview.upload.sha256,
        " ".join(dict.fromkeys(preview.kinds)),
        preview.round.id,
        added,
        len(everything) - added,
        preview.refused,
        signature.by,
        signature.at,
    )


def _write_register(
    work: _Work, registered: Sequence[CommunityChange]
) -> tuple[dict[str, Community], list[ImportedChange]]:
    """The communities by the key of the preview, and what was written of them."""
    if registered:
        communities.hold_register(work.connection)
    written: list[ImportedChange] = []
    kept: dict[str, Community] = {}
    for one in registered:
        _refuse_twin(work, one)
        community = _write_community(work, one)
        if community is None:
            raise _stale(one.new.name_zh)
        kept[one.key] = community
        old = imports.community_text(one.old) if one.old else ""
        new = imports.community_text(community)
        written.append(ImportedChange(community.code, None, "", community.revision, old))
        change = _change(work, IMPORT_REGISTER, community.code)
        log.append(work.connection, replace(change, subject=community.code, old=old, new=new))
    return kept, written


def _refuse_twin(work: _Work, one: CommunityChange) -> None:
    twins = communities.same_name(work.connection, one.new.name_zh, one.new.adcode)
    if any(one.old is None or twin.code != one.old.code for twin in twins):
        raise _stale(one.new.name_zh)


def _write_community(work: _Work, one: CommunityChange) -> Community | None:
    """The community as it is kept; ``None`` where the register became another meanwhile."""
    if one.old is not None:
        return communities.write_community(work.connection, one.new)
    code = one.new.code or communities.next_local_code(work.connection)
    new = replace(one.new, code=code, revision=1)
    is_added = communities.add_community(work.connection, new, work.signature.at)
    return new if is_added else None


def _by_community(changes: Sequence[Change]) -> dict[str, list[Change]]:
    found: dict[str, list[Change]] = {}
    for one in changes:
        found.setdefault(one.community, []).append(one)
    return found


def _write_answers(
    work: _Work, community: Community, changes: Sequence[Change]
) -> list[ImportedChange]:
    """Write the answers and facts of one community, open it again, and score it once."""
    connection = work.connection
    begun = rounds.find_assessment(connection, community.code, work.round.id)
    is_new = begun is None
    begun = begun or begin_in(connection, work.store, work.signature, community, work.round)
    held = rounds.hold_assessment(connection, begun.id)
    if held is None:
        raise Refused([Fault("assessment_gone")])
    require_open(connection, held.round, work.signature.at)
    said = answers.load_answers(connection, held.id)
    known = facts.load_facts(connection, held.id)
    entries = [_write(work, community, held, said, known, one, is_new) for one in changes]
    log.append_many(connection, entries)
    score_in(connection, work.store, reopened(connection, work.signature, held), work.signature.at)
    waiting = {one.subject for one in changes if _is_waiting_fact(one.old)}
    return [
        ImportedChange(
            community.code, held.id, e.subject, e.revision, WAITING if e.subject in waiting else ""
        )
        for e in entries
    ]


def _is_waiting_fact(old: Kept) -> bool:
    """Whether it was a fact that was still to be confirmed, which its log does not say."""
    return isinstance(old, SavedFact) and old.to_confirm


def _write(
    work: _Work,
    community: Community,
    held: Assessment,
    said: dict[str, Answer],
    known: dict[str, SavedFact],
    one: Change,
    is_new: bool,
) -> log.Change:
    """Write one change over the revision that was shown; its entry in the log."""
    current: Answer | SavedFact = (
        said.get(one.subject, Answer(one.subject))
        if isinstance(one.new, Answer)
        else known.get(one.subject, SavedFact(one.subject))
    )
    # What was carried over when the assessment was begun just now, nobody has said yet.
    if current.revision != one.old.revision and not (is_new and current.to_confirm):
        raise _stale(one.subject)
    wanted = replace(one.new, revision=current.revision)
    kept = write_kept(work.connection, held.id, wanted, work.signature)
    if kept is None:
        raise _stale(one.subject)
    return replace(
        _change(work, IMPORT, community.code),
        assessment=held.id,
        subject=subject_of(kept),
        revision=kept.revision,
        old=log_text(current),
        new=log_text(kept),
    )


def _change(work: _Work, action: str, code: str) -> log.Change:
    return log.Change(work.signature.by, work.signature.at, action, community=code)


def _summary(signature: Signature, preview: Preview, number: int, written: int) -> log.Change:
    upload = preview.upload
    words = f"{upload.name} {upload.sha256} {written}"
    return log.Change(signature.by, signature.at, IMPORT_FILE, subject=str(number), new=words)


def _stale(what: str) -> Refused:
    return Refused([Fault("import_stale", values={"what": what[:60]})])
