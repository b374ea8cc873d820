"""What comes from the page for residents: each form once, none that is broken, no flood."""

from datetime import timedelta

import pytest

from assessment.domain.poll import Source
from assessment.domain.sheet import Sheet
from assessment.services import public_polls
from assessment.services.hearing import voice_of
from assessment.services.public_polls import take_reply
from assessment.services.throttling import Limit
from assessment.store.engine import Store
from tests.conftest import NOW
from tests.services.steps import log_length
from tests.services.test_polling import FORM, opened, parking, refused


def test_a_form_sent_twice_counts_once(store: Store, sheet: Sheet) -> None:
    poll = opened(store, sheet)
    for _ in range(2):
        take_reply(store, poll.token, FORM, {"R-08": "1", "age": "from_60"}, "10.0.0.1", NOW)
    take_reply(store, poll.token, f"{FORM}-2", {"R-08": "X"}, "10.0.0.1", NOW)
    assert parking(store, sheet) == {Source.ONLINE: 1}
    assert voice_of(store, sheet).replies == {Source.ONLINE: 2}


@pytest.mark.parametrize(
    ("form", "fields", "code"),
    [
        (FORM, {}, "poll_nothing_chosen"),
        (FORM, {"R-99": "5"}, "poll_nothing_chosen"),
        (FORM, {"R-08": "6"}, "poll_form_broken"),
        (FORM, {"R-08": "5", "age": "old"}, "poll_form_broken"),
        ("", {"R-08": "5"}, "poll_form_broken"),
        ("x' OR 1=1 --------", {"R-08": "5"}, "poll_form_broken"),
    ],
)
def test_a_form_that_is_none_is_refused(
    store: Store, sheet: Sheet, form: str, fields: dict[str, str], code: str
) -> None:
    poll = opened(store, sheet)
    before = log_length(store)
    refused(code, lambda: take_reply(store, poll.token, form, fields, "", NOW))
    assert log_length(store) == before


def test_who_floods_one_poll_waits_and_others_do_not(
    store: Store, sheet: Sheet, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(public_polls, "_OF_ADDRESS", Limit(3, timedelta(minutes=10)))
    poll = opened(store, sheet)

    def send(number: int, visitor: str) -> None:
        form = f"form-number-{number:08d}"
        take_reply(store, poll.token, form, {"R-08": "1"}, visitor, NOW)

    for number in range(3):
        send(number, "10.0.0.1")
    refused("poll_wait", lambda: send(3, "10.0.0.1"))
    send(4, "10.0.0.2")
    later = NOW + timedelta(minutes=10)
    take_reply(store, poll.token, "form-number-00000005", {"R-08": "1"}, "10.0.0.1", later)
    assert parking(store, sheet) == {Source.ONLINE: 5}


def test_a_poll_that_is_full_says_so(
    store: Store, sheet: Sheet, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(public_polls, "MOST_ONLINE", 1)
    poll = opened(store, sheet)
    take_reply(store, poll.token, FORM, {"R-08": "1"}, "", NOW)
    take_reply(store, poll.token, FORM, {"R-08": "1"}, "", NOW)
    another = f"{FORM}-2"
    refused("poll_full", lambda: take_reply(store, poll.token, another, {"R-08": "1"}, "", NOW))
    assert parking(store, sheet) == {Source.ONLINE: 1}


def test_no_network_address_is_kept(store: Store, sheet: Sheet) -> None:
    poll = opened(store, sheet)
    take_reply(store, poll.token, FORM, {"R-08": "1"}, "203.0.113.77", NOW)
    with store.reading() as connection:
        for table in ("throttle", "poll_reply", "log"):
            rows = connection.exec_driver_sql(f"SELECT * FROM {table}").all()
            assert rows
            assert "203.0.113.77" not in str(rows)
