"""What every test may ask for: a home of its own, a prepared database, a begun assessment."""

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from assessment.domain.records import Community, Signature
from assessment.domain.sheet import Sheet
from assessment.language.translator import LANGUAGES, Translator
from assessment.services import setup
from assessment.services.communities import Registration, begin, list_rounds, register
from assessment.services.sheets import load_sheet
from assessment.settings import settings
from assessment.store.engine import Store
from tests.postgres_server import NOT_FOUND, PostgresServer, server_programs

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)

# No test depends on how fast the machine is.
hypothesis_settings.register_profile(
    "project",
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
hypothesis_settings.load_profile("project")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests last: the browser's event loop stays in the thread, where others start one."""
    items.sort(key=lambda item: "tests/browser/" in item.nodeid)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A temporary ``ASSESSMENT_HOME``; nothing that a test opens is there in the next one."""
    folder = tmp_path / "home"
    folder.mkdir()
    monkeypatch.setenv("ASSESSMENT_HOME", str(folder))
    monkeypatch.delenv("ASSESSMENT_DATABASE_URL", raising=False)
    monkeypatch.delenv("ASSESSMENT_DATA", raising=False)
    settings.cache_clear()
    yield folder
    if setup._opened.cache_info().currsize:
        setup.open_installation().close()
    setup._opened.cache_clear()
    settings.cache_clear()


@pytest.fixture(scope="session")
def prepared_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file that was prepared once, to copy."""
    path = tmp_path_factory.mktemp("prepared") / "assessment.db"
    store = Store(f"sqlite:///{path}")
    setup.prepare(store, NOW)
    store.close()
    return path


def _sqlite(request: pytest.FixtureRequest) -> str:
    path = request.getfixturevalue("home") / "assessment.db"
    shutil.copyfile(request.getfixturevalue("prepared_file"), path)
    return settings().url


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """A PostgreSQL server for the tests of this process; it is gone afterwards."""
    if server_programs() is None:
        pytest.skip(NOT_FOUND)
    server = PostgresServer.created()
    yield server
    server.remove()


@pytest.fixture(scope="session")
def prepared_database(postgres: PostgresServer) -> str:
    """A PostgreSQL database that was prepared once, to copy."""
    name = postgres.new_database()
    store = Store(postgres.url(name))
    setup.prepare(store, NOW)
    store.close()
    return name


def _postgresql(request: pytest.FixtureRequest) -> str:
    server: PostgresServer = request.getfixturevalue("postgres")
    name = server.new_database(request.getfixturevalue("prepared_database"))
    request.addfinalizer(partial(server.drop, name))
    return server.url(name)


# One maker for each kind of database: it leaves a prepared one and returns its URL.
DATABASES: dict[str, Callable[[pytest.FixtureRequest], str]] = {
    "sqlite": _sqlite,
    "postgresql": _postgresql,
}


# For what only one of them does: ``pytestmark = only_sqlite``.
only_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
only_postgresql = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
# Records and services are tested on both; what stands on them, on one.
_BOTH = ("tests/store/", "tests/services/")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """The prepared database, once for each kind."""
    chosen = any(
        "database_url" in mark.args[0] for mark in metafunc.definition.iter_markers("parametrize")
    )
    if "database_url" in metafunc.fixturenames and not chosen:
        both = metafunc.definition.nodeid.startswith(_BOTH) and server_programs() is not None
        metafunc.parametrize("database_url", list(DATABASES) if both else ["sqlite"], indirect=True)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say once, and plainly, what was left out."""
    if server_programs() is None:
        terminalreporter.write_line(NOT_FOUND, yellow=True)


@pytest.fixture
def database_url(
    request: pytest.FixtureRequest, home: Path, monkeypatch: pytest.MonkeyPatch
) -> str:
    """The URL of a prepared database; it is the one of the settings."""
    url = DATABASES[request.param](request)
    monkeypatch.setenv("ASSESSMENT_DATABASE_URL", url)
    settings.cache_clear()
    return url


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    """A prepared store: tables, framework, pilots, a round."""
    opened = Store(database_url)
    yield opened
    opened.close()


@pytest.fixture
def signature() -> Signature:
    """Who writes in the tests, and when."""
    return Signature("tester", NOW)


@pytest.fixture
def community(store: Store, signature: Signature) -> Community:
    """A community that was registered by hand."""
    typed = Registration("测试社区", "110105", "试验街道", "Test Community")
    return register(store, signature, typed)


@pytest.fixture
def sheet(store: Store, signature: Signature, community: Community) -> Sheet:
    """Its assessment in the open round, with nothing answered."""
    begun = begin(store, signature, community, list_rounds(store)[0])
    found = load_sheet(store, begun.id)
    assert found is not None
    return found


@pytest.fixture(params=LANGUAGES)
def text(request: pytest.FixtureRequest) -> Translator:
    """Texts, once in each language."""
    return Translator(request.param)
