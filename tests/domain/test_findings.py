"""The check before the hand-over: what is found, how grave it is, and where."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from assessment.domain.answers import NOT_APPLICABLE, SOME_TICKS, UNKNOWN, Answer, Decision
from assessment.domain.findings import Beside, Finding, Found, Severity, find, stops
from assessment.domain.sheet import Sheet, with_kept
from tests.domain.sheets import make_sheet
from tests.domain.shipped import FRAMEWORK

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
FACTS = {
    "households": "1240",
    "population": "3100",
    "service_area": "372",
    "activity_area": "224",
    "land_area": "86000",
}


def found(sheet: Sheet, **beside: object) -> list[Found]:
    return list(find(sheet, replace(Beside(NOW), **beside)))  # type: ignore[arg-type]


def places(sheet: Sheet, finding: Finding, **beside: object) -> list[str]:
    """The items and facts about which this is found."""
    return [one.item or one.fact for one in found(sheet, **beside) if one.finding is finding]


def with_answer(answer: Answer) -> Sheet:
    sheet = make_sheet(FRAMEWORK, facts=FACTS)
    return with_kept(sheet, {answer.item: answer}, sheet.saved_facts)


def test_an_empty_assessment_and_what_cannot_be_counted_stop_the_hand_over() -> None:
    assert Finding.NOTHING_ANSWERED in {one.finding for one in found(make_sheet(FRAMEWORK))}
    swapped = make_sheet(FRAMEWORK, facts={**FACTS, "activity_area": "373"})
    assert places(swapped, Finding.ACTIVITY_ABOVE_TOTAL) == ["activity_area"]
    nobody = make_sheet(FRAMEWORK, facts={**FACTS, "households": "0"})
    assert places(nobody, Finding.HOUSEHOLDS_ZERO) == ["households"]
    for sheet in (make_sheet(FRAMEWORK), swapped, nobody):
        assert stops(find(sheet, Beside(NOW)))
    assert not stops(find(make_sheet(FRAMEWORK, facts=FACTS), Beside(NOW)))


def test_open_items_are_found_by_what_they_are() -> None:
    sheet = make_sheet(FRAMEWORK, {"F-01": "open", "F-03": UNKNOWN, "F-08": UNKNOWN}, FACTS)
    assert "F-03" in places(sheet, Finding.GATE_OPEN)
    assert "F-01" not in places(sheet, Finding.GATE_OPEN)
    assert places(sheet, Finding.UNKNOWN) == ["F-08"]
    assert "F-09" in places(sheet, Finding.UNANSWERED)
    assert all(one.severity is not Severity.HARD for one in found(sheet))


def test_what_was_carried_over_is_found_as_to_be_confirmed_and_is_no_answer_yet() -> None:
    carried = Answer("F-01", "open", to_confirm=True)
    sheet = with_kept(make_sheet(FRAMEWORK), {"F-01": carried}, {})
    assert places(sheet, Finding.TO_CONFIRM) == ["F-01"]
    assert Finding.NOTHING_ANSWERED in {one.finding for one in found(sheet)}


def test_not_applicable_needs_a_reason_then_waits_and_may_be_refused() -> None:
    answer = Answer("G-05", NOT_APPLICABLE)
    assert places(with_answer(answer), Finding.NO_REASON) == ["G-05"]
    assert stops(find(with_answer(answer), Beside(NOW)))
    reasoned = replace(answer, reason="本期没有")
    assert places(with_answer(reasoned), Finding.PENDING) == ["G-05"]
    assert not stops(find(with_answer(reasoned), Beside(NOW)))
    refused = replace(reasoned, decision=Decision.REFUSED)
    assert places(with_answer(refused), Finding.REFUSED) == ["G-05"]
    accepted = replace(reasoned, decision=Decision.ACCEPTED)
    assert "G-05" not in {one.item for one in found(with_answer(accepted))}


def test_a_gate_without_support_is_graver_than_another_item() -> None:
    sheet = make_sheet(FRAMEWORK, {"F-01": "open", "F-08": "open"}, FACTS)
    assert "F-01" in places(sheet, Finding.GATE_UNSUPPORTED)
    assert places(sheet, Finding.UNSUPPORTED) == ["F-08"]
    shown = with_kept(sheet, sheet.answers, sheet.saved_facts, {"F-01": 1})
    assert "F-01" not in places(shown, Finding.GATE_UNSUPPORTED)
    assert Finding.GATE_UNSUPPORTED.severity is Severity.WARNING
    assert Finding.UNSUPPORTED.severity is Severity.HINT


@pytest.mark.parametrize(
    ("land", "finding"),
    [
        ("860000", Finding.TEN_TIMES),
        ("8600", Finding.TEN_TIMES),
        ("859999.9", None),
        ("8601", None),
        ("129", Finding.LOOKS_LIKE_MU),
        ("57333333", Finding.LOOKS_LIKE_MU),
    ],
)
def test_a_figure_far_from_last_rounds_looks_like_a_slip(
    land: str, finding: Finding | None
) -> None:
    earlier = make_sheet(FRAMEWORK, facts=FACTS)
    sheet = make_sheet(FRAMEWORK, facts={**FACTS, "land_area": land})
    slips = (Finding.TEN_TIMES, Finding.LOOKS_LIKE_MU)
    said = [one.finding for one in found(sheet, earlier=earlier) if one.finding in slips]
    assert said == ([finding] if finding else [])


def test_land_smaller_than_the_floor_of_its_facilities_is_found_without_an_earlier_round() -> None:
    sheet = make_sheet(FRAMEWORK, facts={**FACTS, "land_area": "129"})
    assert places(sheet, Finding.LAND_BELOW_SERVICE) == ["land_area"]
    assert not places(make_sheet(FRAMEWORK, facts=FACTS), Finding.LAND_BELOW_SERVICE)


def test_an_answer_is_out_of_date_when_its_shelf_life_has_passed() -> None:
    months = FRAMEWORK.item("F-08").shelf_life_months
    made = datetime(NOW.year - months // 12, NOW.month, NOW.day, NOW.hour, tzinfo=UTC)
    for later, expected in ((0, ["F-08"]), (1, [])):
        at = made.replace(minute=later)
        sheet = with_answer(Answer("F-08", "open", revision=1, at=at))
        assert places(sheet, Finding.OUT_OF_DATE) == expected


def test_some_ticks_without_a_tick_and_an_unchanged_pin_are_found() -> None:
    assert places(with_answer(Answer("E-01", SOME_TICKS)), Finding.TICKS_MISSING) == ["E-01"]
    sheet = make_sheet(FRAMEWORK, {"F-01": "open"}, FACTS)
    assert places(sheet, Finding.PIN_UNCHANGED, pinned={"F-01"}) == ["F-01"]
