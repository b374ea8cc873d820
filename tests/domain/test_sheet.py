"""From what was saved to figures: facts as values, answers judged, gaps and contradictions."""

from decimal import Decimal

from assessment.domain.answers import Answer, Outcome
from assessment.domain.records import SavedFact
from assessment.domain.sheet import fact_values, with_kept
from tests.domain.frameworks import make_linked_framework
from tests.domain.sheets import make_sheet
from tests.domain.test_load_framework import load
from tests.domain.valid_framework import VALID

TYPED = {"households": "1240", "service_area": "310", "activity_area": "150"}


def saved(**values: str) -> dict[str, SavedFact]:
    return {key: SavedFact(key, value) for key, value in values.items()}


def test_facts_are_exact_numbers_and_ids_of_options():
    facts = fact_values(load(VALID), saved(households="1240", service_area="0.1", built="new"))
    assert facts == {"households": Decimal(1240), "service_area": Decimal("0.1"), "built": "new"}


def test_blank_facts_and_facts_of_another_framework_are_left_out():
    assert fact_values(load(VALID), saved(households="", rainfall="12")) == {}


def test_a_sheet_tells_its_shortfall_gaps_and_what_is_still_owed():
    sheet = make_sheet(make_linked_framework(), facts=TYPED)
    assert sheet.shortfall.add_for_residents == 90
    assert [gap.item.id for gap in sheet.gaps] == ["Q-02", "Q-01"]
    assert sheet.open_items == ("C-01",)
    assert sheet.open_bonus_items == ()
    assert sheet.contradictions == ()


def test_a_sheet_names_facts_that_contradict_and_then_has_no_shortfall():
    sheet = make_sheet(make_linked_framework(), facts=TYPED | {"activity_area": "311"})
    assert [fault.code for fault in sheet.contradictions] == ["activity_above_total"]
    assert sheet.shortfall is None
    assert sheet.open_items == ("Q-02", "C-01")


def test_other_answers_are_judged_anew_and_the_old_sheet_stays_as_it_was():
    sheet = make_sheet(make_linked_framework(), facts=TYPED)
    answers = {"C-01": Answer("C-01", "s2")}
    other = with_kept(sheet, answers, saved(**(TYPED | {"service_area": "372"})))
    assert other.judged["C-01"].outcome is Outcome.MET
    assert other.judged["Q-01"].outcome is Outcome.MET
    assert sheet.judged["C-01"].outcome is Outcome.UNANSWERED
    assert other.scores.overall.low[0] > sheet.scores.overall.low[0]
    assert (other.community, other.assessment) == (sheet.community, sheet.assessment)
