"""An assessment with everything that follows from its answers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from types import MappingProxyType

import numpy as np

from assessment.domain.answers import Answer, Judged, Outcome, judge, judge_all
from assessment.domain.errors import Fault
from assessment.domain.evidence import unsupported_items
from assessment.domain.facts import Facts, contradictions
from assessment.domain.framework import FactKind, Framework, Item
from assessment.domain.gaps import Gap, LinkedShortfall, find_gaps, open_items, shortfall_of
from assessment.domain.local_rules import as_asked, has_local_rules, nationally
from assessment.domain.records import Assessment, Community, Round, SavedFact
from assessment.domain.scoring import Credits, Scores, score


@dataclass(frozen=True)
class Sheet:
    """One community's answers in one round, judged and scored.

    ``scores`` has one row. ``facts`` are the saved facts as values: exact numbers, option ids.
    ``evidence`` says how many files and links each item has; items without any are left out.
    """

    framework: Framework
    community: Community
    round: Round
    assessment: Assessment
    answers: Mapping[str, Answer]
    saved_facts: Mapping[str, SavedFact]
    facts: Facts
    judged: Mapping[str, Judged]
    credits: Credits
    scores: Scores
    evidence: Mapping[str, int] = field(default_factory=dict)

    @cached_property
    def unsupported(self) -> frozenset[str]:
        """Ids of the items whose answer claims credit without the evidence they ask for."""
        marks = unsupported_items(self.framework, self.answers, self.judged, self.evidence)
        items = zip(self.framework.items, marks, strict=True)
        return frozenset(item.id for item, mark in items if mark)

    def asked(self, item_id: str) -> Item:
        """An item as it is asked of this community: with the threshold that holds for it."""
        return as_asked(self.framework.item(item_id), self.facts)

    @cached_property
    def national(self) -> Scores | None:
        """The scores by the national thresholds; ``None`` where no local one holds."""
        if not has_local_rules(self.framework, self.facts):
            return None
        judged = {
            item.id: judge(nationally(item), self.answers.get(item.id), self.facts)
            for item in self.framework.items
        }
        return score(self.framework, Credits.of(self.framework, [judged]))

    def judged_nationally(self, item_id: str) -> Judged | None:
        """What an item is by the national threshold; ``None`` where no local one holds."""
        item = self.framework.item(item_id)
        if self.asked(item_id) is item:
            return None
        return judge(nationally(item), None, self.facts)

    @cached_property
    def supported_scores(self) -> Scores:
        """The scores if an answer without the evidence asked for were worth nothing."""
        lacking = [item.id in self.unsupported for item in self.framework.items]
        credit = np.where(lacking, 0.0, self.credits.credit)
        return score(self.framework, Credits(credit, self.credits.outcome))

    @property
    def contradictions(self) -> tuple[Fault, ...]:
        """Facts that cannot both be true."""
        return tuple(contradictions(self.framework, self.facts))

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """What is missing, gates first."""
        return find_gaps(self.framework, self.judged)

    @property
    def shortfall(self) -> LinkedShortfall | None:
        """Floor area and residents' share, solved together."""
        return shortfall_of(self.framework, self.facts)

    @property
    def open_items(self) -> tuple[str, ...]:
        """Ids of the items that staff still owe, the most deciding first."""
        return tuple(item.id for item in open_items(self.framework, self.judged))

    @property
    def to_confirm(self) -> tuple[Answer | SavedFact, ...]:
        """What was carried over and is still to be confirmed: facts, then items, in order.

        Items that are not asked of this community are left out.
        """
        facts = (self.saved_facts.get(one.id) for one in self.framework.facts)
        items = (
            self.answers.get(one.id)
            for one in self.framework.items
            if self.judged[one.id].outcome is not Outcome.NOT_ASKED
        )
        return tuple(one for one in (*facts, *items) if one is not None and one.to_confirm)

    @property
    def open_bonus_items(self) -> tuple[str, ...]:
        """Those of the open items that are on a line of their own, outside the score."""
        return tuple(one for one in self.open_items if not self.framework.item(one).scored)


def judge_sheet(
    framework: Framework,
    community: Community,
    one_round: Round,
    assessment: Assessment,
    answers: Mapping[str, Answer],
    saved_facts: Mapping[str, SavedFact],
    evidence: Mapping[str, int] = MappingProxyType({}),
) -> Sheet:
    """Judge and score what was saved; the only way from answers to figures."""
    facts = fact_values(framework, saved_facts)
    judged = judge_all(framework, answers, facts)
    credits = Credits.of(framework, [judged])
    return Sheet(
        framework,
        community,
        one_round,
        assessment,
        answers,
        saved_facts,
        facts,
        judged,
        credits,
        score(framework, credits),
        evidence,
    )


def with_kept(
    sheet: Sheet,
    answers: Mapping[str, Answer],
    saved_facts: Mapping[str, SavedFact],
    evidence: Mapping[str, int] | None = None,
) -> Sheet:
    """The same assessment with other answers or facts, judged and scored anew.

    ``evidence`` stays as it is unless it is given.
    """
    return judge_sheet(
        sheet.framework,
        sheet.community,
        sheet.round,
        sheet.assessment,
        answers,
        saved_facts,
        sheet.evidence if evidence is None else evidence,
    )


def fact_values(framework: Framework, saved: Mapping[str, SavedFact]) -> Facts:
    """Saved facts as values; those that this framework does not ask for, and those that are
    still to be confirmed, are left out."""
    values: dict[str, Decimal | str] = {}
    for definition in framework.facts:
        found = saved.get(definition.id)
        if found is None or not found.value or found.to_confirm:
            continue
        is_choice = definition.kind is FactKind.CHOICE
        values[definition.id] = found.value if is_choice else Decimal(found.value)
    return values
