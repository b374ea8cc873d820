"""From the records to the parts of a passport, and back to a sheet that is judged anew."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from math import isnan

from assessment.domain.answers import Answer, Decision
from assessment.domain.coordinates import Place
from assessment.domain.fingerprint import fingerprint
from assessment.domain.framework import Framework
from assessment.domain.passport import (
    AnswerPart,
    CommunityPart,
    FacilityPart,
    FactPart,
    PlanPart,
    RoundPart,
    ScorePart,
)
from assessment.domain.plan import Month, PlannedAction
from assessment.domain.records import (
    Assessment,
    AssessmentState,
    Community,
    Facility,
    Round,
    SavedFact,
)
from assessment.domain.scoring import GateResult, Verdict
from assessment.domain.sheet import Sheet, judge_sheet

_PLACED = ("longitude", "latitude")


def community_part(community: Community) -> CommunityPart:
    """The community as a passport holds it."""
    plain = [name for name in CommunityPart.model_fields if name not in _PLACED]
    place = community.place
    return CommunityPart(
        **{name: getattr(community, name) for name in plain},
        longitude=place.longitude if place else None,
        latitude=place.latitude if place else None,
    )


def community_of(part: CommunityPart) -> Community:
    """The community of a passport."""
    plain = part.model_dump(exclude=set(_PLACED))
    located = part.longitude is not None and part.latitude is not None
    place = Place(part.longitude or 0.0, part.latitude or 0.0) if located else None
    return Community(**plain, place=place)


def round_of(part: RoundPart) -> Round:
    """The round of a passport, bound to the checklist that its figures were counted under."""
    names = ("id", "label_zh", "label_en", "opens", "due", "framework", "sample", "closes")
    return Round(**{name: getattr(part, name) for name in names})


def answer_parts(sheet: Sheet) -> tuple[AnswerPart, ...]:
    """Every item of the checklist in its order, then what was said to items it no longer has."""
    known = [item.id for item in sheet.framework.items]
    former = sorted(set(sheet.answers) - set(known))
    return tuple(_answer_part(sheet, item) for item in (*known, *former))


def _answer_part(sheet: Sheet, item: str) -> AnswerPart:
    answer, judged = sheet.answers.get(item, Answer(item)), sheet.judged.get(item)
    return AnswerPart(
        item=item,
        state=judged.outcome.state if judged else "",
        outcome=judged.outcome.name.lower() if judged else "",
        credit=judged.credit if judged else None,
        choice=answer.choice,
        ticks=answer.ticks,
        note=answer.note,
        reason=answer.reason,
        decision=answer.decision,
        details=dict(sorted(answer.details.items())),
        to_confirm=answer.to_confirm,
        revision=answer.revision,
        by=answer.by,
        at=answer.at,
    )


def fact_parts(sheet: Sheet) -> tuple[FactPart, ...]:
    """Every saved fact, by its id."""
    facts = sorted(sheet.saved_facts.values(), key=lambda one: one.fact)
    return tuple(FactPart(**vars(one)) for one in facts)


def score_part(sheet: Sheet) -> ScorePart:
    """The figures of a sheet."""
    line = sheet.scores.overall
    return ScorePart(
        low_percent=_whole(line.low_percent[0]),
        high_percent=_whole(line.high_percent[0]),
        completeness=None if isnan(line.completeness[0]) else float(line.completeness[0]),
        asked=int(line.asked[0]),
        answered=int(line.answered[0]),
        gates=GateResult(int(sheet.scores.gates[0])).name.lower(),
        verdict=Verdict(int(sheet.scores.verdict[0])).name.lower(),
    )


def _whole(value: float) -> int | None:
    return None if isnan(value) else int(value)


def sheet_of(part: RoundPart, framework: Framework, community: Community, one: Round) -> Sheet:
    """What a passport says of a round, judged anew as the answers of a community in a round."""
    assessment = Assessment(
        0,
        community.code,
        one.id,
        part.state,
        framework.hash,
        part.scoring_version,
        part.state_at,
        part.state_by,
        part.fingerprint,
    )
    said = {one.item: _answer(one) for one in part.answers if one.revision}
    known = {one.fact: SavedFact(**one.model_dump()) for one in part.facts}
    evidence: dict[str, int] = {}
    for piece in part.evidence:
        evidence[piece.item] = evidence.get(piece.item, 0) + 1
    return judge_sheet(framework, community, one, assessment, said, known, evidence)


def _answer(part: AnswerPart) -> Answer:
    plain = part.model_dump(exclude={"state", "outcome", "credit"})
    return Answer(**{**plain, "decision": part.decision, "details": dict(part.details)})


def as_draft(sheet: Sheet, keep_decisions: bool) -> Sheet:
    """The same answers, not handed in; what reviewers decided only where that may be kept."""
    said = dict(sheet.answers)
    if not keep_decisions:
        said = {item: replace(one, decision=Decision.NONE) for item, one in said.items()}
    draft = replace(
        sheet.assessment,
        state=AssessmentState.DRAFT,
        state_at=None,
        state_by="",
        fingerprint="",
    )
    return judge_sheet(
        sheet.framework,
        sheet.community,
        sheet.round,
        draft,
        said,
        sheet.saved_facts,
        sheet.evidence,
    )


def differing_items(part: RoundPart, sheet: Sheet) -> Sequence[str]:
    """Items whose stated state or credit is not what their answer counts for."""
    counted = {one.item: one for one in answer_parts(sheet)}
    stated = {one.item: one for one in part.answers}
    return [
        item
        for item in dict.fromkeys((*stated, *counted))
        if _counts(stated.get(item)) != _counts(counted.get(item))
    ]


def _counts(one: AnswerPart | None) -> object:
    return None if one is None else (one.state, one.outcome, one.credit)


def is_as_stated(part: RoundPart, sheet: Sheet) -> bool:
    """Whether the code and the figures that a passport states follow from its answers."""
    same = fingerprint(sheet) == part.code and score_part(sheet) == part.score
    return same and not differing_items(part, sheet)


def facility_part(one: Facility) -> FacilityPart:
    """A facility as a passport holds it."""
    return FacilityPart(
        kind=one.kind,
        name=one.name,
        longitude=one.place.longitude,
        latitude=one.place.latitude,
        given_datum=one.given_datum,
        given_longitude=one.given_longitude,
        given_latitude=one.given_latitude,
    )


def facility_of(part: FacilityPart, community: str) -> Facility:
    """A facility of a passport, for a community here."""
    plain = part.model_dump(exclude=set(_PLACED))
    return Facility(id=0, community=community, place=Place(part.longitude, part.latitude), **plain)


def plan_parts(actions: Iterable[PlannedAction]) -> tuple[PlanPart, ...]:
    """The plan as a passport holds it; what waits for an action that is gone waits no longer."""
    kept = list(actions)
    numbers = {one.id for one in kept}
    return tuple(
        PlanPart(
            number=one.id,
            item=one.item,
            words=one.words,
            means=one.means,
            cost="" if one.cost is None else f"{one.cost:f}",
            service_area=f"{one.service_area:f}",
            activity_area=f"{one.activity_area:f}",
            owner=one.owner,
            decides=one.decides,
            starts="" if one.starts is None else str(one.starts),
            months=one.months,
            after=one.after if one.after in numbers else None,
            state=one.state,
        )
        for one in kept
    )


def planned_of(part: PlanPart, numbers: dict[int, int]) -> PlannedAction:
    """An action of a passport; ``numbers`` are those here by those of the passport."""
    return PlannedAction(
        id=0,
        item=part.item,
        words=part.words,
        means=part.means,
        cost=Decimal(part.cost) if part.cost else None,
        service_area=Decimal(part.service_area or 0),
        activity_area=Decimal(part.activity_area or 0),
        owner=part.owner,
        decides=part.decides,
        starts=Month.read(part.starts),
        months=part.months,
        after=numbers.get(part.after) if part.after is not None else None,
        state=part.state,
    )
