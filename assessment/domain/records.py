"""What is kept about communities, rounds and their assessments."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from assessment.domain.coordinates import Place


@dataclass(frozen=True)
class Community:
    """A pilot community (社区), the unit of record.

    ``place`` is WGS-84; ``given_*`` are the numbers and the datum as they were entered.
    ``committees`` are names or codes of the residents' committees that it covers, one a line:
    there may be several, or none that a code table knows.
    """

    code: str
    name_zh: str
    name_en: str = ""
    province: str = ""
    city: str = ""
    district: str = ""
    street: str = ""
    adcode: str = ""
    committees: str = ""
    place: Place | None = None
    given_datum: str = ""
    given_longitude: float | None = None
    given_latitude: float | None = None
    source: str = ""
    second_source: str = ""
    note: str = ""
    sample: bool = False
    revision: int = 0

    def name(self, language: str) -> str:
        """The name in "zh" or "en"; Chinese where there is no English one."""
        return self.name_en if language == "en" and self.name_en else self.name_zh

    @property
    def area(self) -> tuple[str, ...]:
        """Province, city, district and street as far as they are known, without repeats."""
        parts = (self.province, self.city, self.district, self.street)
        return tuple(dict.fromkeys(part for part in parts if part))


@dataclass(frozen=True)
class Membership:
    """That a community is in a pilot list, and how sure we are of it."""

    programme: str
    title_zh: str
    title_en: str
    basis: str
    verified: str

    def title(self, language: str) -> str:
        """The list's title in "zh" or "en"."""
        return self.title_en if language == "en" else self.title_zh


@dataclass(frozen=True)
class Programme:
    """A pilot list with its window (months as 2022-10) and where it is published."""

    id: str
    level: str
    title_zh: str
    title_en: str
    starts: str
    ends: str
    source: str

    def title(self, language: str) -> str:
        """The title in "zh" or "en"."""
        return self.title_en if language == "en" else self.title_zh


@dataclass(frozen=True)
class Round:
    """One occasion of self-assessment (自评轮次), bound to one framework by its hash.

    ``opens``, ``due`` and ``closes`` are days (2026-12-31), the last two may be blank. ``due`` is
    what people are asked for; after ``closes`` nothing is saved any more.
    """

    id: str
    label_zh: str
    label_en: str
    opens: str
    due: str
    framework: str
    sample: bool = False
    closes: str = ""

    def label(self, language: str) -> str:
        """The label in "zh" or "en"."""
        return self.label_en if language == "en" else self.label_zh


class AssessmentState(StrEnum):
    """Where an assessment stands."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    APPROVED = "approved"

    @property
    def is_submitted(self) -> bool:
        """Whether the community has handed it in, and it was not given back."""
        return self in (AssessmentState.SUBMITTED, AssessmentState.APPROVED)


@dataclass(frozen=True)
class Assessment:
    """One community's answers in one round.

    ``state_at`` and ``state_by`` say since when it is in its state, and through whom; ``None``
    and empty before it was ever handed over. ``fingerprint`` is the code of what was handed in
    or approved, empty in the other states.
    """

    id: int
    community: str
    round: str
    state: AssessmentState
    framework: str
    scoring_version: str
    state_at: datetime | None = None
    state_by: str = ""
    fingerprint: str = ""


@dataclass(frozen=True)
class SavedFact:
    """A fact as it was saved: exact text of the number, or the id of the chosen option.

    What was carried over from the round before is ``to_confirm``: it is not used until then.
    """

    fact: str
    value: str = ""
    revision: int = 0
    by: str = ""
    at: datetime | None = None
    to_confirm: bool = False


FACILITY_KINDS = (
    "service_centre",
    "kindergarten",
    "nursery",
    "elderly",
    "health",
    "shop",
    "canteen",
    "parcel",
    "ground",
    "green",
    "parking",
    "charging",
    "other",
)


@dataclass(frozen=True)
class Facility:
    """A place on the community's map, WGS-84; ``given_*`` as it was entered."""

    id: int
    community: str
    kind: str
    name: str
    place: Place
    given_datum: str
    given_longitude: float
    given_latitude: float


@dataclass(frozen=True)
class LogEntry:
    """One change: what it was, what it became, who and when. The order is that of ``id``.

    ``community`` is blank and ``assessment`` empty for what is about none.
    """

    id: int
    at: datetime
    by: str
    action: str
    subject: str
    revision: int
    old: str
    new: str
    community: str = ""
    assessment: int | None = None


@dataclass(frozen=True)
class Comment:
    """What staff or a reviewer wrote about an item; ``resolved_by`` is blank while it is open."""

    id: int
    item: str
    text: str
    by: str
    at: datetime
    resolved_by: str = ""
    resolved_at: datetime | None = None


@dataclass(frozen=True)
class ThemeLine:
    """A theme's line of a stored score; NaN shares where nothing is applicable."""

    low: float
    high: float
    completeness: float
    asked: int
    answered: int


@dataclass(frozen=True)
class ScoreRow:
    """The stored score of one assessment, as lists and maps read it. Shares are in [0, 1].

    ``blocked`` holds the ids of the gates that are not met; ``themes`` follow the framework;
    ``unsupported`` counts the answers that claim credit without the evidence asked for.
    """

    assessment: int
    low: float | None
    high: float | None
    low_percent: int | None
    high_percent: int | None
    completeness: float | None
    set_aside_share: float | None
    asked: int
    answered: int
    set_aside: int
    gates: int
    blocked: str
    verdict: int
    enough: bool
    themes: tuple[ThemeLine, ...]
    at: datetime
    unsupported: int = 0


@dataclass(frozen=True)
class Signature:
    """Who does something, and when (UTC)."""

    by: str
    at: datetime
