"""WGS-84, GCJ-02 and BD-09: positions are stored as WGS-84, the source datum is kept.

GCJ-02 (the offset of Chinese web maps) has no published inverse; it is undone by iteration to
below a centimetre. BD-09 is a further twist on GCJ-02. Outside mainland China's rectangle no
offset is applied. Constants as they circulate in open implementations since 2013; the offset
at Shanghai is about 480 m, which the tests hold.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from math import asin, atan2, cos, hypot, pi, radians, sin, sqrt

from assessment.domain.errors import Fault, Refused

EARTH_RADIUS = 6_371_008.8
METRES_A_DEGREE = EARTH_RADIUS * pi / 180
_SEMI_MAJOR = 6_378_245.0
_ECCENTRICITY = 0.00669342162296594323
_BAIDU_TWIST = pi * 3000.0 / 180.0


class Datum(StrEnum):
    """The system in which a position was given."""

    WGS84 = "WGS-84"
    GCJ02 = "GCJ-02"
    BD09 = "BD-09"


@dataclass(frozen=True)
class Place:
    """A position in degrees, WGS-84."""

    longitude: float
    latitude: float


def to_wgs84(longitude: float, latitude: float, datum: Datum) -> Place:
    """The position in WGS-84. Raises ``Refused`` (see ``check_position``) if it is nowhere."""
    check_position(longitude, latitude)
    if datum is Datum.BD09:
        longitude, latitude = _baidu_to_gcj(longitude, latitude)
    if datum is not Datum.WGS84:
        longitude, latitude = _gcj_to_wgs(longitude, latitude)
    return Place(longitude, latitude)


def from_wgs84(place: Place, datum: Datum) -> tuple[float, float]:
    """Longitude and latitude of a WGS-84 position in another datum."""
    longitude, latitude = place.longitude, place.latitude
    if datum is not Datum.WGS84:
        longitude, latitude = _wgs_to_gcj(longitude, latitude)
    if datum is Datum.BD09:
        longitude, latitude = _gcj_to_baidu(longitude, latitude)
    return longitude, latitude


def check_position(longitude: float, latitude: float) -> None:
    """Refuse what is not a place in China: ``position_swapped`` or ``position_outside``."""
    if 73 <= longitude <= 136 and 3 <= latitude <= 54:
        return
    values = {"longitude": f"{longitude:g}", "latitude": f"{latitude:g}"}
    swapped = 73 <= latitude <= 136 and 3 <= longitude <= 54
    raise Refused([Fault("position_swapped" if swapped else "position_outside", values=values)])


def distance(one: Place, other: Place) -> float:
    """Great-circle distance in metres."""
    lat1, lat2 = radians(one.latitude), radians(other.latitude)
    half_lat = (lat2 - lat1) / 2
    half_lon = radians(other.longitude - one.longitude) / 2
    chord = sin(half_lat) ** 2 + cos(lat1) * cos(lat2) * sin(half_lon) ** 2
    return 2 * EARTH_RADIUS * asin(sqrt(chord))


def _in_offset_area(longitude: float, latitude: float) -> bool:
    return 72.004 <= longitude <= 137.8347 and 0.8293 <= latitude <= 55.8271


def _waves(value: float) -> float:
    return (20 * sin(6 * value * pi) + 20 * sin(2 * value * pi)) * 2 / 3


def _offset(longitude: float, latitude: float) -> tuple[float, float]:
    """The GCJ-02 offset in degrees at a WGS-84 position."""
    x, y = longitude - 105.0, latitude - 35.0
    root = sqrt(abs(x))
    east = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root + _waves(x)
    east += (20 * sin(x * pi) + 40 * sin(x / 3 * pi)) * 2 / 3
    east += (150 * sin(x / 12 * pi) + 300 * sin(x / 30 * pi)) * 2 / 3
    north = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root + _waves(x)
    north += (20 * sin(y * pi) + 40 * sin(y / 3 * pi)) * 2 / 3
    north += (160 * sin(y / 12 * pi) + 320 * sin(y * pi / 30)) * 2 / 3
    magic = 1 - _ECCENTRICITY * sin(radians(latitude)) ** 2
    east *= 180 / (_SEMI_MAJOR / sqrt(magic) * cos(radians(latitude)) * pi)
    north *= 180 / (_SEMI_MAJOR * (1 - _ECCENTRICITY) / (magic * sqrt(magic)) * pi)
    return east, north


def _wgs_to_gcj(longitude: float, latitude: float) -> tuple[float, float]:
    if not _in_offset_area(longitude, latitude):
        return longitude, latitude
    east, north = _offset(longitude, latitude)
    return longitude + east, latitude + north


def _gcj_to_wgs(longitude: float, latitude: float) -> tuple[float, float]:
    return _undo(_wgs_to_gcj, longitude, latitude)


def _undo(
    shift: Callable[[float, float], tuple[float, float]], longitude: float, latitude: float
) -> tuple[float, float]:
    """The position that ``shift`` moves to the given one, by iteration."""
    guess_lon, guess_lat = longitude, latitude
    for _ in range(30):
        shifted_lon, shifted_lat = shift(guess_lon, guess_lat)
        error_lon, error_lat = shifted_lon - longitude, shifted_lat - latitude
        guess_lon, guess_lat = guess_lon - error_lon, guess_lat - error_lat
        if hypot(error_lon, error_lat) < 1e-9:
            break
    return guess_lon, guess_lat


def _gcj_to_baidu(longitude: float, latitude: float) -> tuple[float, float]:
    radius = hypot(longitude, latitude) + 0.00002 * sin(latitude * _BAIDU_TWIST)
    angle = atan2(latitude, longitude) + 0.000003 * cos(longitude * _BAIDU_TWIST)
    return radius * cos(angle) + 0.0065, radius * sin(angle) + 0.006


def _baidu_to_gcj(longitude: float, latitude: float) -> tuple[float, float]:
    return _undo(_gcj_to_baidu, longitude, latitude)
