"""When an answer lacks evidence, and what is taken as a day or an address."""

from datetime import date

import pytest

from assessment.domain.answers import Answer, Judged, Outcome
from assessment.domain.errors import Refused
from assessment.domain.evidence import is_unsupported, read_address, read_date
from assessment.domain.framework import Kind, Role
from tests.domain.frameworks import (
    MET,
    NOT_ASKED,
    NOT_MET,
    PENDING,
    SET_ASIDE,
    UNKNOWN,
    make_item,
    partly,
)
from tests.domain.frameworks import OPEN as UNANSWERED

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("asked", "note", "has_evidence", "lacks"),
    [
        ("file", "", False, True),
        ("file", "see the lease", False, True),
        ("file", "", True, False),
        ("note", "", False, True),
        ("note", " \n", False, True),
        ("note", "seen on site", False, False),
        ("note", "", True, False),
        ("none", "", False, False),
    ],
)
def test_a_claim_needs_what_its_item_asks_for(
    asked: str, note: str, has_evidence: bool, lacks: bool
) -> None:
    item = make_item("A-01", evidence=asked)
    answer = Answer("A-01", "s2", note=note)
    evidenced = {"A-01"} if has_evidence else set()
    for claim in (MET, partly()):
        assert is_unsupported(item, answer, claim, evidenced) is lacks


@pytest.mark.parametrize("judged", [NOT_MET, UNANSWERED, UNKNOWN, PENDING, SET_ASIDE, NOT_ASKED])
def test_who_claims_nothing_owes_nothing(judged: Judged) -> None:
    item = make_item("A-01", evidence="file")
    assert judged.outcome not in (Outcome.MET, Outcome.PARTLY)
    assert not is_unsupported(item, Answer("A-01"), judged, ())


def test_context_and_remarks_owe_nothing() -> None:
    for item in (
        make_item("A-01", evidence="file", role=Role.CONTEXT),
        make_item("A-01", evidence="file", kind=Kind.REMARK),
        make_item("A-01", evidence="file", kind=Kind.SURVEY),
    ):
        assert not is_unsupported(item, Answer("A-01", "s2"), MET, ())


def test_a_computed_quantity_needs_a_file_though_nobody_answered() -> None:
    item = make_item("A-01", evidence="file", kind=Kind.QUANTITY)
    assert is_unsupported(item, None, MET, ())
    assert not is_unsupported(item, None, MET, {"A-01"})


@pytest.mark.parametrize(
    "typed",
    ["2026-11-04", "2026-11-4", "2026/11/4", "2026.11.04", "2026年11月4日", " ２０２６-11-4 "],
)
def test_a_day_is_read_as_people_write_it(typed: str) -> None:
    assert read_date(typed, TODAY) == "2026-11-04"


def test_no_day_is_a_day_that_nobody_said() -> None:
    assert read_date("  ", TODAY) == ""
    assert read_date("2026-11-24", TODAY) == "2026-11-24"


@pytest.mark.parametrize(
    "typed", ["2026-11-25", "1949-12-31", "2026-02-30", "昨天", "20261104", "2026-11", "4.11.2026"]
)
def test_what_is_no_day_is_refused(typed: str) -> None:
    with pytest.raises(Refused, match="evidence_date"):
        read_date(typed, TODAY)


def test_an_address_is_kept_as_it_is() -> None:
    for address in ("https://example.org/完整社区?x=1#a", "http://127.0.0.1:80/a"):
        assert read_address(f" {address}\n") == address


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "example.org/page",
        "javascript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "https://",
        "https://bank.cn@evil.org/",
        "https://example.org/a b",
        "https://example.org/\u202egpj",
        "https://[::1",
    ],
)
def test_what_is_no_web_address_is_refused(typed: str) -> None:
    with pytest.raises(Refused, match="link_invalid"):
        read_address(typed)


def test_an_endless_address_is_refused() -> None:
    with pytest.raises(Refused, match="link_too_long"):
        read_address("https://example.org/" + "a" * 2000)
