"""The plan of a community: what is to be done, by whom, when and at what cost."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0005"
down_revision: str | None = "0004"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "plan_action",
        sa.Column("id", sa.Integer(), nullable=False),
        *(sa.Column(one, sa.Text(), nullable=False) for one in ("community", "item", "words")),
        *(_blank(one, "") for one in ("means", "cost")),
        *(_blank(one, "0") for one in ("service_area", "activity_area")),
        *(_blank(one, "") for one in ("owner", "decides", "starts")),
        sa.Column("months", sa.Integer(), nullable=True),
        sa.Column("after", sa.Integer(), nullable=True),
        _blank("state", "planned"),
        sa.Column("submission", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), server_default="1", nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("removed_at", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["after"], ["plan_action.id"], name=op.f("fk_plan_action_after")),
        sa.ForeignKeyConstraint(
            ["community"], ["community.code"], name=op.f("fk_plan_action_community")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_action")),
        sa.UniqueConstraint("submission", name=op.f("uq_plan_action_submission")),
        sqlite_strict=True,
    )
    op.create_index("ix_plan_action_community", "plan_action", ["community"], unique=False)


def _blank(name: str, default: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), server_default=default, nullable=False)
