"""The score row of every assessment, written in the transaction that saves an answer."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

import numpy as np
from sqlalchemy import Connection, RowMapping, select

from assessment.domain.facts import Facts, numbers
from assessment.domain.records import ScoreRow, ThemeLine
from assessment.domain.scoring import Line, blocked_gates
from assessment.domain.sheet import Sheet
from assessment.store.tables import score as table
from assessment.store.upsert import replaces

PROFILE_NUMBERS = ("households", "population", "land_area")
PROFILE_CHOICES = ("built", "built_decade")
_COLUMNS = (
    "assessment",
    "low",
    "high",
    "low_percent",
    "high_percent",
    "completeness",
    "set_aside_share",
    "asked",
    "answered",
    "set_aside",
    "gates",
    "blocked",
    "verdict",
    "enough",
    "themes",
    "at",
)

_REPLACE = replaces(table, "assessment")


def write_score(connection: Connection, sheet: Sheet, at: datetime) -> None:
    """Keep the score of an assessment, with its packed credits and outcomes."""
    scores, credits = sheet.scores, sheet.credits
    values = {
        "assessment": sheet.assessment.id,
        "round": sheet.round.id,
        "community": sheet.community.code,
        **_line_values(scores.overall),
        "gates": int(scores.gates[0]),
        "blocked": " ".join(blocked_gates(sheet.framework, credits)),
        "verdict": int(scores.verdict[0]),
        "enough": int(scores.enough[0]),
        "themes": pack_themes(list(scores.themes.values())),
        "credits": credits.credit[0].astype("<f8").tobytes(),
        "outcomes": credits.outcome[0].tobytes(),
        **_profile(sheet.facts),
        "at": at,
    }
    connection.execute(_REPLACE[connection.dialect.name], values)


def _profile(facts: Facts) -> dict[str, Any]:
    """What peers are found by; unknown numbers are empty, unknown choices blank."""
    counted = numbers(facts)
    return {
        **{name: _float(counted.get(name)) for name in PROFILE_NUMBERS},
        **{name: str(facts.get(name, "")) for name in PROFILE_CHOICES},
    }


def _float(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


def pack_themes(lines: Sequence[Line]) -> bytes:
    """Themes × (low, high, completeness, asked, answered) of the first assessment."""
    rows = [
        (one.low[0], one.high[0], one.completeness[0], one.asked[0], one.answered[0])
        for one in lines
    ]
    return np.array(rows, dtype="<f8").tobytes()


def unpack_themes(packed: bytes) -> tuple[ThemeLine, ...]:
    """What ``pack_themes`` was given."""
    rows = np.frombuffer(packed, dtype="<f8").reshape(-1, 5)
    return tuple(
        ThemeLine(low, high, complete, int(asked), int(answered))
        for low, high, complete, asked, answered in rows.tolist()
    )


def load_scores(connection: Connection, round_id: str) -> dict[str, ScoreRow]:
    """The scores of a round, by community."""
    columns = [table.c[name] for name in _COLUMNS]
    query = select(table.c.community, *columns).where(table.c.round == round_id)
    return {row.community: _score(row._mapping) for row in connection.execute(query)}


def _line_values(line: Line) -> dict[str, Any]:
    return {
        "low": _real(line.low[0]),
        "high": _real(line.high[0]),
        "low_percent": _whole(line.low_percent[0]),
        "high_percent": _whole(line.high_percent[0]),
        "completeness": _real(line.completeness[0]),
        "set_aside_share": _real(line.set_aside_share[0]),
        "asked": int(line.asked[0]),
        "answered": int(line.answered[0]),
        "set_aside": int(line.set_aside[0]),
    }


def _real(value: np.float64) -> float | None:
    return None if np.isnan(value) else float(value)


def _whole(value: np.float64) -> int | None:
    return None if np.isnan(value) else int(value)


def _score(row: RowMapping) -> ScoreRow:
    values = {name: row[name] for name in _COLUMNS}
    themes = unpack_themes(row["themes"])
    return ScoreRow(**{**values, "enough": bool(row["enough"]), "themes": themes})
