"""Tables of what is said and shown about answers: hand-over, pins, comments, evidence, the plan."""

from sqlalchemy import Column, ForeignKey, Index, Integer, Text

from assessment.store.table_parts import UtcTime, table

handover = table(
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

pin = table(
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

comment = table(
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

evidence = table(
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

plan_action = table(
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

import_file = table(
    "import_file",
    Column("id", Integer, primary_key=True),
    Column("name", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("round", Text, nullable=False, server_default=""),
    Column("added", Integer, nullable=False, server_default="0"),
    Column("changed", Integer, nullable=False, server_default="0"),
    Column("refused", Integer, nullable=False, server_default="0"),
    Column("submission", Text, nullable=False, unique=True),
    Column("by", Text, nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("undone_by", Text, nullable=False, server_default=""),
    Column("undone_at", UtcTime),
)

import_change = table(
    "import_change",
    Column("id", Integer, primary_key=True),
    Column("import_file", Integer, ForeignKey("import_file.id"), nullable=False),
    Column("community", Text, ForeignKey("community.code"), nullable=False),
    Column("assessment", Integer, ForeignKey("assessment.id")),
    Column("subject", Text, nullable=False, server_default=""),
    Column("revision", Integer, nullable=False),
    Column("old", Text, nullable=False, server_default=""),
    Index(None, "import_file"),
    Index(None, "community"),
)
