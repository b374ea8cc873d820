"""GeoJSON as a table: one row for each feature, its properties and the point it stands at.

Runs in the process that reads a file; see ``table_process``. Source: RFC 7946; files of before
it may name a coordinate reference system, of which only those in WGS-84 degrees are read.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from assessment.domain.errors import Fault, Refused
from assessment.domain.import_table import NOT_A_POINT, RawRow, RawSheet
from assessment.services.text_tables import Limits, decoded

_POINT_COLUMNS = ("longitude", "latitude")
# CGCS2000 (4490) lies within a metre of WGS-84.
_DEGREES = ("CRS84", "4326", "4490")
_NO_TABLE = "JSON"


def looks_like_json(content: bytes) -> bool:
    """Whether a text file begins as an object of JSON with a named member does."""
    start = content[:1000].removeprefix(b"\xef\xbb\xbf").split()
    return b"".join(start).startswith(b'{"')


def read_geojson(content: bytes) -> RawSheet:
    """The features as rows, counted from 1 below a row of the names of the columns.

    Raises ``Refused``: ``import_json`` with the line where it breaks, ``import_other_kind``,
    ``import_crs``, or one of the limits of ``Limits``.
    """
    whole = _loaded(decoded(content))
    features = whole.get("features") if whole.get("type") == "FeatureCollection" else None
    if not isinstance(features, list) or not all(map(_is_feature, features)):
        raise Refused([Fault("import_other_kind", values={"kind": _NO_TABLE})])
    _require_degrees(whole)
    names = list(dict.fromkeys(name for one in features for name in _properties(one)))
    # The point is the position: a property of that name is shown as one that is not read.
    header = [f"properties.{name}" if name in _POINT_COLUMNS else name for name in names]
    rows, limits = [RawRow(0, [*_POINT_COLUMNS, *header])], Limits()
    marks: dict[tuple[int, int], str] = {}
    for number, one in enumerate(features, start=1):
        point, properties = _point(one), _properties(one)
        if point is None:
            marks[number, 0] = NOT_A_POINT
        cells = [*(point or ("", "")), *(_cell(properties.get(name)) for name in names)]
        limits.count(number, cells)
        rows.append(RawRow(number, cells))
    return RawSheet("", rows, marks)


def _loaded(text: str) -> Mapping[str, Any]:
    """The object, numbers with the digits that they have in the file."""
    try:
        found = json.loads(text, parse_float=str, parse_int=str, parse_constant=str)
    except json.JSONDecodeError as error:
        raise Refused([Fault("import_json", line=error.lineno)]) from error
    except RecursionError as error:
        raise Refused([Fault("import_other_kind", values={"kind": _NO_TABLE})]) from error
    assert isinstance(found, dict)  # noqa: S101 - it begins as one
    return found


def _is_feature(one: object) -> bool:
    return isinstance(one, dict) and one.get("type") == "Feature"


def _properties(feature: Mapping[str, Any]) -> Mapping[str, Any]:
    found = feature.get("properties")
    return found if isinstance(found, dict) else {}


def _require_degrees(whole: Mapping[str, Any]) -> None:
    named = whole.get("crs")
    if named is None:
        return
    text = json.dumps(named, ensure_ascii=False)
    if not any(one in text for one in _DEGREES):
        raise Refused([Fault("import_crs", values={"text": text[:60]})])


def _point(feature: Mapping[str, Any]) -> Sequence[str] | None:
    """Longitude and latitude; blanks where it has no place, ``None`` where that is no point."""
    geometry = feature.get("geometry")
    if geometry is None:
        return ("", "")
    if not isinstance(geometry, dict) or geometry.get("type") != "Point":
        return None
    where = geometry.get("coordinates")
    if not isinstance(where, list) or len(where) < 2:
        return None
    longitude, latitude = where[:2]
    is_pair = isinstance(longitude, str) and isinstance(latitude, str)
    return (longitude, latitude) if is_pair else None


def _cell(value: object) -> str:
    if value is None or isinstance(value, str):
        return value or ""
    if isinstance(value, bool):
        return "1" if value else "0"
    return json.dumps(value, ensure_ascii=False)
