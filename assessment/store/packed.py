"""What score rows keep beside the score: facts to find peers by, outcomes and credits."""

from collections.abc import Sequence

from sqlalchemy import Connection, bindparam, select

from assessment.domain.selected import Packed
from assessment.store.tables import score

_PACKED = select(
    score.c.community,
    score.c.households,
    score.c.population,
    score.c.land_area,
    score.c.built,
    score.c.built_decade,
    score.c.outcomes,
    score.c.credits,
    score.c.unsupported_items,
).where(
    score.c.round == bindparam("round_id"),
    score.c.community.in_(bindparam("codes", expanding=True)),
)


def load_packed(connection: Connection, round_id: str, codes: Sequence[str]) -> dict[str, Packed]:
    """What the score rows of some communities in a round keep, by community."""
    rows = connection.execute(_PACKED, {"round_id": round_id, "codes": list(codes)})
    return {row[0]: Packed(*row[1:]) for row in rows}
