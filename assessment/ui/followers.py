"""What follows a click without the page being drawn again.

The buttons of an item are a fragment: a click draws only them and the saved mark beside them, and
puts the new figures into two places of the page, the panel and the counts below the theme
switch. Typed text is never in a fragment: Streamlit can lose it there.
"""

from dataclasses import dataclass

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from assessment.domain.sheet import Sheet
from assessment.ui.context import Visit
from assessment.ui.progress_row import progress_row
from assessment.ui.score_panel import score_panel

_LATEST = "latest_sheet"


@dataclass(frozen=True)
class Followers:
    """The two places that show what all answers add up to."""

    counts: DeltaGenerator
    panel: DeltaGenerator

    def show(self, visit: Visit, sheet: Sheet) -> None:
        """Show the figures of this sheet."""
        self.counts.html(progress_row(visit.text, sheet))
        self.panel.html(score_panel(visit.text, sheet))

    def reserve(self) -> None:
        """Call in every fragment in every whole run: Streamlit then lets it write here later."""
        self.counts.empty()
        self.panel.empty()


def remember_latest(sheet: Sheet) -> None:
    """Keep the sheet that the database held last: read for the whole page, or after a save."""
    st.session_state[_LATEST] = sheet


def latest(sheet: Sheet) -> Sheet:
    """The sheet that was kept last, which may be newer than the one a fragment was made with."""
    found = st.session_state.get(_LATEST)
    if isinstance(found, Sheet) and found.assessment.id == sheet.assessment.id:
        return found
    return sheet


def whole_page() -> None:
    """Call at the end of every callback that is about more than one card.

    A tap right after typing arrives together with the text, and Streamlit may then run one
    fragment only. This makes it run the page.
    """
    st.rerun("app")
