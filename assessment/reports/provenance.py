"""Where a figure comes from: the columns at the end of every row of every export."""

from collections.abc import Sequence
from datetime import datetime

from assessment.domain.framework import Framework
from assessment.domain.records import Assessment, Community, Round
from assessment.domain.selected import Selected
from assessment.domain.sheet import Sheet
from assessment.language.translator import Translator
from assessment.reports.handover_words import person_words
from assessment.reports.table import Cell, Column, numbers, texts, times

PROVENANCE: Sequence[Column] = [
    *texts("community_code", "community_name", "round", "round_label", "assessment_state"),
    *times("state_at"),
    *texts("state_by", "fingerprint"),
    *texts("framework", "framework_version", "framework_hash", "scoring_version", "sample"),
    *times("exported_at"),
]
SCORE_PROVENANCE: Sequence[Column] = numbers("overall_completeness", "overall_set_aside_share")


def provenance(text: Translator, sheet: Sheet, at: datetime) -> list[Cell]:
    """The cells of ``SCORE_PROVENANCE`` and ``PROVENANCE`` for one assessment."""
    overall = sheet.scores.overall
    shares = (overall.completeness[0], overall.set_aside_share[0])
    return [
        *(None if share != share else float(share) for share in shares),
        *_source(text, sheet.framework, sheet.community, sheet.round, sheet.assessment, at),
    ]


def method_of(text: Translator, framework: Framework, one_round: Round) -> list[Cell]:
    """Round and method, for rows that are about no single community."""
    return [
        one_round.id,
        one_round.label(text.language),
        framework.id,
        framework.version,
        framework.hash,
        _kind(one_round),
    ]


def provenance_of_row(
    text: Translator, one: Selected, one_round: Round, at: datetime
) -> list[Cell]:
    """The cells of ``PROVENANCE`` for one community of a selection; no state before it began."""
    row = one.overview
    return _source(text, one.framework, row.community, one_round, row.assessment, at)


def _source(
    text: Translator,
    framework: Framework,
    community: Community,
    one_round: Round,
    assessment: Assessment | None,
    at: datetime,
) -> list[Cell]:
    return [
        community.code,
        community.name(text.language),
        one_round.id,
        one_round.label(text.language),
        *_state(text, assessment),
        framework.id,
        framework.version,
        framework.hash,
        assessment.scoring_version if assessment else "",
        _kind(one_round),
        at,
    ]


def _state(text: Translator, assessment: Assessment | None) -> list[Cell]:
    if assessment is None:
        return ["", None, "", ""]
    at, by = assessment.state_at, person_words(text, assessment.state_by, {})
    return [assessment.state.value, at, by, assessment.fingerprint]


def _kind(one_round: Round) -> str:
    return "sample" if one_round.sample else "real"
