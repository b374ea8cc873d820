"""Table definitions for SQLite and PostgreSQL.

SQLite tables are STRICT, so a text can never land in a number column. Times are UTC texts of
fixed form, which sort and read alike on both databases.
"""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    Column,
    Double,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects import sqlite
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeEngine

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

Real: TypeEngine[float] = Double().with_variant(sqlite.REAL(), "sqlite")


class UtcTime(TypeDecorator[datetime]):
    """A moment, stored as ``2026-11-24T07:58:47.123456Z``."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        """To text; a time without a zone is refused."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("time without zone")
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:  # noqa: ARG002, ANN401
        """From text."""
        if value is None:
            return None
        return datetime.strptime(value, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC)


def _table(name: str, *parts: Any) -> Table:  # noqa: ANN401
    return Table(name, metadata, *parts, sqlite_strict=True)


def _flag(name: str, default: str | None = None) -> Column[int]:
    check = CheckConstraint(f"{name} IN (0, 1)", name=name)
    return Column(name, Integer, check, nullable=False, server_default=default)


framework = _table(
    "framework",
    Column("hash", Text, primary_key=True),
    Column("id", Text, nullable=False),
    Column("version", Text, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("published_at", UtcTime, nullable=False),
)

community = _table(
    "community",
    Column("code", Text, primary_key=True),
    Column("name_zh", Text, nullable=False),
    Column("name_en", Text, nullable=False, server_default=""),
    Column("compare_key", Text, nullable=False),
    Column("province", Text, nullable=False, server_default=""),
    Column("city", Text, nullable=False, server_default=""),
    Column("district", Text, nullable=False, server_default=""),
    Column("street", Text, nullable=False, server_default=""),
    Column("adcode", Text, nullable=False, server_default=""),
    Column("committees", Text, nullable=False, server_default=""),
    Column("longitude", Real),
    Column("latitude", Real),
    Column("given_datum", Text, nullable=False, server_default=""),
    Column("given_longitude", Real),
    Column("given_latitude", Real),
    Column("source", Text, nullable=False, server_default=""),
    Column("second_source", Text, nullable=False, server_default=""),
    Column("note", Text, nullable=False, server_default=""),
    _flag("sample"),
    Column("revision", Integer, nullable=False, server_default="1"),
    Column("created_at", UtcTime, nullable=False),
    Column("removed_at", UtcTime),
    Index(None, "compare_key"),
    Index(None, "adcode"),
)

programme = _table(
    "programme",
    Column("id", Text, primary_key=True),
    Column("level", Text, nullable=False),
    Column("title_zh", Text, nullable=False),
    Column("title_en", Text, nullable=False),
    Column("starts", Text, nullable=False, server_default=""),
    Column("ends", Text, nullable=False, server_default=""),
    Column("source", Text, nullable=False, server_default=""),
)

membership = _table(
    "membership",
    Column("community", Text, ForeignKey("community.code"), primary_key=True),
    Column("programme", Text, ForeignKey("programme.id"), primary_key=True),
    Column("basis", Text, nullable=False, server_default=""),
    Column("verified", Text, nullable=False, server_default=""),
)

round_ = _table(
    "round",
    Column("id", Text, primary_key=True),
    Column("label_zh", Text, nullable=False),
    Column("label_en", Text, nullable=False),
    Column("opens", Text, nullable=False),
    Column("due", Text, nullable=False, server_default=""),
    Column("closes", Text, nullable=False, server_default=""),
    Column("framework", Text, ForeignKey("framework.hash"), nullable=False),
    _flag("sample"),
    Column("created_at", UtcTime, nullable=False),
)

assessment = _table(
    "assessment",
    Column("id", Integer, primary_key=True),
    Column("community", Text, ForeignKey("community.code"), nullable=False),
    Column("round", Text, ForeignKey("round.id"), nullable=False),
    Column("state", Text, nullable=False, server_default="draft"),
    Column("framework", Text, ForeignKey("framework.hash"), nullable=False),
    Column("scoring_version", Text, nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Column("state_at", UtcTime),
    Column("state_by", Text, nullable=False, server_default=""),
    Column("fingerprint", Text, nullable=False, server_default=""),
    UniqueConstraint("community", "round"),
    Index(None, "round"),
)

answer = _table(
    "answer",
    Column("assessment", Integer, ForeignKey("assessment.id"), primary_key=True),
    Column("item", Text, primary_key=True),
    Column("choice", Text, nullable=False, server_default=""),
    Column("ticks", Text, nullable=False, server_default=""),
    Column("note", Text, nullable=False, server_default=""),
    Column("reason", Text, nullable=False, server_default=""),
    Column("decision", Text, nullable=False, server_default=""),
    Column("details", Text, nullable=False, server_default="{}"),
    _flag("to_confirm", default="0"),
    Column("revision", Integer, nullable=False),
    Column("by", Text, nullable=False),
    Column("at", UtcTime, nullable=False),
)

fact = _table(
    "fact",
    Column("assessment", Integer, ForeignKey("assessment.id"), primary_key=True),
    Column("fact", Text, primary_key=True),
    Column("value", Text, nullable=False),
    _flag("to_confirm", default="0"),
    Column("revision", Integer, nullable=False),
    Column("by", Text, nullable=False),
    Column("at", UtcTime, nullable=False),
)

facility = _table(
    "facility",
    Column("id", Integer, primary_key=True),
    Column("community", Text, ForeignKey("community.code"), nullable=False),
    Column("kind", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("longitude", Real, nullable=False),
    Column("latitude", Real, nullable=False),
    Column("given_datum", Text, nullable=False),
    Column("given_longitude", Real, nullable=False),
    Column("given_latitude", Real, nullable=False),
    Column("submission", Text, nullable=False, unique=True),
    Column("by", Text, nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("removed_at", UtcTime),
    Index(None, "community"),
)

log = _table(
    "log",
    Column("id", Integer, primary_key=True),
    Column("at", UtcTime, nullable=False),
    Column("by", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("community", Text, nullable=False, server_default=""),
    Column("assessment", Integer),
    Column("subject", Text, nullable=False, server_default=""),
    Column("revision", Integer, nullable=False, server_default="0"),
    Column("old", Text, nullable=False, server_default=""),
    Column("new", Text, nullable=False, server_default=""),
    Column("hash", Text, nullable=False, server_default=""),
    Index(None, "assessment", "subject", "revision"),
    Index(None, "by"),
)

score = _table(
    "score",
    Column("assessment", Integer, ForeignKey("assessment.id"), primary_key=True),
    Column("round", Text, nullable=False),
    Column("community", Text, nullable=False),
    Column("low", Real),
    Column("high", Real),
    Column("low_percent", Integer),
    Column("high_percent", Integer),
    Column("completeness", Real),
    Column("set_aside_share", Real),
    Column("asked", Integer, nullable=False),
    Column("answered", Integer, nullable=False),
    Column("set_aside", Integer, nullable=False),
    Column("gates", Integer, nullable=False),
    Column("blocked", Text, nullable=False),
    Column("verdict", Integer, nullable=False),
    _flag("enough"),
    Column("themes", LargeBinary, nullable=False),
    Column("credits", LargeBinary, nullable=False),
    Column("outcomes", LargeBinary, nullable=False),
    Column("unsupported", Integer, nullable=False, server_default="0"),
    Column("unsupported_items", LargeBinary),
    Column("households", Real),
    Column("population", Real),
    Column("land_area", Real),
    Column("built", Text, nullable=False, server_default=""),
    Column("built_decade", Text, nullable=False, server_default=""),
    Column("at", UtcTime, nullable=False),
    Index(None, "round", "community"),
)

handover = _table(
    "handover",
    Column("id", Integer, primary_key=True),
    Column("assessment", Integer, ForeignKey("assessment.id"), nullable=False),
    Column("action", Text, nullable=False),
    Column("note", Text, nullable=False, server_default=""),
    Column("fingerprint", Text, nullable=False, server_default=""),
    Column("log_id", Integer, nullable=False),
    Column("submission", Text, nullable=False, unique=True),
    Column("by", Text, nullable=False),
    Column("at", UtcTime, nullable=False),
    Index(None, "assessment"),
)

pin = _table(
    "pin",
    Column("id", Integer, primary_key=True),
    Column("assessment", Integer, ForeignKey("assessment.id"), nullable=False),
    Column("item", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("handover", Integer, ForeignKey("handover.id")),
    Column("submission", Text, nullable=False, unique=True),
    Column("by", Text, nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("resolved_by", Text, nullable=False, server_default=""),
    Column("resolved_at", UtcTime),
    Index(None, "assessment"),
)

comment = _table(
    "comment",
    Column("id", Integer, primary_key=True),
    Column("assessment", Integer, ForeignKey("assessment.id"), nullable=False),
    Column("item", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("submission", Text, nullable=False, unique=True),
    Column("by", Text, nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("resolved_by", Text, nullable=False, server_default=""),
    Column("resolved_at", UtcTime),
    Index(None, "assessment"),
)

evidence = _table(
    "evidence",
    Column("id", Integer, primary_key=True),
    Column("assessment", Integer, ForeignKey("assessment.id"), nullable=False),
    Column("item", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("sha256", Text, nullable=False, server_default=""),
    Column("name", Text, nullable=False, server_default=""),
    Column("media_type", Text, nullable=False, server_default=""),
    Column("size", Integer, nullable=False, server_default="0"),
    Column("url", Text, nullable=False, server_default=""),
    Column("dated", Text, nullable=False, server_default=""),
    Column("note", Text, nullable=False, server_default=""),
    Column("submission", Text, nullable=False, unique=True),
    Column("by", Text, nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("removed_by", Text, nullable=False, server_default=""),
    Column("removed_at", UtcTime),
    Index(None, "assessment", "item"),
    Index(None, "sha256"),
)

plan_action = _table(
    "plan_action",
    Column("id", Integer, primary_key=True),
    Column("community", Text, ForeignKey("community.code"), nullable=False),
    Column("item", Text, nullable=False),
    Column("words", Text, nullable=False),
    Column("means", Text, nullable=False, server_default=""),
    Column("cost", Text, nullable=False, server_default=""),
    Column("service_area", Text, nullable=False, server_default="0"),
    Column("activity_area", Text, nullable=False, server_default="0"),
    Column("owner", Text, nullable=False, server_default=""),
    Column("decides", Text, nullable=False, server_default=""),
    Column("starts", Text, nullable=False, server_default=""),
    Column("months", Integer),
    Column("after", Integer, ForeignKey("plan_action.id")),
    Column("state", Text, nullable=False, server_default="planned"),
    Column("submission", Text, nullable=False, unique=True),
    Column("revision", Integer, nullable=False, server_default="1"),
    Column("by", Text, nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("removed_at", UtcTime),
    Index(None, "community"),
)

person = _table(
    "person",
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("login", Text, nullable=False, server_default=""),
    Column("password", Text, nullable=False, server_default=""),
    Column("issuer", Text, nullable=False, server_default=""),
    Column("subject", Text, nullable=False, server_default=""),
    _flag("active", default="1"),
    Column("created_at", UtcTime, nullable=False),
    Index(
        "uq_person_login",
        "login",
        unique=True,
        sqlite_where=text("login <> ''"),
        postgresql_where=text("login <> ''"),
    ),
    Index(
        "uq_person_issuer_subject",
        "issuer",
        "subject",
        unique=True,
        sqlite_where=text("issuer <> ''"),
        postgresql_where=text("issuer <> ''"),
    ),
)

role_grant = _table(
    "role_grant",
    Column("id", Integer, primary_key=True),
    Column("person", Text, ForeignKey("person.id"), nullable=False),
    Column("role", Text, nullable=False),
    Column("community", Text, nullable=False, server_default=""),
    Column("area", Text, nullable=False, server_default=""),
    Column("by", Text, nullable=False),
    Column("at", UtcTime, nullable=False),
    UniqueConstraint("person", "role", "community", "area"),
)

sign_in = _table(
    "sign_in",
    Column("token_hash", Text, primary_key=True),
    Column("person", Text, ForeignKey("person.id"), nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Column("seen_at", UtcTime, nullable=False),
    Column("ended_at", UtcTime),
    Index(None, "person"),
)

invitation = _table(
    "invitation",
    Column("token_hash", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("person", Text, nullable=False, server_default=""),
    Column("expires_at", UtcTime, nullable=False),
    Column("used_at", UtcTime),
)

throttle = _table(
    "throttle",
    Column("key", Text, primary_key=True),
    Column("failures", Integer, nullable=False),
    Column("last_at", UtcTime, nullable=False),
    Column("until", UtcTime, nullable=False),
)
