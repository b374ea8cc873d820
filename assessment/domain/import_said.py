"""What a file says of items, facts and communities, checked as on the screen; nothing written."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from assessment.domain.errors import Fault, Refused
from assessment.domain.framework import Framework
from assessment.domain.import_table import Place, Problem, Row
from assessment.domain.import_words import SaysNothing, Words
from assessment.domain.names import compare_key


@dataclass(frozen=True)
class Said:
    """What a file says of one item or fact of a community.

    ``fields`` are checked values by the names of the screen (``choice``, ``detail:means``, a
    fact's ``value``). ``state`` is what a file of results says instead of an answer, with its
    ``credit`` if it has one. ``revision`` or ``at`` say which version the file was made from.
    """

    community: str
    subject: str
    fields: Mapping[str, Any]
    place: Place
    state: str = ""
    credit: float | None = None
    revision: int | None = None
    at: datetime | None = None


@dataclass(frozen=True)
class Target:
    """A community that a file speaks of: its checklist, the words for it, and what is allowed."""

    framework: Framework
    words: Words
    may_decide: bool = False


@dataclass(frozen=True)
class Reading:
    """What is known while a file is read.

    ``targets`` by the code of the community; ``refused`` says why others are not. ``community``
    is the one that a file without a community is about. ``same_round`` says that revisions in
    the file are those of the round it goes to. ``newcomer`` is for communities that the same
    file brings into the register; ``None`` where nothing may be said of them yet. ``names`` are
    names, as ``compare_key`` makes them, that only one community has, with its code.
    """

    targets: Mapping[str, Target]
    refused: Mapping[str, Fault]
    community: str = ""
    same_round: bool = True
    newcomer: Target | None = None
    names: Mapping[str, str] = field(default_factory=dict)
    written_at: datetime | None = None


@dataclass
class Found:
    """What was read so far, and what was refused."""

    said: list[Said] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    rows: int = 0


class RowReader:
    """Reads the cells of one row and collects everything that is wrong with it."""

    def __init__(self, row: Row) -> None:
        self.row = row
        self.problems: list[Problem] = []

    def text(self, code: str) -> str:
        """The text of a cell; blank and a problem where it holds no value."""
        return self.take(code, lambda text: text) or ""

    def take(self, code: str, read: Callable[[str], Any]) -> Any:  # noqa: ANN401
        """What ``read`` makes of a cell; ``None`` for a blank one and for one that is refused."""
        try:
            text = self.row.text(code)
            return read(text) if text else None
        except SaysNothing:
            return None
        except Refused as refused:
            self.refuse(code, *refused.faults)
            return None

    def refuse(self, code: str, *faults: Fault) -> None:
        """Note what is wrong in a column."""
        told = [self.row.problem(code, fault) for fault in faults]
        self.problems += [one for one in told if one not in self.problems]


def target_of(
    reading: Reading, reader: RowReader, codes: Sequence[str]
) -> tuple[str, Target | None]:
    """The community that a row is about; ``None`` and a problem where it is refused."""
    for code in codes:
        named = reader.text(code)
        if named:
            named = named if named in reading.targets else _by_name(reading, named)
            return named, _target(reading, reader, code, named)
    if reader.problems:
        return "", None
    return reading.community, _target(reading, reader, "", reading.community)


def _by_name(reading: Reading, named: str) -> str:
    """The code of the only community of that name; what was written where there is none."""
    return reading.names.get(compare_key(named), named)


def _target(reading: Reading, reader: RowReader, code: str, named: str) -> Target | None:
    found = reading.targets.get(named)
    if found is None:
        missing = Fault("import_no_community")
        unknown = Fault("import_community_unknown", values={"code": named[:40]})
        reader.refuse(code, reading.refused.get(named) or (unknown if named else missing))
    return found


def without_duplicates(found: Found) -> Found:
    """Refuse both of two rows that speak of the same; facts that say the same twice are one."""
    groups: dict[tuple[str, str], list[Said]] = {}
    for one in found.said:
        groups.setdefault((one.community, one.subject), []).append(one)
    kept: list[Said] = []
    problems = list(found.problems)
    for some in groups.values():
        if all(_same_fact(some[0], other) for other in some[1:]):
            kept.append(some[0])
        else:
            problems += _twice(some)
    return Found(kept, problems, found.rows)


def _same_fact(one: Said, other: Said) -> bool:
    return "value" in one.fields and dict(one.fields) == dict(other.fields)


def _twice(some: Sequence[Said]) -> Iterator[Problem]:
    for one in some:
        others = [f"{other.place.sheet} {other.place.row}".strip() for other in some]
        values = {"subject": one.subject, "rows": ", ".join(dict.fromkeys(others))}
        yield Problem(one.place, Fault("import_twice", values=values))
