"""Middleware behind the guard: where people have to sign in, nobody else gets any further.

Also every message of a page is asked about, not only its connection: a click, a fragment or a
typed text of somebody who was signed out or disabled meanwhile never reaches the page.
"""

import re
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assessment.domain.errors import NotSaved
from assessment.language.translator import Translator, language_of
from assessment.server.identity import person_asking
from assessment.services.public_polls import POLL_PATH
from assessment.settings import OIDC, settings
from assessment.ui.frame import page_names

SIGN_IN, SIGN_IN_STATE, INVITATION = "/sign-in", "/sign-in/state", "/invitation"
_OPEN = (SIGN_IN, SIGN_IN_STATE, INVITATION, "/readyz", "/favicon.png")
_OPEN_FOLDER = "/assets/page/"
# The pages on which residents answer; they tell of no person.
_OPEN_POLL = re.compile(POLL_PATH + "/[a-z0-9]{1,40}")
# Streamlit's own routes to a provider and back.
_OPEN_WITH_PROVIDER = ("/auth/login", "/oauth2callback")
_POLICY_VIOLATION = 1008


class Gate:
    """Lets through who has signed in, and what everybody needs in order to do so."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, or send to the sign-in."""
        if scope["type"] not in ("http", "websocket") or not _is_closed(scope["path"]):
            await self.app(scope, receive, send)
            return
        connection = HTTPConnection(scope)
        try:
            person = await run_in_threadpool(person_asking, connection)
        except NotSaved as error:
            await _answer(scope, receive, send, _not_read(connection, error))
            return
        if person is None:
            await _answer(scope, receive, send, _to_sign_in(connection))
        elif scope["type"] == "websocket":
            watch = _Watch(connection, receive, send)
            await self.app(scope, watch.receive, watch.send)
        else:
            await self.app(scope, receive, send)


class _Watch:
    """The messages of one page, for as long as its person is signed in."""

    def __init__(self, connection: HTTPConnection, receive: Receive, send: Send) -> None:
        self._connection, self._receive, self._send = connection, receive, send
        self._closed = False

    async def receive(self) -> Message:
        """The next message of the page; the end of all messages for who is not signed in."""
        message = await self._receive()
        if message["type"] != "websocket.receive" or await self._signed_in():
            return message
        self._closed = True
        await self._send({"type": "websocket.close", "code": _POLICY_VIOLATION})
        return {"type": "websocket.disconnect", "code": _POLICY_VIOLATION}

    async def send(self, message: Message) -> None:
        """What the page is sent; nothing any more once it is closed."""
        if not self._closed:
            await self._send(message)

    async def _signed_in(self) -> bool:
        try:
            return await run_in_threadpool(person_asking, self._connection) is not None
        except NotSaved:  # the page asks the same records, and then says what is wrong
            return True


def is_page(path: str) -> bool:
    """Whether it is the address of a page of the product."""
    return path == "/" or path.removeprefix("/") in page_names()


def _is_closed(path: str) -> bool:
    if not settings().needs_sign_in or path in _OPEN or path.startswith(_OPEN_FOLDER):
        return False
    if _OPEN_POLL.fullmatch(path):
        return False
    return not (settings().sign_in == OIDC and path in _OPEN_WITH_PROVIDER)


def _to_sign_in(connection: HTTPConnection) -> Response:
    path, query = connection.url.path, connection.url.query
    if is_page(path):
        wanted = quote(f"{path}?{query}" if query else path, safe="")
        return RedirectResponse(f"{SIGN_IN}?next={wanted}", status_code=303)
    return PlainTextResponse(_text(connection)("sign_in.first"), status_code=401)


def _not_read(connection: HTTPConnection, error: NotSaved) -> Response:
    return PlainTextResponse(_text(connection)(f"not_read.{error.reason}"), status_code=503)


def _text(connection: HTTPConnection) -> Translator:
    wished = connection.query_params.get("lang") or connection.headers.get("accept-language")
    return Translator(language_of(wished))


async def _answer(scope: Scope, receive: Receive, send: Send, response: Response) -> None:
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": _POLICY_VIOLATION})
        return
    await response(scope, receive, send)
