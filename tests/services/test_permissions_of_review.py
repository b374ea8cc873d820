"""Review, comments and plan by every role; every file by who may not have it."""

import io
import zipfile
from collections.abc import Callable, Mapping

import pytest
from starlette.applications import Starlette

from assessment.domain.answers import Answer, Decision
from assessment.domain.errors import Forbidden, Refused
from assessment.domain.permissions import Person, Role
from assessment.domain.poll import Brought, Poll
from assessment.domain.records import Community
from assessment.domain.sheet import Sheet
from assessment.server import downloads
from assessment.server.downloads import download_routes
from assessment.services import (
    carrying,
    comments,
    communities,
    deciding,
    earlier_versions,
    handing_over,
    pinning,
    planning,
    poll_files,
    polling,
)
from assessment.services import evidence as evidence_service
from assessment.services.questionnaires import current_questionnaire
from assessment.services.sheets import load_sheet
from assessment.store.engine import Store
from tests.people import BY, EVERY_ROLE, Cast, make_cast
from tests.services.asgi import ask
from tests.services.steps import say

Intention = Callable[[Store, Sheet], object]
STAFF, REVIEWERS = {Role.STAFF, Role.ADMIN}, {Role.REVIEWER, Role.ADMIN}
POLLERS = {Role.STAFF, Role.REVIEWER, Role.ADMIN}
DAY, BOX = BY.at.date(), polling.CountBox("R-01", "5", None)
SECRET = "只有本社区知道的话"


def _ruling() -> deciding.Ruling:
    return deciding.Ruling(Answer("G-05"), Decision.ACCEPTED)


def _poll(sheet: Sheet) -> Poll:
    return Poll(sheet.assessment.id, current_questionnaire().hash)


def _file() -> Brought:
    return Brought(1, "a.csv", 1, "", BY.at)


# Each with the roles that may do it to a community in which their role holds. What is refused for
# another reason than the role was allowed to be asked.
OF_AN_ASSESSMENT: Mapping[str, tuple[Intention, set[Role]]] = {
    "submit": (lambda s, one: handing_over.submit(s, BY, handing_over.Wish(one, "s")), STAFF),
    "approve": (lambda s, one: handing_over.approve(s, BY, handing_over.Wish(one, "s")), REVIEWERS),
    "return": (lambda s, one: handing_over.return_(s, BY, handing_over.Wish(one, "s")), REVIEWERS),
    "decide": (lambda s, one: deciding.decide(s, BY, one, _ruling()), REVIEWERS),
    "pin": (lambda s, one: pinning.pin(s, BY, one, "F-01", "请补照片", "s"), REVIEWERS),
    "confirm": (lambda s, one: carrying.confirm(s, BY, one, ["F-01"]), STAFF),
    "restore": (lambda s, one: earlier_versions.restore(s, BY, one, Answer("F-01"), 1), STAFF),
    "comment": (
        lambda s, one: comments.add_comment(s, BY, one, "F-01", "请看", f"c-{s.person.id}"),
        {Role.STAFF, Role.REVIEWER, Role.ADMIN},
    ),
    "link": (
        lambda s, one: evidence_service.add_link(s, BY, one, "F-01", "https://example.org", "s"),
        STAFF,
    ),
    "plan": (
        lambda s, one: planning.add_action(
            s, BY, one, f"p-{s.person.id}", planning.TypedAction("F-03", "办托儿所")
        ),
        STAFF,
    ),
    "poll_open": (lambda s, one: polling.switch_on(s, BY, one, _poll(one), DAY, DAY), POLLERS),
    "poll_close": (lambda s, one: polling.switch_off(s, BY, one, _poll(one)), POLLERS),
    "poll_address": (lambda s, one: polling.set_address(s, BY, one, _poll(one), ""), POLLERS),
    "poll_count": (lambda s, one: polling.set_count(s, BY, one, BOX, "5"), POLLERS),
    "poll_file": (lambda s, one: poll_files.take_file(s, BY, one, "a.csv", b"R-01\n5\n"), POLLERS),
    "poll_file_remove": (lambda s, one: poll_files.remove_file(s, BY, one, _file()), POLLERS),
    "poll_file_restore": (lambda s, one: poll_files.restore_file(s, BY, one, _file()), POLLERS),
}


@pytest.fixture
def cast(store: Store) -> Cast:
    return make_cast(store)


@pytest.fixture
def sheets(store: Store, cast: Cast) -> list[Sheet]:
    """An assessment of each community, with words that nobody else is to read."""
    first = communities.list_rounds(store)[0]
    found = []
    for one in (cast.near, cast.beside, cast.far):
        sheet = load_sheet(store, communities.begin(store, BY, one, first).id)
        assert sheet
        sheet = say(store, sheet, "F-01", "choice", "open")
        found.append(say(store, sheet, "F-01", "note", f"{SECRET}{one.code}"))
    return found


def person(cast: Cast, role: Role) -> Person:
    return Person(f"u-{role}", role, (cast.grant(role),))


@pytest.mark.parametrize("name", list(OF_AN_ASSESSMENT))
def test_what_is_done_to_an_assessment_needs_a_role_that_holds_for_it(
    store: Store, cast: Cast, sheets: list[Sheet], name: str
) -> None:
    do, roles = OF_AN_ASSESSMENT[name]
    for role in EVERY_ROLE:
        seen = store.seen_by(person(cast, role))
        for sheet in sheets:
            may = role in roles and cast.grant(role).holds_for(sheet.community)
            assert _forbidden(do, seen, sheet) is not may, (role, sheet.community.name_zh)


def _forbidden(do: Intention, seen: Store, sheet: Sheet) -> bool:
    try:
        do(seen, sheet)
    except Forbidden:
        return True
    except Refused:
        return False
    return False


@pytest.mark.parametrize("role", [one for one in EVERY_ROLE if one is not Role.ADMIN])
def test_no_file_holds_a_word_of_a_community_out_of_reach(
    store: Store, cast: Cast, sheets: list[Sheet], role: Role, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(downloads, "open_installation", lambda: store)
    who = person(cast, role)
    monkeypatch.setattr(downloads, "person_asking", lambda _request: who)
    app = Starlette(routes=download_routes())
    hidden = [one for one in sheets if not cast.grant(role).holds_for(one.community)]
    for route in download_routes():
        sheet = sheets[-1]
        query = f"community={sheet.community.code}&round={sheet.round.id}&lang=zh"
        query += f"&assessment={sheet.assessment.id}&scope=assessment"
        content = _unpacked(ask(app, route.path, query).body)
        for one in hidden:
            for words in (one.community.name_zh, f"{SECRET}{one.community.code}"):
                assert words.encode() not in content, (route.path, words)


def _unpacked(body: bytes) -> bytes:
    if not body.startswith(b"PK"):
        return body
    with zipfile.ZipFile(io.BytesIO(body)) as packed:
        return b"".join(packed.read(name) for name in packed.namelist())


def test_the_files_of_ones_own_community_are_there(
    store: Store, cast: Cast, sheets: list[Sheet], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(downloads, "open_installation", lambda: store)
    monkeypatch.setattr(downloads, "person_asking", lambda _request: person(cast, Role.STAFF))
    app = Starlette(routes=download_routes())
    own: Community = cast.near
    query = f"community={own.code}&round={sheets[0].round.id}&lang=zh"
    reply = ask(app, "/export/items.csv", query)
    assert reply.status == 200
    assert f"{SECRET}{own.code}" in reply.text
