"""Tables of what residents say: the questions, a community's poll, and what came back."""

from sqlalchemy import Column, ForeignKey, Index, Integer, LargeBinary, Text, UniqueConstraint

from assessment.store.table_parts import UtcTime, flag, table

questionnaire = table(
    "questionnaire",
    Column("hash", Text, primary_key=True),
    Column("id", Text, nullable=False),
    Column("version", Text, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("published_at", UtcTime, nullable=False),
)

poll = table(
    "poll",
    Column("id", Integer, primary_key=True),
    Column("assessment", Integer, ForeignKey("assessment.id"), nullable=False, unique=True),
    Column("questionnaire", Text, ForeignKey("questionnaire.hash"), nullable=False),
    Column("token", Text, nullable=False, unique=True),
    flag("switched_on", default="0"),
    Column("opens", Text, nullable=False, server_default=""),
    Column("closes", Text, nullable=False, server_default=""),
    Column("address", Text, nullable=False, server_default=""),
    Column("revision", Integer, nullable=False, server_default="1"),
    Column("by", Text, nullable=False),
    Column("at", UtcTime, nullable=False),
)

poll_file = table(
    "poll_file",
    Column("id", Integer, primary_key=True),
    Column("poll", Integer, ForeignKey("poll.id"), nullable=False),
    Column("name", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("replies", Integer, nullable=False),
    Column("by", Text, nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("removed_by", Text, nullable=False, server_default=""),
    Column("removed_at", UtcTime),
    UniqueConstraint("poll", "sha256"),
)

# One form of one resident; nothing of who it was. ``file`` is empty for what came online.
poll_reply = table(
    "poll_reply",
    Column("id", Integer, primary_key=True),
    Column("poll", Integer, ForeignKey("poll.id"), nullable=False),
    Column("file", Integer, ForeignKey("poll_file.id")),
    Column("submission", Text, nullable=False, unique=True),
    Column("age", Text, nullable=False, server_default=""),
    Column("choices", Text, nullable=False),
    Column("at", UtcTime, nullable=False),
    Index(None, "poll"),
)

poll_count = table(
    "poll_count",
    Column("poll", Integer, ForeignKey("poll.id"), primary_key=True),
    Column("question", Text, primary_key=True),
    Column("choice", Text, primary_key=True),
    Column("count", Integer, nullable=False),
    Column("by", Text, nullable=False),
    Column("at", UtcTime, nullable=False),
)
