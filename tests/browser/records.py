"""The server's database as the tests see it: what is kept, and a colleague who writes."""

import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from assessment.domain.answers import Answer
from assessment.domain.records import Assessment, Community, Facility, Signature
from assessment.domain.sheet import Sheet
from assessment.services import communities, facilities
from assessment.services.answering import Kept, Saved, kept_in, save
from assessment.services.sheets import load_sheet
from assessment.store import log
from assessment.store.engine import Store

Found = TypeVar("Found")
DEADLINE = 10.0


def wait_until(look: Callable[[], Found], wanted: Callable[[Found], bool]) -> Found:
    """Look until what is found is wanted; what was found last, wanted or not."""
    deadline = time.monotonic() + DEADLINE
    while not wanted(found := look()) and time.monotonic() < deadline:
        time.sleep(0.05)
    return found


class Records:
    """A second opening of the database in a home, or at a URL."""

    def __init__(self, where: Path | str) -> None:
        self.store = Store(
            where if isinstance(where, str) else f"sqlite:///{where / 'assessment.db'}"
        )

    def close(self) -> None:
        """Let go of the file."""
        self.store.close()

    def assessment(self, code: str, round_id: str = "") -> Assessment:
        """The assessment of a community in a round; the real one unless a round is named."""
        rounds = communities.list_rounds(self.store)
        one = next(r for r in rounds if (r.id == round_id if round_id else not r.sample))
        community = communities.find_community(self.store, code)
        assert community
        return communities.begin(self.store, _colleague(), community.community, one)

    def sheet(self, code: str) -> Sheet:
        """Everything that is kept of a community."""
        found = load_sheet(self.store, self.assessment(code).id)
        assert found
        return found

    def answer(self, code: str, item: str) -> Answer:
        """What is kept of an item; blank if nothing is."""
        return self.sheet(code).answers.get(item, Answer(item))

    def fact(self, code: str, fact: str) -> str:
        """The text that is kept of a fact; empty if nothing is."""
        saved = self.sheet(code).saved_facts.get(fact)
        return saved.value if saved else ""

    def note_becomes(self, code: str, item: str, wanted: str) -> None:
        """Wait until a note is kept."""
        found = wait_until(lambda: self.answer(code, item).note, lambda note: note == wanted)
        assert found == wanted

    def choice_becomes(self, code: str, item: str, wanted: str) -> None:
        """Wait until a choice is kept."""
        found = wait_until(lambda: self.answer(code, item).choice, lambda one: one == wanted)
        assert found == wanted

    def fact_becomes(self, code: str, fact: str, wanted: str) -> None:
        """Wait until a fact is kept."""
        found = wait_until(lambda: self.fact(code, fact), lambda one: one == wanted)
        assert found == wanted

    def colleague_saves(self, code: str, item: str, name: str, value: object) -> Kept:
        """A colleague saves one field over what is kept now."""
        sheet = self.sheet(code)
        seen = kept_in(sheet, Answer(item))
        outcome = save(self.store, _colleague(), sheet, seen, name, value)
        assert isinstance(outcome, Saved)
        return outcome.kept

    def revisions(self, code: str, subject: str) -> list[str]:
        """The texts of all changes of an item or fact, the oldest first."""
        with self.store.reading() as connection:
            found = log.history(connection, self.assessment(code).id, subject)
        return [entry.new for entry in reversed(found)]

    def community(self, code: str) -> Community:
        """A community of the register."""
        found = communities.find_community(self.store, code)
        assert found
        return found.community

    def facilities(self, code: str) -> list[Facility]:
        """What is placed on a community's map."""
        return list(facilities.list_facilities(self.store, self.community(code)))


def _colleague() -> Signature:
    return Signature("colleague", datetime.now(UTC))
