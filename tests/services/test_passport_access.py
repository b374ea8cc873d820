"""Who may take a passport away and who may open one, and what each may bring in."""

import errno
from pathlib import Path

import pytest
from starlette.applications import Starlette

from assessment.commands import main
from assessment.domain.answers import Decision
from assessment.domain.errors import Forbidden
from assessment.domain.permissions import Grant, Person, Role
from assessment.domain.records import AssessmentState, Community, Signature
from assessment.server import downloads
from assessment.services import passport_export, sample
from assessment.services.communities import find_community, list_rounds
from assessment.services.passport_opening import bring_in
from assessment.services.passport_preview import Preview, Where, preview
from assessment.services.rounds import TypedRound, change_round
from assessment.settings import settings
from assessment.store import communities, frameworks, rounds
from assessment.store.engine import Store
from tests.conftest import NOW, only_sqlite
from tests.people import EVERY_ROLE
from tests.services.asgi import ask
from tests.services.framework_edits import edited, other_credit
from tests.services.passports import checked, members_of, rows_in, written
from tests.services.steps import SIGNATURE
from tests.services.test_passport import CODE, sheet_here

GRANTS = {
    Role.STAFF: Grant(Role.STAFF, community=CODE),
    Role.REVIEWER: Grant(Role.REVIEWER, area="110000"),
    Role.VIEWER: Grant(Role.VIEWER, area="110000"),
    Role.ADMIN: Grant(Role.ADMIN),
}
ELSEWHERE = {
    Role.STAFF: Grant(Role.STAFF, community="P001"),
    Role.REVIEWER: Grant(Role.REVIEWER, area="310000"),
    Role.VIEWER: Grant(Role.VIEWER, area="310000"),
}


def as_person(store: Store, grant: Grant) -> Store:
    return store.seen_by(Person("u-1", "某人", (grant,)))


def opened_by(store: Store, passport: bytes, grant: Grant) -> Preview:
    mine, found = as_person(store, grant), checked(passport)
    return bring_in(mine, Signature("u-1", NOW), found, preview(mine, found, NOW))


@pytest.fixture
def registered(store: Store, passport: bytes) -> Community:
    """The community of the passport, in the register here."""
    one = checked(passport).passport.community
    here = Community(one.code, one.name_zh, one.name_en, adcode=one.adcode)
    with store.writing() as connection:
        communities.add_community(connection, here, NOW)
    return here


@pytest.mark.parametrize("role", EVERY_ROLE)
def test_each_brings_in_what_the_role_allows(
    store: Store, passport: bytes, registered: Community, role: Role
) -> None:
    if role is Role.VIEWER:
        with pytest.raises(Forbidden):
            opened_by(store, passport, GRANTS[role])
        return
    done = opened_by(store, passport, GRANTS[role])
    sheet = sheet_here(store)
    approved = role in (Role.REVIEWER, Role.ADMIN)
    assert (sheet.assessment.state is AssessmentState.APPROVED) == approved
    assert (sheet.answers["G-05"].decision is Decision.ACCEPTED) == approved
    assert done.writes[0].keeps_code == approved


@pytest.mark.parametrize("role", ELSEWHERE)
def test_nobody_brings_in_or_learns_anything_elsewhere(
    store: Store, passport: bytes, registered: Community, role: Role
) -> None:
    mine = as_person(store, ELSEWHERE[role])
    seen = preview(mine, checked(passport), NOW)
    assert (seen.may_write, seen.rounds) == (False, ())
    with pytest.raises(Forbidden):
        bring_in(mine, SIGNATURE, checked(passport), seen)


def test_only_who_runs_the_product_opens_a_round_or_fills_a_closed_one(
    store: Store, passport: bytes
) -> None:
    one, reviewer = list_rounds(store)[0], as_person(store, GRANTS[Role.REVIEWER])
    typed = TypedRound(one.label_zh, one.label_en, "2025-01-01", "2025-06-30", "2025-06-30")
    closed = change_round(store, SIGNATURE, one, typed)
    assert preview(reviewer, checked(passport), NOW).rounds[0].where is Where.CLOSED
    assert preview(store, checked(passport), NOW).rounds[0].where is Where.HERE
    with store.writing() as connection:
        other = frameworks.publish(connection, edited(other_credit), NOW)
        rounds.change_framework(connection, closed.id, other.hash)
    assert preview(reviewer, checked(passport), NOW).rounds[0].where is Where.NEEDS_ADMIN
    assert preview(store, checked(passport), NOW).rounds[0].where is Where.NEW_ROUND


@pytest.fixture
def app(monkeypatch: pytest.MonkeyPatch, store: Store) -> Starlette:
    monkeypatch.setattr(downloads, "open_installation", lambda: store)
    return Starlette(routes=downloads.download_routes())


def test_the_route_gives_the_file_to_who_may_see_the_community(
    store: Store, passport: bytes, app: Starlette, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened_by(store, passport, GRANTS[Role.ADMIN])
    query = f"community={CODE}&lang=zh"
    reply = ask(app, "/export/passport.zip", query)
    assert (reply.status, reply.headers["content-type"]) == (200, "application/zip")
    assert "passport.json" in members_of(reply.body)
    assert ask(app, "/export/passport.zip", "community=P001&lang=zh").status == 404
    stranger = Person("u-2", "别人", (ELSEWHERE[Role.VIEWER],))
    monkeypatch.setattr(downloads, "person_asking", lambda _request: stranger)
    assert ask(app, "/export/passport.zip", query).status == 404


@only_sqlite
def test_a_passport_that_cannot_be_made_is_no_file(
    store: Store, passport: bytes, app: Starlette, monkeypatch: pytest.MonkeyPatch, home: Path
) -> None:
    opened_by(store, passport, GRANTS[Role.ADMIN])

    def full(_path: Path) -> list[bytes]:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(passport_export, "_read", full)
    reply = ask(app, "/export/passport.zip", f"community={CODE}&lang=zh")
    assert reply.status == 503
    assert not list(home.glob(".passport-*"))


@only_sqlite
def test_a_lost_file_is_named_and_left_out(store: Store, passport: bytes, home: Path) -> None:
    opened_by(store, passport, GRANTS[Role.ADMIN])
    lost = next(one for one in checked(passport).passport.rounds[0].evidence if one.sha256)
    for path in (home / "evidence").rglob(lost.sha256):
        path.unlink()
    again = checked(written(store, CODE)).passport.rounds[0].evidence
    assert [one.file for one in again if one.sha256 == lost.sha256] == [""]


@only_sqlite
def test_the_sample_is_marked_as_such_in_every_part(store: Store) -> None:
    sample.load(store, SIGNATURE)
    community = sample.first(store)
    assert community
    content = written(store, community.code)
    found = checked(content)
    assert len(found.passport.rounds) == 2
    assert found.passport.community.sample and all(one.sample for one in found.passport.rounds)
    parts = members_of(content)
    page = parts["index.html"].decode()
    assert page.count("示例数据，纯属虚构") >= 2
    for name, part in parts.items():
        if name.startswith(("items-", "summary-")):
            assert {row["sample"] for row in rows_in(part)} == {"sample"}
    one = checked(written(store, community.code, round_id="sample-1")).passport
    assert [each.id for each in one.rounds] == ["sample-1"]
    staff = as_person(store, GRANTS[Role.REVIEWER])
    assert not preview(staff, found, NOW).may_write


@only_sqlite
def test_the_command_checks_and_writes_only_if_asked_to(
    store: Store, passport: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.cache_clear()
    file = tmp_path / "passport.zip"
    file.write_bytes(passport)
    assert main(["open-passport", str(file), "--lang", "zh"]) == 0
    assert "核对通过" in capsys.readouterr().out
    assert find_community(store, CODE) is None
    assert main(["open-passport", str(file), "--write", "--lang", "zh"]) == 0
    assert find_community(store, CODE) is not None
    file.write_bytes(passport[:-100])
    assert main(["open-passport", str(file), "--lang", "zh"]) == 1
    assert main(["open-passport", str(tmp_path / "none.zip"), "--lang", "zh"]) == 1
    assert "none.zip" in capsys.readouterr().out
