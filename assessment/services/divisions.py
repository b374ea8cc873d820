"""Administrative divisions of China, from the table that ships with the product."""

import csv
from dataclasses import dataclass
from functools import lru_cache

from assessment.domain.coordinates import Place
from assessment.domain.names import compare_key
from assessment.settings import settings


@dataclass(frozen=True)
class Division:
    """One province, city or district. ``names`` and ``names_en`` run province, city, district;
    a level that does not exist is empty. ``place`` is a point inside it, WGS-84."""

    adcode: str
    level: str
    parent: str
    name_zh: str
    name_en: str
    place: Place
    names: tuple[str, str, str] = ("", "", "")
    names_en: tuple[str, str, str] = ("", "", "")

    def name(self, language: str) -> str:
        """Its own name in "zh" or "en"."""
        return self.name_en if language == "en" else self.name_zh


def division(adcode: str) -> Division | None:
    """The division with this code, or ``None``: codes change, so a record may outlive one."""
    return divisions().get(adcode)


def children(adcode: str) -> list[Division]:
    """The divisions directly below; the provinces for the empty code."""
    return [one for one in divisions().values() if one.parent == adcode]


def asks_pilots(area: Division) -> bool:
    """Whether notice P3 asks this area for pilots: each "city (district)", so a district only
    where no city is above it."""
    above = division(area.parent)
    return area.level == "city" or (
        area.level == "district" and above is not None and above.level == "province"
    )


def find_divisions(typed: str) -> list[Division]:
    """Divisions whose name, in either language, or code begins with or holds what was typed.

    Those that begin with it come first, larger areas before smaller ones.
    """
    key = compare_key(typed)
    coded = [one for one in divisions().values() if key and key in one.adcode]
    found = {one.adcode: one for one in (*coded, *divisions_named(key))}
    return sorted(found.values(), key=lambda one: _nearness(one, key))


def divisions_named(key: str) -> list[Division]:
    """Divisions whose name in either language holds a key of ``compare_key``; none for none."""
    named = _keys().items() if key else ()
    return [divisions()[code] for code, keys in named if any(key in one for one in keys)]


def _nearness(one: Division, key: str) -> tuple[bool, int, str]:
    begins = any(each.startswith(key) for each in (one.adcode, *_keys()[one.adcode]))
    return not begins, _LEVELS.index(one.level), one.adcode


@lru_cache(maxsize=1)
def _keys() -> dict[str, tuple[str, str]]:
    return {
        code: (compare_key(one.name_zh), compare_key(one.name_en))
        for code, one in divisions().items()
    }


def english_area(adcode: str, province: str = "") -> tuple[str, ...]:
    """The English names of a division and of what it lies in; without a code, the province's."""
    found = division(adcode)
    if found is not None:
        return tuple(name for name in found.names_en if name)
    return tuple(one.name_en for one in children("") if one.name_zh == province)


@lru_cache(maxsize=1)
def divisions() -> dict[str, Division]:
    """The whole table, by code."""
    path = settings().data / "divisions.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = {row["adcode"]: row for row in csv.DictReader(file)}
    return {code: _division(row, rows) for code, row in rows.items()}


_LEVELS = ("province", "city", "district")


def _division(row: dict[str, str], rows: dict[str, dict[str, str]]) -> Division:
    zh, en = dict.fromkeys(_LEVELS, ""), dict.fromkeys(_LEVELS, "")
    current: dict[str, str] | None = row
    while current is not None:
        zh[current["level"]] = current["name_zh"]
        en[current["level"]] = current["name_en"]
        current = rows.get(current["parent"])
    return Division(
        row["adcode"],
        row["level"],
        row["parent"],
        row["name_zh"],
        row["name_en"],
        Place(float(row["longitude"]), float(row["latitude"])),
        (zh["province"], zh["city"], zh["district"]),
        (en["province"], en["city"], en["district"]),
    )
