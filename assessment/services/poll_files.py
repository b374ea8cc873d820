"""Files of replies: brought in whole or not at all, taken out again, put back."""

import hashlib
from collections.abc import Sequence
from functools import lru_cache

from assessment.domain.errors import Fault, Refused
from assessment.domain.import_table import RawSheet
from assessment.domain.permissions import Action
from assessment.domain.poll import Brought, Poll
from assessment.domain.poll_file import PollFile, read_replies
from assessment.domain.questionnaire import Questionnaire
from assessment.domain.records import Signature
from assessment.domain.sheet import Sheet
from assessment.services.authorising import authorise, sees
from assessment.services.log_entries import entry_about
from assessment.services.polling import begun_in
from assessment.services.recognising import clean_name
from assessment.services.round_window import require_open
from assessment.services.table_process import read_tables
from assessment.store import log, polls
from assessment.store.engine import Store, Transaction


def list_files(store: Store, sheet: Sheet, poll: Poll) -> Sequence[Brought]:
    """Every file that was brought in; nothing for who may not see the community."""
    if not poll.id or not sees(store, sheet.community):
        return ()
    with store.reading() as connection:
        return polls.list_files(connection, poll.id)


@lru_cache(maxsize=2)
def _sheet(content: bytes) -> RawSheet:
    """The first sheet of a file, read once for the look at it and for taking it."""
    return next(iter(read_tables(content)), RawSheet("", ()))


def look_at(content: bytes, questionnaire: Questionnaire) -> PollFile:
    """What a file holds; nothing is kept. Raises ``Refused`` where it cannot be read."""
    return read_replies(_sheet(content), questionnaire)


def take_file(store: Store, signature: Signature, sheet: Sheet, name: str, content: bytes) -> int:
    """Bring in every reply of a file; how many there were.

    Raises ``Forbidden``, or ``Refused`` with every fault of the file, ``round_closed``,
    ``poll_file_empty``, or ``poll_file_again`` where its content is in already. A file that was
    taken out comes back.
    """
    authorise(store, Action.POLL, sheet.community)
    read = _sheet(content)  # before the records are held: it takes a while
    with store.writing() as connection:
        require_open(connection, sheet.round.id, signature.at)
        poll = begun_in(connection, signature, sheet.assessment.id)
        found = read_replies(read, polls.load(connection, poll.questionnaire))
        if found.faults:
            raise Refused(found.faults)
        if not found.replies:
            raise Refused([Fault("poll_file_empty")])
        sha256 = hashlib.sha256(content).hexdigest()
        by, at, number = signature.by, signature.at, len(found.replies)
        kept = clean_name(name)
        file = polls.add_file(connection, poll.id, kept, sha256, number, by, at)
        if file is None:
            return _again(connection, signature, sheet, poll, sha256)
        for place, reply in enumerate(found.replies, start=1):
            polls.add_reply(connection, poll.id, reply, f"file/{file}/{place}", at, file)
        new = f"{number} × {kept}"
        log.append(connection, entry_about(signature, sheet, "poll_file", str(file), "", new))
    return number


def remove_file(store: Store, signature: Signature, sheet: Sheet, file: Brought) -> None:
    """Take the replies of a file out of the count. Raises ``Forbidden``."""
    _set_removed(store, signature, sheet, file, remove=True)


def restore_file(store: Store, signature: Signature, sheet: Sheet, file: Brought) -> None:
    """Undo a removal. Raises ``Forbidden``."""
    _set_removed(store, signature, sheet, file, remove=False)


def _again(
    connection: Transaction, signature: Signature, sheet: Sheet, poll: Poll, sha256: str
) -> int:
    """The same content once more: a file that was taken out comes back."""
    file = polls.find_file(connection, poll.id, sha256)
    if file is None or not polls.set_file_removed(connection, poll.id, file.id, "", None):
        raise Refused([Fault("poll_file_again", values={"name": file.name if file else ""})])
    _log_file(connection, signature, sheet, file, "poll_file_restore")
    return file.replies


def _set_removed(
    store: Store, signature: Signature, sheet: Sheet, file: Brought, *, remove: bool
) -> None:
    authorise(store, Action.POLL, sheet.community)
    at = signature.at if remove else None
    with store.writing() as connection:
        require_open(connection, sheet.round.id, signature.at)
        poll = begun_in(connection, signature, sheet.assessment.id)
        if polls.set_file_removed(connection, poll.id, file.id, signature.by, at):
            action = "poll_file_remove" if remove else "poll_file_restore"
            _log_file(connection, signature, sheet, file, action)


def _log_file(
    connection: Transaction, signature: Signature, sheet: Sheet, file: Brought, action: str
) -> None:
    new = f"{file.replies} × {file.name}"
    log.append(connection, entry_about(signature, sheet, action, str(file.id), "", new))
