"""What a passport is made of: the same bytes for the same records, a page that needs nothing."""

import json

from assessment.domain.passport import Passport
from assessment.store.engine import Store
from tests.services.passports import brought, checked, members_of, written
from tests.services.test_papers import Tags
from tests.services.test_passport import CODE, code_of


def test_the_same_records_give_the_same_bytes(store: Store, passport: bytes) -> None:
    brought(store, passport)
    assert written(store, CODE) == written(store, CODE)
    content = members_of(passport)["passport.json"]
    plain = json.loads(content)
    again = json.dumps(plain, ensure_ascii=False, sort_keys=True, indent=1).encode() + b"\n"
    assert again == content
    schema = json.loads(members_of(passport)["passport.schema.json"])
    assert set(schema["properties"]) == set(plain) == set(Passport.model_fields)


def test_the_page_needs_nothing_and_its_links_lead_to_what_is_there(passport: bytes) -> None:
    members = members_of(passport)
    page = members["index.html"].decode()
    tags = Tags(page).tags
    assert "script" not in {name for name, _ in tags}
    policies = [found.get("content") for _, found in tags if "http-equiv" in found]
    assert policies and str(policies[0]).startswith("default-src 'none'")
    links = [found.get("href") or "" for name, found in tags if name == "a"]
    inside = [one for one in links if not one.startswith("#")]
    assert [one for one in inside if one not in members] == ["https://example.org/a?b=1"]
    assert {one for one in members if one.startswith("evidence/")} <= set(inside)
    assert not [found for _, found in tags if set(found) & {"src", "onerror", "onload"}]
    words = Tags(page).words
    for one in (code_of(passport), "</script><b>", "请补充", "同意", "便利店", "新建幼儿园"):
        assert one in words


def test_removed_evidence_stays_out_and_is_counted(passport: bytes) -> None:
    one = checked(passport).passport.rounds[0]
    assert one.removed_evidence == 1
    assert all("gone" not in piece.url for piece in one.evidence)
    states = {answer.state for answer in one.answers}
    assert {"met", "not_met", "unknown", "not_applicable", "unanswered"} <= states
