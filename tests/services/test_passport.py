"""A passport from one installation to another: the same figures, codes, states and bytes."""

from pathlib import Path

import pytest

from assessment.domain.fingerprint import fingerprint
from assessment.domain.sheet import Sheet
from assessment.services.communities import assessment_in
from assessment.services.sheets import load_sheet
from assessment.store.engine import Store
from tests.services.passports import (
    another_home,
    brought,
    full_record,
    members_of,
    rows_in,
    written,
)

# Who did it is kept as a name marked as of elsewhere.
OTHER_NAMES = {"saved_by", "state_by"}


def test_what_is_brought_in_is_what_was_taken_away(
    store: Store, sheet: Sheet, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    sheet = full_record(store, sheet)
    taken = written(store, sheet.community.code)
    before = members_of(taken)
    with another_home(monkeypatch, tmp_path / "other") as other:
        done = brought(other, taken)
        begun = assessment_in(other, sheet.community.code, sheet.round.id)
        assert begun
        there = load_sheet(other, begun.id)
        assert there
        assert fingerprint(there) == fingerprint(sheet) == begun.fingerprint
        after = members_of(written(other, sheet.community.code))
    assert done.writes[0].keeps_code
    print(len(taken), list(before))
    name = f"items-{sheet.round.id}.csv"
    for one, two in zip(rows_in(before[name]), rows_in(after[name]), strict=True):
        assert {k: v for k, v in one.items() if k not in OTHER_NAMES} == {
            k: v for k, v in two.items() if k not in OTHER_NAMES
        }
    assert {n: c for n, c in before.items() if n.startswith("evidence/")} == {
        n: c for n, c in after.items() if n.startswith("evidence/")
    }
    Path("/tmp/w/passport.zip").write_bytes(taken)
