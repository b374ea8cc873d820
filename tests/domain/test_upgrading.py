"""What another version changes, item by item."""

import pytest

from assessment.domain.framework import Framework
from assessment.domain.load_framework import load_framework
from assessment.domain.upgrading import (
    Upgrade,
    fact_upgrades,
    general_fields,
    item_upgrades,
    touched_facts,
    touched_items,
)
from tests.domain.valid_framework import CLAUSES, VALID

OLD = load_framework(VALID.encode(), CLAUSES)


def rebuilt(**update: object) -> Framework:
    return Framework.model_validate({**dict(OLD), **update})


def changed(item: str, **update: object) -> Framework:
    items = tuple(one.model_copy(update=update) if one.id == item else one for one in OLD.items)
    return rebuilt(items=items)


def words(text: str) -> object:
    return OLD.title.model_copy(update={"zh": text})


RULE = OLD.item("A-01").rule
STEPS = OLD.item("B-01").steps


@pytest.mark.parametrize(
    ("item", "update", "upgrade", "again"),
    [
        ("A-01", {"rule": RULE.model_copy(update={"threshold": "31"})}, Upgrade.THRESHOLD, True),
        ("B-01", {"question": words("另一个问题")}, Upgrade.REWORDED, True),
        ("B-01", {"counts": words("算")}, Upgrade.REWORDED, True),
        ("B-01", {"steps": (STEPS[0], STEPS[2])}, Upgrade.ANSWERS, True),
        ("B-01", {"weight": 3.5}, Upgrade.WEIGHT, False),
        ("B-01", {"evidence": "none"}, Upgrade.BESIDE, False),
    ],
)
def test_every_change_has_its_name(item, update, upgrade, again):
    new = changed(item, **update)
    found = {one.id: one for one in item_upgrades(OLD, new)}
    assert found[item].upgrades == {upgrade}
    assert found[item].is_touched == again
    assert touched_items(OLD, new) == ({item} if again else set())
    others = {one.id for one in found.values() if one.upgrades == {Upgrade.UNCHANGED}}
    assert others == {one.id for one in OLD.items} - {item}


def test_the_same_threshold_written_otherwise_is_no_change():
    same = RULE.model_copy(update={"threshold": f"{RULE.threshold}.0"})
    found = {one.id: one.upgrades for one in item_upgrades(OLD, changed("A-01", rule=same))}
    assert found["A-01"] == {Upgrade.UNCHANGED}


def test_new_and_removed_items_are_told_and_nobody_has_to_confirm_them():
    new = rebuilt(items=OLD.items[:-1])
    gone = OLD.items[-1].id
    assert {one.id: one.upgrades for one in item_upgrades(OLD, new)}[gone] == {Upgrade.REMOVED}
    assert {one.id: one.upgrades for one in item_upgrades(new, OLD)}[gone] == {Upgrade.NEW}
    assert touched_items(OLD, new) == touched_items(new, OLD) == frozenset()


def test_facts_and_the_whole_are_compared_too():
    fact = OLD.facts[0].model_copy(update={"help": words("换一个口径")})
    new = rebuilt(facts=(fact, *OLD.facts[1:]), complete_from=60.0)
    assert list(fact_upgrades(OLD, new)) == [fact.id] == list(touched_facts(OLD, new))
    assert [(one.path, one.before, one.after) for one in general_fields(OLD, new)] == [
        ("complete_from", "80", "60")
    ]
