"""The score row of every assessment, written in the transaction that saves an answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from math import isnan
from typing import Any

import numpy as np
import numpy.typing as npt
from sqlalchemy import Connection, RowMapping, select, update

from assessment.domain.facts import Facts, numbers
from assessment.domain.framework import Framework
from assessment.domain.records import ScoreRow, ThemeLine
from assessment.domain.scoring import Booleans, Credits, Line, Scores, every_blocked
from assessment.domain.sheet import Sheet
from assessment.store.many import plain_time, write_many
from assessment.store.tables import assessment
from assessment.store.tables import score as table
from assessment.store.upsert import replaces

PROFILE_NUMBERS = ("households", "population", "land_area")
PROFILE_CHOICES = ("built", "built_decade")
PROFILE = (*PROFILE_NUMBERS, *PROFILE_CHOICES)
Profile = tuple[Any, ...]
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
    "unsupported",
)

_REPLACE = replaces(table, "assessment")


@dataclass(frozen=True)
class Scored:
    """Assessments that were scored together; every part has one entry for each of them.

    ``unsupported`` is a matrix, assessments × items of the framework.
    """

    framework: Framework
    assessments: Sequence[int]
    rounds: Sequence[str]
    communities: Sequence[str]
    credits: Credits
    scores: Scores
    profiles: Sequence[Profile]
    unsupported: Booleans


def write_score(connection: Connection, sheet: Sheet, at: datetime) -> None:
    """Keep the score of an assessment, with its packed credits and outcomes."""
    connection.execute(_REPLACE[connection.dialect.name], {**score_row_of(sheet), "at": at})


def write_scores(connection: Connection, scored: Scored, at: datetime) -> None:
    """The same for many assessments, with one statement."""
    if not scored.assessments:
        return
    names, rows = _rows(scored)
    moment = plain_time(connection, at)
    rows = [(*row, moment) for row in rows]
    write_many(connection, _REPLACE[connection.dialect.name], (*names, "at"), rows)


def score_row_of(sheet: Sheet) -> dict[str, Any]:
    """The score row of a sheet, but for the time."""
    one = Scored(
        sheet.framework,
        [sheet.assessment.id],
        [sheet.round.id],
        [sheet.community.code],
        sheet.credits,
        sheet.scores,
        [profile_of(sheet.facts)],
        np.array([[item.id in sheet.unsupported for item in sheet.framework.items]]),
    )
    names, (row,) = _rows(one)
    return dict(zip(names, row, strict=True))


def profile_of(facts: Facts) -> Profile:
    """What peers are found by, in the order of ``PROFILE``; unknown numbers are empty, unknown
    choices blank."""
    counted = numbers(facts)
    return (
        *(_float(counted.get(name)) for name in PROFILE_NUMBERS),
        *(str(facts.get(name, "")) for name in PROFILE_CHOICES),
    )


def _float(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


def _rows(scored: Scored) -> tuple[tuple[str, ...], list[tuple[Any, ...]]]:
    """Names of columns, and a row of plain values for every assessment."""
    scores, credits = scored.scores, scored.credits
    columns: dict[str, Sequence[Any]] = {
        "assessment": scored.assessments,
        "round": scored.rounds,
        "community": scored.communities,
        **_line_values(scores.overall),
        "gates": scores.gates.tolist(),
        "blocked": [" ".join(ids) for ids in every_blocked(scored.framework, credits)],
        "verdict": scores.verdict.tolist(),
        "enough": scores.enough.astype(int).tolist(),
        "themes": pack_themes(list(scores.themes.values())),
        "credits": _packed(credits.credit.astype("<f8", copy=False)),
        "outcomes": _packed(credits.outcome),
        "unsupported": scored.unsupported.sum(axis=1).tolist(),
        "unsupported_items": _packed(scored.unsupported),
        **dict(zip(PROFILE, zip(*scored.profiles, strict=True), strict=True)),
    }
    return tuple(columns), list(zip(*columns.values(), strict=True))


def pack_themes(lines: Sequence[Line]) -> list[bytes]:
    """For every assessment: themes × (low, high, completeness, asked, answered)."""
    figures = [
        np.column_stack([one.low, one.high, one.completeness, one.asked, one.answered])
        for one in lines
    ]
    return _packed(np.stack(figures, axis=1).astype("<f8", copy=False))


def _packed(rows: npt.NDArray[Any]) -> list[bytes]:
    """The bytes of every row."""
    whole = rows.tobytes()
    width = len(whole) // len(rows)
    return [whole[start : start + width] for start in range(0, len(whole), width)]


def unpack_themes(packed: bytes) -> tuple[ThemeLine, ...]:
    """The themes of one assessment, as ``pack_themes`` packed them."""
    rows = np.frombuffer(packed, dtype="<f8").reshape(-1, 5)
    return tuple(
        ThemeLine(low, high, complete, int(asked), int(answered))
        for low, high, complete, asked, answered in rows.tolist()
    )


def hold_unmarked(connection: Connection, size: int) -> Sequence[Any]:
    """Some scores that do not say which answers lack evidence, with framework and outcomes."""
    query = (
        select(table.c.assessment, assessment.c.framework, table.c.outcomes)
        .join(assessment, assessment.c.id == table.c.assessment)
        .where(table.c.unsupported_items.is_(None))
        .order_by(table.c.assessment)
        .limit(size)
    )
    return connection.execute(query.with_for_update(of=assessment)).all()


def write_marks(connection: Connection, assessment_id: int, unsupported: Booleans) -> None:
    """Say in a score which answers lack evidence."""
    values = {"unsupported": int(unsupported.sum()), "unsupported_items": unsupported.tobytes()}
    connection.execute(update(table).where(table.c.assessment == assessment_id).values(values))


def load_scores(
    connection: Connection, round_id: str, communities: Sequence[str] | None = None
) -> dict[str, ScoreRow]:
    """The scores of a round, or of some communities in it, by community."""
    columns = [table.c[name] for name in _COLUMNS]
    query = select(table.c.community, *columns).where(table.c.round == round_id)
    if communities is not None:
        query = query.where(table.c.community.in_(list(communities)))
    return {row.community: _score(row._mapping) for row in connection.execute(query)}


def _line_values(line: Line) -> dict[str, Sequence[Any]]:
    return {
        "low": _reals(line.low),
        "high": _reals(line.high),
        "low_percent": _wholes(line.low_percent),
        "high_percent": _wholes(line.high_percent),
        "completeness": _reals(line.completeness),
        "set_aside_share": _reals(line.set_aside_share),
        "asked": line.asked.tolist(),
        "answered": line.answered.tolist(),
        "set_aside": line.set_aside.tolist(),
    }


def _reals(values: npt.NDArray[np.float64]) -> list[float | None]:
    return [None if isnan(value) else value for value in values.tolist()]


def _wholes(values: npt.NDArray[np.float64]) -> list[int | None]:
    return [None if isnan(value) else int(value) for value in values.tolist()]


def _score(row: RowMapping) -> ScoreRow:
    values = {name: row[name] for name in _COLUMNS}
    themes = unpack_themes(row["themes"])
    return ScoreRow(**{**values, "enough": bool(row["enough"]), "themes": themes})
