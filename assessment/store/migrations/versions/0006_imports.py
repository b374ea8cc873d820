"""Files that were imported, and what each of them changed."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0006"
down_revision: str | None = "0005"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Add the tables."""
    op.create_table(
        "import_file",
        sa.Column("id", sa.Integer(), nullable=False),
        *(sa.Column(one, sa.Text(), nullable=False) for one in ("name", "sha256", "kind")),
        _blank("round"),
        *(
            sa.Column(one, sa.Integer(), server_default="0", nullable=False)
            for one in ("added", "changed", "refused")
        ),
        *(sa.Column(one, sa.Text(), nullable=False) for one in ("submission", "by", "at")),
        _blank("undone_by"),
        sa.Column("undone_at", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_file")),
        sa.UniqueConstraint("submission", name=op.f("uq_import_file_submission")),
        sqlite_strict=True,
    )
    op.create_table(
        "import_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("import_file", sa.Integer(), nullable=False),
        sa.Column("community", sa.Text(), nullable=False),
        sa.Column("assessment", sa.Integer(), nullable=True),
        _blank("subject"),
        sa.Column("revision", sa.Integer(), nullable=False),
        _blank("old"),
        *(
            sa.ForeignKeyConstraint([one], [f"{one}.{key}"], name=op.f(f"fk_import_change_{one}"))
            for one, key in (("import_file", "id"), ("community", "code"), ("assessment", "id"))
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_change")),
        sqlite_strict=True,
    )
    for one in ("import_file", "community"):
        op.create_index(f"ix_import_change_{one}", "import_change", [one], unique=False)


def _blank(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), server_default="", nullable=False)
