"""Two processes of the app on one PostgreSQL behind nginx: one product, whichever answers."""

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NewContext
from tests.browser.records import Records, wait_until
from tests.browser.seen import choice, expect_saved, note, open_page, settled
from tests.postgres_server import PostgresServer
from tests.running_nginx import RunningNginx, nginx_program
from tests.running_server import RunningServer

BASIC = "/answer?community={code}&theme=facilities&group=basic"
UPSTREAM, PATH = -1, 3


@dataclass
class Installation:
    """Two processes, what is in front of them, and what they keep."""

    first: RunningServer
    second: RunningServer
    front: RunningNginx
    records: Records

    def visited(self) -> list[str]:
        """The ports of the processes that answered visitors, a question at a time."""
        return [
            line[UPSTREAM].rpartition(":")[2]
            for line in self.front.logged()
            if line[UPSTREAM] != "-" and line[PATH] != "/readyz"
        ]

    def serving(self) -> RunningServer:
        """The process that the only visitor was sent to."""
        (port,) = set(self.visited())
        return next(one for one in (self.first, self.second) if str(one.port) == port)


@pytest.fixture(scope="module")
def started_at_once(
    postgres: PostgresServer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[RunningServer, RunningServer, str]]:
    """Two processes that were started in the same moment on an empty database."""
    url = postgres.url(postgres.new_database())
    home = tmp_path_factory.mktemp("shared")
    one, other = (
        RunningServer(home, environment={"ASSESSMENT_DATABASE_URL": url}) for _ in range(2)
    )
    with ThreadPoolExecutor() as pool:
        list(pool.map(RunningServer.start, (one, other)))
    yield one, other, url
    one.stop()
    other.stop()
    assert "Traceback" not in one.log, one.log[-4000:]


@pytest.fixture
def installation(
    started_at_once: tuple[RunningServer, RunningServer, str], tmp_path: Path
) -> Iterator[Installation]:
    """Both processes behind an nginx of the test's own."""
    if nginx_program() is None:
        pytest.skip("what nginx does was not tested: it is not installed here")
    one, other, url = started_at_once
    front = RunningNginx(tmp_path / "nginx", (one.port, other.port)).start()
    records = Records(url)
    yield Installation(one, other, front, records)
    records.close()
    front.stop()


def secure_page(new_context: NewContext) -> Page:
    """A page of a visitor who comes through nginx."""
    return new_context(ignore_https_errors=True).new_page()


def counts(page: Page) -> str:
    """The numbers of the officials' page."""
    return page.locator(".figures-row").first.inner_text()


def test_two_processes_that_start_at_once_prepare_the_database_once(
    started_at_once: tuple[RunningServer, RunningServer, str], postgres: PostgresServer
) -> None:
    kept = Records(started_at_once[2])
    with kept.store.reading() as connection:
        versions = connection.exec_driver_sql("SELECT count(*) FROM alembic_version").scalar()
        rounds = connection.exec_driver_sql("SELECT count(*) FROM round").scalar()
        pilots = connection.exec_driver_sql("SELECT count(*) FROM community").scalar()
    kept.close()
    assert (versions, rounds, pilots) == (1, 1, 23)


def test_an_answer_saved_through_one_is_seen_through_the_other(
    new_context: NewContext, installation: Installation
) -> None:
    address = BASIC.format(code="P001")
    mine = open_page(new_context().new_page(), installation.first, address)
    official = open_page(new_context().new_page(), installation.second, "/overview")
    before = counts(official)
    choice(mine, "F-01", "已开放").click()
    expect_saved(mine, "F-01", 1)
    settled(open_page(official, installation.second, "/overview"))
    after = counts(official)
    assert after != before
    assert counts(open_page(mine, installation.first, "/overview")) == after
    through_nginx = open_page(secure_page(new_context), installation.front, address)
    expect(choice(through_nginx, "F-01", "已开放")).to_be_checked()
    note(through_nginx, "F-01").click()
    through_nginx.keyboard.type("第二个人写的")
    expect_saved(through_nginx, "F-01", 2)
    official = open_page(official, installation.second, address)
    expect(note(official, "F-01")).to_have_value("第二个人写的")


def test_an_address_that_postgresql_cannot_look_for_finds_nothing(
    new_context: NewContext, installation: Installation
) -> None:
    page = new_context().new_page()
    open_page(page, installation.first, "/overview?search=%00&pins=%00")
    open_page(page, installation.first, "/compare?pins=P%00,P002")
    page.goto(installation.first.url + "/answer?community=%00&round=%00")
    expect(page.get_by_test_id("stAlert")).to_contain_text("请先选择")
    assert "Traceback" not in installation.first.log


def test_a_process_that_is_killed_hands_its_people_to_the_other(
    new_context: NewContext, installation: Installation
) -> None:
    page = open_page(secure_page(new_context), installation.front, BASIC.format(code="P002"))
    choice(page, "F-01", "已开放").click()
    expect_saved(page, "F-01", 1)
    serving = installation.serving()
    serving.kill()
    expect(page.locator("#connection-bar")).to_be_hidden(timeout=30_000)
    settled(page)
    expect(choice(page, "F-01", "已开放")).to_be_checked()
    note(page, "F-02").click()
    page.keyboard.type("换了进程以后写的")
    installation.records.note_becomes("P002", "F-02", "换了进程以后写的")
    expect_saved(page, "F-02", 1)
    assert installation.records.answer("P002", "F-01").choice == "open"
    serving.start()


def test_every_question_of_a_visitor_goes_to_one_process_and_the_log_names_no_session(
    new_context: NewContext, installation: Installation
) -> None:
    page = secure_page(new_context)
    for address in ("/", "/overview?search=secret", BASIC.format(code="P003")):
        open_page(page, installation.front, address)
    page.close()
    visited = installation.visited()
    assert len(visited) > 10
    assert len(set(visited)) == 1
    upload = "/_stcore/upload_file/a-session/a-file"
    installation.front.status(upload, b"content")
    log = installation.front.folder / "access.log"
    # nginx writes a line after it has answered.
    text = wait_until(lambda: log.read_text("utf-8"), lambda found: "/_stcore/upload" in found)
    assert "/_stcore/upload_file/-" in text
    assert not re.search(r"secret|a-session|\?", text)


def test_the_inside_of_a_process_is_closed_from_outside(installation: Installation) -> None:
    assert installation.front.status("/_stcore/metrics") == 404
    assert installation.front.status("/_stcore/agent") == 404
    assert installation.front.status("/readyz") == 200
    assert installation.front.status("/", b"x" * 26_000_000) == 413
