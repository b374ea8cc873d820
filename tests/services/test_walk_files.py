"""The walk-round sheet and the offline workbook as files: who gets them, and what they hold."""

import pytest
from starlette.applications import Starlette

from assessment.domain.records import Community
from assessment.domain.sheet import Sheet
from assessment.server import downloads
from assessment.services import sample
from assessment.services.communities import list_rounds
from assessment.services.paper_exports import WALK_SHEETS, paper_formats
from assessment.store.engine import Store
from tests.domain.shipped import FRAMEWORK
from tests.reports.filled_workbook import read_offline_workbook
from tests.services.asgi import ask
from tests.services.steps import SIGNATURE, say, say_all
from tests.services.test_papers import HOSTILE, Tags, words_of

FILES = [*(f"{kind}.{ending}" for kind in WALK_SHEETS for ending in paper_formats())]
FILES.append("offline_workbook.xlsx")


@pytest.fixture
def app(monkeypatch: pytest.MonkeyPatch, store: Store) -> Starlette:
    monkeypatch.setattr(downloads, "open_installation", lambda: store)
    return Starlette(routes=downloads.download_routes())


def test_the_files_hold_what_was_saved_and_run_nothing(
    store: Store, sheet: Sheet, app: Starlette
) -> None:
    say_all(store, sheet, {"F-03": "none", "households": "1240"})
    say(store, sheet, "F-18", "note", HOSTILE)
    about = f"community={sheet.community.code}&round={sheet.round.id}&lang=zh"
    page = Tags(ask(app, "/export/walk_sheet.html", about).body.decode())
    assert HOSTILE in page.words
    assert not [tag for tag, found in page.tags if tag == "script" or "onerror" in found]
    assert HOSTILE in words_of(ask(app, "/export/walk_sheet.docx", about).body)
    reply = ask(app, "/export/offline_workbook.xlsx", about)
    assert reply.headers["content-type"].endswith("spreadsheetml.sheet")
    pages = read_offline_workbook(reply.body)
    row = pages["items"].row("item", "F-03")
    assert row["answer"].text == FRAMEWORK.item("F-03").steps[0].label.zh
    assert row["revision"].text == "1"
    assert pages["items"].row("item", "F-18")["note"].text == HOSTILE
    assert pages["facts"].row("fact", "households")["value"].text == "1240"


def test_a_community_that_has_not_begun_gets_them_and_nothing_is_begun(
    store: Store, community: Community, app: Starlette
) -> None:
    about = f"community={community.code}&round={list_rounds(store)[0].id}&lang=en"
    replies = {name: ask(app, f"/export/{name}", about) for name in FILES}
    assert {one.status for one in replies.values()} == {200}
    lines = words_of(replies["walk_sheet.docx"].body).splitlines()
    assert {item.id for item in FRAMEWORK.items} <= set(lines)
    rows = read_offline_workbook(replies["offline_workbook.xlsx"].body)["items"].rows
    assert {row["revision"].text for row in rows} == {"0"}
    assert ask(app, "/export/items.csv", about).status == 404


def test_nothing_is_told_of_what_is_not_there(app: Starlette, sheet: Sheet, store: Store) -> None:
    one = list_rounds(store)[0]
    sample.load(store, SIGNATURE)
    invented = sample.first(store)
    assert invented is not None
    for name in FILES:
        for community, wanted in (
            ("X9", one.id),
            (sheet.community.code, "1999-1"),
            (invented.code, one.id),
        ):
            about = f"community={community}&round={wanted}&lang=zh"
            assert ask(app, f"/export/{name}", about).status == 404
