"""Who signed a change, by name."""

from collections.abc import Iterable, Mapping

from assessment.store import who
from assessment.store.engine import Store


def names_of(store: Store, ids: Iterable[str]) -> Mapping[str, str]:
    """The names of people who have an account here, by their ids; others are left out."""
    wanted = {one for one in ids if one}
    if not wanted:
        return {}
    with store.reading() as connection:
        return who.names_of(connection, wanted)
