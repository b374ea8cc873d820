"""What staff and reviewers write to each other about an item: working talk, for them alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assessment.domain.errors import Fault, Refused
from assessment.domain.names import compare_key, read_text
from assessment.domain.permissions import Action
from assessment.domain.records import Comment, Signature
from assessment.domain.sheet import Sheet
from assessment.services.authorising import allows, authorise
from assessment.services.log_entries import entry_about
from assessment.store import comments, log
from assessment.store.authors import load_names
from assessment.store.engine import Store

LONGEST_COMMENT = 2000
COMMENT, RESOLVE, REOPEN = "comment", "resolve", "unresolve"


@dataclass(frozen=True)
class Thread:
    """The comments about one item, the open ones first; ``names`` are of their writers."""

    item: str
    comments: Sequence[Comment]
    names: Mapping[str, str]

    @property
    def open(self) -> int:
        """How many are not resolved."""
        return sum(not one.resolved_by for one in self.comments)


def thread_of(store: Store, sheet: Sheet, item: str) -> Thread:
    """What was written about an item; nothing for who may not take part."""
    found = [one for one in _threads(store, sheet, item) if one.item == item]
    return found[0] if found else Thread(item, (), {})


def open_counts(store: Store, sheet: Sheet) -> Mapping[str, int]:
    """How many comments are open, by item; none for who may not take part."""
    if not allows(store, Action.COMMENT, sheet.community):
        return {}
    with store.reading() as connection:
        return comments.count_open(connection, sheet.assessment.id)


def add_comment(
    store: Store, signature: Signature, sheet: Sheet, item: str, text: str, submission: str
) -> None:
    """Write something about an item; pressing twice (the same ``submission``) writes it once.

    Raises ``Forbidden``, or ``Refused``: ``item_unknown``, ``comment_empty``, ``text_too_long``
    or ``text_control``.
    """
    authorise(store, Action.COMMENT, sheet.community)
    if not sheet.framework.has_item(item):
        raise Refused([Fault("item_unknown", item=item[:20])])
    if not compare_key(text):
        raise Refused([Fault("comment_empty", item=item)])
    words = read_text(text.strip(), LONGEST_COMMENT)
    one = Comment(0, item, words, signature.by, signature.at)
    with store.writing() as connection:
        if comments.add_comment(connection, sheet.assessment.id, one, submission):
            log.append(connection, entry_about(signature, sheet, COMMENT, item, new=words))


def resolve(store: Store, signature: Signature, sheet: Sheet, item: str) -> None:
    """Mark what is open about an item as resolved; doing it twice changes nothing."""
    authorise(store, Action.COMMENT, sheet.community)
    about = (sheet.assessment.id, item, signature.by, signature.at)
    with store.writing() as connection:
        count = comments.resolve_comments(connection, *about)
        if count:
            log.append(connection, entry_about(signature, sheet, RESOLVE, item, new=str(count)))


def reopen(store: Store, signature: Signature, sheet: Sheet, item: str) -> None:
    """Open a thread again at its last comment; doing it twice changes nothing."""
    authorise(store, Action.COMMENT, sheet.community)
    with store.writing() as connection:
        found = comments.load_comments(connection, sheet.assessment.id, item)
        if found and comments.reopen_comment(connection, found[-1].id):
            log.append(connection, entry_about(signature, sheet, REOPEN, item, new=""))


def _threads(store: Store, sheet: Sheet, item: str = "") -> Sequence[Thread]:
    if not allows(store, Action.COMMENT, sheet.community):
        return ()
    with store.reading() as connection:
        found = comments.load_comments(connection, sheet.assessment.id, item)
        writers = {one.by for one in found} | {one.resolved_by for one in found}
        names = load_names(connection, writers)
    by_item: dict[str, list[Comment]] = {one.id: [] for one in sheet.framework.items}
    for one in found:
        by_item.setdefault(one.item, []).append(one)
    return [
        Thread(each, sorted(some, key=lambda one: bool(one.resolved_by)), names)
        for each, some in by_item.items()
        if some
    ]
