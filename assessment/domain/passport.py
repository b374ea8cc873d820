"""A community passport (社区档案包): all that is kept of one community, as one portable content.

The models here are the schema of ``passport.json``. Reading is strict: unknown keys, other types
and texts that no form here would take are refused. Moments are UTC.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Annotated, Final, Literal

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field

from assessment.domain.answers import Decision, State
from assessment.domain.evidence import LARGEST_FILE, EvidenceKind
from assessment.domain.handover import HandoverAction
from assessment.domain.names import read_text
from assessment.domain.plan import ActionState
from assessment.domain.records import AssessmentState

FORMAT: Final = "complete-community-passport"
VERSION: Final = 1
# In front of the name of who did something in the installation that a passport comes from: no
# account here has such an id, so nobody here is taken for that person.
BROUGHT = "passport:"
_LARGEST_NUMBER = 2**31 - 1
_LONGEST_LOG = 200_000
_YEARS = range(2000, 2101)


def _in_our_time(moment: datetime) -> datetime:
    if moment.year not in _YEARS:
        raise ValueError("year")
    return moment


def _log_text(text: str) -> str:
    return read_text(text, _LONGEST_LOG)


Words = Annotated[str, AfterValidator(read_text)]
LogText = Annotated[str, AfterValidator(_log_text)]
Moment = Annotated[AwareDatetime, AfterValidator(_in_our_time)]
Code = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]{0,99}$")]
Hash = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Day = Annotated[str, Field(pattern=r"^([0-9]{4}-[0-9]{2}-[0-9]{2})?$")]
Number = Annotated[int, Field(ge=0, le=_LARGEST_NUMBER)]
Degrees = Annotated[float, Field(ge=-180, le=180)]
Digits = Annotated[str, Field(pattern=r"^[0-9]{0,12}(\.[0-9]{1,4})?$")]


class Part(BaseModel):
    """A part of a passport."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, allow_inf_nan=False)


class CommunityPart(Part):
    """The community as it stands in the register."""

    code: Code
    name_zh: Annotated[str, Field(min_length=1, max_length=200), AfterValidator(read_text)]
    name_en: Words
    province: Words
    city: Words
    district: Words
    street: Words
    adcode: Annotated[str, Field(pattern=r"^([0-9]{6})?$")]
    committees: Words
    longitude: Degrees | None
    latitude: Degrees | None
    given_datum: Words
    given_longitude: Degrees | None
    given_latitude: Degrees | None
    source: Words
    second_source: Words
    note: Words
    sample: bool


class FrameworkPart(Part):
    """A checklist; ``file`` is the member of the archive that holds it as it was published."""

    hash: Hash
    id: Words
    version: Words
    file: Words


class FactPart(Part):
    """A fact; ``value`` is the exact text of the number, or the id of the option."""

    fact: Code
    value: Words
    to_confirm: bool
    revision: Number
    by: Words
    at: Moment


class AnswerPart(Part):
    """An item: what was said, and what it counts for.

    ``state`` is one of the six, ``outcome`` says more where an item does not apply; both are
    empty, with no ``credit``, for an item that the checklist no longer has. An item that nobody
    answered has revision 0.
    """

    item: Code
    state: State | Literal[""]
    outcome: Annotated[str, Field(pattern=r"^[a-z_]{0,30}$")]
    credit: Annotated[float, Field(ge=0, le=1)] | None
    choice: Words
    ticks: tuple[Code, ...]
    note: Words
    reason: Words
    decision: Decision
    details: Mapping[Code, Words]
    to_confirm: bool
    revision: Number
    by: Words
    at: Moment | None


class EvidencePart(Part):
    """A file or link. ``file`` is its member of the archive; empty for links and lost files."""

    number: Number
    item: Code
    kind: EvidenceKind
    sha256: Annotated[str, Field(pattern=r"^([0-9a-f]{64})?$")]
    file: Words
    name: Words
    media_type: Words
    size: Annotated[int, Field(ge=0, le=LARGEST_FILE)]
    url: Words
    dated: Day
    by: Words
    at: Moment | None


class CommentPart(Part):
    """What somebody wrote about an item."""

    item: Code
    text: Words
    by: Words
    at: Moment
    resolved_by: Words
    resolved_at: Moment | None


class HandoverPart(Part):
    """A hand-over; ``log_id`` is the last entry of the log before what came later."""

    number: Number
    action: HandoverAction
    note: Words
    fingerprint: Words
    log_id: Number
    by: Words
    at: Moment


class PinPart(Part):
    """An item that was given back, with the reason; ``handover`` is the number of the return."""

    item: Code
    reason: Words
    handover: Number
    by: Words
    at: Moment
    resolved_by: Words
    resolved_at: Moment | None


class ScorePart(Part):
    """The figures as they were counted; empty percentages where there is no score."""

    low_percent: Annotated[int, Field(ge=0, le=100)] | None
    high_percent: Annotated[int, Field(ge=0, le=100)] | None
    completeness: Annotated[float, Field(ge=0, le=1)] | None
    asked: Number
    answered: Number
    gates: Annotated[str, Field(pattern=r"^[a-z_]{1,30}$")]
    verdict: Annotated[str, Field(pattern=r"^[a-z_]{1,30}$")]


class RoundPart(Part):
    """A round with the community's assessment in it.

    ``number`` is the assessment's own in the log. ``code`` is the fingerprint of the figures as
    they are here; ``fingerprint`` the one that was handed in or approved, if it is.
    """

    id: Code
    label_zh: Words
    label_en: Words
    opens: Day
    due: Day
    closes: Day
    sample: bool
    number: Number
    framework: Hash
    scoring_version: Words
    state: AssessmentState
    state_at: Moment | None
    state_by: Words
    fingerprint: Words
    code: Words
    score: ScorePart
    facts: tuple[FactPart, ...]
    answers: tuple[AnswerPart, ...]
    evidence: tuple[EvidencePart, ...]
    removed_evidence: Number
    comments: tuple[CommentPart, ...]
    handovers: tuple[HandoverPart, ...]
    pins: tuple[PinPart, ...]


class FacilityPart(Part):
    """A place on the community's map, WGS-84."""

    kind: Code
    name: Words
    longitude: Degrees
    latitude: Degrees
    given_datum: Words
    given_longitude: Degrees
    given_latitude: Degrees


class PlanPart(Part):
    """An action of the plan; ``after`` is the number of one that comes first."""

    number: Number
    item: Code
    words: Words
    means: Words
    cost: Digits
    service_area: Digits
    activity_area: Digits
    owner: Words
    decides: Words
    starts: Annotated[str, Field(pattern=r"^([0-9]{4}-[0-9]{2})?$")]
    months: Annotated[int, Field(ge=0, le=1200)] | None
    after: Number | None
    state: ActionState


class LogPart(Part):
    """An entry of the log, exactly as it was chained: ``hash`` follows from ``previous``."""

    id: Number
    at: Annotated[str, Field(pattern=r"^20[0-9]{2}-[0-9]{2}-[0-9]{2}T[0-9:]{8}\.[0-9]{6}Z$")]
    by: Words
    action: Annotated[str, Field(pattern=r"^[a-z_]{1,40}$")]
    community: Words
    assessment: Number | None
    subject: Words
    revision: Number
    old: LogText
    new: LogText
    previous: Annotated[str, Field(pattern=r"^([0-9a-f]{64})?$")]
    hash: Hash


class Passport(Part):
    """Everything about one community. ``people`` are names by the ids that signed."""

    format: Literal["complete-community-passport"] = FORMAT
    version: Literal[1] = VERSION
    community: CommunityPart
    frameworks: tuple[FrameworkPart, ...]
    rounds: tuple[RoundPart, ...]
    facilities: tuple[FacilityPart, ...]
    plan: tuple[PlanPart, ...]
    log: tuple[LogPart, ...]
    people: Mapping[str, Words]


def brought(by: str, people: Mapping[str, str]) -> str:
    """How a signature of another installation is kept here: as a name, never as an account."""
    if not by or by.startswith(BROUGHT):
        return by
    return BROUGHT + people.get(by, by)


def moment_of(text: str) -> datetime:
    """The moment of a log entry; ``ValueError`` if there is no such one."""
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC)
