"""All communities of a round, one row each."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from assessment.domain.framework import Framework
from assessment.domain.records import Community, Round, ScoreRow
from assessment.domain.scoring import GateResult, Verdict
from assessment.domain.standing import Overview
from assessment.language.translator import Translator
from assessment.reports.provenance import PROVENANCE, provenance_of
from assessment.reports.table import Cell, Column, TableOf, numbers, texts

_BEFORE: Sequence[Column] = [
    *texts("code", "name_zh", "name_en", "province", "city", "district", "street", "adcode"),
    *texts("lists"),
    *numbers("longitude", "latitude"),
    *texts("place_basis", "standing", "standing_words", "gates_result", "blocked_by", "verdict"),
    *numbers("low_percent", "high_percent", "low", "high", "completeness", "set_aside_share"),
    *numbers("asked", "answered", "set_aside"),
]
_THEME_FIGURES = ("low", "high", "completeness", "asked", "answered")


def community_columns(framework: Framework) -> list[Column]:
    """The columns, with five for each theme of the framework."""
    per_theme = [
        Column(f"{theme.id}_{figure}", True, f"theme_{figure}", theme.short)
        for theme in framework.themes
        for figure in _THEME_FIGURES
    ]
    return [*_BEFORE, *per_theme, *texts("score_at"), *PROVENANCE]


def community_table(
    text: Translator,
    framework: Framework,
    one_round: Round,
    rows: Sequence[Overview],
    at: datetime,
) -> TableOf:
    """One row for every community, also those that have not begun; ``at`` is now."""
    cells = list(_rows(text, framework, one_round, rows, at))
    return TableOf(community_columns(framework), cells)


def _rows(
    text: Translator,
    framework: Framework,
    one_round: Round,
    rows: Sequence[Overview],
    at: datetime,
) -> Iterator[list[Cell]]:
    for row in rows:
        yield [
            *_where(text, row),
            *_standing(text, row),
            *_figures(row.score),
            *_themes(framework, row.score),
            row.score.at if row.score else None,
            *provenance_of(text, framework, row.community, one_round, row.assessment, at),
        ]


def _where(text: Translator, row: Overview) -> list[Cell]:
    community: Community = row.community
    return [
        community.code,
        community.name_zh,
        community.name_en,
        community.province,
        community.city,
        community.district,
        community.street,
        community.adcode,
        "; ".join(f"{one.title(text.language)} ({one.basis})" for one in row.memberships),
        row.place.longitude if row.place else None,
        row.place.latitude if row.place else None,
        ("given" if row.placed else "district") if row.place else "",
    ]


def _standing(text: Translator, row: Overview) -> list[Cell]:
    score = row.score
    return [
        row.standing.value,
        text(f"standing.{row.standing}"),
        GateResult(score.gates).name.lower() if score else "",
        score.blocked if score else "",
        Verdict(score.verdict).name.lower() if score else "",
    ]


def _figures(score: ScoreRow | None) -> list[Cell]:
    if score is None:
        return [None] * 9
    return [
        score.low_percent,
        score.high_percent,
        score.low,
        score.high,
        score.completeness,
        score.set_aside_share,
        score.asked,
        score.answered,
        score.set_aside,
    ]


def _themes(framework: Framework, score: ScoreRow | None) -> Sequence[Cell]:
    if score is None:
        return [None] * len(framework.themes) * len(_THEME_FIGURES)
    return [
        None if value != value else value
        for line in score.themes
        for value in (line.low, line.high, line.completeness, line.asked, line.answered)
    ]
