"""The first tables."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0001"
down_revision: str | None = None
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

REAL: sa.types.TypeEngine[float] = sa.Double().with_variant(sa.REAL(), "sqlite")


def upgrade() -> None:
    """Make every table of the first version."""
    _community()
    _framework()
    _log()
    _programme()
    _facility()
    _membership()
    _round()
    _assessment()
    _answer()
    _fact()
    _score()


def _community() -> None:
    op.create_table(
        "community",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name_zh", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), server_default="", nullable=False),
        sa.Column("compare_key", sa.Text(), nullable=False),
        sa.Column("province", sa.Text(), server_default="", nullable=False),
        sa.Column("city", sa.Text(), server_default="", nullable=False),
        sa.Column("district", sa.Text(), server_default="", nullable=False),
        sa.Column("street", sa.Text(), server_default="", nullable=False),
        sa.Column("adcode", sa.Text(), server_default="", nullable=False),
        sa.Column("committees", sa.Text(), server_default="", nullable=False),
        sa.Column("longitude", REAL, nullable=True),
        sa.Column("latitude", REAL, nullable=True),
        sa.Column("given_datum", sa.Text(), server_default="", nullable=False),
        sa.Column("given_longitude", REAL, nullable=True),
        sa.Column("given_latitude", REAL, nullable=True),
        sa.Column("source", sa.Text(), server_default="", nullable=False),
        sa.Column("second_source", sa.Text(), server_default="", nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("sample", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", sa.Text(), nullable=False),
        sa.Column("removed_at", sa.Text(), nullable=True),
        sa.CheckConstraint("sample IN (0, 1)", name=op.f("ck_community_sample")),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_community")),
        sqlite_strict=True,
    )
    op.create_index("ix_community_adcode", "community", ["adcode"], unique=False)
    op.create_index("ix_community_compare_key", "community", ["compare_key"], unique=False)


def _framework() -> None:
    op.create_table(
        "framework",
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("published_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_framework")),
        sqlite_strict=True,
    )


def _log() -> None:
    op.create_table(
        "log",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("community", sa.Text(), server_default="", nullable=False),
        sa.Column("assessment", sa.Integer(), nullable=True),
        sa.Column("subject", sa.Text(), server_default="", nullable=False),
        sa.Column("revision", sa.Integer(), server_default="0", nullable=False),
        sa.Column("old", sa.Text(), server_default="", nullable=False),
        sa.Column("new", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_log")),
        sqlite_strict=True,
    )
    op.create_index(
        "ix_log_assessment_subject_revision",
        "log",
        ["assessment", "subject", "revision"],
        unique=False,
    )


def _programme() -> None:
    op.create_table(
        "programme",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("level", sa.Text(), nullable=False),
        sa.Column("title_zh", sa.Text(), nullable=False),
        sa.Column("title_en", sa.Text(), nullable=False),
        sa.Column("starts", sa.Text(), server_default="", nullable=False),
        sa.Column("ends", sa.Text(), server_default="", nullable=False),
        sa.Column("source", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programme")),
        sqlite_strict=True,
    )


def _facility() -> None:
    op.create_table(
        "facility",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("longitude", REAL, nullable=False),
        sa.Column("latitude", REAL, nullable=False),
        sa.Column("given_datum", sa.Text(), nullable=False),
        sa.Column("given_longitude", REAL, nullable=False),
        sa.Column("given_latitude", REAL, nullable=False),
        sa.Column("submission", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("removed_at", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["community"], ["community.code"], name=op.f("fk_facility_community")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_facility")),
        sa.UniqueConstraint("submission", name=op.f("uq_facility_submission")),
        sqlite_strict=True,
    )
    op.create_index("ix_facility_community", "facility", ["community"], unique=False)


def _membership() -> None:
    op.create_table(
        "membership",
        sa.Column("community", sa.Text(), nullable=False),
        sa.Column("programme", sa.Text(), nullable=False),
        sa.Column("basis", sa.Text(), server_default="", nullable=False),
        sa.Column("verified", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["community"], ["community.code"], name=op.f("fk_membership_community")
        ),
        sa.ForeignKeyConstraint(
            ["programme"], ["programme.id"], name=op.f("fk_membership_programme")
        ),
        sa.PrimaryKeyConstraint("community", "programme", name=op.f("pk_membership")),
        sqlite_strict=True,
    )


def _round() -> None:
    op.create_table(
        "round",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("label_zh", sa.Text(), nullable=False),
        sa.Column("label_en", sa.Text(), nullable=False),
        sa.Column("opens", sa.Text(), nullable=False),
        sa.Column("due", sa.Text(), server_default="", nullable=False),
        sa.Column("framework", sa.Text(), nullable=False),
        sa.Column("sample", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.Text(), nullable=False),
        sa.CheckConstraint("sample IN (0, 1)", name=op.f("ck_round_sample")),
        sa.ForeignKeyConstraint(["framework"], ["framework.hash"], name=op.f("fk_round_framework")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_round")),
        sqlite_strict=True,
    )


def _assessment() -> None:
    op.create_table(
        "assessment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community", sa.Text(), nullable=False),
        sa.Column("round", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), server_default="draft", nullable=False),
        sa.Column("framework", sa.Text(), nullable=False),
        sa.Column("scoring_version", sa.Text(), nullable=False),
        sa.Column("created_at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["community"], ["community.code"], name=op.f("fk_assessment_community")
        ),
        sa.ForeignKeyConstraint(
            ["framework"], ["framework.hash"], name=op.f("fk_assessment_framework")
        ),
        sa.ForeignKeyConstraint(["round"], ["round.id"], name=op.f("fk_assessment_round")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessment")),
        sa.UniqueConstraint("community", "round", name=op.f("uq_assessment_community_round")),
        sqlite_strict=True,
    )
    op.create_index("ix_assessment_round", "assessment", ["round"], unique=False)


def _answer() -> None:
    op.create_table(
        "answer",
        sa.Column("assessment", sa.Integer(), nullable=False),
        sa.Column("item", sa.Text(), nullable=False),
        sa.Column("choice", sa.Text(), server_default="", nullable=False),
        sa.Column("ticks", sa.Text(), server_default="", nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("decision", sa.Text(), server_default="", nullable=False),
        sa.Column("details", sa.Text(), server_default="{}", nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["assessment"], ["assessment.id"], name=op.f("fk_answer_assessment")
        ),
        sa.PrimaryKeyConstraint("assessment", "item", name=op.f("pk_answer")),
        sqlite_strict=True,
    )


def _fact() -> None:
    op.create_table(
        "fact",
        sa.Column("assessment", sa.Integer(), nullable=False),
        sa.Column("fact", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["assessment"], ["assessment.id"], name=op.f("fk_fact_assessment")),
        sa.PrimaryKeyConstraint("assessment", "fact", name=op.f("pk_fact")),
        sqlite_strict=True,
    )


def _score() -> None:
    op.create_table(
        "score",
        sa.Column("assessment", sa.Integer(), nullable=False),
        sa.Column("round", sa.Text(), nullable=False),
        sa.Column("community", sa.Text(), nullable=False),
        sa.Column("low", REAL, nullable=True),
        sa.Column("high", REAL, nullable=True),
        sa.Column("low_percent", sa.Integer(), nullable=True),
        sa.Column("high_percent", sa.Integer(), nullable=True),
        sa.Column("completeness", REAL, nullable=True),
        sa.Column("set_aside_share", REAL, nullable=True),
        sa.Column("asked", sa.Integer(), nullable=False),
        sa.Column("answered", sa.Integer(), nullable=False),
        sa.Column("set_aside", sa.Integer(), nullable=False),
        sa.Column("gates", sa.Integer(), nullable=False),
        sa.Column("blocked", sa.Text(), nullable=False),
        sa.Column("verdict", sa.Integer(), nullable=False),
        sa.Column("enough", sa.Integer(), nullable=False),
        sa.Column("themes", sa.LargeBinary(), nullable=False),
        sa.Column("credits", sa.LargeBinary(), nullable=False),
        sa.Column("outcomes", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.CheckConstraint("enough IN (0, 1)", name=op.f("ck_score_enough")),
        sa.ForeignKeyConstraint(
            ["assessment"], ["assessment.id"], name=op.f("fk_score_assessment")
        ),
        sa.PrimaryKeyConstraint("assessment", name=op.f("pk_score")),
        sqlite_strict=True,
    )
    op.create_index("ix_score_round_community", "score", ["round", "community"], unique=False)
