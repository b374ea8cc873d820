"""Putting pilots side by side: their sheets, their rounds, who is ahead, who is like them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from assessment.domain.ahead import Lead, lead
from assessment.domain.framework import Framework
from assessment.domain.gaps import Gap
from assessment.domain.nation import Nation
from assessment.domain.peers import Peer, Reason, find_peers, those_that_meet
from assessment.domain.records import Community, Round
from assessment.domain.scoring import Credits
from assessment.domain.sheet import Sheet
from assessment.services.communities import find_community
from assessment.services.frameworks import framework_of
from assessment.services.nation import nation_of
from assessment.services.selection import positions_of
from assessment.services.sheets import load_history, load_sheet
from assessment.store import rounds
from assessment.store.engine import Store

PEERS = 30
PEERS_A_GAP = 3


@dataclass(frozen=True)
class Pinned:
    """A pilot that was pinned; ``sheet`` is ``None`` where nothing was begun in the round."""

    community: Community
    sheet: Sheet | None


@dataclass(frozen=True)
class LikeCommunity:
    """A peer as people read of it."""

    community: Community
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class Alike:
    """The peers of a pilot, and for each of its gaps those of them that meet the item."""

    peers: tuple[LikeCommunity, ...]
    gaps: tuple[tuple[Gap, tuple[LikeCommunity, ...]], ...]


def load_pinned(store: Store, one: Round, codes: Sequence[str]) -> list[Pinned]:
    """The pilots with their sheets in a round. Nothing is begun by looking.

    Codes that nobody has, and those of the other kind (sample or real), are left out.
    """
    found = (find_community(store, code) for code in codes)
    chosen = [each.community for each in found if each and each.community.sample == one.sample]
    return [Pinned(community, _sheet(store, one, community)) for community in chosen]


def rounds_of(store: Store, community: Community) -> list[Sheet]:
    """The sheets of a pilot in all rounds of its kind, the earliest first."""
    history = load_history(store, community.code)
    return [sheet for sheet in history if sheet.round.sample == community.sample]


def why_no_lead(one: Sheet, other: Sheet) -> str:
    """Why nobody can say which is ahead: ``framework``, ``answers``, or empty if one can."""
    if one.framework.hash != other.framework.hash:
        return "framework"
    return "" if one.scores.enough[0] and other.scores.enough[0] else "answers"


def lead_over(sheet: Sheet, baseline: Sheet) -> Lead:
    """How surely a pilot is ahead of the baseline, under one framework."""
    sides = (sheet.credits, baseline.credits)
    answers = tuple(side.credit.tobytes() + side.outcome.tobytes() for side in sides)
    return _lead_of(_Pair(sheet.framework.hash, answers, sheet.framework, sides))


@dataclass(frozen=True)
class _Pair:
    """Two credits under one framework; equal where version and answers are."""

    framework_hash: str
    answers: tuple[bytes, ...]
    framework: Framework = field(compare=False)
    sides: tuple[Credits, Credits] = field(compare=False)


@lru_cache(maxsize=256)
def _lead_of(pair: _Pair) -> Lead:
    return lead(pair.framework, *pair.sides)


def alike(store: Store, one: Round, community: Community, gaps: Sequence[Gap]) -> Alike:
    """Who is like a pilot in a round, and who of them meets what it lacks."""
    nation = nation_of(store, one)
    places = positions_of(nation, [community.code])
    peers = find_peers(nation, int(places[0]), PEERS) if len(places) else ()
    told = {peer: _told(store, nation, peer) for peer in peers}
    columns = {item.id: k for k, item in enumerate(framework_of(store, one.framework).items)}
    met = []
    for gap in gaps:
        column = columns.get(gap.item.id)
        those = those_that_meet(nation, peers, column) if column is not None else ()
        met.append((gap, tuple(told[peer] for peer in those[:PEERS_A_GAP])))
    return Alike(tuple(told.values()), tuple(met))


def _told(store: Store, nation: Nation, peer: Peer) -> LikeCommunity:
    code = str(nation.code[peer.position])
    found = find_community(store, code)
    # Taken out of the register in this very moment: then its code is all that is known.
    community = found.community if found else Community(code, code)
    return LikeCommunity(community, peer.reasons)


def _sheet(store: Store, one: Round, community: Community) -> Sheet | None:
    with store.reading() as connection:
        begun = rounds.find_assessment(connection, community.code, one.id)
    return load_sheet(store, begun.id) if begun else None
