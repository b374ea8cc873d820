"""What fails on the way breaks the connection; a part of a file never looks like a whole one."""

import http.client
import socket
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import uvicorn
from starlette.applications import Starlette

from assessment.domain.errors import NotSaved
from assessment.language.translator import Translator
from assessment.reports import csv_file
from assessment.server import downloads
from assessment.services import selected_rows
from assessment.services.communities import Registration, list_rounds, register
from assessment.services.exports import COMMUNITIES, CSV
from assessment.services.selection_exports import SELECTION_KINDS, selection_export
from assessment.store import tables
from assessment.store.engine import Store
from tests.services.asgi import ask
from tests.services.files import sample_round, wish
from tests.services.steps import SIGNATURE

STREAMED = ["communities.csv", "answers.csv", "matrix.csv", "selection.geojson"]


@pytest.fixture
def app(monkeypatch: pytest.MonkeyPatch, store: Store) -> Starlette:
    monkeypatch.setattr(downloads, "open_installation", lambda: store)
    monkeypatch.setattr(selected_rows, "_AT_ONCE", 2)
    return Starlette(routes=downloads.download_routes())


@pytest.fixture
def served(app: Starlette) -> Iterator[int]:
    """The same over a real connection; the port."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(app, log_level="critical"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        while not server.started:
            time.sleep(0.01)
        yield int(listening.getsockname()[1])
        server.should_exit = True
        thread.join(10)


def failing_after(calls: int, error: Exception) -> Callable[..., object]:
    """Reading that works a few times and then never again."""
    left = [calls]
    reading = selected_rows.overview_in

    def read(*about: object) -> object:
        left[0] -= 1
        if left[0] < 0:
            raise error
        return reading(*about)  # type: ignore[arg-type]

    return read


def get(port: int, path: str) -> http.client.HTTPResponse:
    """The answer, with its body unread."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request("GET", path)
    return connection.getresponse()


@pytest.mark.parametrize("path", STREAMED)
@pytest.mark.parametrize("error", [NotSaved("damaged"), RuntimeError("anything")])
def test_a_failure_on_the_way_breaks_the_connection(
    store: Store, served: int, monkeypatch: pytest.MonkeyPatch, path: str, error: Exception
) -> None:
    one = sample_round(store)
    monkeypatch.setattr(selected_rows, "overview_in", failing_after(1, error))
    with get(served, f"/export/{path}?round={one.id}") as answer:
        assert answer.status == 200
        with pytest.raises(http.client.IncompleteRead):
            answer.read()
    assert_all_connections_are_back(store)


def assert_all_connections_are_back(store: Store) -> None:
    deadline = time.monotonic() + 5
    while store.engine.pool.checkedout() and time.monotonic() < deadline:  # type: ignore[attr-defined]
        time.sleep(0.01)
    assert store.engine.pool.checkedout() == 0  # type: ignore[attr-defined]


def test_without_a_failure_the_file_is_whole(store: Store, served: int) -> None:
    one = sample_round(store)
    for path in STREAMED:
        with get(served, f"/export/{path}?round={one.id}") as answer:
            assert answer.read().endswith(b"\n")
    assert_all_connections_are_back(store)


def test_a_reader_who_goes_away_leaves_nothing_open(
    store: Store, served: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = sample_round(store)
    reading, kept = selected_rows.overview_in, []

    def read_slowly(*about: object) -> object:
        time.sleep(0.2)
        return reading(*about)  # type: ignore[arg-type]

    def keep(*about: Any) -> Any:
        # As long as somebody holds it, only closing it lets go of the records.
        kept.append(selection_export(*about))
        return kept[-1]

    monkeypatch.setattr(selected_rows, "overview_in", read_slowly)
    monkeypatch.setattr(csv_file, "_PIECE", 1)
    monkeypatch.setattr(downloads, "selection_export", keep)
    with socket.create_connection(("127.0.0.1", served)) as raw:
        address = f"/export/answers.csv?round={one.id}"
        raw.sendall(f"GET {address} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
        raw.recv(100)
    time.sleep(0.1)
    assert_all_connections_are_back(store)
    assert list(kept[0].lines) == [], "it ended before its time"


def test_a_community_that_is_removed_meanwhile_breaks_the_connection(
    store: Store, served: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = sample_round(store)
    reading = selected_rows.overview_in
    monkeypatch.setattr(selected_rows, "overview_in", lambda *about: reading(*about)[:1])
    with (
        get(served, f"/export/communities.csv?round={one.id}") as answer,
        pytest.raises(http.client.IncompleteRead),
    ):
        answer.read()


@pytest.mark.parametrize("kind", SELECTION_KINDS[:3])
def test_a_workbook_that_fails_was_never_begun(
    store: Store, app: Starlette, monkeypatch: pytest.MonkeyPatch, kind: str, text: Translator
) -> None:
    one = sample_round(store)
    failing = failing_after(1, NotSaved("damaged"))
    monkeypatch.setattr(selected_rows, "overview_in", failing)
    reply = ask(app, f"/export/{kind}.xlsx", f"round={one.id}&lang={text.language}")
    assert (reply.status, reply.text) == (503, text("not_read.damaged"))


def test_a_file_shows_one_state_of_the_records(
    store: Store, app: Starlette, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is registered or renamed while a file is written is in the next file."""
    monkeypatch.setattr(csv_file, "_PIECE", 1)
    one = next(each for each in list_rounds(store) if not each.sample)
    export = selection_export(store, wish(one), COMMUNITIES, CSV)
    assert export is not None
    first = [next(export.lines) for _ in range(3)]
    register(store, SIGNATURE, Registration("新来的社区", "110105"))
    with store.writing() as connection:
        connection.execute(tables.community.update().values(name_zh="改了名"))
    content = b"".join([*first, *export.lines]).decode()
    assert "新来的社区" not in content
    assert "改了名" not in content
    again = ask(app, "/export/communities.csv", f"round={one.id}").text
    assert again.count("改了名") > 2
