"""The real server, killed while people answer: a short run of ``tests.bench.kill_run``."""

from dataclasses import replace
from pathlib import Path

from assessment.store.engine import Store
from tests.bench import kill_run


def test_a_killed_server_loses_nothing_that_a_page_showed_as_saved(tmp_path: Path) -> None:
    claims: list[kill_run.Claim] = []
    result = kill_run.run(tmp_path, kills=3, seed=7, visitors=4, noted=claims)
    assert result.lost == []
    assert len(claims) == result.claims >= 3
    store = Store(f"sqlite:///{tmp_path / 'assessment.db'}")
    assert kill_run.missing(store, claims) == []
    invented = [replace(one, value=f"{one.value}0") for one in claims if one.name != "choice"]
    assert kill_run.missing(store, invented) == invented
    store.close()
