"""Items as they are asked of one community: a local threshold holds for existing ones only."""

from assessment.domain.facts import Facts
from assessment.domain.framework import EXISTING, Framework, Item


def as_asked(item: Item, facts: Facts) -> Item:
    """The item with the threshold that holds for a community with these facts."""
    rule = item.rule
    if rule is None or rule.local is None or facts.get(EXISTING[0]) != EXISTING[1]:
        return item
    local = rule.model_copy(update={"threshold": rule.local.threshold})
    return item.model_copy(update={"rule": local})


def lacks_kind(item: Item, facts: Facts) -> bool:
    """Whether it is not known which threshold holds."""
    return item.rule is not None and item.rule.local is not None and EXISTING[0] not in facts


def has_local_rules(framework: Framework, facts: Facts) -> bool:
    """Whether a local threshold holds for a community with these facts."""
    return any(as_asked(item, facts) is not item for item in framework.items)


def nationally(item: Item) -> Item:
    """The item with the national threshold only."""
    if item.rule is None or item.rule.local is None:
        return item
    return item.model_copy(update={"rule": item.rule.model_copy(update={"local": None})})
