"""The real server, killed while people work: a short run of ``tests.bench.kill_run``."""

from dataclasses import replace
from pathlib import Path

from assessment.store.engine import Store
from tests.bench import kill_run
from tests.bench.deeds import Attached, BroughtIn, Claim, HandedIn, Saved


def test_a_killed_server_loses_nothing_that_a_page_showed_as_done(tmp_path: Path) -> None:
    claims: list[Claim] = []
    result = kill_run.run(tmp_path, kills=2, seed=7, visitors=5, noted=claims)
    assert result.lost == []
    assert len(claims) == result.told.total()
    assert {type(one) for one in claims} >= {Saved, HandedIn, Attached, BroughtIn}
    store = Store(f"sqlite:///{tmp_path / 'assessment.db'}")
    assert kill_run.missing(store, tmp_path, claims) == []
    invented = [replace(one, value=f"{one.value}0") for one in claims if not _is_choice(one)]
    assert kill_run.missing(store, tmp_path, invented) == invented
    attached = next(one for one in claims if isinstance(one, Attached))
    (file,) = tmp_path.glob(f"evidence/*/{attached.value}")
    file.write_bytes(file.read_bytes()[:-1])
    assert kill_run.missing(store, tmp_path, [attached]) == [attached]
    assert kill_run.torn(store, tmp_path) == [f"not whole: {attached.value}"]
    store.close()


def _is_choice(one: Claim) -> bool:
    """The value of a choice is the place of a button: another place may be true as well."""
    return isinstance(one, Saved) and one.name == "choice"
