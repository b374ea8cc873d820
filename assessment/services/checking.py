"""The check of an assessment against all that is kept of its community."""

from datetime import datetime

from assessment.domain.findings import Beside, Found, find
from assessment.domain.records import AssessmentState
from assessment.domain.sheet import Sheet
from assessment.services.reviewing import Course
from assessment.services.sheets import load_history
from assessment.store.engine import Store


def findings_of(store: Store, sheet: Sheet, course: Course, now: datetime) -> tuple[Found, ...]:
    """All findings of an assessment; ``now`` is the present (UTC)."""
    return find(sheet, Beside(now, _earlier(store, sheet), _unchanged(sheet, course)))


def _earlier(store: Store, sheet: Sheet) -> Sheet | None:
    """The community's sheet of the round before."""
    history = load_history(store, sheet.community.code)
    own = [one.assessment.id for one in history].index(sheet.assessment.id)
    before = [one for one in history[:own] if one.round.sample == sheet.round.sample]
    return before[-1] if before else None


def _unchanged(sheet: Sheet, course: Course) -> frozenset[str]:
    """The items of the last return that are as they were."""
    if sheet.assessment.state is not AssessmentState.RETURNED:
        return frozenset()
    return frozenset(one.item for one in course.sent) - course.changed
