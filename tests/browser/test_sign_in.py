"""Local accounts in a browser: the way in, and every way in which it ends."""

import re
import time
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from sqlalchemy import select
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.exceptions import ConnectionClosed, InvalidStatus

from assessment.domain.accounts import Account
from assessment.domain.permissions import Grant, Role
from assessment.domain.records import Signature
from assessment.language.translator import Language
from assessment.services.people import disable, invite
from assessment.services.sign_in import sign_in
from assessment.store import tables
from tests.browser.conftest import DESKTOP, NewContext
from tests.browser.looks import (
    CHINESE,
    barriers,
    chinese_lines,
    raw_keys,
    sideways,
    small_buttons,
)
from tests.browser.records import Records
from tests.browser.seen import button, choice, every_text, open_page, seen, settled
from tests.people import PASSWORD, Cast, add_person, make_cast
from tests.raw_client import RawClient, everything, raw_client, widget_ids
from tests.running_server import RunningServer

COOKIE = "assessment-sign-in"
OPEN, NONE = "已开放", "无"
PHONE = {"width": 390, "height": 800}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    """The program with local accounts."""
    home = tmp_path_factory.mktemp("accounts")
    running = RunningServer(home, environment={"ASSESSMENT_SIGN_IN": "accounts"}).start()
    yield running
    running.stop()
    assert "Traceback" not in running.log, running.log[-4000:]


@pytest.fixture(scope="module")
def cast(server: RunningServer, records: Records) -> Cast:
    """The communities of the test; ``far`` has an answer that nobody else may hear of."""
    made = make_cast(records.store)
    for one in (made.near, made.far):
        records.colleague_saves(one.code, "F-01", "choice", "open")
    records.colleague_saves(made.far.code, "F-01", "note", "只给乙看的说明")
    return made


@pytest.fixture(scope="module")
def boss(cast: Cast, records: Records) -> Account:
    """An administrator."""
    return add_person(records.store, "boss", Grant(Role.ADMIN), at=datetime.now(UTC))


@pytest.fixture
def staff(cast: Cast, boss: Account, records: Records, request: pytest.FixtureRequest) -> Account:
    """Somebody who answers for ``near``, new for every test."""
    login = re.sub(r"\W", "-", request.node.name)[5:35].strip("-")
    return add_person(records.store, login, cast.grant(Role.STAFF), at=datetime.now(UTC))


def enter(page: Page, server: RunningServer, login: str, address: str = "/") -> Page:
    """Sign in as a person does, and wait for the page."""
    page.goto(server.url + address)
    page.get_by_label(re.compile("登录名|Login")).fill(login)
    page.get_by_label(re.compile("密码|Password")).fill(PASSWORD)
    page.get_by_role("button").click()
    settled(page)
    return page


def token_of(context: BrowserContext) -> str:
    """The cookie that the browser has; a script of the page cannot read it."""
    (found,) = (one for one in context.cookies() if one["name"] == COOKIE)
    assert found["httpOnly"]
    assert found["sameSite"] == "Lax"
    return found["value"]


def said_signed_out(page: Page) -> None:
    """The page tells that the sign-in is over, with the way back."""
    expect(page.get_by_text(re.compile("您已退出登录")).first).to_be_visible()
    expect(page.get_by_role("link", name="登录").first).to_be_visible()


def test_a_link_leads_through_the_sign_in_to_its_page(
    new_context: NewContext, server: RunningServer, cast: Cast, staff: Account
) -> None:
    page = new_context().new_page()
    page.set_viewport_size(PHONE)
    address = f"/answer?community={cast.near.code}&theme=facilities&group=basic"
    page.goto(server.url + address)
    expect(page.get_by_role("heading", name="登录")).to_be_visible()
    page.get_by_label("登录名").fill(staff.login)
    page.get_by_label("密码").fill("not this one")
    page.get_by_role("button").click()
    expect(page.get_by_role("alert")).to_contain_text("登录名或密码不对")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button").click()
    settled(page)
    assert page.url == server.url + address
    expect(choice(page, "F-01", OPEN)).to_be_checked()
    assert page.evaluate("document.cookie").count(COOKIE) == 0


def test_the_sign_in_speaks_english(new_context: NewContext, server: RunningServer) -> None:
    page = new_context().new_page()
    page.goto(server.url + "/overview")
    page.get_by_role("link", name="English").click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    page.get_by_role("link", name="中文").click()
    expect(page.get_by_role("heading", name="登录")).to_be_visible()


def test_signing_out_in_one_tab_ends_the_other_and_every_copy(
    new_context: NewContext, server: RunningServer, cast: Cast, staff: Account
) -> None:
    context = new_context()
    address = f"/answer?community={cast.near.code}&theme=facilities&group=basic"
    first = enter(context.new_page(), server, staff.login)
    second = open_page(context.new_page(), server, address)
    copied = f"{COOKIE}={token_of(context)}"
    button(first, "sign_out").click()
    said_signed_out(first)
    choice(second, "F-03", NONE).click()
    said_signed_out(second)
    with pytest.raises(InvalidStatus), raw_client(server.url, copied):
        pass
    second.get_by_role("link", name="登录").first.click()
    expect(second.get_by_role("heading", name="登录")).to_be_visible()


def test_who_is_disabled_is_out_at_the_next_click_and_nothing_is_saved(
    new_context: NewContext, server: RunningServer, cast: Cast, staff: Account, records: Records
) -> None:
    address = f"/answer?community={cast.near.code}&theme=facilities&group=basic"
    page = enter(new_context().new_page(), server, staff.login, address)
    disable(records.store, Signature("tester", datetime.now(UTC)), staff)
    choice(page, "F-02", NONE).click()
    said_signed_out(page)
    assert records.answer(cast.near.code, "F-02").choice == ""


def test_an_administrator_adds_somebody_who_then_signs_in(
    new_context: NewContext, server: RunningServer, boss: Account, cast: Cast
) -> None:
    page = enter(new_context().new_page(), server, boss.login, "/people")
    page.get_by_text("添加人员", exact=True).click()
    page.get_by_label("姓名", exact=True).fill("人员 zhaoliu")
    page.get_by_label("登录名", exact=True).fill("zhaoliu")
    button(page, "people-add").click()
    link = seen(page.get_by_test_id("stCode")).inner_text().strip()
    assert link.startswith(f"{server.url}/invitation?token=")
    other = new_context().new_page()
    other.goto(link)
    other.get_by_label("新密码").fill(PASSWORD)
    other.get_by_label("再输一次").fill(PASSWORD)
    other.get_by_role("button").click()
    other.get_by_role("link", name="登录").click()
    enter(other, server, "zhaoliu", "/sign-in")
    expect(other.get_by_text("您还没有任何角色")).to_be_visible()


@pytest.mark.parametrize(("lang", "size"), [("zh", DESKTOP), ("en", PHONE)])
def test_the_ways_in_and_the_page_of_people_are_for_everyone(
    new_context: NewContext,
    server: RunningServer,
    boss: Account,
    cast: Cast,
    records: Records,
    lang: Language,
    size: dict[str, int],
) -> None:
    now = datetime.now(UTC)
    staff = add_person(
        records.store, f"newcomer-{lang}-{time.monotonic_ns()}", cast.grant(Role.STAFF), at=now
    )
    page = new_context().new_page()
    page.set_viewport_size(size)  # type: ignore[arg-type]
    link = invite(records.store, Signature("tester", now), staff)
    for address in ("/sign-in?", f"/invitation?token={link}&", "/invitation?token=wrong&"):
        page.goto(f"{server.url}{address}lang={lang}")
        look_over(page, lang)
    enter(page, server, boss.login, f"/people?lang={lang}")
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true })")
    look_over(page, lang)
    button(page, f"people-open-{staff.id}").click()
    button(page, f"people-active-{staff.id}")
    settled(page)
    look_over(page, lang)


def look_over(page: Page, lang: Language) -> None:
    """One language, nobody shut out, and on a phone nothing sideways or too small."""
    lines = [re.sub(r"人员 [\w-]+", "", one) for one in every_text(page)]
    assert raw_keys(lines) == []
    assert chinese_lines(lines) == [] or lang == "zh"
    headings = page.get_by_role("heading").all_inner_texts()
    assert all(bool(CHINESE.search(one)) == (lang == "zh") for one in headings)
    expect(page.locator("html")).to_have_attribute("lang", {"zh": "zh-CN", "en": "en"}[lang])
    assert sideways(page) == 0
    assert small_buttons(page) == []
    assert barriers(page) == {}


def test_a_client_that_is_no_browser_gets_nothing_of_others_and_writes_nothing(
    server: RunningServer, cast: Cast, staff: Account, records: Records
) -> None:
    token = sign_in(records.store, staff.login, PASSWORD, "127.0.0.1", datetime.now(UTC))
    before = kept(records, but=cast.near.code)
    with raw_client(server.url, f"{COOKIE}={token}") as client:
        own = open_answers(client, cast.near.code)
        assert cast.near.name_zh.encode() in everything(own)
        ids = [one for one in widget_ids(own) if one.endswith("/note")]
        assert ids
        for page in ("", "answer", "result", "overview", "compare", "communities", "people"):
            told = everything(client.run(page, f"community={cast.far.code}&pins={cast.far.code}"))
            assert cast.far.name_zh.encode() not in told
            assert "只给乙看的说明".encode() not in told
        # What its own page offered, said again where the address names another's community; and
        # buttons of other pages, which were never drawn for it.
        invented = ["$$ID-0-load_sample", "$$ID-0-people:add", "$$ID-0-placing:button"]
        values = [WidgetState(id=one, string_value="偷写的说明") for one in ids]
        values += [WidgetState(id=one, trigger_value=True) for one in invented]
        theirs = f"community={cast.far.code}&theme=facilities&group=basic"
        told = everything(client.run("answer", theirs, values))
        assert cast.far.name_zh.encode() not in told
        told = everything(client.run("answer", theirs, values, fragment="choice-F-01"))
        assert cast.far.name_zh.encode() not in told
    assert kept(records, but=cast.near.code) == before
    with records.store.reading() as connection:
        refused = select(tables.log.c.community).where(
            tables.log.c.action == "refused", tables.log.c.by == staff.id
        )
        assert cast.far.code in {row.community for row in connection.execute(refused)}


def test_an_open_line_falls_silent_when_its_sign_in_ends(
    server: RunningServer, cast: Cast, staff: Account, records: Records
) -> None:
    token = sign_in(records.store, staff.login, PASSWORD, "127.0.0.1", datetime.now(UTC))
    with raw_client(server.url, f"{COOKIE}={token}") as client:
        assert cast.near.name_zh.encode() in everything(open_answers(client, cast.near.code))
        disable(records.store, Signature("tester", datetime.now(UTC)), staff)
        with pytest.raises(ConnectionClosed):
            open_answers(client, cast.near.code)


def open_answers(client: RawClient, code: str) -> list[object]:
    """The answer page of a community."""
    return client.run("answer", f"community={code}&theme=facilities&group=basic")


def kept(records: Records, but: str) -> list[object]:
    """Everything that is kept, but the answers and facts of one community."""
    own = records.assessment(but).id
    with records.store.reading() as connection:
        found: list[object] = []
        for table in (tables.answer, tables.fact, tables.facility, tables.person, tables.community):
            of_others = select(table)
            if "assessment" in table.c:
                of_others = of_others.where(table.c.assessment != own)
            found += [tuple(row) for row in connection.execute(of_others)]
        return found
