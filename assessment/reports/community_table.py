"""All communities of a round, one row each."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from assessment.domain.framework import Framework
from assessment.domain.records import Community, Round, ScoreRow
from assessment.domain.scoring import GateResult, Verdict
from assessment.domain.selected import Packed, Selected
from assessment.domain.standing import Overview
from assessment.language.translator import Translator
from assessment.reports.provenance import PROVENANCE, provenance_of_row
from assessment.reports.table import Cell, Column, TableOf, numbers, texts, times

_BEFORE: Sequence[Column] = [
    *texts("code", "name_zh", "name_en", "province", "city", "district", "street", "adcode"),
    *texts("committees", "lists"),
    *numbers("longitude", "latitude"),
    *texts("place_basis", "standing", "standing_words", "gates_result", "blocked_by", "verdict"),
    *numbers("low_percent", "high_percent", "low", "high", "completeness", "set_aside_share"),
    *numbers("asked", "answered", "set_aside", "unsupported", "submitted"),
    *numbers("households", "population", "land_area"),
    *texts("built", "built_decade"),
]
_THEME_FIGURES = ("low", "high", "completeness", "asked", "answered")


def community_columns(framework: Framework) -> list[Column]:
    """The columns, with five for each theme of the framework."""
    per_theme = [
        Column(f"{theme.id}_{figure}", True, f"theme_{figure}", theme.short)
        for theme in framework.themes
        for figure in _THEME_FIGURES
    ]
    return [*_BEFORE, *per_theme, *times("score_at"), *PROVENANCE]


def community_table(
    text: Translator,
    framework: Framework,
    one_round: Round,
    rows: Iterable[Selected],
    at: datetime,
) -> TableOf:
    """One row for every community, also those that have not begun; ``at`` is now.

    Rows are made as they are taken, so that no list of them is ever kept.
    """
    made = (_row(text, framework, one_round, one, at) for one in rows)
    return TableOf(community_columns(framework), made)


def _row(
    text: Translator, framework: Framework, one_round: Round, one: Selected, at: datetime
) -> list[Cell]:
    row = one.overview
    return [
        *_where(text, row),
        *_standing(text, row),
        *_figures(row.score),
        int(row.assessment is not None and row.assessment.state.is_submitted),
        *_profile(one.packed),
        *_themes(framework, row.score),
        row.score.at if row.score else None,
        *provenance_of_row(text, one, one_round, at),
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
        community.committees,
        "; ".join(f"{one.title(text.language)} ({one.basis})" for one in row.memberships),
        row.place.longitude if row.place else None,
        row.place.latitude if row.place else None,
        place_basis(row),
    ]


def place_basis(row: Overview) -> str:
    """Whether the place was given, is a point of the district, or is not known (empty)."""
    return ("given" if row.placed else "district") if row.place else ""


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
        return [None] * 10
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
        score.unsupported,
    ]


def _profile(packed: Packed | None) -> list[Cell]:
    if packed is None:
        return [None, None, None, "", ""]
    counted = (packed.households, packed.population, packed.land_area)
    return [*counted, packed.built, packed.built_decade]


def _themes(framework: Framework, score: ScoreRow | None) -> Sequence[Cell]:
    if score is None:
        return [None] * len(framework.themes) * len(_THEME_FIGURES)
    return [
        None if value != value else value
        for line in score.themes
        for value in (line.low, line.high, line.completeness, line.asked, line.answered)
    ]
