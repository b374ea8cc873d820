"""What residents said: counted apart from scores, and compared with staff by one stated rule."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from assessment.domain.poll import CountedAnswers, Source
from assessment.domain.poll_results import (
    FEWEST,
    Answers,
    Side,
    disagreements,
    hear,
    wilson_lower,
)
from assessment.domain.questionnaire import CHOICES
from tests.domain.polls import HEALTH, PARKING, QUESTIONS, heard, replies
from tests.domain.sheets import make_sheet
from tests.domain.shipped import FRAMEWORK


def test_dont_know_is_never_counted_as_the_middle() -> None:
    answers = Answers({"5": 6, "3": 2, "1": 4, "X": 20})
    assert (answers.answered, answers.apart) == (12, 20)
    assert (answers.positive_percent, answers.negative_percent) == (50, 33)


def test_of_too_few_answers_there_is_only_the_number() -> None:
    few = Answers({"5": FEWEST - 1, "X": 50})
    assert (few.answered, few.positive_percent, few.negative_percent) == (FEWEST - 1, None, None)
    assert Answers({"5": FEWEST}).positive_percent == 100


def test_sources_are_kept_apart_and_added_up() -> None:
    counted = CountedAnswers({PARKING: dict.fromkeys(CHOICES, 2)})
    online = replies(PARKING, {"1": 3})
    voice = hear(QUESTIONS, counted, {Source.ONLINE: online, Source.FILE: []})
    said = next(one for one in voice.said if one.question.id == PARKING)
    assert said.by_source[Source.COUNTED].answered == 10
    assert said.by_source[Source.ONLINE].answered == 3
    assert said.by_source[Source.FILE].answered == 0
    assert said.total.negative == 7
    assert voice.replies == {Source.ONLINE: 3}


def test_a_count_that_is_not_whole_is_not_taken_for_nothing() -> None:
    counted = CountedAnswers({PARKING: {"5": 40, "4": 0}})
    assert counted.missing(PARKING) == 4
    assert counted.missing(HEALTH) == 0
    assert not hear(QUESTIONS, counted, {}).any


def test_staff_say_met_and_residents_do_not() -> None:
    sheet = make_sheet(FRAMEWORK, {"E-08": "all"})
    (found,) = disagreements(sheet, heard(PARKING, five=2, three=5, two=6, one=6))
    assert ([one.id for one in found.items], found.side) == (["E-08"], Side.RESIDENTS_WORSE)
    assert found.share == 12 / 14
    assert found.least == wilson_lower(12, 14)


def test_staff_say_not_met_and_residents_are_content() -> None:
    sheet = make_sheet(FRAMEWORK, {"F-05": "none"})
    (found,) = disagreements(sheet, heard(HEALTH, five=9, four=4, two=2))
    assert ([one.id for one in found.items], found.side) == (["F-05"], Side.RESIDENTS_BETTER)


@pytest.mark.parametrize(
    "counts",
    [
        {"two": 6, "five": 5},  # a majority that may be chance
        {"one": 9, "apart": 40},  # too few answers
        {"three": 40},  # nobody took a side
        {"five": 30},  # the same as staff
    ],
)
def test_what_may_be_chance_is_no_disagreement(counts: dict[str, int]) -> None:
    sheet = make_sheet(FRAMEWORK, {"E-08": "all"})
    assert disagreements(sheet, heard(PARKING, **counts)) == []


@pytest.mark.parametrize("choice", ["some", "unknown", "not_applicable", ""])
def test_without_a_clear_answer_of_staff_there_is_nothing_to_disagree_with(choice: str) -> None:
    sheet = make_sheet(FRAMEWORK, {"E-08": choice})
    assert disagreements(sheet, heard(PARKING, one=50)) == []


@pytest.mark.parametrize(
    ("choices", "expected"),
    [
        ({"F-02": "open", "F-03": "open"}, [["F-02", "F-03"]]),
        ({"F-02": "open"}, [["F-02"]]),
        ({"F-02": "open", "F-03": "none"}, []),
        ({"F-02": "open", "F-03": "built"}, []),
    ],
)
def test_of_several_items_staff_say_something_only_if_they_say_the_same(
    choices: dict[str, str], expected: list[list[str]]
) -> None:
    sheet = make_sheet(FRAMEWORK, choices)
    found = disagreements(sheet, heard("R-05", one=20))
    assert [[item.id for item in one.items] for one in found] == expected


def test_the_largest_comes_first_and_few_answers_weigh_less() -> None:
    sheet = make_sheet(FRAMEWORK, {"E-08": "all", "F-05": "open"})
    online = replies(PARKING, {"1": 12}) + replies(HEALTH, {"1": 80, "5": 4})
    voice = hear(QUESTIONS, CountedAnswers(), {Source.ONLINE: online})
    found = disagreements(sheet, voice)
    assert [one.said.question.id for one in found] == [HEALTH, PARKING]
    assert found[0].share < found[1].share


@given(st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_interval_is_that_of_wilson(case: tuple[int, int]) -> None:
    hits, of = case
    expected = binomtest(hits, of).proportion_ci(0.95, method="wilson").low
    assert wilson_lower(hits, of) == pytest.approx(expected, abs=1e-12)
