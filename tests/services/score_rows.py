"""Stored score rows against scores worked out anew, to the last digit but one.

Sums over many assessments at once round their last bit otherwise than sums over one.
"""

import numpy as np
import pytest

from assessment.domain.sheet import Sheet
from assessment.store.engine import Store
from assessment.store.scores import score_row_of
from tests.services.steps import reload, score_row


def assert_as_from_scratch(store: Store, sheet: Sheet) -> None:
    """The stored row of an assessment is that of its stored answers."""
    stored, expected = score_row(store, sheet), score_row_of(reload(store, sheet))
    assert set(stored) == set(expected)
    for name, value in stored.items():
        if name == "themes":
            pairs = [np.frombuffer(one, dtype="<f8") for one in (value, expected[name])]
            assert np.allclose(*pairs, rtol=0, atol=1e-12, equal_nan=True)
        elif isinstance(value, float):
            assert value == pytest.approx(expected[name], abs=1e-12), name
        else:
            assert value == expected[name], name
