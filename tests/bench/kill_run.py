"""Kill the real server at random moments while people answer; count what was lost.

    python -m tests.bench.kill_run [--kills 180] [--seed 1] [--visitors 4]

Every visitor works on a page of its own over Streamlit's own protocol and notes what it showed as
saved. The server is killed with SIGKILL, started again, and everything that was
noted must be in the records at its revision. After every kill the log must hold together, and no
answer may stand without its log entry or the other way round. Ends with 1 if anything was lost.
"""

import argparse
import asyncio
import sys
import tempfile
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from sqlalchemy import func, select
from websockets.exceptions import WebSocketException

from assessment.domain.answers import Answer, choices
from assessment.domain.records import SavedFact
from assessment.services.answering import as_seen, field_of, kept_in
from assessment.services.sheets import load_sheet
from assessment.store import tables
from assessment.store.engine import Store
from tests.running_server import RunningServer
from tests.store.chain import breaks_in_log
from tests.visitor import Visitor

# Of the buttons of an item: the two that ask for nothing further.
BUTTONS = (0, 2)
LONGEST = 2.5


@dataclass(frozen=True)
class Claim:
    """What a page showed as saved."""

    assessment: int
    subject: str
    name: str
    value: str
    revision: int


@dataclass
class Result:
    """What came out so far."""

    kills: int = 0
    claims: int = 0
    lost: list[str] = field(default_factory=list)


async def press(visitor: Visitor, random: Random) -> list[Claim]:
    """Answer an item with one click."""
    key = random.choice([one for one in visitor.inputs if one.endswith("/choice")])
    option = random.choice(BUTTONS)
    if visitor.inputs[key].value == [visitor.inputs[key].options[option]]:
        option = next(one for one in BUTTONS if one != option)
    revision = await visitor.press(key, option)
    return [claim(key, str(option), revision)]


async def write(visitor: Visitor, random: Random) -> list[Claim]:
    """Write a note."""
    key = random.choice([one for one in visitor.inputs if one.endswith("/note")])
    text = f"备注 {random.randrange(10**9)}"
    return [claim(key, text, await visitor.write(key, text))]


async def measure(visitor: Visitor, random: Random) -> list[Claim]:
    """Enter a fact."""
    key = random.choice([one for one in visitor.inputs if one.endswith("/value")])
    text = str(random.randrange(100, 10**6))
    return [claim(key, text, await visitor.write(key, text))]


Deed = Callable[[Visitor, Random], Awaitable[list[Claim]]]
# What is done on each page, by its name and query; a deed returns what it was shown.
DEEDS: tuple[tuple[str, str, tuple[Deed, ...]], ...] = (
    ("answer", "theme=environment&group=roads_and_safety", (press, press, write)),
    ("answer", "theme=facts", (measure,)),
)


def claim(key: str, value: str, revision: int) -> Claim:
    """What a page showed for one of its inputs."""
    assessment, subject, name = key.split("/")
    return Claim(int(assessment), subject, name, value, revision)


def main() -> int:
    """Kill and count."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=180)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--visitors", type=int, default=4)
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        result = run(Path(folder), wanted.kills, wanted.seed, wanted.visitors)
    for lost in result.lost:
        print("LOST", lost)
    print(f"{len(result.lost)} lost of {result.claims} saved, {result.kills} kills")
    return 1 if result.lost else 0


def run(
    home: Path, kills: int, seed: int, visitors: int, noted: list[Claim] | None = None
) -> Result:
    """Kill the server so often; the same seed makes the same wishes and waits.

    What the pages showed as saved is added to ``noted``.
    """
    random, result = Random(seed), Result()
    server = RunningServer(home)
    store = Store(f"sqlite:///{home / 'assessment.db'}")
    noted = [] if noted is None else noted
    while result.kills < kills:
        server.start()
        try:
            claims = asyncio.run(_work_and_kill(server, random, visitors))
        finally:
            server.kill()
        noted += claims
        result.kills += 1
        result.claims += len(claims)
        result.lost += [f"kill {result.kills}: {one}" for one in missing(store, claims)]
        result.lost += [f"kill {result.kills}: {one}" for one in _torn(store)]
        if result.kills % 10 == 0:
            print(
                f"{result.kills} kills, {result.claims} saved, {len(result.lost)} lost", flush=True
            )
    store.close()
    return result


async def _work_and_kill(server: RunningServer, random: Random, visitors: int) -> list[Claim]:
    claims: list[Claim] = []
    busy = [
        asyncio.create_task(_work(server.port, number, Random(random.random()), claims))
        for number in range(visitors)
    ]
    wait = random.uniform(0, LONGEST)
    while not claims and not all(one.done() for one in busy):
        await asyncio.sleep(0.01)
    await asyncio.sleep(wait)
    server.kill()
    await asyncio.gather(*busy)
    return claims


async def _work(port: int, number: int, random: Random, claims: list[Claim]) -> None:
    """Do one thing after the other until the server is gone."""
    page, place, deeds = DEEDS[number % len(DEEDS)]
    community = f"P{number // len(DEEDS) + 1:03d}"
    visitor = Visitor(port, page, f"community={community}&{place}")
    try:
        await visitor.open()
        while True:
            claims += await random.choice(deeds)(visitor, random)
    except (WebSocketException, OSError):
        await visitor.close()


def missing(store: Store, claims: list[Claim]) -> list[Claim]:
    """What was shown as saved, and is not in the records at its revision."""
    return [one for one in claims if not _is_kept(store, one)]


def _is_kept(store: Store, one: Claim) -> bool:
    sheet = load_sheet(store, one.assessment)
    if sheet is None:
        return False
    is_item = sheet.framework.has_item(one.subject)
    now = kept_in(sheet, Answer(one.subject) if is_item else SavedFact(one.subject))
    then = as_seen(store, one.assessment, now, one.revision)
    value = one.value
    if one.name == "choice":
        value = choices(sheet.framework.item(one.subject))[int(value)]
    return now.revision >= one.revision and field_of(then, one.name) == value


def _torn(store: Store) -> list[str]:
    """Signs that a transaction was kept in part."""
    found = []
    with store.reading() as connection:
        if connection.exec_driver_sql("PRAGMA integrity_check").scalar() != "ok":
            found.append("the file is damaged")
        found += [f"the log breaks at {entry}" for entry in breaks_in_log(connection)]
        for table, subject in ((tables.answer, "item"), (tables.fact, "fact")):
            kept = select(table.c.assessment, table.c[subject], table.c.revision)
            logged = (
                select(
                    tables.log.c.assessment, tables.log.c.subject, func.max(tables.log.c.revision)
                )
                .where(tables.log.c.action == table.name)
                .group_by(tables.log.c.assessment, tables.log.c.subject)
            )
            apart = set(connection.execute(kept).all()) ^ set(connection.execute(logged).all())
            found += [f"{table.name} and log differ: {one}" for one in apart]
    return found


if __name__ == "__main__":
    sys.exit(main())
