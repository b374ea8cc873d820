"""The stored score is always the score of the stored answers; the log tells every change."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from itertools import count, pairwise
from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from assessment.domain.answers import NOT_APPLICABLE
from assessment.domain.errors import Refused
from assessment.domain.records import Signature
from assessment.domain.scoring import Verdict, blocked_gates
from assessment.domain.sheet import Sheet
from assessment.services.answering import Kept, kept_in, save
from assessment.services.communities import Registration, begin, list_rounds, register
from assessment.services.sheets import load_sheet
from assessment.store import log
from assessment.store.answers import from_log
from assessment.store.engine import Store
from assessment.store.scores import load_scores, unpack_themes
from tests.conftest import NOW
from tests.services.steps import (
    SIGNATURE,
    blank,
    log_of,
    meet,
    reload,
    say_facts,
    score_row,
)

ITEMS = ("F-01", "F-05", "F-19", "E-01", "E-05", "E-16", "E-17", "G-05", "G-15")
VALUES: Mapping[str, tuple[Any, ...]] = {
    "choice": ("", "none", "open", "built", "some", "all", "wide", "unknown", NOT_APPLICABLE),
    "ticks": ((), ("intact",), ("intact", "safe", "stable"), ("shiny",)),
    "note": ("", "照片", "bell\x07"),
    "reason": ("", "本期没有"),
    "detail:asked": ("", "100", "-1"),
}
FACT_VALUES = {
    "households": ("", "0", "1240", "１,300 户", "many"),
    "service_area": ("", "0", "371.9", "372"),
    "activity_area": ("", "223.2", "400"),
    "built": ("", "new", "existing"),
    "central_heating": ("yes", "no"),
    "ebike_site": ("yes", "no", "perhaps"),
}
_numbers = count()


@dataclass(frozen=True)
class Attempt:
    """One save that somebody tries; ``stale`` from a page that nobody refreshed."""

    subject: str
    name: str
    value: Any
    stale: bool


def answer_attempts() -> st.SearchStrategy[Attempt]:
    fields = [(name, value) for name, values in VALUES.items() for value in values]
    return st.builds(
        lambda item, field, stale: Attempt(item, field[0], field[1], stale),
        st.sampled_from(ITEMS),
        st.sampled_from(fields),
        st.booleans(),
    )


def fact_attempts() -> st.SearchStrategy[Attempt]:
    values = [(fact, value) for fact, known in FACT_VALUES.items() for value in known]
    return st.builds(
        lambda typed, stale: Attempt(typed[0], "value", typed[1], stale),
        st.sampled_from(values),
        st.booleans(),
    )


def attempts() -> st.SearchStrategy[list[Attempt]]:
    return st.lists(st.one_of(answer_attempts(), fact_attempts()), max_size=15)


def begin_new(store: Store) -> Sheet:
    typed = Registration(f"社区{next(_numbers)}", "110105")
    community = register(store, SIGNATURE, typed)
    begun = begin(store, SIGNATURE, community, list_rounds(store)[0])
    found = load_sheet(store, begun.id)
    assert found is not None
    return found


def try_to_save(store: Store, signature: Signature, sheet: Sheet, attempt: Attempt) -> None:
    nothing = blank(sheet, attempt.subject)
    seen: Kept = nothing if attempt.stale else kept_in(reload(store, sheet), nothing)
    try:
        save(store, signature, sheet, seen, attempt.name, attempt.value)
    except Refused as refused:
        assert refused.faults


def assert_score_is_that_of_the_answers(store: Store, sheet: Sheet) -> None:
    """The row, column by column, against a score worked out anew from what is stored."""
    now, row = reload(store, sheet), score_row(store, sheet)
    line = now.scores.overall
    for name in ("low", "high", "completeness", "set_aside_share", "low_percent", "high_percent"):
        value = getattr(line, name)[0]
        assert row[name] == (None if np.isnan(value) else value), name
    for name in ("asked", "answered", "set_aside"):
        assert row[name] == getattr(line, name)[0], name
    assert row["gates"] == now.scores.gates[0]
    assert row["verdict"] == now.scores.verdict[0]
    assert row["enough"] == now.scores.enough[0]
    assert row["blocked"].split() == blocked_gates(now.framework, now.credits)
    for stored, theme in zip(unpack_themes(row["themes"]), now.scores.themes.values(), strict=True):
        shares = (theme.low[0], theme.high[0], theme.completeness[0])
        assert np.array_equal(
            (stored.low, stored.high, stored.completeness), shares, equal_nan=True
        )
        assert (stored.asked, stored.answered) == (theme.asked[0], theme.answered[0])
    credit = np.frombuffer(row["credits"], dtype="<f8")
    assert np.array_equal(credit, now.credits.credit[0], equal_nan=True)
    assert row["outcomes"] == now.credits.outcome[0].tobytes()
    assert (row["round"], row["community"]) == (now.round.id, now.community.code)


@given(attempts())
@settings(max_examples=60)
def test_after_every_save_the_stored_score_is_that_of_the_answers(
    store: Store, tried: list[Attempt]
) -> None:
    sheet = begin_new(store)
    assert_score_is_that_of_the_answers(store, sheet)
    for attempt in tried:
        try_to_save(store, SIGNATURE, sheet, attempt)
        assert_score_is_that_of_the_answers(store, sheet)


def test_lists_read_the_same_score_as_the_sheet_shows(store: Store, sheet: Sheet) -> None:
    sheet = say_facts(store, sheet)
    sheet = meet(store, sheet, sheet.framework.items)
    with store.reading() as connection:
        row = load_scores(connection, sheet.round.id)[sheet.community.code]
    assert (row.low_percent, row.high_percent, row.completeness) == (100, 100, 1.0)
    assert row.verdict == Verdict.COMPLETE
    assert row.assessment == sheet.assessment.id
    assert [theme.low for theme in row.themes] == [1.0] * len(sheet.framework.themes)


def set_back(step: int) -> Signature:
    """A clock that runs backwards, an hour at each step."""
    return Signature("tester", NOW - timedelta(hours=step))


@given(attempts())
@settings(max_examples=30)
def test_the_log_tells_every_change_in_revision_order_even_if_the_clock_goes_back(
    store: Store, tried: list[Attempt]
) -> None:
    sheet = begin_new(store)
    for step, attempt in enumerate(tried):
        try_to_save(store, set_back(step), sheet, attempt)
    now = reload(store, sheet)
    for subject, kept in {**now.answers, **now.saved_facts}.items():
        entries = log_of(store, sheet, subject)[::-1]
        assert [entry.revision for entry in entries] == list(range(1, kept.revision + 1))
        assert [entry.id for entry in entries] == sorted(entry.id for entry in entries)
        assert all(after.old == before.new for before, after in pairwise(entries))
        assert entries[0].old == ""
        assert (entries[-1].by, entries[-1].at) == (kept.by, kept.at)


def test_the_log_alone_gives_all_answers_back(store: Store, sheet: Sheet) -> None:
    sheet = say_facts(store, sheet)
    sheet = meet(store, sheet, sheet.framework.items[:12])
    for item, answer in sheet.answers.items():
        newest = log_of(store, sheet, item)[0]
        told = from_log(item, newest.new, newest.revision)
        assert (told.choice, told.details, told.revision) == (answer.choice, {}, answer.revision)
        assert json.loads(newest.new)["choice"] == answer.choice
    for fact, kept in sheet.saved_facts.items():
        assert log_of(store, sheet, fact)[0].new == kept.value


def test_every_change_makes_the_version_of_the_data_larger(store: Store, sheet: Sheet) -> None:
    versions = []
    for step in range(3):
        attempt = Attempt("F-01", "note", f"第 {step} 次", stale=False)
        try_to_save(store, set_back(step), sheet, attempt)
        with store.reading() as connection:
            versions.append(log.data_version(connection))
    assert versions == sorted(set(versions))
