"""The fictional sample stays in its own rounds, whatever an address says."""

from assessment.domain.records import Signature
from assessment.services import sample
from assessment.services.setup import open_installation
from assessment.services.sheets import load_history
from tests.conftest import NOW
from tests.pages.conftest import Visit


def test_a_sample_community_without_its_round_is_shown_in_a_sample_round(visit: Visit) -> None:
    store = open_installation()
    sample.load(store, Signature("tester", NOW))
    fictional = sample.first(store)
    assert fictional
    at = visit("answer", community=fictional.code, theme="facilities", lang="zh")
    assert not at.exception
    assert "sample" in at.query_params["round"]
    assert at.text_area
    assert all(one.round.sample for one in load_history(store, fictional.code))
