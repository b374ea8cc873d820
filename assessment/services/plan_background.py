"""What a plan is read against: the pilot lists of the community, and its round before."""

from collections.abc import Sequence
from dataclasses import dataclass

from assessment.domain.records import Programme
from assessment.domain.sheet import Sheet
from assessment.services.authorising import sees
from assessment.services.sheets import load_history
from assessment.store import communities
from assessment.store.engine import Store


@dataclass(frozen=True)
class Background:
    """``windows`` are the pilot lists that the community is in; ``before`` its round before."""

    windows: Sequence[Programme] = ()
    before: Sheet | None = None


def background_of(store: Store, sheet: Sheet) -> Background:
    """For the sheet of one round; nothing where the person may not see the community."""
    if not sees(store, sheet.community):
        return Background()
    code = sheet.community.code
    with store.reading() as connection:
        lists = communities.load_memberships(connection, [code]).get(code, ())
        known = communities.load_programmes(connection)
    member = {one.programme for one in lists}
    earlier = [
        one
        for one in load_history(store, code)
        if one.round.sample == sheet.round.sample and one.round.opens < sheet.round.opens
    ]
    return Background([one for one in known if one.id in member], earlier[-1] if earlier else None)
