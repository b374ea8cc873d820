"""What a community is like, beside its score: what peers are found by."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0002"
down_revision: str | None = "0001"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

REAL: sa.types.TypeEngine[float] = sa.Double().with_variant(sa.REAL(), "sqlite")
_NUMBERS = ("households", "population", "land_area")
_CHOICES = ("built", "built_decade")


def upgrade() -> None:
    """Add the columns and fill them from the facts that are kept."""
    for name in _NUMBERS:
        op.add_column("score", sa.Column(name, REAL))
        op.execute(_from_facts(name, "CAST(fact.value AS double precision)"))
    for name in _CHOICES:
        op.add_column("score", sa.Column(name, sa.Text, nullable=False, server_default=""))
        op.execute(_from_facts(name, "fact.value"))


def _from_facts(name: str, value: str) -> str:
    # Names are those above; nothing typed gets here.
    found = f"FROM fact WHERE fact.assessment = score.assessment AND fact.fact = '{name}'"
    known = f"{found} AND fact.value <> ''"
    return f"UPDATE score SET {name} = (SELECT {value} {known}) WHERE EXISTS (SELECT 1 {known})"  # noqa: S608
