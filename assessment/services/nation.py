"""The nation in memory: read once, then only what has changed since."""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from assessment.domain.answers import Outcome
from assessment.domain.framework import Framework
from assessment.domain.nation import (
    NOT_BEGUN,
    STATES,
    Codes,
    Floats,
    Integers,
    Nation,
    narrowed,
    own_positions,
    reach_mask,
    standing_codes,
)
from assessment.domain.permissions import Reach
from assessment.domain.records import Round
from assessment.services.divisions import children
from assessment.services.frameworks import framework_of
from assessment.store import log
from assessment.store import nation as nation_store
from assessment.store.engine import Store

# Beyond this many changes reading everything anew is faster than patching.
_MOST_PATCHES = 2000
MOST_KEPT = 6
_MOST_REACHES = 32
# What adds, moves or removes communities: then positions themselves may change.
_STRUCTURAL = frozenset(
    {
        "register",
        "sample_load",
        "sample_remove",
        "sample_restore",
        "sample_nation",
        "import",
        "rescore",
    }
)


@dataclass(frozen=True)
class _Kept:
    version: int
    nation: Nation
    narrowed: dict[Reach, Nation] = field(default_factory=dict)


_kept: dict[tuple[str, str], _Kept] = {}
_lock = threading.Lock()
_REALS = (
    "longitude",
    "latitude",
    "low",
    "high",
    "low_percent",
    "high_percent",
    "completeness",
    "set_aside_share",
    "households",
    "population",
    "land_area",
)


def nation_of(store: Store, one: Round) -> Nation:
    """The communities of a round's kind with their scores, up to date with the records.

    Of these, all that the person at work may see.
    """
    kept, reach = _kept_of(store, one), store.person.reach
    if one.sample or reach.is_everything:
        return kept.nation
    with _lock:
        if len(kept.narrowed) >= _MOST_REACHES:
            kept.narrowed.clear()
        if reach not in kept.narrowed:
            kept.narrowed[reach] = narrowed(kept.nation, reach_mask(kept.nation, reach))
        return kept.narrowed[reach]


def _kept_of(store: Store, one: Round) -> _Kept:
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
            return kept
        _kept.pop(key, None)
        fresh = _kept[key] = _Kept(version, nation)
        if len(_kept) > MOST_KEPT:
            del _kept[next(iter(_kept))]
    return fresh


def _read(connection: Any, store: Store, one: Round) -> Nation:  # noqa: ANN401
    rows = nation_store.load_rows(connection, one.id, one.sample)
    framework = framework_of(store, one.framework)
    nation = _columns(store, framework, rows)
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
    fresh = _columns(store, framework_of(store, one.framework), rows)
    order = np.argsort(nation.code)
    positions = order[np.searchsorted(nation.code, fresh.code, sorter=order)]
    patched = {}
    for name in Nation.__dataclass_fields__:
        if name not in ("code", "lists"):
            column = getattr(nation, name).copy()
            column[positions] = getattr(fresh, name)
            patched[name] = column
    return replace(nation, **patched)


def _columns(store: Store, framework: Framework, rows: Sequence[Any]) -> Nation:
    # Columns at once: reading a hundred thousand rows field by field takes three times as long.
    names = rows[0]._fields if rows else ()
    by_name: dict[str, Sequence[Any]] = dict(zip(names, zip(*rows, strict=True), strict=True))

    def column(name: str) -> Sequence[Any]:
        return by_name.get(name, ())

    answered = np.array([-1 if one is None else one for one in column("answered")], dtype=np.int64)
    gates = np.array([one or 0 for one in column("gates")], dtype=np.uint8)
    enough = np.array([bool(one) for one in column("enough")], dtype=np.bool_)
    outcome, theme_low, theme_high = _vectors(store, framework, column)
    return Nation(
        code=np.array(column("code"), dtype=np.str_),
        adcode=_adcodes(column("adcode"), column("province")),
        **{name: np.array(column(name), dtype=np.float64) for name in _REALS},
        gates=gates,
        verdict=np.array([one or 0 for one in column("verdict")], dtype=np.uint8),
        standing=standing_codes(answered, enough, gates),
        state=_positions(column("state"), STATES),
        theme_low=theme_low,
        theme_high=theme_high,
        outcome=outcome,
        built=_options(framework, "built", column("built")),
        decade=_options(framework, "built_decade", column("built_decade")),
        lists={},
    )


def _vectors(
    store: Store, framework: Framework, column: Callable[[str], Sequence[Any]]
) -> tuple[Codes, Floats, Floats]:
    """Outcomes by item, and low and high by theme, in the order of the round's framework.

    A row that was scored under another version is read by the ids of its own items; what that
    version does not ask is ``NOT_ASKED``.
    """
    packed, lines, versions = column("outcomes"), column("themes"), column("framework")
    outcome = np.full((len(packed), len(framework.items)), NOT_BEGUN, dtype=np.uint8)
    themes = np.full((2, len(packed), len(framework.themes)), np.nan)
    places: dict[str, list[int]] = {}
    for place, one in enumerate(packed):
        if one is not None:
            places.setdefault(versions[place], []).append(place)
    for content_hash, some in places.items():
        own = framework_of(store, content_hash)
        codes = np.frombuffer(b"".join(packed[k] for k in some), dtype=np.uint8)
        shares = np.frombuffer(b"".join(lines[k] for k in some), dtype="<f8")
        items = own_positions([one.id for one in framework.items], [one.id for one in own.items])
        lists = own_positions([one.id for one in framework.themes], [one.id for one in own.themes])
        codes = codes.reshape(len(some), -1)
        outcome[some] = np.where(items >= 0, codes[:, items], np.uint8(Outcome.NOT_ASKED))
        found = shares.reshape(len(some), -1, 5)[:, lists, :2]
        themes[:, some] = np.where(lists >= 0, found.transpose(2, 0, 1), np.nan)
    return outcome, themes[0], themes[1]


def _positions(values: Sequence[Any], known: Sequence[Any]) -> Codes:
    """Where each value stands among the known ones, 0 for the first and for unknown ones."""
    places = {value: place for place, value in enumerate(known)}
    return np.array([places.get(value, 0) for value in values], dtype=np.uint8)


def _options(framework: Framework, fact: str, values: Sequence[Any]) -> Codes:
    known = next((one.options for one in framework.facts if one.id == fact), ())
    return _positions(values, ["", *(one.id for one in known)])


def _adcodes(codes: Sequence[str], provinces: Sequence[str]) -> Integers:
    """Six digits as a number; the province's where no district is known, 0 where nothing is."""
    by_name = {one.name_zh: int(one.adcode) for one in children("")}
    return np.array(
        [
            int(code) if code.isdigit() else by_name.get(province, 0)
            for code, province in zip(codes, provinces, strict=True)
        ],
        dtype=np.int64,
    )
