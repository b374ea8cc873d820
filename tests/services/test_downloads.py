"""Downloads: the right bytes under the right name, and a sentence where there is nothing."""

import csv
import io
from datetime import UTC, datetime
from urllib.parse import unquote

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware

from assessment.domain.records import Community
from assessment.domain.sheet import Sheet
from assessment.language.translator import LANGUAGES, Translator
from assessment.server import downloads
from assessment.server.application import allowed_hosts
from assessment.server.guard import Guard
from assessment.services import sample
from assessment.services.communities import begin, list_rounds
from assessment.services.exports import (
    COMMUNITIES,
    CSV,
    DICTIONARY,
    ITEMS,
    SUMMARY,
    community_export,
    dictionary_export,
)
from assessment.services.selection import Selection
from assessment.services.selection_exports import Wish, selection_export
from assessment.store import communities
from assessment.store.engine import Store
from tests.conftest import NOW
from tests.services.asgi import ask
from tests.services.steps import SIGNATURE, say

KINDS = (ITEMS, SUMMARY, COMMUNITIES, DICTIONARY)


class FixedClock(datetime):
    """A clock that stands still."""

    @classmethod
    def now(cls, tz=None):
        return datetime(2026, 11, 25, 9, 30, tzinfo=UTC)


@pytest.fixture
def app(monkeypatch: pytest.MonkeyPatch, store: Store) -> Starlette:
    monkeypatch.setattr(downloads, "datetime", FixedClock)
    monkeypatch.setattr(downloads, "open_installation", lambda: store)
    middleware = [Middleware(Guard, hosts=allowed_hosts())]
    return Starlette(routes=downloads.download_routes(), middleware=middleware)


def query_of(sheet: Sheet, language: str = "zh") -> str:
    return f"community={sheet.community.code}&round={sheet.round.id}&lang={language}"


def expected(store: Store, sheet: Sheet, kind: str, text: Translator) -> tuple[str, bytes]:
    """Name and bytes that the services make for the same wish."""
    at, code, one = FixedClock.now(), sheet.community.code, sheet.round.id
    if kind == COMMUNITIES:
        export = selection_export(store, Wish(text, one, Selection(), at), kind, CSV)
    elif kind == DICTIONARY:
        export = dictionary_export(store, text, one)
    else:
        export = community_export(store, text, kind, code, one, at)
    assert export is not None
    return export.name, b"".join(export.lines)


@pytest.mark.parametrize("kind", KINDS)
def test_every_file_has_the_right_bytes_and_headers(
    store: Store, sheet: Sheet, app: Starlette, kind: str, text: Translator
) -> None:
    say(store, sheet, "F-01", "note", "=1+1，附件")
    reply = ask(app, f"/export/{kind}.csv", query_of(sheet, text.language))
    name, content = expected(store, sheet, kind, text)
    assert reply.status == 200
    assert reply.body == content
    assert reply.body.startswith(b"\xef\xbb\xbf")
    assert reply.headers["content-type"] == "text/csv; charset=utf-8"
    assert reply.headers["cache-control"] == "no-store"
    assert reply.headers["x-content-type-options"] == "nosniff"
    assert file_name(reply.headers["content-disposition"]) == name


def file_name(disposition: str) -> str:
    """The name in ``filename*``; the plain one is there for old programs."""
    start = "attachment; filename=\"export.csv\"; filename*=UTF-8''"
    assert disposition.startswith(start)
    assert disposition.isascii()
    return unquote(disposition.removeprefix(start))


def test_the_file_is_named_after_community_and_round_in_the_readers_language(
    sheet: Sheet, app: Starlette
) -> None:
    names = {
        language: file_name(
            ask(app, "/export/items.csv", query_of(sheet, language)).headers["content-disposition"]
        )
        for language in LANGUAGES
    }
    assert names["zh"] == f"C00001_测试社区_{sheet.round.id}_逐项结果.csv"
    assert names["en"].startswith(f"C00001_Test Community_{sheet.round.id}_")


@pytest.mark.parametrize("name", ['a/b\\"c";x', "../../etc", "两\n行", "a\r\nX-Evil: 1"])
def test_a_name_cannot_break_out_of_the_header(
    store: Store, sheet: Sheet, app: Starlette, name: str
) -> None:
    """However it came into the register: typing such a name is refused today."""
    named = Community("X1", name, adcode="110105")
    with store.writing() as connection:
        communities.add_community(connection, named, NOW)
    begun = begin(store, SIGNATURE, named, sheet.round)
    query = f"community={begun.community}&round={begun.round}&lang=zh"
    reply = ask(app, "/export/items.csv", query)
    assert name in file_name(reply.headers["content-disposition"])
    assert not set('\r\n\\/"') & set(reply.headers["content-disposition"].split("''")[1])
    assert "x-evil" not in reply.headers


def test_a_file_of_the_sample_says_so_in_its_name(
    store: Store, sheet: Sheet, app: Starlette
) -> None:
    sample.load(store, SIGNATURE)
    community = sample.first(store)
    assert community is not None
    one = next(one for one in list_rounds(store) if one.sample)
    for kind, query in (
        ("items", f"community={community.code}&round={one.id}&lang=zh"),
        ("communities", f"round={one.id}&lang=zh"),
    ):
        reply = ask(app, f"/export/{kind}.csv", query)
        assert file_name(reply.headers["content-disposition"]).startswith("示例_")
        lines = list(csv.reader(io.StringIO(reply.body.decode("utf-8-sig"))))
        assert {line[lines[1].index("sample")] for line in lines[2:]} == {"sample"}


@pytest.mark.parametrize(
    ("kind", "query"),
    [
        (ITEMS, ""),
        (ITEMS, "community=X99999&round={round}"),
        (ITEMS, "community=P001&round={round}"),
        (SUMMARY, "community={code}&round=1999-1"),
        (SUMMARY, "community={code}%00&round={round}"),
        (COMMUNITIES, "round=1999-1"),
        (COMMUNITIES, "round=" + "9" * 5000),
        (DICTIONARY, ""),
    ],
)
def test_where_there_is_nothing_a_sentence_says_so(
    sheet: Sheet, app: Starlette, kind: str, query: str, text: Translator
) -> None:
    about = query.format(code=sheet.community.code, round=sheet.round.id)
    reply = ask(app, f"/export/{kind}.csv", f"{about}&lang={text.language}")
    assert reply.status == 404
    assert reply.headers["content-type"] == "text/plain; charset=utf-8"
    assert reply.text == text("export.nothing")


def test_another_kind_of_file_is_not_there(app: Starlette, sheet: Sheet) -> None:
    assert ask(app, "/export/everything.csv", query_of(sheet)).status == 404


def test_a_database_that_cannot_be_read_is_said_so(
    app: Starlette, sheet: Sheet, text: Translator, monkeypatch: pytest.MonkeyPatch, tmp_path
) -> None:
    (tmp_path / "broken.db").write_bytes(b"no database" * 500)
    broken = Store(f"sqlite:///{tmp_path / 'broken.db'}")
    monkeypatch.setattr(downloads, "open_installation", lambda: broken)
    reply = ask(app, "/export/items.csv", query_of(sheet, text.language))
    assert reply.status == 503
    assert reply.text == text("not_read.damaged")
