"""Broken framework files are refused with code, item, place and line; what the hash is of."""

from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from assessment.domain.errors import Fault, Refused
from assessment.domain.framework import Framework, Role
from assessment.domain.load_framework import load_framework, load_framework_file
from assessment.domain.read_yaml import LARGEST_FILE
from tests.domain.broken_frameworks import REPEATED, WRONG_KEYS, WRONG_VALUES, Broken
from tests.domain.broken_references import KINDS, REFERENCES
from tests.domain.fault_codes import framework_codes
from tests.domain.valid_framework import CLAUSES, VALID

# The hash of the same file as it was read before there were places and usual actions.
EARLIER_HASH = "2c93870dd8637b0216c58af3df6ee6ca786b0801ac21d5d35118b5584aee4db7"
# ``test_extend_framework`` has a broken file for each of these.
OF_LOCAL_FILES = {"local_without_base", "local_without_fact"}
BROKEN = [*WRONG_KEYS, *WRONG_VALUES, *REPEATED, *REFERENCES, *KINDS]
NOT_FILES = {
    "file_empty": b"",
    "not_a_mapping": b"- a list\n",
    "file_too_large": b" " * (LARGEST_FILE + 1),
    "not_utf8": "title: 小清单".encode("gb18030"),
    "yaml_syntax": b"title: [never closed\n",
    "yaml_alias": b"a: &one [1]\nb: *one\n",
    "yaml_too_deep": b"[" * 200 + b"]" * 200,
}


def load(text: str) -> Framework:
    return load_framework(text.encode(), CLAUSES)


def faults_of(data: bytes) -> tuple[Fault, ...]:
    with pytest.raises(Refused) as refused:
        load_framework(data, CLAUSES)
    return refused.value.faults


def test_the_valid_file_loads_with_its_items_gates_and_steps():
    framework = load(VALID)
    assert [item.id for item in framework.gates] == ["A-01", "A-02"]
    assert [item.id for item in framework.items_of("people")] == [f"B-0{k}" for k in range(1, 6)]
    assert [step.credit for step in framework.item("B-01").steps] == [0, 0.5, 1]
    assert framework.item("B-03").role is Role.BONUS
    assert not framework.item("B-04").scored
    assert len(framework.hash) == 64


@pytest.mark.parametrize("broken", BROKEN, ids=lambda broken: f"{broken.code}-{broken.name}")
def test_a_broken_file_is_refused_with_code_item_place_and_line(broken: Broken):
    faults = faults_of(broken.text.encode())
    told = [(fault.code, fault.item, fault.place, fault.line) for fault in faults]
    assert (broken.code, broken.item, broken.place, broken.line) in told
    assert {fault.code for fault in faults} == {broken.code, *broken.also}


@pytest.mark.parametrize(("code", "data"), NOT_FILES.items(), ids=NOT_FILES)
def test_what_is_no_framework_file_is_refused(code: str, data: bytes):
    (fault,) = faults_of(data)
    assert fault.code == code


def test_a_missing_file_is_refused_by_its_name(tmp_path: Path):
    with pytest.raises(Refused) as refused:
        load_framework_file(tmp_path / "none.yaml")
    (fault,) = refused.value.faults
    assert (fault.code, fault.values) == ("file_missing", {"file": "none.yaml"})


def test_there_is_a_broken_file_for_every_fault_that_reading_can_find():
    seen = {broken.code for broken in BROKEN} | set(NOT_FILES) | {"file_missing"} | OF_LOCAL_FILES
    assert framework_codes() == seen


def test_all_faults_are_told_at_once():
    text = VALID.replace("weight: 2", "weight: 0").replace("role: bonus", "role: extra")
    assert [fault.code for fault in faults_of(text.encode())] == ["out_of_range", "not_one_of"]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("id: a\ntitle: [never closed\n", 3),
        ("id: a\nb: &one [1]\nc: *one\n", 3),
        ("id: a\n\n\nid: b\n", 4),
        ("id: a\nmeans: " + "[" * 200 + "]" * 200, 2),
        ("id: a\ndate: 2026-02-30\n", 2),
        ("id: a\nweight: !!int two\n", 2),
        ("id: a\nweight: " + "9" * 5000, 2),
        ("id: a\nweight: 1" + ":59" * 200 + ".5", 2),
        ("id: a\nmeans: !!bool perhaps", 2),
        ("id: a\ndate: !!timestamp today", 2),
    ],
    ids=[
        *("syntax", "alias", "duplicate", "depth", "bare_date", "tag", "digits"),
        *("sixties", "bool", "timestamp"),
    ],
)
def test_a_fault_of_the_notation_has_its_line(text: str, line: int):
    (fault,) = faults_of(text.encode())
    assert fault.line == line


def test_a_byte_that_is_not_utf8_is_found_by_its_line():
    (fault,) = faults_of(VALID.encode().replace(b"id: A-01", b"id: \xff"))
    number = VALID.splitlines().index("  - id: A-01") + 1
    assert (fault.code, fault.line) == ("not_utf8", number)


def test_a_byte_order_mark_does_no_harm():
    assert load_framework(b"\xef\xbb\xbf" + VALID.encode()) == load(VALID)


def test_clauses_are_checked_only_against_a_list():
    assert load_framework(VALID.replace("FAC-01", "FAC-77").encode()).item("A-01")


def test_a_file_from_before_places_and_usual_actions_keeps_the_hash_it_was_published_under():
    without = VALID
    for start, end in (("places:\n", "themes:\n"), ("actions:\n", "linked:")):
        without = without[: without.index(start)] + without[without.index(end) :]
    for line in ("    place: hall\n", "    place: yard\n"):
        without = without.replace(line, "")
    assert load(without).hash == EARLIER_HASH
    assert load(VALID).hash != EARLIER_HASH


def reversed_keys(value: object) -> object:
    if isinstance(value, dict):
        return {key: reversed_keys(value[key]) for key in reversed(value)}
    return [reversed_keys(one) for one in value] if isinstance(value, list) else value


def test_comments_and_layout_do_not_change_the_hash():
    plain = load(VALID).hash
    commented = "# another remark\n" + VALID.replace("items:\n", "\n\nitems:  # all of them\n")
    rewritten = yaml.safe_dump(reversed_keys(yaml.safe_load(VALID)), allow_unicode=True)
    escaped = yaml.safe_dump(yaml.safe_load(VALID), default_flow_style=True, width=40)
    assert {load(text).hash for text in (commented, rewritten, escaped)} == {plain}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Weights are ours", "Weights are ours!"),
        ("weight: 2", "weight: 2.5"),
        ('threshold: "30"', 'threshold: "31"'),
        ("credit: 0.5", "credit: 0.4"),
        ("complete_from: 80", "complete_from: 81"),
        ("role: bonus", "role: core"),
        ("无隐患", "没有隐患"),
        ("equals: new", "equals: existing"),
    ],
)
def test_any_change_of_the_content_changes_the_hash(old: str, new: str):
    assert VALID.count(old) == 1
    assert load(VALID.replace(old, new)).hash != load(VALID).hash


def only_refuses(data: bytes) -> None:
    try:
        load_framework(data, CLAUSES)
    except Refused as refused:
        assert refused.faults


@given(st.binary(max_size=200))
def test_random_bytes_are_only_ever_refused(data: bytes):
    only_refuses(data)


@given(st.text(alphabet="-:?[]{}!&*#|>%@`\"'<=~ \n\t0123456789._abefinotxys", max_size=120))
def test_random_yaml_is_only_ever_refused(text: str):
    only_refuses(text.encode())


@given(
    st.integers(0, len(VALID)), st.integers(0, 40), st.text("-:[]{}!&*#'\" \n01.ax", max_size=12)
)
def test_a_valid_file_with_a_piece_replaced_loads_or_is_refused(
    start: int, length: int, piece: str
):
    only_refuses((VALID[:start] + piece + VALID[start + length :]).encode())


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.dates()
    | st.text("a1-é", max_size=3),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text("abid", max_size=2) | st.integers(0, 2), inner, max_size=3)
    ),
    max_leaves=4,
)


def places_in(value: object, path: tuple = ()) -> list[tuple]:
    children = value.items() if isinstance(value, dict) else ()
    children = enumerate(value) if isinstance(value, list) else children
    return [path, *(place for key, one in children for place in places_in(one, (*path, key)))]


PLACES = places_in(yaml.safe_load(VALID))[1:]


@settings(max_examples=60)
@given(st.sampled_from(PLACES), VALUES)
def test_a_valid_file_with_any_value_replaced_loads_or_is_refused(place: tuple, value: object):
    content = yaml.safe_load(VALID)
    parent = content
    for key in place[:-1]:
        parent = parent[key]
    parent[place[-1]] = value
    only_refuses(yaml.safe_dump(content, allow_unicode=True).encode())
