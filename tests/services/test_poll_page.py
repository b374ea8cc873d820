"""The page for residents: plain, open to anybody while it is switched on, and nothing else."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware

from assessment.domain.poll import Poll
from assessment.domain.sheet import Sheet
from assessment.language.translator import Translator
from assessment.server.gate import Gate
from assessment.server.guard import Guard
from assessment.server.poll_page import poll_routes
from assessment.server.start_checks import allowed_hosts
from assessment.services.hearing import voice_of
from assessment.services.polling import poll_of, questions_of, switch_off, switch_on
from assessment.settings import settings
from assessment.store.engine import Store
from tests.conftest import only_sqlite
from tests.services.asgi import Reply, ask, post
from tests.services.steps import SIGNATURE

pytestmark = only_sqlite


@pytest.fixture(autouse=True, params=["accounts"])
def sign_in(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """With accounts, because the page asks for none; some tests without them too."""
    monkeypatch.setenv("ASSESSMENT_SIGN_IN", request.param)
    settings.cache_clear()
    yield request.param
    settings.cache_clear()


@pytest.fixture
def poll(store: Store, sheet: Sheet) -> Poll:
    today = datetime.now(UTC).date()
    last = today + timedelta(days=3)
    switch_on(store, SIGNATURE, sheet, poll_of(store, sheet), today - timedelta(days=3), last)
    return poll_of(store, sheet)


@pytest.fixture
def app() -> Starlette:
    middleware = [Middleware(Guard, hosts=allowed_hosts()), Middleware(Gate)]
    return Starlette(routes=poll_routes(), middleware=middleware)


def form_of(reply: Reply) -> str:
    found = re.search('name="form" value="([^"]+)"', reply.text)
    assert found
    return found[1]


def answered(store: Store, sheet: Sheet) -> int:
    return sum(one.total.answered for one in voice_of(store, sheet).said)


@pytest.mark.parametrize("sign_in", ["none", "accounts"], indirect=True)
def test_it_shows_the_name_and_every_question_and_needs_no_script(
    store: Store, sheet: Sheet, poll: Poll, app: Starlette, text: Translator
) -> None:
    reply = ask(app, f"/poll/{poll.token}", f"lang={text.language}")
    assert reply.status == 200
    questions = questions_of(store, poll)
    for one in questions.questions:
        assert one.text.in_language(text.language) in reply.text.replace("&#39;", "'")
        assert reply.text.count(f'name="{one.id}"') == 6
    assert sheet.community.name(text.language) in reply.text
    assert sheet.community.code not in reply.text
    assert "<script" not in reply.text
    assert "checked" not in reply.text
    assert f'lang="{text.html_language}"' in reply.text
    policy = reply.headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert reply.headers["cache-control"] == "no-store"


def test_what_is_sent_counts_once_however_often_it_is_sent(
    store: Store, sheet: Sheet, poll: Poll, app: Starlette, text: Translator
) -> None:
    path = f"/poll/{poll.token}"
    fields = {"form": form_of(ask(app, path)), "R-08": "1", "R-01": "X", "lang": text.language}
    for _ in range(2):
        reply = post(app, path, fields)
        assert reply.status == 200
        assert text("poll.thanks") in reply.text
        assert text("poll.forms_not_persons") in reply.text
    assert answered(store, sheet) == 1
    assert form_of(ask(app, path)) != fields["form"]


def test_an_old_browser_that_names_no_origin_is_let_in_and_a_foreign_page_is_not(
    store: Store, sheet: Sheet, poll: Poll, app: Starlette
) -> None:
    path = f"/poll/{poll.token}"
    fields = {"form": form_of(ask(app, path)), "R-08": "1"}
    assert post(app, path, fields, origin="https://evil.example").status == 403
    assert answered(store, sheet) == 0
    assert post(app, path, fields, origin="").status == 200
    assert answered(store, sheet) == 1


def test_what_cannot_be_taken_stays_chosen(
    store: Store, sheet: Sheet, poll: Poll, app: Starlette, text: Translator
) -> None:
    path = f"/poll/{poll.token}"
    fields = {"form": form_of(ask(app, path)), "age": "from_60", "lang": text.language}
    reply = post(app, path, fields)
    assert reply.status == 400
    assert text("fault.poll_nothing_chosen") in reply.text
    assert reply.text.count("checked") == 1
    assert form_of(reply) == fields["form"]
    assert answered(store, sheet) == 0


def test_a_body_that_is_too_large_or_says_no_size_is_not_read(
    store: Store, sheet: Sheet, poll: Poll, app: Starlette
) -> None:
    path = f"/poll/{poll.token}"
    large = {"form": "form-number-0000001", "R-08": "1", "more": "x" * 20_000}
    assert post(app, path, large).status == 413
    for size in ("", "-1", "１２", "x"):
        fields = {"form": "form-number-0000001", "R-08": "1"}
        length = size.encode().decode("latin-1")
        assert post(app, path, fields, content_length=length).status == 413
    assert answered(store, sheet) == 0


def test_hostile_text_stays_text(poll: Poll, app: Starlette) -> None:
    nasty = '"><script>alert(1)</script>'
    reply = post(app, f"/poll/{poll.token}", {"form": nasty, "R-08": nasty, "lang": nasty})
    assert reply.status == 400
    assert "<script" not in reply.text


@pytest.mark.parametrize("token", ["nothing", "x" * 40, "0"])
def test_where_no_poll_is_open_a_plain_page_says_so(
    store: Store, app: Starlette, text: Translator, token: str
) -> None:
    reply = ask(app, f"/poll/{token}", f"lang={text.language}")
    assert reply.status == 404
    assert text("poll.not_open").split(".")[0].split("。")[0] in reply.text


def test_a_closed_page_looks_like_one_that_never_was(
    store: Store, sheet: Sheet, poll: Poll, app: Starlette
) -> None:
    switch_off(store, SIGNATURE, sheet, poll)
    closed, never = ask(app, f"/poll/{poll.token}"), ask(app, "/poll/nothing")
    assert (closed.status, closed.text) == (never.status, never.text)
    fields = {"form": "form-number-0000001", "R-08": "1"}
    assert post(app, f"/poll/{poll.token}", fields).status == 404
    assert answered(store, sheet) == 0


@pytest.mark.parametrize("sign_in", ["none", "accounts"], indirect=True)
@pytest.mark.parametrize("path", ["/poll", "/poll/", "/poll/../answer", "/poll/a/b", "/poll/A"])
def test_nothing_else_gets_open_with_it(
    store: Store, app: Starlette, sign_in: str, path: str
) -> None:
    assert ask(app, path).status == (404 if sign_in == "none" else 401)
