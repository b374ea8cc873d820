"""In front of everything: foreign hosts and origins are refused, every answer has its headers."""

import re

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket

from assessment.server.application import allowed_hosts
from assessment.server.guard import Guard
from tests.services.asgi import HERE, ask, connect

PATHS = ["/", "/answer", "/readyz", "/missing", "/component/map/index.html", "/static/x.js"]
FOREIGN_HOSTS = [
    "",
    "evil.example",
    "evil.example:8501",
    "127.0.0.1.evil.example",
    "localhost.evil.example:8501",
    "192.168.0.10:8501",
    "[::1",
    "[",
    "127.0.0.1@evil.example",
]
FOREIGN_ORIGINS = [
    "http://evil.example",
    "https://evil.example:8501",
    "http://127.0.0.1:9999",
    "http://localhost:8501",
    "null",
    "file://",
    "http://[",
    "",
]


async def page(_request: object) -> PlainTextResponse:
    return PlainTextResponse("page")


async def cached(_request: object) -> PlainTextResponse:
    return PlainTextResponse("page", headers={"cache-control": "max-age=60"})


async def stream(socket: WebSocket) -> None:
    await socket.accept()
    await socket.close()


@pytest.fixture
def app() -> Starlette:
    known = [path for path in PATHS if path != "/missing"]
    routes = [Route(path, page) for path in known]
    routes += [Route("/_stcore/metrics", page), Route("/_stcore/agent/openapi.json", page)]
    routes += [Route("/media/x.csv", cached), WebSocketRoute("/_stcore/stream", stream)]
    return Starlette(routes=routes, middleware=[Middleware(Guard, hosts=allowed_hosts())])


def policy_of(policy: str, directive: str) -> list[str]:
    """The sources of one directive of a content security policy."""
    parts = [part.split() for part in policy.split(";")]
    (found,) = [part[1:] for part in parts if part and part[0] == directive]
    return found


@pytest.mark.parametrize("path", [*PATHS, "/_stcore/metrics"])
def test_every_answer_has_the_security_headers(app: Starlette, path: str) -> None:
    for headers in ({}, {"host": "evil.example"}, {"origin": "http://evil.example"}):
        found = ask(app, path, **headers).headers
        assert found["x-content-type-options"] == "nosniff"
        assert found["x-frame-options"] == "SAMEORIGIN"
        assert found["referrer-policy"] == "same-origin"
        assert found["cross-origin-opener-policy"] == "same-origin"
        assert "camera=()" in found["permissions-policy"]
        policy = found["content-security-policy"]
        assert policy_of(policy, "default-src") == ["'self'"]
        assert policy_of(policy, "frame-ancestors") == ["'self'"]
        assert policy_of(policy, "object-src") == ["'none'"]
        assert policy_of(policy, "connect-src") == ["'self'"]


@pytest.mark.parametrize("path", ["/", "/answer", "/missing", "/static/x.js", "/components"])
def test_a_page_runs_no_inline_script_but_those_of_its_shell(app: Starlette, path: str) -> None:
    sources = policy_of(ask(app, path).headers["content-security-policy"], "script-src")
    hashes = [one for one in sources if re.fullmatch(r"'sha256-[A-Za-z0-9+/]{43}='", one)]
    assert hashes
    assert set(sources) - set(hashes) == {"'self'", "'wasm-unsafe-eval'"}


def test_only_the_frame_of_a_component_may_run_inline_scripts(app: Starlette) -> None:
    policy = ask(app, "/component/map/index.html").headers["content-security-policy"]
    assert policy_of(policy, "script-src") == ["'self'", "'unsafe-inline'", "'unsafe-eval'"]
    assert not re.search(r"https?:|\*", policy)


@pytest.mark.parametrize("path", PATHS)
def test_no_policy_lets_a_request_out(app: Starlette, path: str) -> None:
    assert not re.search(r"https?:|\*", ask(app, path).headers["content-security-policy"])


def test_data_is_not_kept_by_browsers_and_files_that_never_change_are(app: Starlette) -> None:
    for path in ("/", "/answer", "/readyz", "/missing"):
        assert ask(app, path).headers["cache-control"] == "no-store"
    assert "cache-control" not in ask(app, "/static/x.js").headers
    assert ask(app, "/media/x.csv").headers["cache-control"] == "max-age=60"


@pytest.mark.parametrize("host", ["127.0.0.1:8501", "localhost:8501", "LOCALHOST", "[::1]:8501"])
def test_this_machine_is_answered_under_all_its_names(app: Starlette, host: str) -> None:
    assert ask(app, "/", host=host).status == 200
    assert ask(app, "/", host=host, origin=f"http://{host}").status == 200


@pytest.mark.parametrize("host", FOREIGN_HOSTS)
def test_a_foreign_host_is_refused(app: Starlette, host: str) -> None:
    assert ask(app, "/", host=host).status == 403
    assert connect(app, "/_stcore/stream", host=host)[0]["type"] == "websocket.close"


@pytest.mark.parametrize("origin", FOREIGN_ORIGINS)
def test_a_foreign_origin_is_refused_before_anything_looks_at_it(
    app: Starlette, origin: str
) -> None:
    assert ask(app, "/", origin=origin).status == 403
    sent = connect(app, "/_stcore/stream", origin=origin)
    assert sent == [{"type": "websocket.close", "code": 1008}]


def test_a_websocket_of_the_page_itself_is_let_in(app: Starlette) -> None:
    sent = connect(app, "/_stcore/stream", origin=f"http://{HERE}")
    assert sent[0]["type"] == "websocket.accept"


@pytest.mark.parametrize(
    "path", ["/_stcore/metrics", "/_stcore/metrics/", "/_stcore/agent/openapi.json"]
)
def test_what_is_for_nobody_is_closed(app: Starlette, path: str) -> None:
    reply = ask(app, path)
    assert (reply.status, reply.body) == (403, b"Forbidden")
