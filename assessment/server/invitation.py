"""The page behind a one-time link: set a password, or become the first administrator."""

from collections.abc import Mapping
from datetime import UTC, datetime

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from assessment.domain.accounts import SHORTEST_PASSWORD
from assessment.domain.errors import Fault, NotSaved, Refused
from assessment.language.translator import Translator, language_of
from assessment.server.gate import INVITATION, SIGN_IN
from assessment.server.plain_page import field, form, hidden, paragraph, plain_page, text_for
from assessment.server.provider import named
from assessment.server.sign_in import read_form, remember_goal, signed_in, to_provider
from assessment.services.invitations import (
    FIRST_ADMIN,
    claim_first_admin,
    invited,
    make_first_admin,
    set_password,
)
from assessment.services.setup import open_installation
from assessment.services.sign_in import sign_in_as
from assessment.settings import OIDC, settings
from assessment.ui.plain_text import Markup, html


def invitation_routes() -> list[Route]:
    """The route of one-time links; there is none where nobody signs in."""
    if not settings().needs_sign_in:
        return []
    return [
        Route(INVITATION, _show, methods=["GET"]),
        Route(INVITATION, _take, methods=["POST"]),
    ]


async def _show(request: Request) -> Response:
    token = request.query_params.get("token", "")[:200]
    return await run_in_threadpool(_page, request, text_for(request), {"token": token})


async def _take(request: Request) -> Response:
    typed = await read_form(request)
    if typed is None:
        return PlainTextResponse(text_for(request)("sign_in.first"), status_code=403)
    return await run_in_threadpool(_taken, request, typed)


def _taken(request: Request, typed: Mapping[str, str]) -> Response:
    text = Translator(language_of(typed.get("lang")))
    try:
        return _done(request, text, typed)
    except Refused as refused:
        return _page(request, text, typed, text.fault(refused.faults[0]), 400)
    except NotSaved as error:
        return _page(request, text, typed, text(f"not_saved.{error.reason}"), 503)


def _done(request: Request, text: Translator, typed: Mapping[str, str]) -> Response:
    store, now = open_installation(), datetime.now(UTC)
    token, name = typed.get("token", ""), typed.get("name", "")
    found, _ = invited(store, token, now)
    if settings().sign_in == OIDC:
        who = named(request)
        if who is None:
            return _page(request, text, typed)
        claim_first_admin(store, token, name, who.issuer, who.subject, now)
        return signed_in(request, sign_in_as(store, who.issuer, who.subject, who.proof, now), "/")
    if typed.get("password") != typed.get("again"):
        raise Refused([Fault("passwords_differ")])
    password = typed.get("password", "")
    if found.kind == FIRST_ADMIN:
        make_first_admin(store, token, name, typed.get("login", ""), password, now)
    else:
        set_password(store, token, password, now)
    body = paragraph(text("invitation.done")) + html(
        '<p><a class="button" href="{to}">{label}</a></p>',
        to=f"{SIGN_IN}?lang={text.language}",
        label=text("sign_in.title"),
    )
    return plain_page(request, text, text("invitation.title"), body)


def _page(
    request: Request,
    text: Translator,
    typed: Mapping[str, str],
    wrong: str = "",
    status: int = 200,
) -> Response:
    title, token = text("invitation.title"), typed.get("token", "")
    body = paragraph(wrong, "bad") if wrong else Markup("")
    try:
        found, login = invited(open_installation(), token, datetime.now(UTC))
    except Refused as refused:
        return plain_page(
            request, text, title, paragraph(text.fault(refused.faults[0]), "bad"), 404
        )
    except NotSaved as error:
        return plain_page(request, text, title, paragraph(text(f"not_read.{error.reason}")), 503)
    if settings().sign_in == OIDC and named(request) is None:
        body += to_provider(text, text("invitation.provider_first"))
        goal = f"{INVITATION}?token={token}"
        return remember_goal(plain_page(request, text, title, body, status), goal)
    first = found.kind == FIRST_ADMIN
    body += paragraph(text("invitation.first_admin") if first else text("invitation.password"))
    fields = [hidden("token", token), *_fields(request, text, typed, first, login)]
    body += form(INVITATION, fields, text("invitation.button"), text.language)
    return plain_page(request, text, title, body, status)


def _fields(
    request: Request, text: Translator, typed: Mapping[str, str], first: bool, login: str
) -> list[Markup]:
    fields = []
    who = named(request) if settings().sign_in == OIDC else None
    if first:
        name = typed.get("name") or (who.name if who else "")
        fields.append(field("name", text("people.name"), "name", name, first=True))
    if who is not None:
        return fields
    login = typed.get("login", login)
    if first:
        fields.append(field("login", text("sign_in.login"), "username", login))
    else:
        fields.append(
            html("<p>{label} <b>{login}</b></p>", label=text("sign_in.login"), login=login)
        )
    hint = text("invitation.password_hint", shortest=SHORTEST_PASSWORD)
    kind, fill = "password", "new-password"
    return [
        *fields,
        field("password", text("invitation.new_password"), fill, kind=kind, hint=hint),
        field("again", text("invitation.again"), fill, kind=kind),
    ]
