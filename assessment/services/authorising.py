"""The one question that pages, routes, exports and imports ask before they do something."""

import logging
from contextlib import suppress
from datetime import UTC, datetime

from assessment.domain.errors import Forbidden, NotSaved
from assessment.domain.permissions import Action, Located, Person, may
from assessment.store import log
from assessment.store.engine import Store

logger = logging.getLogger("assessment")


def authorise(store: Store, action: Action, thing: Located | None = None) -> None:
    """Go on only if the person at work may do this; call it before a transaction is begun.

    Raises ``Forbidden``. The attempt goes into the log: the pages do not offer what is
    forbidden, so somebody tried to get round them.
    """
    person = store.person_now()
    if may(person, action, thing):
        return
    note_refused(store, person, action, thing)
    raise Forbidden(action.value)


def note_refused(store: Store, person: Person, action: Action, thing: Located | None) -> None:
    """Write into the log that somebody tried what is forbidden."""
    change = log.Change(
        by=person.id,
        at=datetime.now(UTC),
        action="refused",
        community=thing.code if thing else "",
        subject=action.value,
    )
    logger.warning("refused %s to %s", action.value, person.id)
    with suppress(NotSaved), store.writing() as connection:
        log.append(connection, change)


def allows(store: Store, action: Action, thing: Located | None = None) -> bool:
    """Whether a page should offer this."""
    return may(store.person, action, thing)


def sees(store: Store, thing: Located) -> bool:
    """Whether the person at work may know of this community."""
    return bool(store.person.grants) and store.person.reach.holds(thing)
