"""What people choose and type for an item, as it will be kept, or refused."""

import pytest

from assessment.domain.errors import Refused
from assessment.domain.framework import FactDefinition
from assessment.domain.names import LONGEST_NOTE
from assessment.domain.typed_answers import LONGEST_MEANS, read_fact_text, read_field
from tests.domain.frameworks import make_fact, make_item, make_ticks, words

STEPPED = make_item("A-01", not_applicable={"ground": words("ground")})
CORE = make_item("A-02")
UPKEEP = make_item("A-03", kind="upkeep", ticks=make_ticks("intact", "safe", "stable"))


def refusal(item, name: str, value) -> str:
    with pytest.raises(Refused) as refused:
        read_field(item, name, value)
    (fault,) = refused.value.faults
    return fault.code


def test_a_choice_is_kept_if_the_item_offers_it_and_may_be_taken_back():
    for choice in ("s0", "s2", "unknown", "not_applicable", ""):
        assert read_field(STEPPED, "choice", choice) == choice
    assert read_field(UPKEEP, "choice", "some") == "some"


@pytest.mark.parametrize(
    ("item", "choice"), [(STEPPED, "s3"), (CORE, "not_applicable"), (UPKEEP, "s1"), (CORE, "S0")]
)
def test_a_choice_that_the_item_does_not_offer_is_refused(item, choice: str):
    assert refusal(item, "choice", choice) == "not_an_option"


def test_ticks_are_kept_once_each_in_the_order_of_the_file():
    assert read_field(UPKEEP, "ticks", ["stable", "intact", "stable"]) == ("intact", "stable")
    assert read_field(UPKEEP, "ticks", []) == ()


def test_a_tick_that_the_item_does_not_have_is_refused():
    assert refusal(UPKEEP, "ticks", ["safe", "clean"]) == "not_an_option"
    assert refusal(CORE, "ticks", ["safe"]) == "not_an_option"


@pytest.mark.parametrize("name", ["note", "reason"])
def test_a_text_is_kept_as_typed_or_refused_whole(name: str):
    assert read_field(CORE, name, "  两行\n文字 ") == "  两行\n文字 "
    assert refusal(CORE, name, "长" * (LONGEST_NOTE + 1)) == "text_too_long"
    assert refusal(CORE, name, "响铃\x07") == "text_control"


@pytest.mark.parametrize(
    ("name", "typed", "kept"),
    [
        ("floor_area", "３７２．５０ 平方米", "372.50"),
        ("open_days", "5.5", "5.5"),
        ("positive", "1,200", "1200"),
        ("asked", "10,000,000", "10000000"),
        ("floor_area", "  ", ""),
        ("means", "lease", "lease"),
    ],
)
def test_a_detail_is_kept_as_plain_text(name: str, typed: str, kept: str):
    assert read_field(CORE, f"detail:{name}", typed) == kept


@pytest.mark.parametrize(
    ("name", "typed", "code"),
    [
        ("floor_area", "3亩", "number_other_unit"),
        ("open_days", "8", "number_too_large"),
        ("positive", "1.5", "number_not_whole"),
        ("means", "长" * (LONGEST_MEANS + 1), "text_too_long"),
        ("colour", "red", "not_an_option"),
    ],
)
def test_a_detail_that_cannot_be_read_is_refused(name: str, typed: str, code: str):
    assert refusal(CORE, f"detail:{name}", typed) == code


@pytest.mark.parametrize(
    ("fact", "typed", "kept"),
    [
        (("households", "count"), "1,240 户", "1240"),
        (("households", "count"), "10,000,000", "10000000"),
        (("service_area", "area"), "372.50", "372.50"),
        (("service_area", "area"), "0.0001", "0.0001"),
        (("service_area", "area"), "", ""),
        (("built", "choice", ("new", "existing")), "new", "new"),
    ],
)
def test_a_fact_is_kept_in_plain_digits_or_as_the_id_of_its_option(fact, typed, kept):
    definition = FactDefinition.model_validate(make_fact(*fact))
    assert read_fact_text(definition, typed) == kept
