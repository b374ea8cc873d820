"""What the server refuses to start with, and what it answers before any page is drawn."""

import asyncio
import logging
import re
import tomllib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from starlette.applications import Starlette
from streamlit import config

from assessment.domain.errors import NotSaved
from assessment.language.translator import Translator
from assessment.server import application
from assessment.server.application import server_parts, tell_script_error, unsafe_setting
from assessment.server.shell import shell_routes
from assessment.services.setup import open_installation
from assessment.settings import PROJECT, settings
from assessment.store.engine import Store
from assessment.ui.frame import page_names
from tests.running_server import free_port
from tests.services.asgi import ask

UNSAFE = [
    ("server.address", None),
    ("server.address", "0.0.0.0"),
    ("server.address", "192.168.0.10"),
    ("server.enableXsrfProtection", False),
    ("server.enableCORS", False),
    ("server.enableStaticServing", True),
    ("server.enableAgentApi", True),
    ("client.showErrorDetails", "full"),
    ("browser.gatherUsageStats", True),
    ("server.trustedUserHeaders", {"X-User": "email"}),
    ("server.maxUploadSize", 200),
]


def shipped_options() -> dict[str, object]:
    """The options in the configuration file that ships with the product."""
    content = tomllib.loads((PROJECT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    return {f"{part}.{name}": v for part, options in content.items() for name, v in options.items()}


@pytest.fixture
def options(monkeypatch: pytest.MonkeyPatch) -> dict[str, object]:
    """The shipped options; what a test changes in them is what the server sees."""
    options = shipped_options()
    defaults = {
        name: option.default_val for name, option in config._config_options_template.items()
    }
    monkeypatch.setattr(config, "get_option", lambda name: options.get(name, defaults[name]))
    return options


@pytest.fixture(params=["zh_CN.UTF-8", "en_US.UTF-8"])
def machine(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Translator:
    """The language of the machine that the server runs on."""
    monkeypatch.setenv("LC_ALL", request.param)
    return Translator(request.param[:2])


def test_the_shipped_configuration_is_safe(options: dict[str, object]) -> None:
    assert unsafe_setting() == ""
    assert set(server_parts()) == {"lifespan", "routes", "middleware", "on_script_error"}


@pytest.mark.parametrize(("name", "value"), UNSAFE)
def test_an_unsafe_option_ends_the_start_with_one_line_that_names_it(
    options: dict[str, object], machine: Translator, name: str, value: object
) -> None:
    options[name] = value
    line = unsafe_setting()
    assert name in line
    assert "\n" not in line
    assert line.startswith("未启动" if machine.language == "zh" else "Not started")
    with pytest.raises(SystemExit) as ended:
        server_parts()
    assert ended.value.code == line


@pytest.mark.parametrize("address", ["127.0.0.1", "localhost", "::1"])
def test_this_machine_may_be_named_in_three_ways(options: dict[str, object], address: str) -> None:
    options["server.address"] = address
    assert unsafe_setting() == ""


def test_a_home_that_cannot_be_written_ends_the_start_with_one_line(
    options: dict[str, object], home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (home / "file").write_text("in the way")
    monkeypatch.setenv("ASSESSMENT_HOME", str(home / "file" / "home"))
    settings.cache_clear()
    line = unsafe_setting()
    assert str(home / "file" / "home") in line
    assert "\n" not in line


def test_processes_that_start_at_once_do_not_refuse_each_other(options: dict[str, object]) -> None:
    with ThreadPoolExecutor(8) as starting:
        said = list(starting.map(lambda _: unsafe_setting(), range(400)))
    assert set(said) == {""}


def test_trying_the_home_leaves_nothing_in_it(options: dict[str, object], home: Path) -> None:
    assert unsafe_setting() == ""
    assert list(home.iterdir()) == []


@pytest.fixture
def cold(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is imported in the background."""
    monkeypatch.setattr(application, "_warm_up", lambda: None)


def start_and_stop() -> None:
    async def run() -> None:
        async with application._lifespan(None):
            pass

    asyncio.run(run())


def test_starting_prepares_the_installation(cold: None, home: Path) -> None:
    start_and_stop()
    assert (home / "assessment.db").exists()


def test_a_database_of_a_later_version_ends_the_start_with_one_line(
    cold: None, store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    with store.writing() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with caplog.at_level(logging.ERROR), pytest.raises(SystemExit) as ended:
        start_and_stop()
    assert ended.value.code == 3
    (record,) = caplog.records
    assert "9999" in record.getMessage()
    assert record.exc_info is None


def test_a_database_server_that_is_not_there_ends_the_start_with_one_line(
    cold: None, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    url = f"postgresql://somebody:secret@127.0.0.1:{free_port()}/records"
    monkeypatch.setenv("ASSESSMENT_DATABASE_URL", url)
    settings.cache_clear()
    with caplog.at_level(logging.ERROR), pytest.raises(SystemExit) as ended:
        start_and_stop()
    assert ended.value.code == 3
    (record,) = caplog.records
    assert "unreachable" in record.getMessage()
    assert "ASSESSMENT_DATABASE_URL" in record.getMessage()
    assert "secret" not in record.getMessage()
    monkeypatch.delenv("ASSESSMENT_DATABASE_URL")
    settings.cache_clear()


def test_the_server_is_ready_when_the_database_answers(
    store: Store, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    app = Starlette(routes=application._routes())
    assert ask(app, "/readyz").text == "ready"
    (tmp_path / "broken.db").write_bytes(b"no database" * 500)
    broken = Store(f"sqlite:///{tmp_path / 'broken.db'}")
    monkeypatch.setattr(application, "open_installation", lambda: broken)
    reply = ask(app, "/readyz")
    assert (reply.status, reply.text) == (503, "damaged")


@pytest.mark.parametrize(
    ("path", "start"),
    [
        ("/assets/leaflet/leaflet.js", b"/"),
        ("/assets/boundaries/provinces.geojson", b"{"),
        ("/assets/page/style.css", b""),
        ("/assets/page/page_helper.js", b""),
    ],
)
def test_what_a_page_needs_is_served_from_here(path: str, start: bytes) -> None:
    reply = ask(Starlette(routes=application._routes()), path)
    assert reply.status == 200
    assert reply.body.startswith(start)


@pytest.mark.parametrize("path", ["/assets/leaflet/../../settings.py", "/assets/page/../frame.py"])
def test_nothing_beside_the_assets_is_served(path: str) -> None:
    assert ask(Starlette(routes=application._routes()), path).status == 404


@pytest.mark.parametrize("path", ["/", *(f"/{name}" for name in page_names())])
@pytest.mark.parametrize(
    ("asked", "query", "language"),
    [
        ("zh-CN,zh;q=0.9,en;q=0.8", "", "zh-CN"),
        ("en-US,en;q=0.9", "", "en"),
        ("de", "", "en"),
        ("", "", "zh-CN"),
        ("zh-CN", "lang=en", "en"),
        ("en", "lang=zh", "zh-CN"),
        ("en", "lang=../../etc", "en"),
    ],
)
def test_the_shell_is_in_the_language_that_the_browser_asks_for(
    path: str, asked: str, query: str, language: str
) -> None:
    reply = ask(Starlette(routes=shell_routes()), path, query, accept_language=asked)
    assert reply.status == 200
    assert f'<html lang="{language}">' in reply.text
    title = Translator("zh" if language == "zh-CN" else "en")("app.title")
    assert f"<title>{title}</title>" in reply.text
    assert reply.text.count("/assets/page/style.css?") == 1
    assert reply.text.count("/assets/page/page_helper.js?") == 1


def test_the_shell_names_no_other_host() -> None:
    shell = ask(Starlette(routes=shell_routes()), "/").text
    assert not re.search(r"https?:|//[a-z]", re.sub(r"<!--.*?-->", "", shell, flags=re.DOTALL))


def test_a_person_is_told_a_number_and_the_log_the_rest(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, text: Translator
) -> None:
    told: list[str] = []
    monkeypatch.setattr(application.st, "error", told.append)
    monkeypatch.setattr(application, "translator", lambda: text)
    with caplog.at_level(logging.ERROR):
        assert tell_script_error(ValueError("password=secret"))
    (line,), (record,) = told, caplog.records
    assert "secret" not in line
    assert record.args[0] in line
    assert "password=secret" in caplog.text


def test_a_database_that_cannot_be_read_is_told_with_its_reason(
    monkeypatch: pytest.MonkeyPatch, text: Translator
) -> None:
    told: list[str] = []
    monkeypatch.setattr(application.st, "error", told.append)
    monkeypatch.setattr(application, "translator", lambda: text)
    assert tell_script_error(NotSaved("disk_full"))
    assert told == [text("not_saved.disk_full")]


def test_the_installation_is_opened_once_for_each_database(home: Path) -> None:
    assert open_installation() is open_installation()
