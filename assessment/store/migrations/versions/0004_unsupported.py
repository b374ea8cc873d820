"""Which answers claim credit without the evidence that their items ask for."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0004"
down_revision: str | None = "0003"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Add the columns. The next start fills them: it takes the frameworks to know."""
    op.add_column("score", sa.Column("unsupported", sa.Integer, nullable=False, server_default="0"))
    op.add_column("score", sa.Column("unsupported_items", sa.LargeBinary))
