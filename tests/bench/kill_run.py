"""Kill the real server at random moments while people work; count what was lost.

    python -m tests.bench.kill_run [--kills 180] [--seed 1] [--visitors 5]

Every visitor works on a page of its own over Streamlit's own protocol, as ``DEEDS`` says, and
notes what it was told: saved, handed in, kept as evidence, imported. The server is killed with
SIGKILL, started again, and everything that was noted must be in the records, files with every byte.
What nobody was told of is whole or absent: after every kill the log must hold together, nothing may
stand without its log entry or the other way round, no row without its file, and no assessment may
be handed in under a code that is not that of its answers. Ends with 1 if anything was lost.
"""

import argparse
import asyncio
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from sqlalchemy import Connection, func, select, true
from websockets.exceptions import WebSocketException

from assessment.domain.fingerprint import fingerprint
from assessment.services.sheets import load_sheet
from assessment.store import tables
from assessment.store.engine import Store
from tests.bench.deeds import DEEDS, Claim, file_is_whole
from tests.running_server import RunningServer
from tests.store.chain import breaks_in_log

# Seconds from when everybody has done one thing to the kill, at most.
LONGEST = 2.5


@dataclass
class Result:
    """What came out so far; ``told`` counts the claims by their kind."""

    kills: int = 0
    told: Counter[str] = field(default_factory=Counter)
    lost: list[str] = field(default_factory=list)


def main() -> int:
    """Kill and count."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=180)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--visitors", type=int, default=len(DEEDS))
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        result = run(Path(folder), wanted.kills, wanted.seed, wanted.visitors)
    for lost in result.lost:
        print("LOST", lost)
    print(f"{len(result.lost)} lost of {words(result)}")
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
        try:
            server.start()
            claims = asyncio.run(_work_and_kill(server, random, visitors))
        finally:
            server.kill()
        noted += claims
        result.kills += 1
        result.told.update(type(one).__name__ for one in claims)
        lost = [*missing(store, home, claims), *torn(store, home)]
        result.lost += [f"kill {result.kills}: {one}" for one in lost]
        if result.kills % 10 == 0:
            print(f"{len(result.lost)} lost of {words(result)}", flush=True)
    store.close()
    return result


def words(result: Result) -> str:
    """What was told, kind by kind, and how often the server was killed."""
    kinds = ", ".join(f"{count} {kind}" for kind, count in sorted(result.told.items()))
    return f"{result.told.total()} claims ({kinds}), {result.kills} kills"


async def _work_and_kill(server: RunningServer, random: Random, visitors: int) -> list[Claim]:
    """Let everybody do one thing to its end, then kill at a random moment."""
    claims: list[Claim] = []
    deeds: Counter[int] = Counter()
    busy = [
        asyncio.create_task(_work(server.port, number, Random(random.random()), claims, deeds))
        for number in range(visitors)
    ]
    wait = random.uniform(0, LONGEST)
    while len(deeds) < visitors and not any(one.done() for one in busy):
        await asyncio.sleep(0.01)
    await asyncio.sleep(wait)
    server.kill()
    await asyncio.gather(*busy)
    return claims


async def _work(
    port: int, number: int, random: Random, claims: list[Claim], deeds: Counter[int]
) -> None:
    """Do one thing after the other until the server is gone, and count what came to its end."""
    work = DEEDS[number % len(DEEDS)]
    visitor = work.visit(port, number // len(DEEDS))
    try:
        await visitor.open()
        while True:
            async for claim in random.choice(work.deeds)(visitor, random):
                claims.append(claim)
            deeds[number] += 1
    except (WebSocketException, OSError):
        await visitor.close()


def missing(store: Store, home: Path, claims: Sequence[Claim]) -> list[Claim]:
    """What was shown as done, and is not in the records of a home, or not whole."""
    return [one for one in claims if not one.is_kept(store, home)]


def torn(store: Store, home: Path) -> list[str]:
    """Signs that something was kept in part, whether anybody was told of it or not."""
    with store.reading() as connection:
        whole = connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
        breaks = breaks_in_log(connection)
        apart = [one for look in _APART for one in look(connection)]
        files = {one.sha256 for one in connection.execute(select(tables.evidence.c.sha256))}
    return [
        *([] if whole else ["the file is damaged"]),
        *(f"the log breaks at {entry}" for entry in breaks),
        *apart,
        *(f"not whole: {one}" for one in files if not file_is_whole(home, one)),
        *_wrong_codes(store),
    ]


def _saves(connection: Connection) -> Iterator[str]:
    """Answers and facts without a log entry of their revision, or the other way round."""
    log = tables.log.c
    for table, subject, others in ((tables.answer, "item", ("import",)), (tables.fact, "fact", ())):
        kept = select(table.c.assessment, table.c[subject], table.c.revision)
        logged = (
            select(log.assessment, log.subject, func.max(log.revision))
            .where(log.action.in_((table.name, *others)))
            .group_by(log.assessment, log.subject)
        )
        apart = set(connection.execute(kept).all()) ^ set(connection.execute(logged).all())
        yield from (f"{table.name} and log differ: {one}" for one in apart)


def _hand_overs(connection: Connection) -> Iterator[str]:
    """Hand-overs and their log entries, which name the code, in their order."""
    kept = select(tables.handover.c.assessment, tables.handover.c.fingerprint)
    log = tables.log.c
    logged = select(log.assessment, log.new).where(log.action == "submit").order_by(log.id)
    found = [(row[0], f"submitted {row[1]}") for row in connection.execute(kept.order_by("id"))]
    if found != [tuple(row) for row in connection.execute(logged)]:
        yield f"hand-overs and log differ: {found[-3:]}"


def _pieces(connection: Connection) -> Iterator[str]:
    """Evidence, and how often each piece was added and taken away according to the log."""
    table, log = tables.evidence.c, tables.log.c
    for action, condition in (
        ("evidence_add", true()),
        ("evidence_remove", table.removed_at.is_not(None)),
    ):
        rows = connection.execute(select(table.item, table.id).where(condition))
        kept = sorted(f"{row.item}/{row.id}" for row in rows)
        logged = sorted(connection.scalars(select(log.subject).where(log.action == action)))
        if kept != logged:
            yield f"{action} and log differ: {set(kept) ^ set(logged)}"


def _imports(connection: Connection) -> Iterator[str]:
    """Imports that hold another number of changes than they say, or than the log has."""
    file, change = tables.import_file.c, tables.import_change.c
    said = select(func.coalesce(func.sum(file.added + file.changed), 0))
    kept = select(func.count()).select_from(tables.import_change).where(change.revision > 0)
    logged = select(func.count()).where(tables.log.c.action == "import")
    counts = [connection.scalar(one) for one in (said, kept, logged)]
    if len(set(counts)) > 1:
        yield f"imports say, hold and logged: {counts}"


_APART = (_saves, _hand_overs, _pieces, _imports)


def _wrong_codes(store: Store) -> Iterator[str]:
    """Assessments that are handed in under another code than that of what they hold."""
    one = tables.assessment.c
    with store.reading() as connection:
        rows = connection.execute(select(one.id, one.state, one.fingerprint)).all()
    for row in rows:
        sheet = load_sheet(store, row.id) if row.state == "submitted" else None
        if bool(row.fingerprint) != (row.state == "submitted"):
            yield f"{row.state} with the code {row.fingerprint}: {row.id}"
        elif sheet and fingerprint(sheet) != row.fingerprint:
            yield f"handed in as {row.fingerprint}, holds {fingerprint(sheet)}: {row.id}"


if __name__ == "__main__":
    sys.exit(main())
