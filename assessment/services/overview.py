"""Where every community of the installation stands."""

from collections.abc import Sequence

from assessment.domain.records import Assessment, Community, Membership, Round, ScoreRow
from assessment.domain.standing import Overview
from assessment.services.divisions import division
from assessment.store import communities, log, rounds, scores
from assessment.store.engine import Store


def overview(store: Store, one: Round) -> list[Overview]:
    """Every community of the round's kind (real or sample) with its score in the round."""
    with store.reading() as connection:
        found = communities.load_communities(connection, one.sample)
        lists = communities.load_memberships(connection)
        begun = rounds.load_assessments_in(connection, one.id)
        scored = scores.load_scores(connection, one.id)
    return [
        _row(each, lists.get(each.code, ()), begun.get(each.code), scored.get(each.code))
        for each in found
    ]


def data_version(store: Store) -> int:
    """A number that grows with every change of the records."""
    with store.reading() as connection:
        return log.data_version(connection)


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
