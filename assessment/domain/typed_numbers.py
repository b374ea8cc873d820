"""One parser for every number that a person types.

It accepts full-width digits, thousands separators and the unit typed along ("３７２ m²",
"1,240 户"). Everything else is refused with a reason; nothing is rounded, converted or guessed.
"""

import re
from dataclasses import dataclass
from decimal import Decimal

from assessment.domain.errors import Fault, Refused

LONGEST = 40
_FULL_WIDTH = str.maketrans("０１２３４５６７８９．，　－＋", "0123456789., -+")
_SPACES = re.compile("[\u00a0\u2007\u2009\u202f\t ]+")
_PLAIN = re.compile(r"[0-9]+(\.[0-9]+)?")
_GROUPED = re.compile(r"[1-9][0-9]{0,2}([, ])[0-9]{3}(\1[0-9]{3})*(\.[0-9]+)?")
_NUMBER_THEN_WORDS = re.compile(r"(?P<number>[-+]?[0-9][0-9., ]*?)\s*(?P<unit>[^0-9.,\s].*)?")

_AREA = ("m²", "m2", "㎡", "m^2", "平方米", "平米", "平方", "sqm", "sq m", "square metres")
_MULTIPLES = "万千百亿"
_OTHER_UNITS = ("亩", "公顷", "ha", "hm²", "平方公里", "km²", "km2", "k", "w")


@dataclass(frozen=True)
class NumberForm:
    """What may be typed: accepted units, whole numbers only or decimals, and the largest value."""

    units: tuple[str, ...]
    largest: Decimal
    decimals: int = 0


HOUSEHOLDS = NumberForm(("户", "家", "households", "household"), Decimal(10_000_000))
PEOPLE = NumberForm(("人", "口", "people", "persons", "person"), Decimal(50_000_000))
AREA = NumberForm(_AREA, Decimal(100_000_000), decimals=4)
DAYS = NumberForm(("天", "日", "days", "day", "天/周"), Decimal(7), decimals=1)
COUNT = NumberForm(("份", "个", "answers"), Decimal(10_000_000))
YUAN = NumberForm(("元", "yuan", "RMB", "CNY"), Decimal(100_000_000_000), decimals=2)
MONTHS = NumberForm(("个月", "月", "months", "month"), Decimal(240))
DEGREES = NumberForm(("°", "度", "degrees"), Decimal(180), decimals=10)
_KNOWN_UNITS = frozenset(_OTHER_UNITS).union(
    *(form.units for form in (HOUSEHOLDS, PEOPLE, AREA, DAYS, COUNT, YUAN, MONTHS, DEGREES))
)


def parse_number(text: str, form: NumberForm) -> Decimal:
    """The number in ``text``.

    Raises ``Refused`` with one fault: ``number_too_long``, ``number_negative``,
    ``number_grouping``, ``number_other_unit``, ``number_not_a_number``, ``number_not_whole``,
    ``number_too_many_decimals`` or ``number_too_large``.
    """
    if len(text) > LONGEST:
        raise _refused("number_too_long", text, limit=str(LONGEST))
    tidy = _SPACES.sub(" ", text.translate(_FULL_WIDTH)).strip()
    match = _NUMBER_THEN_WORDS.fullmatch(tidy)
    if match is None:
        raise _refused("number_not_a_number", text)
    _check_unit((match["unit"] or "").strip(), text, form)
    return _value(match["number"].strip(), text, form)


def _check_unit(unit: str, text: str, form: NumberForm) -> None:
    if not unit or unit.lower() in form.units:
        return
    if unit.lower() in _KNOWN_UNITS or unit[0] in _MULTIPLES:
        raise _refused("number_other_unit", text, unit=unit, expected=form.units[0])
    raise _refused("number_not_a_number", text)


def _value(number: str, text: str, form: NumberForm) -> Decimal:
    if number.startswith("-"):
        raise _refused("number_negative", text)
    if not _PLAIN.fullmatch(number) and not _GROUPED.fullmatch(number):
        code = "number_grouping" if "," in number or " " in number else "number_not_a_number"
        raise _refused(code, text)
    value = Decimal(number.replace(",", "").replace(" ", ""))
    decimals = len(number.partition(".")[2].rstrip("0"))
    if decimals and form.decimals == 0:
        raise _refused("number_not_whole", text)
    if decimals > form.decimals:
        raise _refused("number_too_many_decimals", text, limit=str(form.decimals))
    if value > form.largest:
        raise _refused("number_too_large", text, limit=f"{form.largest:,}")
    return value


def _refused(code: str, text: str, **values: str) -> Refused:
    return Refused([Fault(code, values={"text": text[:LONGEST], **values})])
