"""The poll of a community: who may run it, what is kept, and that it never reaches a score."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from assessment.domain.errors import Refused
from assessment.domain.fingerprint import fingerprint
from assessment.domain.permissions import Grant, Person, Role
from assessment.domain.poll import Poll, Source
from assessment.domain.questionnaire import CHOICES
from assessment.domain.records import Signature
from assessment.domain.sheet import Sheet
from assessment.services import polling, questionnaires
from assessment.services.hearing import voice_of
from assessment.services.poll_files import list_files, remove_file, restore_file, take_file
from assessment.services.polling import (
    CountBox,
    counts_of,
    poll_of,
    questions_of,
    set_address,
    set_count,
    switch_off,
    switch_on,
)
from assessment.services.public_polls import open_poll, take_reply
from assessment.store import polls, rounds
from assessment.store.engine import Store
from tests.conftest import NOW
from tests.services.steps import (
    SIGNATURE,
    assert_told_in_words,
    log_length,
    reload,
    say_all,
    score_row,
)

TODAY = date(2026, 11, 24)
LATER = TODAY + timedelta(days=14)
FORM = "form-number-0000001"
FILE = b"age,R-08\nfrom_60,1\n,2\n,X\n"


def opened(store: Store, sheet: Sheet) -> Poll:
    switch_on(store, SIGNATURE, sheet, poll_of(store, sheet), TODAY, LATER)
    return poll_of(store, sheet)


def refused(code: str, do: object) -> None:
    with pytest.raises(Refused) as error:
        do()  # type: ignore[operator]
    assert error.value.faults[0].code == code
    assert_told_in_words(error.value)


def parking(store: Store, sheet: Sheet) -> dict[Source, int]:
    (said,) = voice_of(store, sheet).of_item("E-08")
    return {source: one.answered for source, one in said.by_source.items() if one.answered}


def test_nothing_is_open_until_somebody_opens_it(store: Store, sheet: Sheet) -> None:
    before = poll_of(store, sheet)
    assert not before.id
    assert not before.takes_answers(NOW)
    poll = opened(store, sheet)
    assert poll.takes_answers(NOW)
    found = open_poll(store, poll.token, NOW)
    assert found is not None
    assert found.community.code == sheet.community.code
    switch_off(store, SIGNATURE, sheet, poll)
    assert open_poll(store, poll.token, NOW) is None
    refused("poll_not_open", lambda: take_reply(store, poll.token, FORM, {"R-08": "1"}, "", NOW))


@pytest.mark.parametrize("days", [-1, 15])
def test_a_page_is_open_on_its_days_only(store: Store, sheet: Sheet, days: int) -> None:
    poll = opened(store, sheet)
    for moment in (NOW, NOW + timedelta(days=14)):
        assert open_poll(store, poll.token, moment) is not None
    assert open_poll(store, poll.token, NOW + timedelta(days=days)) is None


@pytest.mark.parametrize(
    ("opens", "closes", "code"),
    [
        (None, LATER, "poll_days_missing"),
        (LATER, TODAY, "poll_days_order"),
        (TODAY - timedelta(days=9), TODAY - timedelta(days=1), "poll_days_past"),
        (TODAY, TODAY + timedelta(days=400), "poll_days_long"),
    ],
)
def test_days_that_cannot_be_are_refused(
    store: Store, sheet: Sheet, opens: date | None, closes: date, code: str
) -> None:
    before = log_length(store)
    poll = poll_of(store, sheet)
    refused(code, lambda: switch_on(store, SIGNATURE, sheet, poll, opens, closes))
    assert log_length(store) == before


def test_pressing_twice_changes_once_and_a_colleague_is_not_overwritten(
    store: Store, sheet: Sheet
) -> None:
    seen = poll_of(store, sheet)
    opened(store, sheet)
    length = log_length(store)
    switch_on(store, SIGNATURE, sheet, seen, TODAY, LATER)
    assert log_length(store) == length
    refused("poll_changed", lambda: switch_on(store, SIGNATURE, sheet, seen, TODAY, TODAY))


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "ftp://x.cn/a", "x.cn/a", "https://a:b@x.cn", "https:// x.cn"],
)
def test_an_address_on_paper_is_one_of_a_page(store: Store, sheet: Sheet, address: str) -> None:
    poll = poll_of(store, sheet)
    refused("link_invalid", lambda: set_address(store, SIGNATURE, sheet, poll, address))
    set_address(store, SIGNATURE, sheet, poll, " https://example.cn/wen?a=1 ")
    assert poll_of(store, sheet).address == "https://example.cn/wen?a=1"
    set_address(store, SIGNATURE, sheet, poll_of(store, sheet), "  ")
    assert poll_of(store, sheet).address == ""


def test_counts_are_kept_box_by_box_and_nothing_typed_is_not_nought(
    store: Store, sheet: Sheet
) -> None:
    for choice in CHOICES[:-1]:
        set_count(store, SIGNATURE, sheet, CountBox("R-08", choice, None), "３")
    assert not voice_of(store, sheet).any
    set_count(store, SIGNATURE, sheet, CountBox("R-08", "X", None), "0")
    assert parking(store, sheet) == {Source.COUNTED: 15}
    set_count(store, SIGNATURE, sheet, CountBox("R-08", "X", 0), " ")
    assert not voice_of(store, sheet).any


def test_a_count_that_cannot_be_taken_changes_nothing(store: Store, sheet: Sheet) -> None:
    box = CountBox("R-08", "5", None)
    set_count(store, SIGNATURE, sheet, box, "4份")
    before = log_length(store)
    refused("number_negative", lambda: set_count(store, SIGNATURE, sheet, box, "-1"))
    refused("number_not_whole", lambda: set_count(store, SIGNATURE, sheet, box, "2.5"))
    refused("poll_count_changed", lambda: set_count(store, SIGNATURE, sheet, box, "5"))
    unknown = CountBox("R-99", "5", None)
    refused("poll_box_unknown", lambda: set_count(store, SIGNATURE, sheet, unknown, "5"))
    assert log_length(store) == before
    assert counts_of(store, sheet, poll_of(store, sheet)).of("R-08", "5") == 4


def test_a_file_counts_once_and_can_be_taken_out_and_put_back(store: Store, sheet: Sheet) -> None:
    assert take_file(store, SIGNATURE, sheet, "../答卷.csv", FILE) == 3
    assert parking(store, sheet) == {Source.FILE: 2}
    refused("poll_file_again", lambda: take_file(store, SIGNATURE, sheet, "b.csv", FILE))
    (file,) = list_files(store, sheet, poll_of(store, sheet))
    assert (file.name, file.replies) == ("答卷.csv", 3)
    remove_file(store, SIGNATURE, sheet, file)
    remove_file(store, SIGNATURE, sheet, file)
    assert not voice_of(store, sheet).any
    assert take_file(store, SIGNATURE, sheet, "b.csv", FILE) == 3
    assert parking(store, sheet) == {Source.FILE: 2}
    remove_file(store, SIGNATURE, sheet, file)
    restore_file(store, SIGNATURE, sheet, file)
    assert parking(store, sheet) == {Source.FILE: 2}


def test_of_a_wrong_file_nothing_is_kept(store: Store, sheet: Sheet) -> None:
    wrong = b"R-08\n5\n4\nhello\n"
    refused("poll_choice_unknown", lambda: take_file(store, SIGNATURE, sheet, "a.csv", wrong))
    refused("poll_file_empty", lambda: take_file(store, SIGNATURE, sheet, "a.csv", b"R-08\n\n"))
    poll = poll_of(store, sheet)
    assert not poll.id
    assert list_files(store, sheet, poll) == ()


def test_scores_and_code_stay_whatever_residents_say(store: Store, sheet: Sheet) -> None:
    sheet = say_all(store, sheet, {"E-08": "all", "F-01": "open", "F-03": "none"})
    code, kept = fingerprint(sheet), score_row(store, sheet)
    poll = opened(store, sheet)
    for number in range(30):
        fields = {"R-08": "1", "R-05": "5"}
        take_reply(store, poll.token, f"form-number-{number:08d}", fields, "", NOW)
    take_file(store, SIGNATURE, sheet, "a.csv", FILE)
    set_count(store, SIGNATURE, sheet, CountBox("R-08", "5", None), "100")
    after = reload(store, sheet)
    assert fingerprint(after) == code
    assert str(after.scores) == str(sheet.scores)
    assert score_row(store, after) == kept


def test_every_change_is_in_the_log(store: Store, sheet: Sheet) -> None:
    before = log_length(store)
    poll = opened(store, sheet)
    take_reply(store, poll.token, FORM, {"R-08": "1"}, "", NOW)
    take_file(store, SIGNATURE, sheet, "a.csv", FILE)
    set_count(store, SIGNATURE, sheet, CountBox("R-08", "5", None), "100")
    set_address(store, SIGNATURE, sheet, poll_of(store, sheet), "https://example.cn")
    (file,) = list_files(store, sheet, poll)
    remove_file(store, SIGNATURE, sheet, file)
    switch_off(store, SIGNATURE, sheet, poll_of(store, sheet))
    assert log_length(store) == before + 7


def test_a_poll_keeps_the_questions_that_it_began_with(
    store: Store, sheet: Sheet, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened(store, sheet)
    old = questions_of(store, poll_of(store, sheet))
    changed = questionnaires.questions_content().replace(b'version: "1.0"', b'version: "2"')
    newer = polls.parse(changed)
    monkeypatch.setattr(polling, "current_questionnaire", lambda: newer)
    monkeypatch.setattr(polling, "questions_content", lambda: changed)
    assert questions_of(store, poll_of(store, sheet)).version == old.version == "1.0"
    other = replace(sheet, assessment=replace(sheet.assessment, id=sheet.assessment.id + 999))
    assert questions_of(store, poll_of(store, other)).version == "2"


def test_who_may_not_see_the_community_hears_nothing(store: Store, sheet: Sheet) -> None:
    take_file(store, SIGNATURE, sheet, "a.csv", FILE)
    far = store.seen_by(Person("f", "far", (Grant(Role.REVIEWER, area="310000"),)))
    assert not voice_of(far, sheet).any
    assert not poll_of(far, sheet).id
    assert voice_of(store, sheet).any


def test_a_closed_round_takes_nothing_more(store: Store, sheet: Sheet) -> None:
    poll = opened(store, sheet)
    with store.writing() as connection:
        rounds.change_round(connection, replace(sheet.round, closes="2026-11-24"))
    late = Signature("tester", NOW + timedelta(days=2))
    assert open_poll(store, poll.token, late.at) is None
    box = CountBox("R-08", "5", None)
    refused("round_closed", lambda: set_count(store, late, sheet, box, "1"))
    refused("round_closed", lambda: take_file(store, late, sheet, "a.csv", FILE))
    switch_off(store, late, sheet, poll)
    assert not poll_of(store, sheet).switched_on
