"""Numbers as people type them: read exactly, or refused with a reason; never guessed."""

from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from assessment.domain.errors import Refused
from assessment.domain.typed_numbers import (
    AREA,
    COUNT,
    DAYS,
    DEGREES,
    HOUSEHOLDS,
    LONGEST,
    PEOPLE,
    NumberForm,
    parse_number,
)

FORMS = {
    "households": HOUSEHOLDS,
    "people": PEOPLE,
    "area": AREA,
    "days": DAYS,
    "count": COUNT,
    "degrees": DEGREES,
}
TO_FULL_WIDTH = str.maketrans("0123456789.,", "０１２３４５６７８９．，")


def refusal(text: str, form: NumberForm) -> str:
    """Code of the one fault that the text earns."""
    with pytest.raises(Refused) as refused:
        parse_number(text, form)
    (fault,) = refused.value.faults
    assert fault.values["text"] == text[:LONGEST]
    return fault.code


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("372", "372"),
        ("0", "0"),
        ("0.5", "0.5"),
        ("372.25", "372.25"),
        ("29.96", "29.96"),
        ("372.2500000", "372.25"),
        ("007", "7"),
        ("３７２", "372"),
        ("３７２．５", "372.5"),
        ("1,240", "1240"),
        ("1，240", "1240"),
        ("１，２４０", "1240"),
        ("1 240", "1240"),
        ("1\u00a0240", "1240"),
        ("1\u202f240", "1240"),
        ("1　240", "1240"),
        ("12,345,678.25", "12345678.25"),
        ("  372  ", "372"),
        ("\u3000372\t", "372"),
        ("372 m²", "372"),
        ("372m2", "372"),
        ("372㎡", "372"),
        ("372平方米", "372"),
        ("３７２ 平方米", "372"),
        ("1,240.5 M²", "1240.5"),
        ("372 sq m", "372"),
        ("372 Square metres", "372"),
    ],
)
def test_an_area_is_read_however_it_is_written(text: str, expected: str):
    assert parse_number(text, AREA) == Decimal(expected)


@pytest.mark.parametrize(
    ("text", "form", "expected"),
    [
        ("1,240 户", HOUSEHOLDS, "1240"),
        ("1240户", HOUSEHOLDS, "1240"),
        ("1 240 households", HOUSEHOLDS, "1240"),
        ("3,500人", PEOPLE, "3500"),
        ("5.5 天", DAYS, "5.5"),
        ("5 天/周", DAYS, "5"),
        ("120份", COUNT, "120"),
        ("121.4737°", DEGREES, "121.4737"),
    ],
)
def test_the_unit_of_the_field_may_be_typed_along(text: str, form: NumberForm, expected: str):
    assert parse_number(text, form) == Decimal(expected)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "number_not_a_number"),
        ("   ", "number_not_a_number"),
        ("NaN", "number_not_a_number"),
        ("nan", "number_not_a_number"),
        ("inf", "number_not_a_number"),
        ("-Infinity", "number_not_a_number"),
        ("1e309", "number_not_a_number"),
        ("1e3", "number_not_a_number"),
        ("0x10", "number_not_a_number"),
        ("三百", "number_not_a_number"),
        ("大约372", "number_not_a_number"),
        ("372左右", "number_not_a_number"),
        ("300-400", "number_not_a_number"),
        ("1_000", "number_not_a_number"),
        ("³⁷²", "number_not_a_number"),
        ("37²", "number_not_a_number"),
        ("٣٧٢", "number_not_a_number"),
        ("37٢", "number_not_a_number"),
        ("३७२", "number_not_a_number"),
        ("①", "number_not_a_number"),
        ("½", "number_not_a_number"),
        (".5", "number_not_a_number"),
        ("5.", "number_not_a_number"),
        ("1.2.3", "number_not_a_number"),
        ("+5", "number_not_a_number"),
        ("3\u200b72", "number_not_a_number"),
        ("372\n400", "number_not_a_number"),
        ("372 m² 400 m²", "number_not_a_number"),
        ("372 m³", "number_not_a_number"),
        ("-5", "number_negative"),
        ("－5", "number_negative"),
        ("-5 m²", "number_negative"),
        ("1,2", "number_grouping"),
        ("12,34", "number_grouping"),
        ("1,2345", "number_grouping"),
        ("1234,567", "number_grouping"),
        ("1,234 567", "number_grouping"),
        ("1,,234", "number_grouping"),
        ("3 72", "number_grouping"),
        ("0,500", "number_grouping"),
        ("1.234,5", "number_grouping"),
        ("3 亩", "number_other_unit"),
        ("3亩", "number_other_unit"),
        ("2万", "number_other_unit"),
        ("2万平方米", "number_other_unit"),
        ("2 千", "number_other_unit"),
        ("0.3公顷", "number_other_unit"),
        ("0.1 km²", "number_other_unit"),
        ("5k", "number_other_unit"),
        ("2w", "number_other_unit"),
        ("372户", "number_other_unit"),
        ("1.23456", "number_too_many_decimals"),
        ("0.00001", "number_too_many_decimals"),
        ("100,000,001", "number_too_large"),
        ("9" * LONGEST, "number_too_large"),
        ("1" * (LONGEST + 1), "number_too_long"),
        ("372" + " " * LONGEST, "number_too_long"),
    ],
)
def test_what_is_not_plainly_an_area_is_refused(text: str, code: str):
    assert refusal(text, AREA) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("12.5", "number_not_whole"),
        ("1,240.5 户", "number_not_whole"),
        ("1." + "0" * 30 + "1", "number_not_whole"),
        ("1240 人", "number_other_unit"),
        ("百户", "number_not_a_number"),
        ("3 百户", "number_other_unit"),
        ("10,000,001", "number_too_large"),
    ],
)
def test_households_are_whole_and_in_households(text: str, code: str):
    assert refusal(text, HOUSEHOLDS) == code


def test_a_whole_number_may_be_written_with_zeros_behind_the_point():
    assert parse_number("1240.00", HOUSEHOLDS) == 1240


def test_the_largest_value_is_allowed_and_the_next_is_not():
    for form in FORMS.values():
        assert parse_number(str(form.largest), form) == form.largest
        assert refusal(str(form.largest + 1), form) == "number_too_large"


def test_a_refusal_names_the_unit_that_is_meant():
    with pytest.raises(Refused) as refused:
        parse_number("3 亩", AREA)
    assert refused.value.faults[0].values == {"text": "3 亩", "unit": "亩", "expected": "m²"}


@st.composite
def values(draw: st.DrawFn) -> tuple[NumberForm, Decimal]:
    form = FORMS[draw(st.sampled_from(sorted(FORMS)))]
    scale = 10**form.decimals
    whole = draw(st.integers(0, int(form.largest) * scale))
    return form, Decimal(whole) / scale


@given(values(), st.sampled_from(["", ",", "_full"]), st.booleans(), st.booleans())
def test_a_formatted_number_parses_back_to_itself_exactly(value, grouping, spaced, with_unit):
    form, number = value
    text = f"{number:,f}" if grouping else f"{number:f}"
    text = text.translate(TO_FULL_WIDTH) if grouping == "_full" else text
    text = text.replace(",", " ") if spaced else text
    text = f"{text} {form.units[0]}" if with_unit else text
    assert parse_number(text, form) == number


def only_numbers_or_refusals(text: str) -> None:
    for form in FORMS.values():
        try:
            number = parse_number(text, form)
        except Refused as refused:
            assert len(refused.faults) == 1
        else:
            assert number.is_finite()
            assert 0 <= number <= form.largest
            assert number == round(number, form.decimals)


@given(st.text(max_size=LONGEST + 5))
@example("1" + "." + "0" * 35 + "1")
def test_random_text_is_a_finite_number_or_refused(text: str):
    only_numbers_or_refusals(text)


@given(st.text(alphabet="0123456789０９., ，　.-+eE_m²户万亩nai\n\t٣²", max_size=16))
def test_text_of_digits_and_signs_is_a_finite_number_or_refused(text: str):
    only_numbers_or_refusals(text)
