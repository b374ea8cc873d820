"""Where people sign in: pages, files and websockets are for nobody else, and never for longer."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket

from assessment.domain.permissions import Grant, Role
from assessment.language.translator import Translator
from assessment.server.downloads import download_routes
from assessment.server.gate import Gate
from assessment.server.guard import Guard
from assessment.server.invitation import invitation_routes
from assessment.server.sign_in import sign_in_routes
from assessment.server.start_checks import allowed_hosts
from assessment.services import people
from assessment.services.invitations import first_admin_token
from assessment.services.setup import open_installation
from assessment.services.sign_in import sign_out
from assessment.settings import settings
from assessment.store.engine import Store
from tests.people import BY, PASSWORD, add_person, token_for
from tests.services.asgi import HERE, Reply, ask, connect, post, talk

VIEWER = Grant(Role.VIEWER)
PAGE_PATHS = ("/", "/answer", "/overview", "/people")
ELSEWHERE = (
    "//evil.example",
    "https://evil.example/answer",
    "/\\evil.example",
    "/export/x",
    "x",
)
OTHER_PATHS = (
    "/export/columns.csv",
    "/media/abc.csv",
    "/_stcore/upload_file/x/y",
    "/assets/boundaries/china.json",
    "/anything",
    "//sign-in",
    "/sign-in/../answer",
)


@pytest.fixture(params=["accounts", "oidc"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Both ways of signing in."""
    yield from _set(request.param, monkeypatch)


@pytest.fixture
def accounts(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Signing in with a password."""
    yield from _set("accounts", monkeypatch)


def _set(way: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setenv("ASSESSMENT_SIGN_IN", way)
    settings.cache_clear()
    yield way
    settings.cache_clear()


async def page(_request: object) -> PlainTextResponse:
    return PlainTextResponse("page")


async def echo(socket: WebSocket) -> None:
    await socket.accept()
    while True:
        await socket.send_bytes(await socket.receive_bytes())


def application() -> Starlette:
    """The routes and the middleware of the product around a page that says "page"."""
    routes = [*download_routes(), *sign_in_routes(), *invitation_routes()]
    routes += [WebSocketRoute("/_stcore/stream", echo), Route("/{path:path}", page)]
    middleware = [Middleware(Guard, hosts=allowed_hosts()), Middleware(Gate)]
    return Starlette(routes=routes, middleware=middleware)


def now() -> datetime:
    return datetime.now(UTC)


def cookie(token: str) -> str:
    return f"{settings().cookie}={token}"


def told(reply: Reply, key: str) -> bool:
    return Translator("zh")(key) in reply.text


def test_a_page_leads_to_the_sign_in_and_back(store: Store, way: str) -> None:
    for path in PAGE_PATHS:
        reply = ask(application(), path, "community=P001&x=1")
        assert reply.status == 303
        assert reply.headers["location"].startswith("/sign-in?next=%2F")
        assert reply.headers["location"].endswith("%3Fcommunity%3DP001%26x%3D1")


def test_everything_else_is_refused_to_nobody(store: Store, way: str) -> None:
    for path in OTHER_PATHS:
        for sent in ("", "rubbish", "x" * 5000):
            assert ask(application(), path, cookie=cookie(sent)).status == 401


def test_a_websocket_of_nobody_is_never_accepted(store: Store, way: str) -> None:
    sent = connect(application(), "/_stcore/stream", origin=f"http://{HERE}")
    assert [one["type"] for one in sent] == ["websocket.close"]


def test_without_sign_in_nothing_is_asked(store: Store) -> None:
    assert ask(application(), "/answer").text == "page"
    assert ask(application(), "/sign-in").text == "page"


def test_who_is_signed_in_gets_in_until_the_sign_in_ends(store: Store, accounts: str) -> None:
    app, token = application(), token_for(store, "li", VIEWER, at=now())
    assert ask(app, "/answer", cookie=cookie(token)).text == "page"
    assert ask(app, "/export/communities.csv", cookie=cookie(token)).status == 404
    sign_out(store, token, now())
    assert ask(app, "/answer", cookie=cookie(token)).status == 303
    assert ask(app, "/export/communities.csv", cookie=cookie(token)).status == 401


def test_a_message_after_the_end_reaches_nobody(
    store: Store, accounts: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = token_for(store, "li", VIEWER, at=now())
    add_person(store, "boss", Grant(Role.ADMIN), at=now())
    account = next(one for one in people.list_people(store) if one.login == "li")
    heard: list[bytes] = []

    async def disabling(socket: WebSocket) -> None:
        await socket.accept()
        heard.append(await socket.receive_bytes())
        people.disable(store, BY, account)
        heard.append(await socket.receive_bytes())

    routes = [WebSocketRoute("/_stcore/stream", disabling)]
    app = Starlette(routes=routes, middleware=[Middleware(Gate)])
    with pytest.raises(Exception, match="1008"):
        talk(app, "/_stcore/stream", [b"before", b"after"], cookie=cookie(token))
    assert heard == [b"before"]


def test_the_cookie_is_for_the_server_alone(
    store: Store, accounts: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_person(store, "li", VIEWER, at=now())
    form = {"login": "li", "password": PASSWORD, "next": "/answer?community=P001", "lang": "zh"}
    reply = post(application(), "/sign-in", form)
    assert (reply.status, reply.headers["location"]) == (303, "/answer?community=P001")
    monkeypatch.setenv("ASSESSMENT_BEHIND_TLS_PROXY", "true")
    settings.cache_clear()
    behind = post(application(), "/sign-in", form)
    for one, flags in ((reply, ["httponly", "samesite=lax", "path=/"]), (behind, ["secure"])):
        given = one.cookies[settings().cookie if one is behind else "assessment-sign-in"]
        assert all(flag in given.lower() for flag in flags)
        assert "domain" not in given.lower()
    assert settings().cookie.startswith("__Host-")


def test_signing_in_leads_nowhere_else(store: Store, accounts: str) -> None:
    add_person(store, "li", VIEWER, at=now())
    for goal in ELSEWHERE:
        form = {"login": "li", "password": PASSWORD, "next": goal}
        assert post(application(), "/sign-in", form).headers["location"] == "/"


@pytest.mark.parametrize("path", ["/sign-in", "/invitation"])
@pytest.mark.parametrize(
    "headers", [{"origin": "http://evil.example"}, {"content_length": "99999"}]
)
def test_a_form_from_elsewhere_or_too_large_is_refused(
    store: Store, accounts: str, path: str, headers: dict[str, str]
) -> None:
    add_person(store, "li", VIEWER, at=now())
    reply = post(application(), path, {"login": "li", "password": PASSWORD}, **headers)
    assert reply.status == 403
    assert "set-cookie" not in reply.headers


def test_a_wrong_password_keeps_the_login_and_says_so(store: Store, accounts: str) -> None:
    form = {"login": "<b>li", "password": "wrong password", "next": "/", "lang": "zh"}
    reply = post(application(), "/sign-in", form)
    assert reply.status == 401
    assert told(reply, "fault.sign_in_wrong")
    assert 'value="&lt;b&gt;li"' in reply.text
    assert "wrong password" not in reply.text
    for _ in range(4):
        reply = post(application(), "/sign-in", form)
    assert reply.status == 429
    assert told(reply, "fault.sign_in_wait")


def test_the_first_link_makes_the_administrator_who_can_sign_in(
    store: Store, accounts: str
) -> None:
    app, token = application(), first_admin_token(store, now())
    assert told(ask(app, "/invitation", f"token={token}"), "invitation.first_admin")
    form = {"token": token, "name": "王", "login": "wang", "password": PASSWORD, "again": "x"}
    assert told(post(app, "/invitation", form), "fault.passwords_differ")
    assert told(post(app, "/invitation", form | {"again": PASSWORD}), "invitation.done")
    assert told(post(app, "/invitation", form | {"again": PASSWORD}), "fault.invitation_invalid")
    assert post(app, "/sign-in", {"login": "wang", "password": PASSWORD}).status == 303


def test_a_person_without_roles_gets_no_file(store: Store, accounts: str) -> None:
    token = token_for(store, "li", at=now())
    assert ask(application(), "/export/columns.csv", cookie=cookie(token)).status == 404


def test_a_page_that_lost_its_connection_can_ask_why(store: Store, accounts: str) -> None:
    token = token_for(store, "li", VIEWER, at=now())
    assert ask(application(), "/sign-in/state", cookie=cookie(token)).status == 204
    sign_out(open_installation(), token, now())
    assert ask(application(), "/sign-in/state", cookie=cookie(token)).status == 401


def test_the_password_routes_do_nothing_where_a_provider_signs_in(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_person(store, "li", VIEWER, at=now())
    monkeypatch.setenv("ASSESSMENT_SIGN_IN", "oidc")
    settings.cache_clear()
    assert post(application(), "/sign-in", {"login": "li", "password": PASSWORD}).status == 403
