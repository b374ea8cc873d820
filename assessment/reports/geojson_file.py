"""Communities as GeoJSON (RFC 7946): points in WGS-84, nothing where no place is known."""

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from assessment.domain.records import Round
from assessment.domain.selected import Selected
from assessment.language.translator import Translator
from assessment.reports.community_table import place_basis
from assessment.reports.provenance import PROVENANCE, provenance_of_row

_PIECE = 32


def geojson_pieces(
    text: Translator,
    one_round: Round,
    rows: Iterable[Selected],
    about: Mapping[str, str],
    at: datetime,
) -> Iterator[bytes]:
    """A FeatureCollection, some features at a time; ``about`` are members of the collection."""
    head = json.dumps({"type": "FeatureCollection", **about}, ensure_ascii=False)
    yield f'{head[:-1]}, "features": ['.encode()
    pieces: list[str] = []
    before = "\n"
    for one in rows:
        pieces.append(before + json.dumps(_feature(text, one_round, one, at), ensure_ascii=False))
        before = ",\n"
        if len(pieces) == _PIECE:
            yield "".join(pieces).encode()
            pieces.clear()
    yield f"{''.join(pieces)}\n]}}\n".encode()


def _feature(text: Translator, one_round: Round, one: Selected, at: datetime) -> dict[str, Any]:
    row = one.overview
    community, place, score = row.community, row.place, row.score
    source = provenance_of_row(text, one, one_round, at)
    named = zip((column.code for column in PROVENANCE), source, strict=True)
    point = {"type": "Point", "coordinates": [place.longitude, place.latitude]} if place else None
    return {
        "type": "Feature",
        "id": community.code,
        "geometry": point,
        "properties": {
            "code": community.code,
            "name_zh": community.name_zh,
            "name_en": community.name_en,
            "adcode": community.adcode,
            "street": community.street,
            "committees": community.committees,
            "standing": row.standing.value,
            "low_percent": score.low_percent if score else None,
            "high_percent": score.high_percent if score else None,
            "place_basis": place_basis(row),
            **{code: _plain(value) for code, value in named},
        },
    }


def _plain(value: Any) -> Any:  # noqa: ANN401
    return value.strftime("%Y-%m-%dT%H:%M:%SZ") if isinstance(value, datetime) else value
