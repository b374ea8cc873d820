"""How long it takes to score a whole round anew, against the least that a program could do.

    python -m tests.bench.rescore [--home FOLDER] [--communities 100000] [--turns 3]

Both work on copies of one sample nation. The product moves the last round to a framework with
other weights. The floor reads the same packed vectors with the bare database driver, multiplies
them with a matrix of weights, and writes rows of the same size back in batches of the same size.
They take turns; the first turn only warms up. Printed are medians and their ratios (target 3), in
seconds that passed and in seconds of CPU. Without ``--home`` a nation without answers is made
first; the time for it and the size of the database are printed too.
"""

import argparse
import json
import os
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import numpy as np
import yaml

from assessment.domain.load_framework import load_framework
from assessment.domain.records import Signature
from assessment.domain.scoring import Floats, columns_of
from assessment.services.publishing import publish
from assessment.services.rescoring import _BATCH, Moving, rescore
from assessment.services.setup import FRAMEWORK_FILE
from assessment.settings import PROJECT
from assessment.store.engine import Store

ROUND = "nation-3"
NAME = "assessment.db"
SHIPPED = PROJECT / "data" / "frameworks" / FRAMEWORK_FILE
READ = "SELECT assessment, credits, outcomes, themes FROM score WHERE round = ? ORDER BY assessment"
WRITE = """UPDATE score SET low = ?, high = ?, low_percent = ?, high_percent = ?, completeness = ?,
  set_aside_share = ?, asked = ?, answered = ?, set_aside = ?, gates = ?, blocked = ?, verdict = ?,
  enough = ?, at = ?, themes = ?, credits = ?, outcomes = ? WHERE assessment = ?"""
MOVE = "UPDATE assessment SET framework = ? WHERE id = ?"
NUMBERS = (0.5, 0.75, 50, 75, 0.75, 0.0, 60, 50, 2, 2, "F-01 F-02", 2, 1)
NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)

Measured = tuple[float, float]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--home", type=Path)
    parser.add_argument("--communities", type=int, default=100_000)
    parser.add_argument("--turns", type=int, default=3)
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = wanted.home or _make_nation(Path(folder) / "home", wanted.communities)
        print(f"database: {(home / NAME).stat().st_size / 1e6:.0f} MB")
        ours, theirs = Path(folder) / "product.db", Path(folder) / "floor.db"
        for copy in (ours, theirs):
            shutil.copyfile(home / NAME, copy)
        _measure(ours, theirs, wanted.turns)


def _make_nation(home: Path, communities: int) -> Path:
    home.mkdir()
    command = [sys.executable, "-m", "assessment.commands", "sample-nation", "--no-answers"]
    command += ["--communities", str(communities)]
    start = time.perf_counter()
    environment = {**os.environ, "ASSESSMENT_HOME": str(home)}
    subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL)
    print(f"{communities} communities, three rounds, made in {time.perf_counter() - start:.0f} s")
    return home


def _measure(ours: Path, theirs: Path, turns: int) -> None:
    store = Store(f"sqlite:///{ours}")
    pairs = []
    for turn in range(turns + 1):
        content, weight = _other_weights(turn)
        count, product = _timed(partial(_rescore, store, content))
        least, floor = _timed(partial(_floor, theirs, weight))
        assert count == least
        pairs.append((product, floor))
        print(f"  {count} assessments: product {product[0]:.2f} s, floor {floor[0]:.2f} s")
    for place, what in enumerate(("seconds", "CPU seconds")):
        product, floor = (
            statistics.median(one[place] for one in side) for side in zip(*pairs[1:], strict=True)
        )
        ratio = product / floor
        print(f"rescore, {what}: product {product:.2f}, floor {floor:.2f}, ratio {ratio:.2f}")
    store.close()


def _timed(work: Callable[[], int]) -> tuple[int, Measured]:
    wall, cpu = time.perf_counter(), time.process_time()
    count = work()
    return count, (time.perf_counter() - wall, time.process_time() - cpu)


def _other_weights(turn: int) -> tuple[bytes, Floats]:
    """The shipped framework with other weights and another version in every turn."""
    content = yaml.safe_load(SHIPPED.read_bytes())
    for place, item in enumerate(content["items"]):
        item["weight"] = 1.0 + (place + turn) % 3
    content["version"] = f"9.{turn}"
    data = json.dumps(content, ensure_ascii=False).encode()
    return data, columns_of(load_framework(data)).weight


def _rescore(store: Store, content: bytes) -> int:
    signature = Signature("bench", NOW)
    framework = publish(store, signature, load_framework(content), content)
    moving = Moving(ROUND, framework, reopens=True)
    return rescore(store, signature, moving, lambda done, total: None)


def _floor(path: Path, weight: Floats) -> int:
    """Read, multiply, write: nothing is judged, nothing is held, nobody is told."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("BEGIN IMMEDIATE")
    found = connection.execute("SELECT hash FROM framework").fetchone()[0]
    rows = connection.execute(READ, (ROUND,)).fetchall()
    connection.execute("COMMIT")
    at = f"{NOW:%Y-%m-%dT%H:%M:%S.%fZ}"
    for start in range(0, len(rows), _BATCH):
        some = rows[start : start + _BATCH]
        credit = np.frombuffer(b"".join(row[1] for row in some), dtype="<f8")
        shares = np.nan_to_num(credit.reshape(len(some), -1)) @ weight
        lows = (shares.sum(axis=1) / weight.sum()).tolist()
        connection.execute("BEGIN IMMEDIATE")
        lines = zip(some, lows, strict=True)
        connection.executemany(
            WRITE, ((low, *NUMBERS[1:], at, r[3], r[1], r[2], r[0]) for r, low in lines)
        )
        connection.executemany(MOVE, ((found, row[0]) for row in some))
        connection.execute("COMMIT")
    connection.close()
    return len(rows)


if __name__ == "__main__":
    main()
