"""The communities of a selection, a few at a time, from one state of the records."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import Any

import numpy as np

from assessment.domain.answers import Outcome, State
from assessment.domain.framework import Framework
from assessment.domain.nation import Mask, Nation, own_positions
from assessment.domain.records import Round, ThemeLine
from assessment.domain.selected import Packed, Selected
from assessment.domain.standing import Overview, Standing
from assessment.services.divisions import children, division, english_area
from assessment.services.frameworks import framework_of
from assessment.services.nation import nation_of
from assessment.services.overview import overview_in
from assessment.services.selection import Selection, selection_mask
from assessment.store.answers import load_said
from assessment.store.communities import load_programmes
from assessment.store.engine import Store, Transaction
from assessment.store.facts import load_facts_of
from assessment.store.packed import load_packed

_AT_ONCE = 100
_NO_LINE = ThemeLine(float("nan"), float("nan"), float("nan"), 0, 0)


@dataclass(frozen=True)
class Chosen:
    """A round with a selection. The nation is read when it is first asked for."""

    store: Store
    round: Round
    framework: Framework
    selection: Selection

    @cached_property
    def nation(self) -> Nation:
        """All communities of the round."""
        return nation_of(self.store, self.round)

    @cached_property
    def mask(self) -> Mask:
        """Which communities are selected."""
        return self._mask(self.selection)

    @cached_property
    def area_mask(self) -> Mask:
        """Which are in the same area and pilot list, whatever else is filtered."""
        return self._mask(self.selection.area_only)

    @property
    def count(self) -> int:
        """How many communities are selected."""
        return int(self.mask.sum())

    @property
    def codes(self) -> list[str]:
        """Their codes, in the order of the nation."""
        found: list[str] = self.nation.code[self.mask].tolist()
        return found

    def _mask(self, selection: Selection) -> Mask:
        return selection_mask(self.store, self.round, self.framework, self.nation, selection)


def choose(store: Store, one: Round, selection: Selection) -> Chosen | None:
    """What a selection holds in a round; ``None`` if it names what there is not."""
    framework = framework_of(store, one.framework)
    known = _is_known(framework, selection) and _is_listed(store, selection.programme)
    return Chosen(store, one, framework, selection) if known else None


def selected_rows(
    chosen: Chosen, vectors: bool = False, answers: bool = False
) -> Iterator[Selected]:
    """Every community of the choice, in its order, all from one state of the records.

    ``vectors`` also reads the outcomes out of the packed rows, ``answers`` what was said.
    Raises ``LookupError`` if a community is gone that was there when the choice was made: a
    file must not end short.
    """
    store, codes = chosen.store, chosen.codes
    with store.reading() as connection:
        for start in range(0, len(codes), _AT_ONCE):
            some = codes[start : start + _AT_ONCE]
            found = overview_in(connection, chosen.round, some)
            if len(found) != len(some):
                raise LookupError("a community was removed while its row was written")
            packed = load_packed(connection, chosen.round.id, some)
            said = _said(connection, found) if answers else {}
            for row in found:
                kept = packed.get(row.community.code)
                one = _selected(store, chosen.framework, row, kept, vectors)
                yield replace(one, **said.get(row.community.code, {}))


def _said(connection: Transaction, found: Sequence[Overview]) -> dict[str, dict[str, Any]]:
    """What was said of some communities, and their facts, as far as they are confirmed."""
    begun = {row.assessment.id: row.community.code for row in found if row.assessment}
    said = load_said(connection, list(begun))
    facts = load_facts_of(connection, list(begun))
    return {
        code: {
            "said": said.get(number, {}),
            "facts": {
                one.fact: one.value for one in facts.get(number, {}).values() if not one.to_confirm
            },
        }
        for number, code in begun.items()
    }


def _is_known(framework: Framework, selection: Selection) -> bool:
    return (
        (not selection.adcode or division(selection.adcode) is not None)
        and (not selection.standing or selection.standing in set(Standing))
        and (not selection.state or selection.state in set(State))
        and (not selection.item or framework.has_item(selection.item))
    )


def _is_listed(store: Store, programme: str) -> bool:
    if not programme:
        return True
    with store.reading() as connection:
        return programme in {one.id for one in load_programmes(connection)}


def _selected(
    store: Store, asked: Framework, row: Overview, packed: Packed | None, vectors: bool
) -> Selected:
    own = framework_of(store, row.assessment.framework) if row.assessment else asked
    outcomes: Sequence[int] = ()
    credits: Sequence[float] = ()
    unsupported: Sequence[bool] = ()
    if packed and vectors:
        outcomes, credits = _vectors(asked, own, packed)
        unsupported = unsupported_marks(asked, own, packed)
    if row.score and own.hash != asked.hash:
        lines = {theme.id: line for theme, line in zip(own.themes, row.score.themes, strict=True)}
        themes = tuple(lines.get(theme.id, _NO_LINE) for theme in asked.themes)
        row = replace(row, score=replace(row.score, themes=themes))
    province, city = _area_codes(row.community.adcode, row.community.province)
    area_en = english_area(row.community.adcode, row.community.province)
    return Selected(row, own, packed, outcomes, credits, province, city, area_en, unsupported)


def _vectors(
    asked: Framework, own: Framework, packed: Packed
) -> tuple[Sequence[int], Sequence[float]]:
    """Outcomes and credits in the order of the framework that is asked for."""
    outcomes = np.frombuffer(packed.outcomes, dtype=np.uint8)
    credits = np.frombuffer(packed.credits, dtype="<f8")
    if own.hash != asked.hash:
        places = own_positions([one.id for one in asked.items], [one.id for one in own.items])
        outcomes = np.where(places >= 0, outcomes[places], np.uint8(Outcome.NOT_ASKED))
        credits = np.where(places >= 0, credits[places], np.nan)
    return outcomes.tolist(), credits.tolist()


def unsupported_marks(asked: Framework, own: Framework, packed: Packed) -> Sequence[bool]:
    """Which answers lack the evidence asked for, in the order of the framework asked for."""
    if packed.unsupported_items is None:
        return [False] * len(asked.items)
    marks = np.frombuffer(packed.unsupported_items, dtype=np.bool_)
    if own.hash != asked.hash:
        places = own_positions([one.id for one in asked.items], [one.id for one in own.items])
        marks = (places >= 0) & marks[places]
    found: list[bool] = marks.tolist()
    return found


@lru_cache(maxsize=4096)
def _area_codes(adcode: str, province: str) -> tuple[str, str]:
    """The codes of the province and the city that an area lies in; empty where not known."""
    found = division(adcode)
    if found is None:
        return next((one.adcode for one in children("") if one.name_zh == province), ""), ""
    levels = {}
    while found is not None:
        levels[found.level] = found.adcode
        found = division(found.parent)
    return levels.get("province", ""), levels.get("city", "")
