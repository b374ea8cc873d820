"""The fifteen worked cases of scoring, numbered as in anchors.md d.3, and their neighbours."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from assessment.domain.answers import Answer, Outcome, judge
from assessment.domain.errors import Refused
from assessment.domain.facts import contradictions
from assessment.domain.framework import Framework
from assessment.domain.gaps import shortfall_of
from assessment.domain.load_framework import content_hash, load_framework
from assessment.domain.scoring import GateResult, Verdict, blocked_gates
from assessment.language.translator import Translator
from assessment.reports.quantity_words import shown_value
from assessment.reports.summary_table import summary_table
from tests.domain.frameworks import (
    MET,
    NOT_MET,
    OPEN,
    PENDING,
    SET_ASIDE,
    UNKNOWN,
    credits_of,
    ends,
    has_no_score,
    make_framework,
    make_item,
    make_linked_framework,
    make_steps,
    make_ticks,
    partly,
    score_of,
    with_weights,
)
from tests.domain.sheets import make_sheet
from tests.domain.valid_framework import VALID


def two_themes() -> Framework:
    """A gate and a core item in theme ``one``, two core items in theme ``two``."""
    items = [
        make_item("A-01", role="gate"),
        make_item("A-02"),
        make_item("B-01", theme="two"),
        make_item("B-02", theme="two"),
    ]
    return make_framework(items, {"one": 1.0, "two": 1.0})


def area_facts(households: str, total: str, activity: str) -> dict[str, Decimal]:
    typed = {"households": households, "service_area": total, "activity_area": activity}
    return {key: Decimal(value) for key, value in typed.items() if value}


def test_case_01_nothing_answered_has_no_score_no_completeness_and_undecided_gates():
    scores = score_of(two_themes(), {})
    assert not scores.enough[0]
    assert scores.overall.completeness[0] == 0
    assert scores.gates[0] == GateResult.UNDECIDED
    assert scores.verdict[0] == Verdict.UNDECIDED
    assert ends(scores.overall) == (0, 1)


def test_case_02_a_theme_wholly_set_aside_has_no_score_and_leaves_the_overall_mean():
    given = {"A-01": MET, "A-02": NOT_MET, "B-01": SET_ASIDE, "B-02": SET_ASIDE}
    scores = score_of(two_themes(), given)
    assert has_no_score(scores.themes["two"])
    assert ends(scores.overall) == ends(scores.themes["one"]) == (0.5, 0.5)
    assert scores.overall.completeness[0] == 1
    assert scores.themes["two"].set_aside_share[0] == 1


def test_case_03_a_gate_that_is_open_leaves_the_result_undecided_with_100_in_reach():
    for waiting in (OPEN, UNKNOWN):
        given = {"A-01": waiting, "A-02": MET, "B-01": MET, "B-02": MET}
        scores = score_of(two_themes(), given)
        assert scores.gates[0] == GateResult.UNDECIDED
        assert scores.verdict[0] == Verdict.UNDECIDED
        assert scores.overall.high_percent[0] == 100
        assert blocked_gates(two_themes(), credits_of(two_themes(), given)) == []


def test_case_04_all_weights_times_ten_change_nothing():
    given = {"A-01": partly(0.3), "A-02": MET, "B-01": NOT_MET}
    plain = score_of(two_themes(), given)
    for scaled in (with_weights(two_themes(), items=10), with_weights(two_themes(), themes=10)):
        assert ends(score_of(scaled, given).overall) == pytest.approx(ends(plain.overall))


def test_case_05_99_6_percent_shows_as_99():
    framework = make_framework([make_item("A-01", weight=249), make_item("A-02")])
    scores = score_of(framework, {"A-01": MET, "A-02": NOT_MET})
    assert scores.overall.low[0] == pytest.approx(0.996)
    assert scores.overall.low_percent[0] == 99


def test_case_05_a_whole_percentage_is_not_floored_away_by_binary_fractions():
    framework = make_framework([make_item("A-01", weight=29), make_item("A-02", weight=71)])
    scores = score_of(framework, {"A-01": MET, "A-02": NOT_MET})
    assert 0.29 * 100 < 29
    assert scores.overall.low_percent[0] == 29


def test_case_06_a_pending_not_applicable_leaves_low_and_an_accepted_one_shrinks_the_base():
    given = {"A-01": MET, "A-02": OPEN, "B-01": MET, "B-02": MET}
    before = score_of(two_themes(), given).overall
    pending = score_of(two_themes(), given | {"A-02": PENDING})
    accepted = score_of(two_themes(), given | {"A-02": SET_ASIDE})
    assert ends(pending.overall) == ends(before) == (0.75, 1)
    assert pending.overall.set_aside_share[0] == 0
    assert ends(accepted.overall) == (1, 1)
    assert accepted.themes["one"].base[0] == 1
    assert accepted.overall.set_aside_share[0] == 0.25


def test_case_07_mixed_scales_score_as_they_do_after_normalising():
    four = make_item("A-01", steps=make_steps((0, 0.25, 0.5, 0.75, 1)))
    three = make_item("A-02", kind="upkeep", ticks=make_ticks("intact", "safe", "stable"))
    two = make_item("A-03", steps=make_steps((0, 1)))
    framework = make_framework([four, three, two])
    answers = (
        Answer("A-01", "s3"),
        Answer("A-02", "some", ("intact", "safe")),
        Answer("A-03", "s1"),
    )
    judged = {one.item: judge(framework.item(one.item), one, {}) for one in answers}
    assert score_of(framework, judged).overall.low[0] == pytest.approx((3 / 4 + 2 / 3 + 1) / 3)


def test_case_08_exactly_30_passes_and_29_96_fails_and_is_shown_as_29_96():
    item = make_linked_framework().item("Q-01")
    exact = judge(item, None, area_facts("1240", "372", ""))
    below = judge(item, None, area_facts("100", "29.96", ""))
    assert exact.outcome is Outcome.MET
    assert below.outcome is Outcome.PARTLY
    for language in ("zh", "en"):
        assert shown_value(Translator(language), exact.quantity.value) == "30"
        assert shown_value(Translator(language), below.quantity.value) == "29.96"


@pytest.mark.parametrize(
    ("households", "fault"), [("0", "households_zero"), ("", "fact_missing")], ids=["zero", "blank"]
)
def test_case_09_households_of_0_or_blank_cannot_be_computed(households, fault):
    framework = make_linked_framework()
    judged = judge(framework.item("Q-01"), None, area_facts(households, "372", "300"))
    assert (judged.outcome, judged.credit) == (Outcome.UNANSWERED, None)
    assert (judged.quantity.value, judged.quantity.fault) == (None, fault)
    assert ends(score_of(framework, {"Q-01": judged}).overall) == (0, 1)


def test_case_10_an_activity_area_above_the_total_is_an_error_that_names_both_and_earns_nothing():
    framework = make_linked_framework()
    facts = area_facts("1000", "300", "301")
    judged = judge(framework.item("Q-02"), None, facts)
    (fault,) = contradictions(framework, facts)
    assert fault.code == judged.quantity.fault == "activity_above_total"
    assert fault.values == {"activity": "301", "total": "300"}
    assert (judged.outcome, judged.credit) == (Outcome.UNANSWERED, None)


def test_case_11_area_made_up_by_other_rooms_turns_the_share_to_not_met_at_once():
    framework = make_linked_framework()
    before = {"households": "1240", "service_area": "250", "activity_area": "150"}
    first = make_sheet(framework, facts=before)
    second = make_sheet(framework, facts=before | {"service_area": "372"})
    outcomes = [[s.judged[q].outcome for q in ("Q-01", "Q-02")] for s in (first, second)]
    assert outcomes == [[Outcome.PARTLY, Outcome.MET], [Outcome.MET, Outcome.PARTLY]]
    assert blocked_gates(framework, second.credits) == ["Q-02"]


def test_case_12_a_partial_step_without_words_is_refused():
    worded = (
        "{id: partly, credit: 0.5, label: {zh: 部分, en: Partly}, meaning: {zh: 一半, en: Half}}"
    )
    assert VALID.count(worded) == 1
    bare = VALID.replace(worded, "{id: partly, credit: 0.5}")
    with pytest.raises(Refused) as refused:
        load_framework(bare.encode())
    missing = {fault.place for fault in refused.value.faults if fault.item == "B-01"}
    assert missing == {"items[3].steps[1].label", "items[3].steps[1].meaning"}


def test_case_13_the_same_answers_under_two_versions_give_two_results_told_apart_by_hash():
    old = two_themes()
    update = {"version": "2.0", "items": (*old.items, make_item("A-03"))}
    new = old.model_copy(update=update)
    given = {"A-01": MET, "A-02": MET, "B-01": MET, "B-02": MET, "A-03": NOT_MET}
    assert score_of(old, given).overall.low_percent[0] == 100
    assert score_of(new, given).overall.low_percent[0] == 83
    assert content_hash(old) != content_hash(new)


def test_case_14_only_low_is_exported_never_the_mean_of_what_was_answered():
    framework = two_themes()
    sheet = make_sheet(framework, {"A-01": "s2", "A-02": "s1", "B-01": "s2"})
    answered_only = (1 + 0.5 + 1) / 3
    table = summary_table(Translator("en"), sheet, datetime(2026, 11, 24, tzinfo=UTC))
    codes = [column.code for column in table.columns]
    overall = next(iter(table.rows))
    assert overall[codes.index("low")] == 0.625
    assert overall[codes.index("low_percent")] == 62
    shown = [cell for row in table.rows for cell in row if isinstance(cell, float)]
    assert all(cell != pytest.approx(answered_only) for cell in shown)


def test_case_15_the_shortfall_of_both_rules_together_is_90_and_not_62():
    found = shortfall_of(make_linked_framework(), area_facts("1240", "310", "150"))
    assert found.add_for_residents == 90
    assert (found.add, found.convert) == (62, 12)


def test_points_never_offset_a_gate():
    given = {"A-01": partly(0.99), "A-02": MET, "B-01": MET, "B-02": MET}
    scores = score_of(two_themes(), given)
    assert scores.overall.low_percent[0] == 99
    assert scores.gates[0] == GateResult.BLOCKED
    assert scores.verdict[0] == Verdict.NOT_COMPLETE
    assert blocked_gates(two_themes(), credits_of(two_themes(), given)) == ["A-01"]


def test_no_number_of_points_decides_for_an_open_gate():
    framework = make_framework([make_item("A-01", role="gate"), make_item("A-02", weight=9)])
    scores = score_of(framework, {"A-02": MET})
    assert scores.overall.low_percent[0] == 90
    assert scores.gates[0] == GateResult.UNDECIDED
    assert scores.verdict[0] == Verdict.UNDECIDED


def test_the_least_weight_not_met_keeps_100_away():
    framework = make_framework([make_item("A-01", weight=1e6), make_item("A-02", weight=1e-6)])
    short = score_of(framework, {"A-01": MET, "A-02": NOT_MET}).overall
    assert (short.low_percent[0], short.high_percent[0]) == (99, 99)
    waiting = score_of(framework, {"A-01": MET}).overall
    assert (waiting.low_percent[0], waiting.high_percent[0]) == (99, 100)


def test_passed_gates_alone_do_not_make_a_community_complete():
    given = {"A-01": MET, "A-02": NOT_MET, "B-01": MET, "B-02": NOT_MET}
    scores = score_of(two_themes(), given)
    assert scores.gates[0] == GateResult.PASSED
    assert scores.verdict[0] == Verdict.NOT_COMPLETE


@pytest.mark.parametrize(
    ("missing", "verdict"),
    [(19, Verdict.COMPLETE), (20, Verdict.COMPLETE), (21, Verdict.NOT_COMPLETE)],
)
def test_the_threshold_for_complete_is_inclusive(missing, verdict):
    gate = make_item("A-01", role="gate", weight=100 - missing)
    framework = make_framework([gate, make_item("A-02", weight=missing)])
    assert score_of(framework, {"A-01": MET, "A-02": NOT_MET}).verdict[0] == verdict


def test_a_verdict_waits_for_open_items_that_could_still_decide_it():
    given = {"A-01": MET, "A-02": MET, "B-01": MET}
    assert score_of(two_themes(), given).verdict[0] == Verdict.UNDECIDED


def test_a_score_is_shown_from_half_of_the_answers_on():
    assert not score_of(two_themes(), {"A-01": MET}).enough[0]
    assert score_of(two_themes(), {"A-01": NOT_MET, "A-02": NOT_MET}).enough[0]


def test_everything_set_aside_is_no_score_and_not_0_or_100():
    framework = make_framework([make_item("A-01"), make_item("A-02")])
    scores = score_of(framework, {"A-01": SET_ASIDE, "A-02": SET_ASIDE})
    assert has_no_score(scores.overall)
    assert not scores.enough[0]
    assert scores.verdict[0] == Verdict.UNDECIDED


def test_another_framework_with_other_themes_and_gates_needs_no_change_of_code():
    items = [
        make_item("X-01", theme="water", kind="facility"),
        make_item("Y-01", theme="sound", role="gate", kind="upkeep", ticks=make_ticks("a", "b")),
        make_item("Z-01", theme="light", weight=3, steps=make_steps((0, 0.2, 1))),
    ]
    framework = make_framework(items, {"water": 1, "sound": 2, "light": 1}, complete_from=50)
    sheet = make_sheet(framework, {"X-01": "s1", "Y-01": "all", "Z-01": "s1"})
    assert list(sheet.scores.themes) == ["water", "sound", "light"]
    assert ends(sheet.scores.overall) == pytest.approx(((0.5 + 2 + 0.2) / 4,) * 2)
    assert sheet.scores.gates[0] == GateResult.PASSED
    assert sheet.scores.verdict[0] == Verdict.COMPLETE
