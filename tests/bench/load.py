"""Many open pages at once: how long until an answer is shown as saved.

    python -m tests.bench.load [--sessions 100] [--every 10] [--seconds 120] [--processes 1]
                               [--postgres | --database-url URL] [--floor]

Every session is one open answer page of a community of its own, over Streamlit's own protocol; it
answers an item every 10 seconds, give or take half of that. Printed are the median, the 95th
percentile and the longest time from the click to the saved mark, and every answer that failed or
was not in the records afterwards. The target is a 95th percentile below 1000 ms with 100 sessions
in one process on 2 cores, and less with a second process.

Two processes need PostgreSQL: ``--postgres`` starts a throw-away server that waits for the disk
as a real one does; a database of yours must be empty. Each process gets half of the sessions, on
a port of its own. ``--floor`` measures an empty Streamlit page with as many widgets instead.
"""

import argparse
import asyncio
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from statistics import quantiles

from sqlalchemy import func, select
from websockets.exceptions import WebSocketException

from assessment.domain.records import Signature
from assessment.services.communities import Registration, begin, list_rounds, register
from assessment.services.setup import prepare
from assessment.store import dump, tables
from assessment.store.engine import Store
from tests.bench.click import FLOOR
from tests.postgres_server import PostgresServer
from tests.running_server import PROJECT, RunningServer
from tests.visitor import NotShown, Visitor

PLACE = "theme=environment&group=roads_and_safety"
BUTTONS = (0, 2)
PATIENCE = 60
OPENING_AT_ONCE = 4


@dataclass
class Heard:
    """What came out: milliseconds of every answer, and what went wrong."""

    took: list[float] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Pace:
    """How often each session answers, and for how long, in seconds."""

    every: float
    seconds: float


def main() -> int:
    """Measure and print; 1 if anything failed."""
    wanted = _parsed()
    pace = Pace(wanted.every, wanted.seconds)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        if wanted.floor:
            servers, queries = _floor_servers(folder, wanted.processes), [""] * wanted.sessions
        else:
            url = wanted.database_url or f"sqlite:///{folder / 'assessment.db'}"
            if wanted.postgres:
                postgres = PostgresServer.created(is_durable=True)
                stack.callback(postgres.remove)
                url = postgres.url(postgres.new_database())
            store = Store(url)
            stack.callback(store.close)
            queries = _communities(store, wanted.sessions)
            servers = _product_servers(folder, wanted.processes, url)
        stack.enter_context(_running(servers))
        heard = asyncio.run(_load(servers, queries, pace, wanted.seed))
        if not wanted.floor:
            _count_kept(store, heard)
    _print(wanted, heard)
    return 1 if heard.failed else 0


def _parsed() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sessions", type=int, default=100)
    parser.add_argument("--every", type=float, default=10)
    parser.add_argument("--seconds", type=float, default=120)
    parser.add_argument("--processes", type=int, default=1)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--floor", action="store_true")
    where = parser.add_mutually_exclusive_group()
    where.add_argument("--postgres", action="store_true")
    where.add_argument("--database-url", default="")
    wanted = parser.parse_args()
    if wanted.processes > 1 and not (wanted.postgres or wanted.database_url or wanted.floor):
        parser.error("several processes need PostgreSQL: --postgres or --database-url")
    return wanted


def _communities(store: Store, count: int) -> list[str]:
    """Invented communities with a begun assessment; the query of each one's answer page."""
    now = datetime.now(UTC)
    prepare(store, now)
    with store.reading() as connection:
        if dump.touched(connection):
            raise SystemExit("this database is in use: take an empty one")
    signature, found = Signature("load", now), []
    for number in range(count):
        typed = Registration(f"负载社区{number}", "110105", "试验街道", f"Load {number}")
        community = register(store, signature, typed)
        begin(store, signature, community, list_rounds(store)[0])
        found.append(f"community={community.code}&{PLACE}")
    return found


def _product_servers(folder: Path, processes: int, url: str) -> list[RunningServer]:
    environment = {"ASSESSMENT_DATABASE_URL": url}
    return [
        RunningServer(folder / str(number), environment=environment) for number in range(processes)
    ]


def _floor_servers(folder: Path, processes: int) -> list[RunningServer]:
    """The floor page under the product's own Streamlit configuration."""
    servers = []
    for number in range(processes):
        home = folder / str(number)
        shutil.copytree(PROJECT / ".streamlit", home / ".streamlit")
        shutil.copy(FLOOR, home)
        servers.append(RunningServer(home, home / FLOOR.name, ready_path="/_stcore/health"))
    return servers


@contextmanager
def _running(servers: list[RunningServer]) -> Iterator[None]:
    try:
        for server in servers:
            server.start()
        yield
    finally:
        for server in servers:
            server.stop()


async def _load(servers: list[RunningServer], queries: list[str], pace: Pace, seed: int) -> Heard:
    heard, gate = Heard(), asyncio.Semaphore(OPENING_AT_ONCE)
    page = "answer" if queries[0] else ""
    visitors = [
        Visitor(servers[number % len(servers)].port, page, query)
        for number, query in enumerate(queries)
    ]

    async def opened(visitor: Visitor) -> None:
        async with gate:
            await visitor.open()

    await asyncio.gather(*(opened(visitor) for visitor in visitors))
    until = time.perf_counter() + pace.seconds
    await asyncio.gather(
        *(
            _answer(visitor, pace, until, Random(seed * 10_000 + number), heard)
            for number, visitor in enumerate(visitors)
        )
    )
    await asyncio.gather(*(visitor.close() for visitor in visitors))
    return heard


async def _answer(visitor: Visitor, pace: Pace, until: float, random: Random, heard: Heard) -> None:
    await asyncio.sleep(random.uniform(0, pace.every))
    while time.perf_counter() < until:
        start = time.perf_counter()
        try:
            await asyncio.wait_for(_press(visitor, random), PATIENCE)
        except (NotShown, TimeoutError, WebSocketException, OSError) as error:
            heard.failed.append(repr(error))
            return
        took = time.perf_counter() - start
        heard.took.append(took * 1000)
        await asyncio.sleep(max(0.0, random.uniform(0.5, 1.5) * pace.every - took))


async def _press(visitor: Visitor, random: Random) -> None:
    is_floor = not visitor.page
    ours = [one for one in visitor.inputs if one.endswith("/choice")]
    key = random.choice([f"q{number}" for number in range(7)] if is_floor else ours)
    one = visitor.inputs[key]
    option = BUTTONS[one.value == [one.options[BUTTONS[0]]]]
    await (visitor.touch if is_floor else visitor.press)(key, option)


def _count_kept(store: Store, heard: Heard) -> None:
    """Every answer that was shown as saved is a revision."""
    with store.reading() as connection:
        kept = connection.execute(select(func.sum(tables.answer.c.revision))).scalar() or 0
    if kept < len(heard.took):
        heard.failed.append(f"{len(heard.took)} shown as saved, {kept} kept")


def _print(wanted: argparse.Namespace, heard: Heard) -> None:
    what = "floor" if wanted.floor else "product"
    engine = (
        "none"
        if wanted.floor
        else ("SQLite", "PostgreSQL")[bool(wanted.postgres or wanted.database_url)]
    )
    print(
        f"{what}, {wanted.sessions} sessions, one answer each every {wanted.every:g} s for "
        f"{wanted.seconds:g} s, {wanted.processes} process(es), database {engine}, "
        f"{os.cpu_count()} cores"
    )
    if len(heard.took) > 1:
        cuts = quantiles(heard.took, n=20, method="inclusive")
        print(
            f"  {len(heard.took)} answers: p50 {cuts[9]:.0f} ms, p95 {cuts[18]:.0f} ms "
            f"(target below 1000), longest {max(heard.took):.0f} ms"
        )
    print(f"  {len(heard.failed)} failed")
    for failure in heard.failed[:10]:
        print("   ", failure)


if __name__ == "__main__":
    sys.exit(main())
