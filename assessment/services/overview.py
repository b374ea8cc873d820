"""Where communities stand in a round."""

from collections.abc import Sequence

from assessment.domain.records import Assessment, Community, Membership, Round, ScoreRow
from assessment.domain.standing import Overview
from assessment.services.authorising import sees
from assessment.services.divisions import division
from assessment.store import communities, rounds, scores
from assessment.store.engine import Store, Transaction


def overview_of(store: Store, one: Round, codes: Sequence[str]) -> list[Overview]:
    """The named communities in the order of their codes here.

    Left out are unknown ones and those that the person at work may not see.
    """
    with store.reading() as connection:
        found = overview_in(connection, one, codes)
    return [row for row in found if sees(store, row.community)]


def overview_in(connection: Transaction, one: Round, codes: Sequence[str]) -> list[Overview]:
    """The same inside a transaction."""
    found = {each.code: each for each in communities.load_named(connection, codes)}
    lists = communities.load_memberships(connection, codes)
    begun = rounds.load_assessments_in(connection, one.id, codes)
    scored = scores.load_scores(connection, one.id, codes)
    return [
        _row(found[code], lists.get(code, ()), begun.get(code), scored.get(code))
        for code in codes
        if code in found
    ]


def _row(
    community: Community,
    memberships: Sequence[Membership],
    assessment: Assessment | None,
    score: ScoreRow | None,
) -> Overview:
    place = community.place
    if place is None:
        area = division(community.adcode)
        place = area.place if area else None
    placed = community.place is not None
    return Overview(community, memberships, assessment, score, place, placed)
