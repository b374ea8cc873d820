"""A passport from one installation to another: the same figures, codes, states and bytes.

It comes from SQLite and is opened on both kinds of database.
"""

from collections.abc import Callable
from pathlib import Path
from shutil import copyfile

import pytest
from sqlalchemy import func, select

from assessment.domain.errors import Refused
from assessment.domain.fingerprint import fingerprint
from assessment.domain.records import AssessmentState
from assessment.domain.sheet import Sheet
from assessment.services import passport_opening
from assessment.services.communities import (
    Registration,
    assessment_in,
    begin,
    find_community,
    list_rounds,
    register,
)
from assessment.services.earlier_versions import restore
from assessment.services.history import versions
from assessment.services.log_check import check_log
from assessment.services.passport_preview import Target, Where, preview
from assessment.services.rounds import TypedRound, add_round
from assessment.services.sheets import load_sheet
from assessment.services.verifying import Answer, verify
from assessment.store import frameworks, rounds, tables
from assessment.store.engine import Store
from tests.conftest import NOW
from tests.services.evidence_files import photo
from tests.services.framework_edits import edited, other_credit
from tests.services.passports import (
    brought,
    checked,
    members_of,
    replace_evidence,
    rows_in,
    spoiled,
    store_at,
    written,
)
from tests.services.score_rows import assert_as_from_scratch
from tests.services.steps import SIGNATURE, log_length, say

CODE = "C00001"
# Who did it is kept as a name that is marked as of elsewhere; numbers are those of the tables.
OTHER_NAMES = {"saved_by", "state_by", "log_by", "log_author", "log_id"}


def sheet_here(store: Store, code: str = CODE, round_id: str = "") -> Sheet:
    """What is here now."""
    one = assessment_in(store, code, round_id or list_rounds(store)[0].id)
    assert one
    sheet = load_sheet(store, one.id)
    assert sheet
    return sheet


def without(rows: list[dict[str, str]], names: set[str]) -> list[dict[str, str]]:
    return [{name: value for name, value in row.items() if name not in names} for row in rows]


def code_of(passport: bytes) -> str:
    return checked(passport).passport.rounds[0].code


def refused(work: Callable[[], object]) -> str:
    with pytest.raises(Refused) as found:
        work()
    return found.value.faults[0].code


def test_tables_evidence_codes_and_states_are_those_of_the_other_installation(
    store: Store, passport: bytes
) -> None:
    done = brought(store, passport)
    assert (done.target, done.writes[0].where) == (Target.NEW, Where.HERE)
    before, after = members_of(passport), members_of(written(store, CODE))
    assert list(before) == list(after)
    for name, content in before.items():
        if name.startswith(("items-", "summary-")):
            pair = (rows_in(content), rows_in(after[name]))
            assert without(pair[0], OTHER_NAMES) == without(pair[1], OTHER_NAMES)
        elif name.startswith(("evidence/", "framework-")):
            assert after[name] == content
    entries = [row for row in rows_in(after["log.csv"]) if row["log_by"] != "opener"]
    assert without(entries, OTHER_NAMES) == without(rows_in(before["log.csv"]), OTHER_NAMES)


def test_the_code_is_that_of_the_approved_figures_here_too(store: Store, passport: bytes) -> None:
    brought(store, passport)
    sheet, code = sheet_here(store), code_of(passport)
    assert_as_from_scratch(store, sheet)
    assert fingerprint(sheet) == sheet.assessment.fingerprint == code
    assert sheet.assessment.state is AssessmentState.APPROVED
    found = verify(store, code, None)
    assert (found.answer, found.differences) == (Answer.APPROVED, ())
    say(store, sheet, "F-02", "choice", "open")
    later = verify(store, code, None)
    assert later.answer is Answer.APPROVED_BEFORE
    assert [one.subject for one in later.differences] == ["F-02"]
    assert not later.other_method


def test_nobody_of_the_other_installation_becomes_an_account(store: Store, passport: bytes) -> None:
    brought(store, passport)
    sheet = sheet_here(store)
    assert {one.by for one in sheet.answers.values()} == {"passport:tester"}
    assert sheet.assessment.state_by == "passport:tester"
    with store.reading() as connection:
        assert not connection.scalar(select(func.count()).select_from(tables.person))


def test_the_log_says_who_opened_it_and_what_the_entries_were_hashed_to(
    store: Store, passport: bytes
) -> None:
    brought(store, passport)
    found = checked(passport)
    with store.reading() as connection:
        rows = connection.execute(select(tables.log).order_by(tables.log.c.id)).all()
    opened = next(row for row in rows if row.action == "passport_open")
    assert (opened.by, opened.new.split()[0]) == ("opener", found.opened.seal)
    hashes = [row.new.split() for row in rows if row.action == "passport_hashes"]
    assert hashes == [[entry.hash for entry in found.passport.log]]
    assert check_log(store).is_whole


def test_versions_that_came_with_it_can_be_read_and_brought_back(
    store: Store, passport: bytes
) -> None:
    brought(store, passport)
    sheet = sheet_here(store)
    found = versions(store, sheet, "F-01")
    assert [one.entry.revision for one in found] == [2, 1]
    assert {one.author for one in found} == {"passport:tester"}
    restore(store, SIGNATURE, sheet, sheet.answers["F-01"], 1)
    assert sheet_here(store).answers["F-01"].note == ""


def test_opening_it_twice_writes_it_once(store: Store, passport: bytes) -> None:
    brought(store, passport)
    length = log_length(store)
    again = preview(store, checked(passport), NOW)
    assert (again.target, again.rounds[0].where) == (Target.KNOWN, Where.ALREADY)
    assert [one.by for one in again.opened] == ["opener"]
    assert refused(lambda: brought(store, passport)) == "passport_nothing"
    assert log_length(store) == length


def test_the_installation_that_wrote_it_has_it_already(store: Store, passport: bytes) -> None:
    brought(store, passport)
    own = written(store, CODE)
    assert preview(store, checked(own), NOW).rounds[0].where is Where.ALREADY


def test_what_somebody_said_here_is_never_overwritten(
    store: Store, sheet: Sheet, passport: bytes
) -> None:
    said = say(store, sheet, "F-01", "choice", "none")
    seen = preview(store, checked(passport), NOW)
    assert (seen.target, seen.rounds[0].where) == (Target.KNOWN, Where.OTHERS)
    assert refused(lambda: brought(store, passport)) == "passport_nothing"
    assert sheet_here(store).answers == said.answers


def test_an_assessment_that_was_only_begun_is_filled(
    store: Store, sheet: Sheet, passport: bytes
) -> None:
    assert brought(store, passport).writes[0].where is Where.HERE
    now = sheet_here(store)
    assert now.assessment.id == sheet.assessment.id
    assert now.assessment.fingerprint == code_of(passport)


def test_under_another_code_figures_arrive_as_a_draft(store: Store, passport: bytes) -> None:
    register(store, SIGNATURE, Registration("别的社区", "310101"))
    done = brought(store, passport)
    assert (done.target, done.community.code) == (Target.NEW_CODE, "C00002")
    sheet = sheet_here(store, "C00002")
    assert sheet.assessment.state is AssessmentState.DRAFT
    assert not done.writes[0].keeps_code
    assert fingerprint(sheet) != code_of(passport)
    assert not sheet_or_none(store, CODE)
    again = preview(store, checked(passport), NOW)
    assert (again.target, again.rounds[0].where) == (Target.SAME_NAME, Where.ALREADY)


def sheet_or_none(store: Store, code: str) -> object:
    return assessment_in(store, code, list_rounds(store)[0].id)


def test_a_round_with_another_checklist_stays_apart(store: Store, passport: bytes) -> None:
    one = list_rounds(store)[0]
    with store.writing() as connection:
        other = frameworks.publish(connection, edited(other_credit), NOW)
        rounds.change_framework(connection, one.id, other.hash)
    done = brought(store, passport)
    made = done.writes[0].round
    assert done.writes[0].where is Where.NEW_ROUND
    assert made.id != one.id
    sheet = sheet_here(store, round_id=made.id)
    assert sheet.framework.hash == checked(passport).passport.rounds[0].framework
    assert sheet.assessment.state is AssessmentState.DRAFT
    assert sheet.round.framework == sheet.framework.hash
    assert preview(store, checked(passport), NOW).rounds[0].where is Where.ALREADY


def test_a_failure_on_the_way_writes_nothing(
    store: Store, passport: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise Refused([])

    length = log_length(store)
    monkeypatch.setattr(passport_opening, "write_hand_overs", fails)
    with pytest.raises(Refused):
        brought(store, passport)
    assert find_community(store, CODE) is None
    assert log_length(store) == length
    monkeypatch.undo()


def test_what_changed_since_the_preview_is_told(store: Store, passport: bytes) -> None:
    found = checked(passport)
    seen = preview(store, found, NOW)
    here = register(store, SIGNATURE, Registration("测试社区", "110105"))
    begin(store, SIGNATURE, here, list_rounds(store)[0])
    opening = lambda: passport_opening.bring_in(store, SIGNATURE, found, seen)  # noqa: E731
    assert refused(opening) == "passport_changed"


def test_a_photo_that_says_more_than_it_shows_is_written_anew(
    store: Store, passport: bytes
) -> None:
    told = spoiled(passport, replace_evidence("jpg", photo()), listed=True)
    brought(store, told)
    kept = [one for name, one in members_of(written(store, CODE)).items() if name.endswith("jpg")]
    assert kept and all(b"SECRET" not in one for one in kept)


def test_a_file_that_is_not_what_it_says_is_refused(store: Store, passport: bytes) -> None:
    told = spoiled(passport, replace_evidence("pdf", b"<html>"), listed=True)
    assert refused(lambda: brought(store, told)) == "passport_evidence"
    assert find_community(store, CODE) is None


def test_it_goes_on_to_a_third_installation_with_all_its_rounds(
    store: Store, passport: bytes, tmp_path: Path, prepared_file: Path
) -> None:
    brought(store, passport)
    sheet = sheet_here(store)
    typed = TypedRound("下一轮", "Next", "2026-11-01", framework=sheet.framework.hash)
    later = add_round(store, SIGNATURE, typed)
    begin(store, SIGNATURE, sheet.community, later)
    content = written(store, CODE)
    copyfile(prepared_file, tmp_path / "assessment.db")
    with pytest.MonkeyPatch.context() as patch, store_at(patch, tmp_path) as third:
        done = brought(third, content, "third")
        assert [one.where for one in done.rounds] == [Where.HERE, Where.NEW_ROUND]
        assert all(one.keeps_code and one.keeps_state for one in done.rounds)
        first = sheet_here(third, round_id=sheet.round.id)
        assert {one.by for one in first.answers.values()} == {"passport:tester"}
        assert sheet_here(third, round_id=later.id).to_confirm
        assert verify(third, code_of(passport), None).answer is Answer.APPROVED
        assert check_log(third).is_whole
