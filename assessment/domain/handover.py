"""Handing an assessment over: the staff hand it in, a reviewer returns or approves it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class HandoverAction(StrEnum):
    """What was done with the assessment."""

    SUBMIT = "submit"
    RETURN = "return"
    APPROVE = "approve"


@dataclass(frozen=True)
class Handover:
    """One hand-over. ``log_id`` is the last entry of the log then: later ones are changes since.

    ``fingerprint`` is the code of what was handed over, ``note`` what was said with it.
    """

    id: int
    assessment: int
    action: HandoverAction
    note: str
    fingerprint: str
    log_id: int
    by: str
    at: datetime


@dataclass(frozen=True)
class Pin:
    """An item that a reviewer wants to see again, with the reason.

    ``handover`` is the return that it went out with; ``None`` while only reviewers see it.
    """

    id: int
    assessment: int
    item: str
    reason: str
    handover: int | None
    by: str
    at: datetime
