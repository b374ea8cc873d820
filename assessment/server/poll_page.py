"""The page on which anybody may answer a poll: plain HTML, without script, for any phone.

It needs no sign-in and asks no name. Somebody else's form that is sent here can do no more than
anybody can; so an old browser that names no origin is let in.
"""

import secrets
from collections.abc import Mapping
from datetime import UTC, datetime

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from assessment.domain.errors import Fault, NotSaved, Refused
from assessment.domain.questionnaire import CHOICES, Question, Questionnaire
from assessment.language.translator import Translator, language_of
from assessment.server.plain_page import form, hidden, paragraph, plain_page, text_for
from assessment.server.sign_in import read_small_form
from assessment.services.public_polls import POLL_PATH, OpenPoll, open_poll, take_reply
from assessment.services.setup import open_installation
from assessment.ui.plain_text import Markup, html, joined

_SUBMISSION = "form"
_STATUS = {"poll_not_open": 404, "poll_wait": 429}
_TOO_LARGE = 413


def poll_routes() -> list[Route]:
    """The page of every poll, under its own address."""
    return [
        Route(f"{POLL_PATH}/{{token}}", _show, methods=["GET"]),
        Route(f"{POLL_PATH}/{{token}}", _take, methods=["POST"]),
    ]


async def _show(request: Request) -> Response:
    return await run_in_threadpool(_page, request, text_for(request), {})


async def _take(request: Request) -> Response:
    typed = await read_small_form(request)
    if typed is None:
        text = text_for(request)
        fault = text.fault(Fault("poll_form_broken"))
        return plain_page(request, text, text("poll.title"), paragraph(fault, "bad"), _TOO_LARGE)
    return await run_in_threadpool(_taken, request, typed)


def _taken(request: Request, typed: Mapping[str, str]) -> Response:
    text, token = Translator(language_of(typed.get("lang"))), request.path_params["token"]
    visitor = request.client.host if request.client else ""
    submission, now = typed.get(_SUBMISSION, ""), datetime.now(UTC)
    try:
        take_reply(open_installation(), token, submission, typed, visitor, now)
    except Refused as refused:
        fault = refused.faults[0]
        status = _STATUS.get(fault.code, 400)
        return _page(request, text, typed, text.fault(fault), status)
    except NotSaved as error:
        return _page(request, text, typed, text(f"not_saved.{error.reason}"), 503)
    body = paragraph(text("poll.thanks")) + paragraph(text("poll.forms_not_persons"), "hint")
    return plain_page(request, text, text("poll.thanks_title"), body)


def _page(
    request: Request,
    text: Translator,
    typed: Mapping[str, str],
    wrong: str = "",
    status: int = 200,
) -> Response:
    """The questions; what was chosen stays chosen where a form could not be taken."""
    token = request.path_params["token"]
    try:
        found = open_poll(open_installation(), token, datetime.now(UTC))
    except NotSaved as error:
        words = paragraph(text(f"not_read.{error.reason}"), "bad")
        return plain_page(request, text, text("poll.title"), words, 503)
    if found is None:
        words = paragraph(text("poll.not_open"))
        return plain_page(request, text, text("poll.title"), words, 404)
    body = _sample(text, found) + (paragraph(wrong, "bad") if wrong else Markup(""))
    body += paragraph(found.questionnaire.intro.in_language(text.language))
    parts = [hidden(_SUBMISSION, typed.get(_SUBMISSION) or secrets.token_urlsafe(18))]
    parts += _questions(text, found.questionnaire, typed)
    parts.append(paragraph(text("poll.forms_not_persons"), "hint"))
    body += form(f"{POLL_PATH}/{token}", parts, text("poll.send"), text.language)
    title = text("poll.of", community=found.community.name(text.language))
    return plain_page(request, text, title, body, status)


def _sample(text: Translator, found: OpenPoll) -> Markup:
    return paragraph(text("sample.notice")) if found.sample else Markup("")


def _questions(
    text: Translator, questionnaire: Questionnaire, typed: Mapping[str, str]
) -> list[Markup]:
    language = text.language
    parts = []
    for theme in questionnaire.themes:
        parts.append(html("<h2>{title}</h2>", title=theme.title.in_language(language)))
        parts += [_question(text, questionnaire, one, typed) for one in theme.questions]
    if questionnaire.ages:
        labels = {one.id: one.label.in_language(language) for one in questionnaire.ages}
        title = questionnaire.age_question.in_language(language)
        parts.append(_choose("age", title, labels, typed.get("age", "")))
    return parts


def _question(
    text: Translator, questionnaire: Questionnaire, question: Question, typed: Mapping[str, str]
) -> Markup:
    language = text.language
    labels = {one: questionnaire.choice_label(one).in_language(language) for one in CHOICES}
    number = questionnaire.number(question.id)
    title = f"{number}. {question.text.in_language(language)}"
    return _choose(question.id, title, labels, typed.get(question.id, ""))


def _choose(name: str, title: str, labels: Mapping[str, str], chosen: str) -> Markup:
    """One of several, each a line of its own that a thumb finds."""
    one = (
        '<label class="choice"><input type="radio" name="{name}" value="{value}"{checked}> '
        "{label}</label>"
    )
    choices = [
        html(
            one,
            name=name,
            value=value,
            checked=Markup(" checked") if value == chosen else "",
            label=label,
        )
        for value, label in labels.items()
    ]
    return html(
        "<fieldset><legend>{title}</legend>{choices}</fieldset>",
        title=title,
        choices=joined(choices),
    )
