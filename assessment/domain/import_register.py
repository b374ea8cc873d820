"""Rows of a file as communities of the register: new ones, and those that become another."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from assessment.domain.coordinates import Datum, to_wgs84
from assessment.domain.errors import Fault, Refused
from assessment.domain.import_said import RowReader
from assessment.domain.import_table import Place, Row
from assessment.domain.import_words import nearest
from assessment.domain.names import compare_key, read_name, read_text
from assessment.domain.records import Community
from assessment.domain.typed_numbers import DEGREES, parse_number

REGISTER_CODES = (
    "code",
    "name_zh",
    "name_en",
    "adcode",
    "street",
    "committees",
    "longitude",
    "latitude",
    "datum",
)
_LONGEST = {"name_en": 120, "street": 60, "committees": 4000}
_LONGEST_CODE = 20
_FINE = replace(DEGREES, decimals=20)
_OF_DISTRICT = "district"
# A tenth of a millimetre; workbooks keep 15 digits of a number.
_SAME_DEGREES = 1e-9


@dataclass(frozen=True)
class Register:
    """What the register holds of the communities that a file names, and the districts.

    ``districts`` lead from a division code to the names of province, city and district.
    ``may_register`` says whether the person may register a community there. ``taken`` are codes
    that were ever given, also to communities that were removed.
    """

    by_code: Mapping[str, Community]
    by_name: Mapping[tuple[str, str], Community]
    districts: Mapping[str, tuple[str, str, str]]
    may_register: Callable[[Community], bool]
    taken: frozenset[str] = frozenset()
    is_sample: bool = False


@dataclass(frozen=True)
class CommunityChange:
    """A community that a file would add (``old`` is ``None``) or change.

    ``key`` is its code, or a mark of its row while it has none.
    """

    key: str
    old: Community | None
    new: Community
    place: Place

    @property
    def is_new(self) -> bool:
        """Whether the register does not have it yet."""
        return self.old is None

    @property
    def names(self) -> tuple[str, ...]:
        """The fields that become another."""
        old = self.old or Community("", "")
        names = ("name_zh", "name_en", "adcode", "street", "committees", "place")
        return tuple(name for name in names if getattr(old, name) != getattr(self.new, name))


def read_community(reader: RowReader, register: Register) -> CommunityChange | None:
    """The community of a row as it would become; ``None`` where the row is refused."""
    row = reader.row
    old = _known(reader, register)
    new = old or _newcomer(reader, register)
    if new is None:
        return None
    for name, read in _READERS.items():
        value = reader.take(name, read)
        if value is not None:
            new = replace(new, **{name: value})
    new = _in_district(reader, register, new, old)
    new = _placed(reader, new)
    if reader.problems:
        return None
    change = CommunityChange(new.code or f"?{row.raw.number}", old, new, row.place("name_zh"))
    _check(reader, register, change)
    return None if reader.problems else change


def _known(reader: RowReader, register: Register) -> Community | None:
    code = reader.text("code")
    if code:
        return register.by_code.get(code)
    name, adcode = reader.text("name_zh"), reader.text("adcode")
    return register.by_name.get((adcode, compare_key(name)))


def _newcomer(reader: RowReader, register: Register) -> Community | None:
    """A community with nothing but its code, for what the other columns say."""
    code = reader.text("code")
    is_code = code.isascii() and code.replace("-", "").replace("_", "").isalnum()
    if code and (len(code) > _LONGEST_CODE or not is_code):
        reader.refuse("code", Fault("import_code", values={"text": code[:40]}))
    if code in register.taken:
        reader.refuse("code", Fault("import_code_taken", values={"code": code}))
    if register.is_sample:
        reader.refuse("", Fault("import_sample_register"))
    if not reader.text("name_zh"):
        reader.refuse("name_zh", Fault("name_empty"))
    if not reader.text("adcode"):
        reader.refuse("adcode", Fault("import_no_adcode"))
    return None if reader.problems else Community(code, "")


def _text_reader(name: str) -> Callable[[str], str]:
    return lambda text: read_text(text, _LONGEST[name])


_READERS: Mapping[str, Callable[[str], str]] = {
    "name_zh": read_name,
    **{name: _text_reader(name) for name in _LONGEST},
}


def _in_district(
    reader: RowReader, register: Register, new: Community, old: Community | None
) -> Community:
    """The community in the district that the row names."""
    adcode = reader.text("adcode")
    if not adcode or (old is not None and adcode == old.adcode):
        return new
    names = register.districts.get(adcode)
    if names is None:
        near = nearest(adcode, register.districts)
        code = "import_adcode_like" if near else "import_adcode"
        values = {
            "text": adcode[:20],
            "near": near,
            "name": "".join(register.districts.get(near, ())),
        }
        reader.refuse("adcode", Fault(code, values=values))
        return new
    province, city, district = names
    return replace(new, adcode=adcode, province=province, city=city, district=district)


def _placed(reader: RowReader, new: Community) -> Community:
    """The community at the position of the row; a point of the district is not its position."""
    if reader.row.raw_text("place_basis") == _OF_DISTRICT:
        return new
    texts = [reader.text(name) for name in ("longitude", "latitude")]
    if not any(texts):
        return new
    if not all(texts):
        reader.refuse("latitude" if texts[0] else "longitude", Fault("import_half_position"))
        return new
    found = [_degrees(reader, name) for name in ("longitude", "latitude")]
    longitude, latitude = found
    if longitude is None or latitude is None:
        return new
    if _is_there(new, longitude, latitude):
        return new
    return _moved(reader, new, longitude, latitude)


def _is_there(new: Community, longitude: float, latitude: float) -> bool:
    """Whether a community stays where it is, but for the digits that a spreadsheet drops."""
    if new.place is None:
        return False
    apart = (new.place.longitude - longitude, new.place.latitude - latitude)
    return max(map(abs, apart)) < _SAME_DEGREES


def _moved(reader: RowReader, new: Community, longitude: float, latitude: float) -> Community:
    datum = reader.take("datum", _datum) or Datum.WGS84
    try:
        place = to_wgs84(longitude, latitude, datum)
    except Refused as refused:
        reader.refuse("longitude", *refused.faults)
        return new
    return replace(
        new,
        place=place,
        given_datum=datum.value,
        given_longitude=longitude,
        given_latitude=latitude,
    )


def _degrees(reader: RowReader, name: str) -> float | None:
    value: Decimal | None = reader.take(name, lambda text: parse_number(text, _FINE))
    return None if value is None else float(value)


def _datum(text: str) -> Datum:
    known = {compare_key(one.value).replace("-", ""): one for one in Datum}
    found = known.get(compare_key(text).replace("-", ""))
    if found is None:
        values = {"text": text[:40], "allowed": " / ".join(Datum)}
        raise Refused([Fault("import_not_allowed", values=values)])
    return found


def _check(reader: RowReader, register: Register, change: CommunityChange) -> None:
    """Whether the person may do this, and whether the district has such a community already."""
    asked = [change.new] if change.old is None else [change.old, change.new]
    if change.names and not all(register.may_register(one) for one in asked):
        values = {"name": change.new.name_zh}
        reader.refuse("", Fault("import_not_your_area", values=values))
    twin = register.by_name.get((change.new.adcode, compare_key(change.new.name_zh)))
    if twin is not None and (change.old is None or twin.code != change.old.code):
        values = {"name": twin.name_zh, "code": twin.code}
        reader.refuse("name_zh", Fault("community_exists", values=values))


def refuse_twins(
    read: Sequence[tuple[Row, CommunityChange]],
) -> tuple[list[CommunityChange], list[tuple[Row, Fault]]]:
    """Rows that speak of one community twice are refused, all of them."""
    groups: dict[str, list[tuple[Row, CommunityChange]]] = {}
    for row, change in read:
        twin = f"{change.new.adcode} {compare_key(change.new.name_zh)}"
        for key in {change.key, twin}:
            groups.setdefault(key, []).append((row, change))
    twice: dict[int, tuple[Row, Fault]] = {}
    for some in groups.values():
        if len(some) > 1:
            rows = ", ".join(str(row.raw.number) for row, _ in some)
            for row, change in some:
                values = {"subject": change.new.name_zh, "rows": rows}
                twice[row.raw.number] = (row, Fault("import_twice", values=values))
    kept = [change for row, change in read if row.raw.number not in twice]
    return kept, list(twice.values())
