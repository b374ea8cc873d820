"""Tables of people: who they are, what they may do, and how they sign in."""

from sqlalchemy import Column, ForeignKey, Index, Integer, Text, UniqueConstraint, text

from assessment.store.table_parts import UtcTime, flag, table

person = table(
    "person",
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("login", Text, nullable=False, server_default=""),
    Column("password", Text, nullable=False, server_default=""),
    Column("issuer", Text, nullable=False, server_default=""),
    Column("subject", Text, nullable=False, server_default=""),
    flag("active", default="1"),
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

role_grant = table(
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

sign_in = table(
    "sign_in",
    Column("token_hash", Text, primary_key=True),
    Column("person", Text, ForeignKey("person.id"), nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Column("seen_at", UtcTime, nullable=False),
    Column("ended_at", UtcTime),
    Index(None, "person"),
)

invitation = table(
    "invitation",
    Column("token_hash", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("person", Text, nullable=False, server_default=""),
    Column("expires_at", UtcTime, nullable=False),
    Column("used_at", UtcTime),
)

throttle = table(
    "throttle",
    Column("key", Text, primary_key=True),
    Column("failures", Integer, nullable=False),
    Column("last_at", UtcTime, nullable=False),
    Column("until", UtcTime, nullable=False),
)
