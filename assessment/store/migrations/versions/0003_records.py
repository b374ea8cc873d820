"""Records that people can stand behind: hand-over, evidence, people, and a chained log."""

import hashlib
import json
from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0003"
down_revision: str | None = "0002"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_REFUSE_SQLITE = """
CREATE TRIGGER log_refuses_{event} BEFORE {event} ON log
BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END
"""
_REFUSE_POSTGRESQL = """
CREATE FUNCTION log_refuses() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'the log is append-only'; END $$
"""


def upgrade() -> None:
    """Add the tables and columns, chain what the log holds, and close it to changes."""
    _invitation()
    _person()
    _throttle()
    _role_grant()
    _sign_in()
    _comment()
    _evidence()
    _handover()
    _pin()
    _columns()
    _chain()
    _close_log()


def _invitation() -> None:
    op.create_table(
        "invitation",
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), server_default="", nullable=False),
        sa.Column("expires_at", sa.Text(), nullable=False),
        sa.Column("used_at", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_invitation")),
        sqlite_strict=True,
    )


def _person() -> None:
    op.create_table(
        "person",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("login", sa.Text(), server_default="", nullable=False),
        sa.Column("password", sa.Text(), server_default="", nullable=False),
        sa.Column("issuer", sa.Text(), server_default="", nullable=False),
        sa.Column("subject", sa.Text(), server_default="", nullable=False),
        sa.Column("active", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", sa.Text(), nullable=False),
        sa.CheckConstraint("active IN (0, 1)", name=op.f("ck_person_active")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sqlite_strict=True,
    )
    op.create_index(
        "uq_person_issuer_subject",
        "person",
        ["issuer", "subject"],
        unique=True,
        sqlite_where=sa.text("issuer <> ''"),
        postgresql_where=sa.text("issuer <> ''"),
    )
    op.create_index(
        "uq_person_login",
        "person",
        ["login"],
        unique=True,
        sqlite_where=sa.text("login <> ''"),
        postgresql_where=sa.text("login <> ''"),
    )


def _throttle() -> None:
    op.create_table(
        "throttle",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("last_at", sa.Text(), nullable=False),
        sa.Column("until", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_throttle")),
        sqlite_strict=True,
    )


def _role_grant() -> None:
    op.create_table(
        "role_grant",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("community", sa.Text(), server_default="", nullable=False),
        sa.Column("area", sa.Text(), server_default="", nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name=op.f("fk_role_grant_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role_grant")),
        sa.UniqueConstraint(
            "person",
            "role",
            "community",
            "area",
            name=op.f("uq_role_grant_person_role_community_area"),
        ),
        sqlite_strict=True,
    )


def _sign_in() -> None:
    op.create_table(
        "sign_in",
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("created_at", sa.Text(), nullable=False),
        sa.Column("seen_at", sa.Text(), nullable=False),
        sa.Column("ended_at", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name=op.f("fk_sign_in_person")),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_sign_in")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_sign_in_person"), "sign_in", ["person"], unique=False)


def _comment() -> None:
    op.create_table(
        "comment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assessment", sa.Integer(), nullable=False),
        sa.Column("item", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("submission", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("resolved_by", sa.Text(), server_default="", nullable=False),
        sa.Column("resolved_at", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["assessment"], ["assessment.id"], name=op.f("fk_comment_assessment")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comment")),
        sa.UniqueConstraint("submission", name=op.f("uq_comment_submission")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_comment_assessment"), "comment", ["assessment"], unique=False)


def _evidence() -> None:
    op.create_table(
        "evidence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assessment", sa.Integer(), nullable=False),
        sa.Column("item", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), server_default="", nullable=False),
        sa.Column("name", sa.Text(), server_default="", nullable=False),
        sa.Column("media_type", sa.Text(), server_default="", nullable=False),
        sa.Column("size", sa.Integer(), server_default="0", nullable=False),
        sa.Column("url", sa.Text(), server_default="", nullable=False),
        sa.Column("dated", sa.Text(), server_default="", nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("submission", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("removed_by", sa.Text(), server_default="", nullable=False),
        sa.Column("removed_at", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["assessment"], ["assessment.id"], name=op.f("fk_evidence_assessment")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence")),
        sa.UniqueConstraint("submission", name=op.f("uq_evidence_submission")),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_evidence_assessment_item"), "evidence", ["assessment", "item"], unique=False
    )
    op.create_index(op.f("ix_evidence_sha256"), "evidence", ["sha256"], unique=False)


def _handover() -> None:
    op.create_table(
        "handover",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assessment", sa.Integer(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("fingerprint", sa.Text(), server_default="", nullable=False),
        sa.Column("log_id", sa.Integer(), nullable=False),
        sa.Column("submission", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["assessment"], ["assessment.id"], name=op.f("fk_handover_assessment")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handover")),
        sa.UniqueConstraint("submission", name=op.f("uq_handover_submission")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_handover_assessment"), "handover", ["assessment"], unique=False)


def _pin() -> None:
    op.create_table(
        "pin",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assessment", sa.Integer(), nullable=False),
        sa.Column("item", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("handover", sa.Integer(), nullable=True),
        sa.Column("submission", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("resolved_by", sa.Text(), server_default="", nullable=False),
        sa.Column("resolved_at", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["assessment"], ["assessment.id"], name=op.f("fk_pin_assessment")),
        sa.ForeignKeyConstraint(["handover"], ["handover.id"], name=op.f("fk_pin_handover")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pin")),
        sa.UniqueConstraint("submission", name=op.f("uq_pin_submission")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_pin_assessment"), "pin", ["assessment"], unique=False)


def _columns() -> None:
    for table in ("answer", "fact"):
        op.execute(
            f"ALTER TABLE {table} ADD COLUMN to_confirm INTEGER DEFAULT '0' NOT NULL "
            f"CONSTRAINT ck_{table}_to_confirm CHECK (to_confirm IN (0, 1))"
        )
    for table, column in (
        ("assessment", sa.Column("state_at", sa.Text(), nullable=True)),
        ("assessment", sa.Column("state_by", sa.Text(), server_default="", nullable=False)),
        ("assessment", sa.Column("fingerprint", sa.Text(), server_default="", nullable=False)),
        ("log", sa.Column("hash", sa.Text(), server_default="", nullable=False)),
        ("round", sa.Column("closes", sa.Text(), server_default="", nullable=False)),
    ):
        op.add_column(table, column)
    op.create_index(op.f("ix_log_by"), "log", ["by"], unique=False)


def _chain() -> None:
    """Give every entry that is there the hash that a new one would have got."""
    names = ("at", "by", "action", "community", "assessment", "subject", "revision", "old", "new")
    log = sa.table("log", sa.column("id"), sa.column("hash"), *(sa.column(one) for one in names))
    connection = op.get_bind()
    hashes, previous = [], ""
    for row in connection.execute(sa.select(log).order_by(log.c.id)):
        content = [previous, *(getattr(row, one) for one in names)]
        text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
        previous = hashlib.sha256(text.encode()).hexdigest()
        hashes.append({"row_id": row.id, "row_hash": previous})
    if hashes:
        statement = sa.update(log).where(log.c.id == sa.bindparam("row_id"))
        connection.execute(statement.values(hash=sa.bindparam("row_hash")), hashes)


def _close_log() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for event in ("UPDATE", "DELETE"):
            op.execute(_REFUSE_SQLITE.format(event=event))
        return
    op.execute(_REFUSE_POSTGRESQL)
    op.execute(
        "CREATE TRIGGER log_refuses_changes BEFORE UPDATE OR DELETE ON log "
        "FOR EACH ROW EXECUTE FUNCTION log_refuses()"
    )
    op.execute(
        "CREATE TRIGGER log_refuses_truncate BEFORE TRUNCATE ON log "
        "FOR EACH STATEMENT EXECUTE FUNCTION log_refuses()"
    )
