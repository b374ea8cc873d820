"""Counting over arrays says what counting one by one says."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from assessment.domain.nation import STANDINGS, area_mask, own_positions, standing_codes
from assessment.domain.scoring import GateResult
from assessment.domain.standing import standing_of
from tests.domain.score_rows import score_row


@given(
    st.lists(
        st.tuples(st.integers(-1, 5), st.booleans(), st.sampled_from(list(GateResult))),
        max_size=30,
    )
)
def test_the_standing_of_many_is_the_standing_of_each(rows) -> None:
    answered = np.array([row[0] for row in rows], dtype=np.int64)
    enough = np.array([row[1] for row in rows], dtype=np.bool_)
    gates = np.array([row[2] for row in rows], dtype=np.uint8)
    codes = standing_codes(answered, enough, gates)
    singly = [
        standing_of(None if count < 0 else score_row(answered=count, enough=full, gates=int(gate)))
        for count, full, gate in rows
    ]
    assert [STANDINGS[code] for code in codes] == singly


def test_an_id_that_is_not_there_has_no_position() -> None:
    assert own_positions(["a", "c", "b"], ["b", "a"]).tolist() == [1, -1, 0]


def test_an_area_ends_where_its_neighbour_begins() -> None:
    class Some:
        adcode = np.array([0, 330000, 330100, 330106, 330200, 340000])

        def __len__(self) -> int:
            return len(self.adcode)

    def inside(adcode: str, level: str) -> list[int]:
        return Some.adcode[area_mask(Some(), adcode, level)].tolist()  # type: ignore[arg-type]

    assert inside("", "nation") == Some.adcode.tolist()
    assert inside("330000", "province") == [330000, 330100, 330106, 330200]
    assert inside("330100", "city") == [330100, 330106]
    assert inside("330106", "district") == [330106]
