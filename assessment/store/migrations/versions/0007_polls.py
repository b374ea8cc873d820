"""What residents say: the questions, a community's poll, and what came back."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0007"
down_revision: str | None = "0006"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Add the tables."""
    op.create_table(
        "questionnaire",
        _text("hash"),
        _text("id"),
        _text("version"),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        _text("published_at"),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_questionnaire")),
        sqlite_strict=True,
    )
    _poll()
    _poll_file()
    _poll_reply()
    _poll_count()


def _poll() -> None:
    op.create_table(
        "poll",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assessment", sa.Integer(), nullable=False),
        _text("questionnaire"),
        _text("token"),
        sa.Column("switched_on", sa.Integer(), server_default="0", nullable=False),
        *(_blank(one) for one in ("opens", "closes", "address")),
        sa.Column("revision", sa.Integer(), server_default="1", nullable=False),
        _text("by"),
        _text("at"),
        sa.CheckConstraint("switched_on IN (0, 1)", name=op.f("ck_poll_switched_on")),
        sa.ForeignKeyConstraint(["assessment"], ["assessment.id"], name=op.f("fk_poll_assessment")),
        sa.ForeignKeyConstraint(
            ["questionnaire"], ["questionnaire.hash"], name=op.f("fk_poll_questionnaire")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_poll")),
        sa.UniqueConstraint("assessment", name=op.f("uq_poll_assessment")),
        sa.UniqueConstraint("token", name=op.f("uq_poll_token")),
        sqlite_strict=True,
    )


def _poll_file() -> None:
    op.create_table(
        "poll_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("poll", sa.Integer(), nullable=False),
        _text("name"),
        _text("sha256"),
        sa.Column("replies", sa.Integer(), nullable=False),
        _text("by"),
        _text("at"),
        _blank("removed_by"),
        sa.Column("removed_at", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["poll"], ["poll.id"], name=op.f("fk_poll_file_poll")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_poll_file")),
        sa.UniqueConstraint("poll", "sha256", name=op.f("uq_poll_file_poll_sha256")),
        sqlite_strict=True,
    )


def _poll_reply() -> None:
    op.create_table(
        "poll_reply",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("poll", sa.Integer(), nullable=False),
        sa.Column("file", sa.Integer(), nullable=True),
        _text("submission"),
        _blank("age"),
        _text("choices"),
        _text("at"),
        sa.ForeignKeyConstraint(["file"], ["poll_file.id"], name=op.f("fk_poll_reply_file")),
        sa.ForeignKeyConstraint(["poll"], ["poll.id"], name=op.f("fk_poll_reply_poll")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_poll_reply")),
        sa.UniqueConstraint("submission", name=op.f("uq_poll_reply_submission")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_poll_reply_poll"), "poll_reply", ["poll"], unique=False)


def _poll_count() -> None:
    op.create_table(
        "poll_count",
        sa.Column("poll", sa.Integer(), nullable=False),
        _text("question"),
        _text("choice"),
        sa.Column("count", sa.Integer(), nullable=False),
        _text("by"),
        _text("at"),
        sa.ForeignKeyConstraint(["poll"], ["poll.id"], name=op.f("fk_poll_count_poll")),
        sa.PrimaryKeyConstraint("poll", "question", "choice", name=op.f("pk_poll_count")),
        sqlite_strict=True,
    )


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False)


def _blank(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), server_default="", nullable=False)
