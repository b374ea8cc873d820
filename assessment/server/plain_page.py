"""Pages outside the product, for who is not signed in: plain HTML without any script."""

from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import HTMLResponse

from assessment.language.translator import LANGUAGES, Translator, language_of
from assessment.ui.plain_text import Markup, html, joined

_PAGE = """<!doctype html>
<html lang="{lang}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title} · {app}</title>
<link rel="icon" href="/assets/page/icon.png">
<link rel="stylesheet" href="/assets/page/sign_in.css"></head>
<body><header><strong>{app}</strong><nav aria-label="{choose}">{languages}</nav></header>
<main><h1>{title}</h1>{body}</main></body></html>
"""
_FIELD = """<label for="{name}">{label}</label>
<input id="{name}" name="{name}" type="{kind}" value="{value}" autocomplete="{fill}"
 maxlength="200" required{first}>{hint}"""
_NAMES = {"zh": "中文", "en": "English"}


def text_for(request: Request) -> Translator:
    """Texts in the language of the link, else the browser's."""
    wished = request.query_params.get("lang") or request.headers.get("accept-language")
    return Translator(language_of(wished))


def plain_page(
    request: Request, text: Translator, title: str, body: Markup, status: int = 200
) -> HTMLResponse:
    """A whole page."""
    page = html(
        _PAGE,
        lang=text.html_language,
        title=title,
        app=text("app.title"),
        choose=text("frame.language"),
        languages=joined([_language(request, text, one) for one in LANGUAGES]),
        body=body,
    )
    return HTMLResponse(str(page), status)


def paragraph(words: str, kind: str = "") -> Markup:
    """A paragraph; ``kind`` is ``bad`` for what went wrong, else empty."""
    role = Markup(' role="alert"') if kind == "bad" else ""
    return html('<p class="{kind}"{role}>{words}</p>', kind=kind, role=role, words=words)


def form(action: str, fields: list[Markup], button: str, lang: str) -> Markup:
    """A form that is sent to our own route."""
    return html(
        '<form method="post" action="{action}"><input type="hidden" name="lang" value="{lang}">'
        '{fields}<button type="submit">{button}</button></form>',
        action=action,
        lang=lang,
        fields=joined(fields),
        button=button,
    )


def hidden(name: str, value: str) -> Markup:
    """A value that goes along with a form."""
    return html('<input type="hidden" name="{name}" value="{value}">', name=name, value=value)


def field(
    name: str,
    label: str,
    fill: str,
    value: str = "",
    kind: str = "text",
    hint: str = "",
    first: bool = False,
) -> Markup:
    """One labelled box; ``fill`` is what browsers may fill in."""
    return html(
        _FIELD,
        name=name,
        label=label,
        fill=fill,
        value=value,
        kind=kind,
        hint=html('<p class="hint">{hint}</p>', hint=hint) if hint else "",
        first=Markup(" autofocus") if first else "",
    )


def _language(request: Request, text: Translator, one: str) -> Markup:
    if one == text.language:
        return html('<span aria-current="true">{name}</span>', name=_NAMES[one])
    query = urlencode({**request.query_params, "lang": one})
    return html(
        '<a href="?{query}" lang="{one}">{name}</a>', query=query, one=one, name=_NAMES[one]
    )
