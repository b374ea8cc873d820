"""The inputs of the answer page: each is seeded, drawn, saved, and remembered for the tab."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import streamlit as st

from assessment.domain.evidence import Evidence
from assessment.domain.sheet import Sheet
from assessment.services.evidence import list_evidence
from assessment.ui.context import Visit
from assessment.ui.followers import Followers, latest, remember_latest
from assessment.ui.saved_field import (
    Field,
    click_keeper,
    is_stale,
    keep,
    keeper,
    seed,
    shown_revision,
)
from assessment.ui.tab_memory import TabMemory
from assessment.ui.trouble_notice import show_trouble


@dataclass
class PageInputs:
    """All inputs of one drawing of the answer page."""

    visit: Visit
    sheet: Sheet
    followers: Followers
    memory: TabMemory = field(init=False)
    shown: dict[str, int] = field(default_factory=dict)
    draw_again: bool = False

    def __post_init__(self) -> None:
        remember_latest(self.sheet)
        self.memory = TabMemory(self.visit.store, self.sheet)

    @cached_property
    def evidence(self) -> Mapping[str, Sequence[Evidence]]:
        """Files and links of every item; read once for the whole page."""
        return list_evidence(self.visit.store, self.sheet)

    def field(self, subject: str, name: str) -> Field:
        """One input of an item or fact."""
        return Field(self.sheet.assessment.id, subject, name)

    def seed(self, one: Field) -> object:
        """The value to draw an input with."""
        return seed(self.sheet, one, self.memory)

    def keeper(self, one: Field) -> Callable[[], None]:
        """The callback of an input on the plain page."""
        return keeper(self.visit.store, self.sheet, one)

    def click_keeper(
        self, one: Field, needs_page: Callable[[str, str], bool]
    ) -> Callable[[], None]:
        """The callback of buttons that are drawn on their own."""
        return click_keeper(self.visit.store, self.sheet, one, needs_page)

    def done(self, one: Field) -> None:
        """After an input is drawn: save it if need be, and say what is wrong right below it."""
        wrote = keep(self.visit.store, self.sheet, one)
        show_trouble(self.visit, self.sheet, one)
        revision = shown_revision(one)
        self.shown[one.subject] = min(revision, self.shown.get(one.subject, revision))
        self.draw_again |= wrote or is_stale(self.sheet, one)

    def close(self) -> None:
        """After the whole page: show the figures, tell the tab what it shows, and draw again if
        a value came late."""
        self.followers.show(self.visit, latest(self.sheet))
        self.memory.tell(self.shown)
        if self.draw_again:
            st.rerun()
