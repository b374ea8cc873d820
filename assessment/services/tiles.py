"""The tile service that whoever runs the product may name; without one, maps ask for nothing."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from assessment.settings import Settings, settings

FAULTS = ("url", "subdomains", "attribution", "datum")
_DATUMS = ("wgs84", "gcj02")
_PLACES = ("{z}", "{x}", "{y}")
_ORIGIN = re.compile(r"https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?")
_SUBDOMAIN = re.compile(r"[A-Za-z0-9-]+")


@dataclass(frozen=True)
class TileSource:
    """A template with ``{z}``, ``{x}``, ``{y}`` and perhaps ``{s}``, and whom to credit.

    ``shifted`` says that the tiles are drawn in GCJ-02.
    """

    url: str
    subdomains: tuple[str, ...]
    attribution: str
    shifted: bool

    @property
    def origins(self) -> Sequence[str]:
        """Every origin that a browser may fetch tiles from."""
        return tuple(dict.fromkeys(_origins(self.url, self.subdomains)))


def tile_source() -> TileSource | None:
    """The tile service of the settings, if they name one."""
    named = settings()
    if not named.tiles_url:
        return None
    shifted = named.tiles_datum == "gcj02"
    return TileSource(named.tiles_url, _subdomains(named), named.tiles_attribution, shifted)


def tile_fault() -> str:
    """Which setting of the tile service must not be as it is; one of ``FAULTS``, or empty."""
    named = settings()
    if not named.tiles_url:
        return ""
    subdomains = _subdomains(named)
    if "{s}" in named.tiles_url and not _all_match(_SUBDOMAIN, subdomains):
        return "subdomains"
    has_places = all(place in named.tiles_url for place in _PLACES)
    if not has_places or not _all_match(_ORIGIN, _origins(named.tiles_url, subdomains)):
        return "url"
    if not named.tiles_attribution.strip():
        return "attribution"
    return "" if named.tiles_datum in _DATUMS else "datum"


def _subdomains(named: Settings) -> tuple[str, ...]:
    """Names with commas between them; without a comma, each character is one."""
    typed = named.tiles_subdomains
    parts = typed.split(",") if "," in typed else list(typed)
    return tuple(part.strip() for part in parts if part.strip())


def _origins(url: str, subdomains: Sequence[str]) -> list[str]:
    filled = [url.replace("{s}", one) for one in subdomains] if "{s}" in url else [url]
    return [_origin(one) for one in filled]


def _origin(url: str) -> str:
    try:
        parts = urlsplit(url)
    except ValueError:  # no address at all, such as "http://["
        return ""
    return f"{parts.scheme}://{parts.netloc}"


def _all_match(pattern: re.Pattern[str], texts: Sequence[str]) -> bool:
    return bool(texts) and all(pattern.fullmatch(one) for one in texts)
