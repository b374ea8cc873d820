"""Steps that many tests take: say something, decide, read what the database holds."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import func, select

from assessment.domain.answers import ALL_TICKS, Answer, Decision, choices
from assessment.domain.errors import Refused
from assessment.domain.framework import Item, Kind
from assessment.domain.records import LogEntry, Round, SavedFact, Signature
from assessment.domain.sheet import Sheet
from assessment.domain.standing import Overview
from assessment.language.translator import LANGUAGES, Translator
from assessment.services.answering import Clash, Kept, Saved, kept_in, save
from assessment.services.communities import Listed, list_named, search
from assessment.services.overview import overview_of
from assessment.services.sheets import load_sheet
from assessment.store import answers, log, tables
from assessment.store.engine import Store
from tests.conftest import NOW

SIGNATURE = Signature("tester", NOW)
FACTS = {
    "households": "1240",
    "population": "3100",
    "service_area": "372",
    "activity_area": "224",
    "land_area": "86000",
    "built": "existing",
    "built_decade": "from_1990",
    "central_heating": "no",
    "ebike_site": "no",
}


def list_communities(store: Store, sample: bool) -> list[Listed]:
    """Every real, or every sample, community with its lists."""
    return list_named(store, search(store, "", sample))


def overview(store: Store, one: Round) -> list[Overview]:
    """Every community of the round's kind with its score in the round."""
    listed = list_communities(store, one.sample)
    return overview_of(store, one, [each.community.code for each in listed])


def blank(sheet: Sheet, subject: str) -> Kept:
    """The item or fact before anyone said anything about it."""
    return Answer(subject) if sheet.framework.has_item(subject) else SavedFact(subject)


def say(store: Store, sheet: Sheet, subject: str, name: str, value: Any) -> Sheet:
    """Save one field over what the sheet holds; the fresh sheet."""
    seen = kept_in(sheet, blank(sheet, subject))
    outcome = save(store, SIGNATURE, sheet, seen, name, value)
    assert isinstance(outcome, Saved), outcome
    return outcome.sheet


def say_all(store: Store, sheet: Sheet, said: Mapping[str, str]) -> Sheet:
    """Save choices and facts by their id."""
    for subject, value in said.items():
        name = "choice" if sheet.framework.has_item(subject) else "value"
        sheet = say(store, sheet, subject, name, value)
    return sheet


def say_facts(store: Store, sheet: Sheet, **others: str) -> Sheet:
    """Facts under which both area rules are met, with ``others`` in their place."""
    return say_all(store, sheet, {**FACTS, **others})


def meet(store: Store, sheet: Sheet, items: Sequence[Item]) -> Sheet:
    """Answer every item that takes a choice with its best one."""
    return say_all(store, sheet, {item.id: best(item) for item in items if choices(item)})


def best(item: Item) -> str:
    """The choice that earns everything."""
    return ALL_TICKS if item.kind is Kind.UPKEEP else item.steps[-1].id


def decide(store: Store, sheet: Sheet, item_id: str, decision: Decision) -> Sheet:
    """Let a reviewer accept or refuse a "not applicable"."""
    decided = replace(sheet.answers[item_id], decision=decision)
    with store.writing() as connection:
        written = answers.write_answer(connection, sheet.assessment.id, decided, "reviewer", NOW)
    assert written is not None
    return reload(store, sheet)


def reload(store: Store, sheet: Sheet) -> Sheet:
    """The sheet as the database holds it now."""
    found = load_sheet(store, sheet.assessment.id)
    assert found is not None
    return found


def log_of(store: Store, sheet: Sheet, subject: str) -> Sequence[LogEntry]:
    """All changes to one item or fact, newest revision first."""
    with store.reading() as connection:
        return log.history(connection, sheet.assessment.id, subject)


def log_length(store: Store) -> int:
    """How many changes were ever logged."""
    with store.reading() as connection:
        return connection.execute(select(func.count()).select_from(tables.log)).scalar() or 0


def score_row(store: Store, sheet: Sheet) -> dict[str, Any]:
    """The stored score row as it is in the table, without its time."""
    query = select(tables.score).where(tables.score.c.assessment == sheet.assessment.id)
    with store.reading() as connection:
        row = dict(connection.execute(query).mappings().one())
    del row["at"]
    return row


def clash_of(outcome: Saved | Clash) -> Clash:
    """The clash that a save ended in."""
    assert isinstance(outcome, Clash), outcome
    return outcome


def assert_told_in_words(refused: Refused) -> None:
    """Every fault can be said in both languages, with its values filled in."""
    for fault in refused.faults:
        for language in LANGUAGES:
            words = Translator(language).fault(fault)
            assert words
            assert "fault." not in words
