"""The tables of the records. Those of people and of review stand beside; all are found here."""

from sqlalchemy import Column, ForeignKey, Index, Integer, LargeBinary, Text, UniqueConstraint

from assessment.store.people_tables import invitation, person, role_grant, sign_in, throttle
from assessment.store.poll_tables import poll, poll_count, poll_file, poll_reply, questionnaire
from assessment.store.review_tables import (
    comment,
    evidence,
    handover,
    import_change,
    import_file,
    pin,
    plan_action,
)
from assessment.store.table_parts import Real, UtcTime, flag, metadata, table

framework = table(
    "framework",
    Column("hash", Text, primary_key=True),
    Column("id", Text, nullable=False),
    Column("version", Text, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("published_at", UtcTime, nullable=False),
)

community = table(
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
    flag("sample"),
    Column("revision", Integer, nullable=False, server_default="1"),
    Column("created_at", UtcTime, nullable=False),
    Column("removed_at", UtcTime),
    Index(None, "compare_key"),
    Index(None, "adcode"),
)

programme = table(
    "programme",
    Column("id", Text, primary_key=True),
    Column("level", Text, nullable=False),
    Column("title_zh", Text, nullable=False),
    Column("title_en", Text, nullable=False),
    Column("starts", Text, nullable=False, server_default=""),
    Column("ends", Text, nullable=False, server_default=""),
    Column("source", Text, nullable=False, server_default=""),
)

membership = table(
    "membership",
    Column("community", Text, ForeignKey("community.code"), primary_key=True),
    Column("programme", Text, ForeignKey("programme.id"), primary_key=True),
    Column("basis", Text, nullable=False, server_default=""),
    Column("verified", Text, nullable=False, server_default=""),
)

round_ = table(
    "round",
    Column("id", Text, primary_key=True),
    Column("label_zh", Text, nullable=False),
    Column("label_en", Text, nullable=False),
    Column("opens", Text, nullable=False),
    Column("due", Text, nullable=False, server_default=""),
    Column("closes", Text, nullable=False, server_default=""),
    Column("framework", Text, ForeignKey("framework.hash"), nullable=False),
    flag("sample"),
    Column("created_at", UtcTime, nullable=False),
)

assessment = table(
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

answer = table(
    "answer",
    Column("assessment", Integer, ForeignKey("assessment.id"), primary_key=True),
    Column("item", Text, primary_key=True),
    Column("choice", Text, nullable=False, server_default=""),
    Column("ticks", Text, nullable=False, server_default=""),
    Column("note", Text, nullable=False, server_default=""),
    Column("reason", Text, nullable=False, server_default=""),
    Column("decision", Text, nullable=False, server_default=""),
    Column("details", Text, nullable=False, server_default="{}"),
    flag("to_confirm", default="0"),
    Column("revision", Integer, nullable=False),
    Column("by", Text, nullable=False),
    Column("at", UtcTime, nullable=False),
)

fact = table(
    "fact",
    Column("assessment", Integer, ForeignKey("assessment.id"), primary_key=True),
    Column("fact", Text, primary_key=True),
    Column("value", Text, nullable=False),
    flag("to_confirm", default="0"),
    Column("revision", Integer, nullable=False),
    Column("by", Text, nullable=False),
    Column("at", UtcTime, nullable=False),
)

facility = table(
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

log = table(
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

score = table(
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
    flag("enough"),
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


__all__ = [
    "UtcTime",
    "answer",
    "assessment",
    "comment",
    "community",
    "evidence",
    "facility",
    "fact",
    "framework",
    "handover",
    "import_change",
    "import_file",
    "invitation",
    "log",
    "membership",
    "metadata",
    "person",
    "pin",
    "plan_action",
    "poll",
    "poll_count",
    "poll_file",
    "poll_reply",
    "programme",
    "questionnaire",
    "role_grant",
    "round_",
    "score",
    "sign_in",
    "throttle",
]
