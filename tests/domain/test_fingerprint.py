"""The code of an assessment: any change changes it, nothing else does, and slips are seen."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessment.domain.answers import Answer, Decision
from assessment.domain.errors import Refused
from assessment.domain.fingerprint import CODE_LENGTH, SIGNS, fingerprint, read_code
from assessment.domain.records import SavedFact
from assessment.domain.sheet import Sheet
from tests.domain.sheets import make_sheet
from tests.domain.shipped import FRAMEWORK

WORDS = st.text(max_size=8)
ANSWERS = st.builds(
    Answer,
    item=st.sampled_from([item.id for item in FRAMEWORK.items]),
    choice=WORDS,
    ticks=st.lists(WORDS, max_size=2, unique=True).map(tuple),
    note=WORDS,
    reason=WORDS,
    decision=st.sampled_from(Decision),
    details=st.dictionaries(WORDS, WORDS, max_size=2),
)
FACTS = st.builds(
    SavedFact, fact=st.sampled_from([fact.id for fact in FRAMEWORK.facts]), value=WORDS
)


def sheet_of(answers: list[Answer], facts: list[SavedFact]) -> Sheet:
    """A sheet that holds these, whatever they are worth."""
    said = {one.item: one for one in answers}
    return replace(
        make_sheet(FRAMEWORK), answers=said, saved_facts={one.fact: one for one in facts}
    )


def content(sheet: Sheet) -> object:
    """All that the code stands for, as plain values that do not depend on order."""
    said = {
        item: (
            one.choice,
            frozenset(one.ticks),
            frozenset((name, text) for name, text in one.details.items() if text),
            one.note,
            one.reason,
            one.decision,
        )
        for item, one in sheet.answers.items()
    }
    blank = ("", frozenset(), frozenset(), "", "", Decision.NONE)
    known = {fact: one.value for fact, one in sheet.saved_facts.items() if one.value}
    return {item: parts for item, parts in said.items() if parts != blank}, known


@given(st.lists(ANSWERS, max_size=4), st.lists(FACTS, max_size=3), ANSWERS, FACTS)
def test_the_code_changes_exactly_when_an_answer_or_a_fact_does(
    answers: list[Answer], facts: list[SavedFact], answer: Answer, fact: SavedFact
) -> None:
    before = sheet_of(answers, facts)
    for after in (sheet_of([*answers, answer], facts), sheet_of(answers, [*facts, fact])):
        same = content(before) == content(after)
        assert (fingerprint(before) == fingerprint(after)) == same


@given(st.lists(ANSWERS, max_size=6, unique_by=lambda one: one.item), st.randoms())
def test_order_versions_authors_and_times_do_not_matter(answers: list[Answer], random) -> None:  # type: ignore[no-untyped-def]
    later = [
        replace(
            one,
            revision=7,
            by="somebody",
            at=datetime(2026, 1, 1, tzinfo=UTC),
            details=dict(reversed(one.details.items())),
            ticks=tuple(reversed(one.ticks)),
        )
        for one in answers
    ]
    random.shuffle(later)
    assert fingerprint(sheet_of(answers, [])) == fingerprint(sheet_of(later, []))


def test_community_round_checklist_and_way_of_scoring_are_bound_too() -> None:
    sheet = make_sheet(FRAMEWORK)
    others = (
        replace(sheet, community=replace(sheet.community, code="C2")),
        replace(sheet, round=replace(sheet.round, id="R2")),
        replace(sheet, framework=sheet.framework.model_copy(update={"hash": "f" * 64})),
        replace(sheet, assessment=replace(sheet.assessment, scoring_version="2")),
    )
    assert len({fingerprint(one) for one in (sheet, *others)}) == 5


def test_a_code_is_read_however_it_was_copied() -> None:
    code = fingerprint(make_sheet(FRAMEWORK))
    wide = "".join(chr(ord(sign) + 0xFEE0) for sign in code.replace("-", ""))
    for typed in (
        code,
        code.lower(),
        code.replace("-", ""),
        f" {code} ",
        code.replace("-", "—"),
        wide,
    ):
        assert read_code(typed) == code


@given(st.integers(0, CODE_LENGTH - 1), st.sampled_from(SIGNS))
def test_one_wrong_sign_is_seen(place: int, sign: str) -> None:
    signs = fingerprint(make_sheet(FRAMEWORK)).replace("-", "")
    if sign != signs[place]:
        with pytest.raises(Refused) as refused:
            read_code(signs[:place] + sign + signs[place + 1 :])
        assert refused.value.faults[0].code == "code_mistyped"


@given(st.integers(0, CODE_LENGTH - 2), st.integers(0, 40))
def test_two_neighbours_that_changed_places_are_seen(place: int, people: int) -> None:
    signs = fingerprint(make_sheet(FRAMEWORK, facts={"households": str(people)})).replace("-", "")
    one, other = signs[place : place + 2]
    if one != other:
        with pytest.raises(Refused):
            read_code(signs[:place] + other + one + signs[place + 2 :])


@pytest.mark.parametrize(
    ("typed", "code"), [("7F3A", "code_length"), ("0" * 12, "code_sign"), ("社区", "code_sign")]
)
def test_what_is_no_code_is_refused_with_the_reason(typed: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        read_code(typed)
    assert refused.value.faults[0].code == code
