"""The state of assessments in lists, with who and when."""

from collections.abc import Mapping, Sequence

from assessment.domain.standing import Overview
from assessment.reports.handover_words import state_line
from assessment.services.who import names_of
from assessment.ui.context import Visit


def names_of_rows(visit: Visit, rows: Sequence[Overview]) -> Mapping[str, str]:
    """The names behind the states of some communities, read at once."""
    return names_of(visit.store, [row.assessment.state_by for row in rows if row.assessment])


def state_words(visit: Visit, row: Overview, names: Mapping[str, str]) -> str:
    """State, who and when; a dash where nothing was begun."""
    if row.assessment is None:
        return "–"
    return state_line(visit.text, visit.zone, row.assessment, names)
