"""The nation in memory: read once, then only what has changed since."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from assessment.domain.framework import Framework
from assessment.domain.nation import (
    NOT_BEGUN,
    Integers,
    Nation,
    area_mask,
    standing_codes,
)
from assessment.domain.records import Round
from assessment.services.divisions import children, division
from assessment.services.frameworks import framework_of
from assessment.store import log
from assessment.store import nation as nation_store
from assessment.store.engine import Store

# Beyond this many changes reading everything anew is faster than patching.
_MOST_PATCHES = 2000
# What adds, moves or removes communities: then positions themselves may change.
_STRUCTURAL = frozenset({"register", "sample_load", "sample_remove", "sample_restore", "import"})


@dataclass(frozen=True)
class _Kept:
    version: int
    nation: Nation


_kept: dict[tuple[str, str], _Kept] = {}
_lock = threading.Lock()


@dataclass(frozen=True)
class Scope:
    """Which communities: an area ("" for the nation) and a pilot list ("" for all)."""

    adcode: str = ""
    programme: str = ""

    @property
    def level(self) -> str:
        """nation, province, city or district."""
        found = division(self.adcode)
        return found.level if found else "nation"


def nation_of(store: Store, one: Round) -> Nation:
    """All communities of a round's kind with their scores, up to date with the records."""
    key = (str(store.url), one.id)
    with _lock, store.reading() as connection:
        version = log.data_version(connection)
        kept = _kept.get(key)
        if kept is None:
            nation = _read(connection, store, one)
        elif kept.version != version:
            changed = nation_store.changed_since(connection, kept.version)
            if changed.actions & _STRUCTURAL or len(changed.codes) > _MOST_PATCHES:
                nation = _read(connection, store, one)
            else:
                nation = _patched(connection, store, one, kept.nation, sorted(changed.codes))
        else:
            return kept.nation
        _kept[key] = _Kept(version, nation)
    return nation


def scope_mask(nation: Nation, scope: Scope) -> Any:  # noqa: ANN401
    """The communities of a scope."""
    mask = (
        area_mask(nation, scope.adcode, scope.level)
        if scope.level != "nation"
        else np.ones(len(nation), dtype=np.bool_)
    )
    if scope.programme:
        listed = np.zeros(len(nation), dtype=np.bool_)
        listed[nation.lists.get(scope.programme, np.empty(0, dtype=np.int64))] = True
        mask = mask & listed
    return mask


def sub_areas(nation: Nation, scope: Scope) -> Integers:
    """For every community the code of the area just below the scope that it lies in, else 0."""
    result = np.zeros(len(nation), dtype=np.int64)
    for area in children(scope.adcode):
        result[area_mask(nation, area.adcode, area.level)] = int(area.adcode)
    return result


def _read(connection: Any, store: Store, one: Round) -> Nation:  # noqa: ANN401
    rows = nation_store.load_rows(connection, one.id, one.sample)
    framework = framework_of(store, one.framework)
    nation = _columns(framework, rows)
    places = {code: place for place, code in enumerate(nation.code.tolist())}
    lists = {
        programme: np.array([places[code] for code in codes if code in places], dtype=np.int64)
        for programme, codes in nation_store.load_programmes(connection).items()
    }
    return replace(nation, lists=lists)


def _patched(
    connection: Any,  # noqa: ANN401
    store: Store,
    one: Round,
    nation: Nation,
    codes: Sequence[str],
) -> Nation:
    """The nation with the rows of some communities read anew. Arrays are copied, so a page that
    still draws the old ones is not disturbed."""
    rows = nation_store.load_rows(connection, one.id, one.sample, codes)
    if not rows:
        return nation
    fresh = _columns(framework_of(store, one.framework), rows)
    order = np.argsort(nation.code)
    positions = order[np.searchsorted(nation.code, fresh.code, sorter=order)]
    patched = {}
    for name in Nation.__dataclass_fields__:
        if name not in ("code", "lists"):
            column = getattr(nation, name).copy()
            column[positions] = getattr(fresh, name)
            patched[name] = column
    return replace(nation, **patched)


def _columns(framework: Framework, rows: Sequence[Any]) -> Nation:
    items, themes = len(framework.items), len(framework.themes)
    begun = np.array([row.answered is not None for row in rows], dtype=np.bool_)
    answered = np.array([-1 if row.answered is None else row.answered for row in rows])
    gates = np.array([row.gates or 0 for row in rows], dtype=np.uint8)
    enough = np.array([bool(row.enough) for row in rows], dtype=np.bool_)
    outcome = np.full((len(rows), items), NOT_BEGUN, dtype=np.uint8)
    theme_low = np.full((len(rows), themes), np.nan)
    packed = [row.outcomes for row in rows if row.answered is not None]
    if packed:
        outcome[begun] = np.frombuffer(b"".join(packed), dtype=np.uint8).reshape(-1, items)
        lines = b"".join(row.themes for row in rows if row.answered is not None)
        theme_low[begun] = np.frombuffer(lines, dtype="<f8").reshape(-1, themes, 5)[:, :, 0]
    return Nation(
        code=np.array([row.code for row in rows], dtype=np.str_),
        adcode=np.array([_adcode(row) for row in rows], dtype=np.int64),
        longitude=_reals(rows, "longitude"),
        latitude=_reals(rows, "latitude"),
        low=_reals(rows, "low"),
        high=_reals(rows, "high"),
        completeness=_reals(rows, "completeness"),
        set_aside_share=_reals(rows, "set_aside_share"),
        gates=gates,
        verdict=np.array([row.verdict or 0 for row in rows], dtype=np.uint8),
        standing=standing_codes(answered, enough, gates),
        theme_low=theme_low,
        outcome=outcome,
        lists={},
    )


def _reals(rows: Sequence[Any], name: str) -> Any:  # noqa: ANN401
    return np.array([getattr(row, name) for row in rows], dtype=np.float64)


def _adcode(row: Any) -> int:  # noqa: ANN401
    if row.adcode.isdigit():
        return int(row.adcode)
    province = next((one for one in children("") if one.name_zh == row.province), None)
    return int(province.adcode) if province else 0
