"""The routes of signing in: plain pages of our own, and the cookie that only they set."""

from collections.abc import Mapping
from datetime import UTC, datetime
from urllib.parse import urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from assessment.domain.errors import NotSaved, Refused
from assessment.language.translator import Translator, language_of
from assessment.server.gate import INVITATION, SIGN_IN, SIGN_IN_STATE, is_page
from assessment.server.identity import person_asking
from assessment.server.plain_page import field, form, hidden, paragraph, plain_page, text_for
from assessment.server.provider import Named, forget_provider, named, provider_address
from assessment.services.setup import open_installation
from assessment.services.sign_in import sign_in, sign_in_as
from assessment.settings import OIDC, settings
from assessment.ui.plain_text import Markup, html

_NEXT = "assessment-next"
_NEXT_SECONDS = 600
_LARGEST_FORM = 16_384


def sign_in_routes() -> list[Route]:
    """The routes of signing in; there are none where nobody signs in."""
    if not settings().needs_sign_in:
        return []
    return [
        Route(SIGN_IN, _show, methods=["GET"]),
        Route(SIGN_IN, _take, methods=["POST"]),
        Route(SIGN_IN_STATE, _state, methods=["GET"]),
    ]


async def read_form(request: Request) -> Mapping[str, str] | None:
    """The fields of a form of our own; ``None`` if it did not come from one of our pages."""
    # The guard has seen that an origin is our own; every browser names it with a form.
    return await read_small_form(request) if request.headers.get("origin") else None


async def read_small_form(request: Request) -> Mapping[str, str] | None:
    """The fields of a form; ``None`` if it is larger than any of ours, or says no size."""
    size = request.headers.get("content-length", "")
    if not (size.isascii() and size.isdigit()) or int(size) > _LARGEST_FORM:
        return None
    return {name: str(value) for name, value in (await request.form()).items()}


def signed_in(request: Request, token: str, goal: str) -> Response:
    """The answer that carries the cookie and leads on."""
    response = RedirectResponse(goal, status_code=303)
    response.set_cookie(
        settings().cookie,
        token,
        max_age=settings().session_hours * 3600,
        path="/",
        httponly=True,
        samesite="lax",
        secure=settings().behind_tls_proxy,
    )
    response.delete_cookie(_NEXT, path="/")
    forget_provider(request, response)
    return response


def safe_goal(wanted: str) -> str:
    """Where to go after signing in: a page of ours, or the start page."""
    try:
        parts = urlsplit(wanted)
    except ValueError:
        return "/"
    ours = is_page(parts.path) or parts.path == INVITATION
    return wanted if ours and not parts.netloc and not parts.scheme and len(wanted) < 2000 else "/"


def to_provider(text: Translator, words: str) -> Markup:
    """The link with which the way to the provider begins."""
    return html(
        '{words}<p><a class="button" href="{address}">{label}</a></p>',
        words=paragraph(words),
        address=provider_address(),
        label=text("sign_in.with_provider"),
    )


def remember_goal(response: Response, goal: str) -> Response:
    """Keep where to go while the person is away at the provider."""
    if goal != "/":
        secure = settings().behind_tls_proxy
        response.set_cookie(
            _NEXT, goal, _NEXT_SECONDS, path="/", httponly=True, samesite="lax", secure=secure
        )
    return response


async def _show(request: Request) -> Response:
    return await run_in_threadpool(_shown, request)


def _shown(request: Request) -> Response:
    text, goal = text_for(request), safe_goal(request.query_params.get("next", "/"))
    try:
        if person_asking(request) is not None:
            return RedirectResponse(goal, status_code=303)
        if settings().sign_in == OIDC:
            return _with_provider(request, text, goal)
    except NotSaved as error:
        return _not_read(request, text, error)
    return _password_page(request, text, goal)


def _with_provider(request: Request, text: Translator, goal: str) -> Response:
    who = named(request)
    if goal == "/":
        goal = safe_goal(request.cookies.get(_NEXT, "/"))
    if who is None:
        body = to_provider(text, text("sign_in.provider_how"))
        return remember_goal(plain_page(request, text, text("sign_in.title"), body), goal)
    if goal.startswith(INVITATION):
        return RedirectResponse(goal, status_code=303)
    now = datetime.now(UTC)
    try:
        token = sign_in_as(open_installation(), who.issuer, who.subject, who.proof, now)
    except Refused as refused:
        return _refused_by_name(request, text, who, refused)
    return signed_in(request, token, goal)


def _refused_by_name(request: Request, text: Translator, who: Named, refused: Refused) -> Response:
    body = paragraph(text.fault(refused.faults[0]), "bad")
    if refused.faults[0].code == "sign_in_unknown":
        body += html(
            "<dl><dt>{issuer_label}</dt><dd>{issuer}</dd>"
            "<dt>{subject_label}</dt><dd>{subject}</dd></dl>",
            issuer_label=text("people.issuer"),
            issuer=who.issuer,
            subject_label=text("people.subject"),
            subject=who.subject,
        )
    body += to_provider(text, text("sign_in.provider_again"))
    response = plain_page(request, text, text("sign_in.title"), body, 403)
    forget_provider(request, response)
    return response


def _password_page(
    request: Request,
    text: Translator,
    goal: str,
    login: str = "",
    wrong: str = "",
    status: int = 200,
) -> Response:
    fields = [
        hidden("next", goal),
        field("login", text("sign_in.login"), "username", login, first=not login),
        field(
            "password",
            text("sign_in.password"),
            "current-password",
            kind="password",
            first=bool(login),
        ),
    ]
    body = paragraph(wrong, "bad") if wrong else Markup("")
    body += form(SIGN_IN, fields, text("sign_in.button"), text.language)
    body += paragraph(text("sign_in.forgotten"), "hint")
    return plain_page(request, text, text("sign_in.title"), body, status)


async def _take(request: Request) -> Response:
    typed = await read_form(request)
    if typed is None or settings().sign_in == OIDC:
        return PlainTextResponse(text_for(request)("sign_in.first"), status_code=403)
    return await run_in_threadpool(_taken, request, typed)


def _taken(request: Request, typed: Mapping[str, str]) -> Response:
    text = Translator(language_of(typed.get("lang")))
    login, goal = typed.get("login", ""), safe_goal(typed.get("next", "/"))
    address = request.client.host if request.client else ""
    now = datetime.now(UTC)
    try:
        token = sign_in(open_installation(), login, typed.get("password", ""), address, now)
    except Refused as refused:
        fault = refused.faults[0]
        status = 429 if fault.code == "sign_in_wait" else 401
        return _password_page(request, text, goal, login, text.fault(fault), status)
    except NotSaved as error:
        return _not_read(request, text, error)
    return signed_in(request, token, goal)


async def _state(request: Request) -> Response:
    """Asked by a page that has lost its connection: is it the sign-in that is over?"""
    try:
        person = await run_in_threadpool(person_asking, request)
    except NotSaved:
        return Response(status_code=503)
    return Response(status_code=204 if person else 401)


def _not_read(request: Request, text: Translator, error: NotSaved) -> Response:
    body = paragraph(text(f"not_read.{error.reason}"), "bad")
    return plain_page(request, text, text("sign_in.title"), body, 503)
