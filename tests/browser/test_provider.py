"""Signing in through a provider: a real one, in a process of its own on this machine."""

import json
import secrets
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from assessment.domain.permissions import Grant, Role
from assessment.domain.records import Signature
from assessment.services.people import add_with_subject, disable, grant_role, list_people
from tests.browser.conftest import NewContext
from tests.browser.records import Records
from tests.browser.seen import button, settled
from tests.running_server import READY_SECONDS, RunningServer, free_port

SECRETS = """[auth]
redirect_uri = "http://127.0.0.1:{port}/oauth2callback"
cookie_secret = "{secret}"
client_id = "product"
client_secret = "{client}"
server_metadata_url = "{issuer}/.well-known/openid-configuration"
"""
# What a provider says beside the subject counts for nothing.
CLAIMS = {"sub": "li-1", "name": "李四", "role": "admin", "roles": ["admin"], "groups": ["admin"]}


@dataclass(frozen=True)
class Provider:
    """Where the provider is, which is also what it calls itself."""

    issuer: str


@pytest.fixture(scope="module")
def provider(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Provider]:
    """The provider, with one user of its own."""
    port, folder = free_port(), tmp_path_factory.mktemp("provider")
    command = [sys.executable, "-W", "ignore", "-m", "oidc_provider_mock", "--port", str(port)]
    command += ["--user-claims", json.dumps(CLAIMS)]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT)
    issuer = f"http://127.0.0.1:{port}"
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline:
        try:
            urllib.request.urlopen(f"{issuer}/.well-known/openid-configuration", timeout=2).close()
            break
        except (urllib.error.URLError, OSError):
            time.sleep(0.05)
    yield Provider(issuer)
    process.terminate()
    process.wait(timeout=20)


@pytest.fixture(scope="module")
def server(provider: Provider, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    """The program that trusts this provider with names, and with nothing else."""
    home, port = tmp_path_factory.mktemp("home"), free_port()
    file = write_secrets(home, provider, port)
    running = RunningServer(
        home,
        port=port,
        options=("--secrets.files", str(file)),
        environment={"ASSESSMENT_SIGN_IN": "oidc"},
    ).start()
    yield running
    running.stop()
    assert "Traceback" not in running.log, running.log[-4000:]


@pytest.fixture(autouse=True)
def _the_providers_own_style(outside_requests: list[str]) -> Iterator[None]:
    """The provider's page, which is not ours, asks for a style sheet (and is stopped)."""
    yield
    outside_requests[:] = [one for one in outside_requests if "pico.min.css" not in one]


def write_secrets(home: Path, provider: Provider, port: int) -> Path:
    """What Streamlit is told of the provider."""
    file = home / "secrets.toml"
    made = {"secret": secrets.token_hex(32), "client": secrets.token_hex(16)}
    file.write_text(SECRETS.format(port=port, issuer=provider.issuer, **made), encoding="utf-8")
    return file


def come_back(page: Page, subject: str = "li-1") -> None:
    """Sign in at the provider, which leads back."""
    page.locator("a.button").click()
    page.locator("input[name=sub]").fill(subject)
    page.locator("input[name=sub]").press("Enter")


def own_cookies(context: BrowserContext) -> set[str]:
    """The names of the cookies that prove who somebody is."""
    names = {one["name"] for one in context.cookies()}
    return {one for one in names if "streamlit_user" in one or "sign-in" in one}


def test_the_walk_of_the_first_administrator_and_of_somebody_unknown(
    new_context: NewContext, server: RunningServer, provider: Provider, records: Records
) -> None:
    link = next(word for word in server.log.split() if "/invitation?token=" in word)
    page = new_context().new_page()
    page.goto(link)
    come_back(page)
    expect(page.get_by_label("姓名")).to_have_value("李四")
    page.get_by_role("button", name="确定").click()
    settled(page)
    (account,) = list_people(records.store)
    assert (account.issuer, account.subject) == (provider.issuer, "li-1")
    assert account.is_admin
    other = new_context()
    page = other.new_page()
    page.goto(server.url + "/overview")
    come_back(page, "stranger")
    expect(page.get_by_role("alert")).to_contain_text("没有登记")
    expect(page.get_by_text("stranger")).to_be_visible()
    expect(page.get_by_text(provider.issuer)).to_be_visible()
    assert own_cookies(other) == set()


def test_roles_come_from_the_records_and_a_disabled_person_is_out_at_once(
    new_context: NewContext, server: RunningServer, provider: Provider, records: Records
) -> None:
    by = Signature("tester", datetime.now(UTC))
    account = add_with_subject(records.store, by, "王五", provider.issuer, "wang-1")
    grant_role(records.store, by, account, Grant(Role.VIEWER))
    context = new_context()
    page = context.new_page()
    page.goto(server.url + "/overview")
    come_back(page, "wang-1")
    settled(page)
    assert page.url == server.url + "/overview"
    # The provider's own cookie, which nothing could withdraw, has served and is gone.
    assert own_cookies(context) == {"assessment-sign-in"}
    expect(page.get_by_text("王五")).to_be_visible()
    expect(page.get_by_role("link", name="审核")).to_have_count(0)
    disable(records.store, by, account)
    page.reload()
    expect(page.get_by_role("heading", name="登录")).to_be_visible()
    come_back(page, "wang-1")
    expect(page.get_by_role("alert")).to_contain_text("已停用")


def test_a_copied_answer_of_the_provider_counts_once(
    new_context: NewContext, server: RunningServer, provider: Provider, records: Records
) -> None:
    by = Signature("tester", datetime.now(UTC))
    account = add_with_subject(records.store, by, "赵六", provider.issuer, "zhao-1")
    grant_role(records.store, by, account, Grant(Role.VIEWER))
    copies: list[str] = []
    context = new_context()
    page = context.new_page()
    page.on("response", lambda answer: copies.extend(user_cookies(answer.all_headers())))
    page.goto(server.url + "/overview")
    come_back(page, "zhao-1")
    settled(page)
    button(page, "sign_out").click()
    expect(page.get_by_text("您已退出登录").first).to_be_visible()
    assert copies
    thief = new_context()
    for one in copies:
        name, _, value = one.partition("=")
        thief.add_cookies([{"name": name, "value": value, "url": server.url}])
    page = thief.new_page()
    page.goto(server.url + "/overview")
    expect(page.get_by_role("alert")).to_contain_text("已经用过")


def user_cookies(headers: dict[str, str]) -> list[str]:
    """The cookies with which Streamlit passes on what the provider said."""
    set_cookies = headers.get("set-cookie", "").split("\n")
    found = [one.partition(";")[0] for one in set_cookies if one.startswith("_streamlit_user")]
    return [one.replace('"', "") for one in found if len(one) > 60]
