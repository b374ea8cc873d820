"""What people type or choose, as it will be kept, or refused with a reason."""

from collections.abc import Mapping
from typing import Any

from assessment.domain.answers import choices
from assessment.domain.errors import Fault, Refused
from assessment.domain.facts import read_fact
from assessment.domain.framework import FactDefinition, Item, Kind
from assessment.domain.names import read_text
from assessment.domain.typed_numbers import AREA, COUNT, DAYS, NumberForm, parse_number

DETAIL_FORMS: Mapping[str, NumberForm] = {
    "floor_area": AREA,
    "open_days": DAYS,
    "positive": COUNT,
    "asked": COUNT,
}
MEANS_DETAIL = "means"
LONGEST_MEANS = 40


def details_of(item: Item) -> tuple[str, ...]:
    """The further figures and choices that an answer to the item can have."""
    if item.kind is Kind.SURVEY:
        return ("positive", "asked")
    if item.kind is Kind.FACILITY and item.means:
        return ("floor_area", "open_days", MEANS_DETAIL)
    return ()


def read_field(item: Item, name: str, value: Any) -> Any:  # noqa: ANN401
    """One field of an answer: ``choice``, ``ticks``, ``note``, ``reason`` or ``detail:…``."""
    if name == "choice":
        if value not in ("", *choices(item)):
            raise _not_an_option(item, str(value))
        return value
    if name == "ticks":
        known = [tick.id for tick in item.ticks]
        if not set(value) <= set(known):
            raise _not_an_option(item, ", ".join(map(str, value)))
        return tuple(tick for tick in known if tick in value)
    if name in ("note", "reason"):
        return read_text(value)
    return _read_detail(item, name.removeprefix("detail:"), value)


def read_fact_text(definition: FactDefinition, text: str) -> str:
    """A fact as its exact text: plain digits for a number, the option's id for a choice."""
    value = read_fact(definition, text)
    if value is None:
        return ""
    return value if isinstance(value, str) else f"{value:f}"


def _read_detail(item: Item, name: str, value: str) -> str:
    if not value.strip():
        return ""
    if name in DETAIL_FORMS:
        return f"{parse_number(value, DETAIL_FORMS[name]):f}"
    if name == MEANS_DETAIL:
        return read_text(value, LONGEST_MEANS)
    raise _not_an_option(item, name)


def _not_an_option(item: Item, text: str) -> Refused:
    return Refused([Fault("not_an_option", item=item.id, values={"text": text[:40]})])
