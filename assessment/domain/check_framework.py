"""Faults that no single key shows: references, repeated ids, and what each kind needs."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from datetime import date

from assessment.domain.errors import Fault
from assessment.domain.formulas import FORMULAS
from assessment.domain.framework import EXISTING, STEPPED, FactKind, Framework, Item, Kind, Role
from assessment.domain.plan import PLANNED_KINDS, can_be_planned

_LINKED_FORMULAS = {"area": "area_per_100_households", "share": "activity_share"}
RESERVED_ANSWERS = ("unknown", "not_applicable", "some", "all", "none_of_them")


def check_framework(framework: Framework, clauses: Collection[str] | None) -> Iterator[Fault]:
    """Every fault of a framework whose keys and types are already right."""
    yield from _check_date(framework)
    yield from _repeated_ids(framework)
    for item in framework.items:
        yield from _check_theme(framework, item)
        yield from _check_place(framework, item)
        yield from _check_kind(framework, item)
        yield from _check_role(item)
        yield from _check_condition(framework, item)
    yield from _check_facts(framework)
    yield from _check_linked(framework)
    yield from _check_actions(framework)
    yield from _check_empty_parts(framework)
    yield from _check_local(framework)
    if clauses is not None:
        yield from _check_clauses(framework, clauses)


def _repeated(values: Iterable[str]) -> list[str]:
    return [value for value, times in Counter(values).items() if times > 1]


def _check_date(framework: Framework) -> Iterator[Fault]:
    try:
        date.fromisoformat(framework.date)
    except ValueError:
        yield Fault("bad_form", "date", values={"name": "date", "value": framework.date})


def _repeated_ids(framework: Framework) -> Iterator[Fault]:
    for item_id in _repeated(item.id for item in framework.items):
        yield Fault("repeated_item", "id", item_id)
    for theme_id in _repeated(theme.id for theme in framework.themes):
        yield Fault("repeated_theme", "themes", values={"id": theme_id})
    for theme in framework.themes:
        for group_id in _repeated(group.id for group in theme.groups):
            yield Fault("repeated_group", "themes", values={"id": group_id, "theme": theme.id})
    for fact_id in _repeated(fact.id for fact in framework.facts):
        yield Fault("repeated_fact", "facts", values={"id": fact_id})
    for fact in framework.facts:
        for option_id in _repeated(option.id for option in fact.options):
            yield Fault("repeated_option", "facts", values={"id": option_id, "fact": fact.id})
    for means_id in _repeated(means.id for means in framework.means):
        yield Fault("repeated_means", "means", values={"id": means_id})
    for place_id in _repeated(place.id for place in framework.places):
        yield Fault("repeated_place", "places", values={"id": place_id})
    for action_id in _repeated(action.id for action in framework.actions):
        yield Fault("repeated_action", "actions", values={"id": action_id})


def _check_theme(framework: Framework, item: Item) -> Iterator[Fault]:
    themes = {theme.id: theme for theme in framework.themes}
    if item.theme not in themes:
        known = ", ".join(themes)
        yield Fault("unknown_theme", "theme", item.id, values={"id": item.theme, "known": known})
    elif item.group not in {group.id for group in themes[item.theme].groups}:
        known = ", ".join(group.id for group in themes[item.theme].groups)
        yield Fault("unknown_group", "group", item.id, values={"id": item.group, "known": known})


def _check_place(framework: Framework, item: Item) -> Iterator[Fault]:
    known = [place.id for place in framework.places]
    if item.place is not None and item.place not in known:
        values = {"id": item.place, "known": ", ".join(known)}
        yield Fault("unknown_place", "place", item.id, values=values)


def _check_kind(framework: Framework, item: Item) -> Iterator[Fault]:
    if item.kind in STEPPED:
        yield from _check_steps(item)
    elif item.steps:
        yield Fault("key_not_for_kind", "steps", item.id, values={"kind": item.kind})
    if item.kind is Kind.UPKEEP:
        yield from _check_ticks(item)
    elif item.ticks:
        yield Fault("key_not_for_kind", "ticks", item.id, values={"kind": item.kind})
    if item.kind is Kind.QUANTITY:
        yield from _check_rule(framework, item)
    elif item.rule:
        yield Fault("key_not_for_kind", "rule", item.id, values={"kind": item.kind})


def _check_steps(item: Item) -> Iterator[Fault]:
    credits = [step.credit for step in item.steps]
    if len(credits) < 2:
        yield Fault("steps_missing", "steps", item.id)
        return
    for step_id in _repeated(step.id for step in item.steps):
        yield Fault("repeated_step", "steps", item.id, values={"id": step_id})
    for step in item.steps:
        if step.id in RESERVED_ANSWERS:
            yield Fault("reserved_step", "steps", item.id, values={"id": step.id})
    if credits != sorted(credits):
        yield Fault("steps_out_of_order", "steps", item.id)
    if credits[0] != 0:
        yield Fault("steps_without_zero", "steps", item.id)
    if credits[-1] != 1:
        yield Fault("steps_without_full", "steps", item.id)


def _check_ticks(item: Item) -> Iterator[Fault]:
    if len(item.ticks) < 2:
        yield Fault("ticks_missing", "ticks", item.id)
    for tick_id in _repeated(tick.id for tick in item.ticks):
        yield Fault("repeated_tick", "ticks", item.id, values={"id": tick_id})


def _check_rule(framework: Framework, item: Item) -> Iterator[Fault]:
    if item.rule is None:
        yield Fault("rule_missing", "rule", item.id)
        return
    formula = FORMULAS.get(item.rule.formula)
    if formula is None:
        values = {"id": item.rule.formula, "known": ", ".join(FORMULAS)}
        yield Fault("unknown_formula", "rule.formula", item.id, values=values)
        return
    if float(item.rule.threshold) == 0:
        yield Fault("threshold_zero", "rule.threshold", item.id)
    declared = {fact.id for fact in framework.facts if fact.kind is not FactKind.CHOICE}
    for fact_id in formula.facts:
        if fact_id not in declared:
            values = {"fact": fact_id, "formula": item.rule.formula}
            yield Fault("formula_without_fact", "rule.formula", item.id, values=values)


def _check_role(item: Item) -> Iterator[Fault]:
    if item.role is Role.GATE:
        if item.kind in (Kind.SURVEY, Kind.REMARK):
            yield Fault("gate_not_decidable", "kind", item.id, values={"kind": item.kind})
        if item.not_applicable:
            yield Fault("gate_set_aside", "not_applicable", item.id)
        if item.applies:
            yield Fault("gate_conditional", "applies", item.id)
    if item.kind is Kind.REMARK and item.role is not Role.CONTEXT:
        yield Fault("remark_scored", "role", item.id, values={"role": item.role})
    if item.kind is Kind.SURVEY and item.role is not Role.CONTEXT:
        yield Fault("survey_scored", "role", item.id, values={"role": item.role})
    if not item.clauses and item.role not in (Role.CONTEXT, Role.LOCAL):
        yield Fault("item_without_clause", "clauses", item.id)


def _check_condition(framework: Framework, item: Item) -> Iterator[Fault]:
    if item.applies is None:
        return
    facts = {fact.id: fact for fact in framework.facts}
    fact = facts.get(item.applies.fact)
    if fact is None or fact.kind is not FactKind.CHOICE:
        values = {"id": item.applies.fact}
        yield Fault("condition_unknown_fact", "applies.fact", item.id, values=values)
    elif item.applies.equals not in {option.id for option in fact.options}:
        values = {"id": item.applies.equals, "known": ", ".join(o.id for o in fact.options)}
        yield Fault("condition_unknown_value", "applies.equals", item.id, values=values)


def _check_facts(framework: Framework) -> Iterator[Fault]:
    for fact in framework.facts:
        place = "facts"
        if fact.kind is FactKind.CHOICE and len(fact.options) < 2:
            yield Fault("fact_without_options", place, values={"id": fact.id})
        if fact.kind is not FactKind.CHOICE and fact.options:
            yield Fault("fact_with_options", place, values={"id": fact.id})
        if fact.kind is not FactKind.CHOICE and fact.unit is None:
            yield Fault("fact_without_unit", place, values={"id": fact.id})


def _check_linked(framework: Framework) -> Iterator[Fault]:
    if framework.linked is None:
        return
    for key, formula in _LINKED_FORMULAS.items():
        item_id = getattr(framework.linked, key)
        rule = framework.item(item_id).rule if framework.has_item(item_id) else None
        if rule is None or rule.formula != formula or rule.direction != "at_least":
            values = {"id": item_id, "formula": formula}
            yield Fault("linked_unknown", f"linked.{key}", values=values)
        elif key == "share" and float(rule.threshold) >= 100:
            yield Fault("linked_share_too_high", "rule.threshold", item_id)


def _check_actions(framework: Framework) -> Iterator[Fault]:
    """Each usual action is for something that an action can make met, by means that there are."""
    means = {one.id for one in framework.means}
    for place, action in enumerate(framework.actions):
        if not action.kinds and not action.items:
            yield Fault("action_for_nothing", f"actions[{place}]", values={"id": action.id})
        if action.means is not None and action.means not in means:
            values = {"id": action.means, "known": ", ".join(means)}
            yield Fault("unknown_means", f"actions[{place}].means", values=values)
        for kind in action.kinds:
            if kind not in PLANNED_KINDS:
                values = {"action": action.id, "about": kind.value}
                yield Fault("action_not_for_this", f"actions[{place}].kinds", values=values)
        for item_id in action.items:
            known = framework.has_item(item_id)
            if not (known and can_be_planned(framework, framework.item(item_id))):
                values = {"action": action.id, "about": item_id}
                yield Fault("action_not_for_this", f"actions[{place}].items", values=values)


def _check_local(framework: Framework) -> Iterator[Fault]:
    facts = {one.id: {option.id for option in one.options} for one in framework.facts}
    for item in framework.items:
        if item.role is Role.LOCAL and framework.extends is None:
            yield Fault("local_without_base", "role", item.id)
        if item.rule is None or item.rule.local is None:
            continue
        if framework.extends is None:
            yield Fault("local_without_base", "rule.local", item.id)
        if EXISTING[1] not in facts.get(EXISTING[0], ()):
            yield Fault("local_without_fact", "rule.local", item.id)
        if float(item.rule.local.threshold) == 0:
            yield Fault("threshold_zero", "rule.local.threshold", item.id)


def _check_empty_parts(framework: Framework) -> Iterator[Fault]:
    if not framework.themes:
        yield Fault("themes_missing", "themes")
    used = {(item.theme, item.group) for item in framework.items}
    for theme in framework.themes:
        for group in theme.groups:
            if (theme.id, group.id) not in used:
                values = {"id": group.id, "theme": theme.id}
                yield Fault("empty_group", "themes", values=values)
        if not any(item.scored for item in framework.items if item.theme == theme.id):
            yield Fault("theme_not_scored", "themes", values={"id": theme.id})
    for place in framework.places:
        if place.id not in {item.place for item in framework.items}:
            yield Fault("empty_place", "places", values={"id": place.id})


def _check_clauses(framework: Framework, clauses: Collection[str]) -> Iterator[Fault]:
    used: dict[str, str] = {}
    for item in framework.items:
        for clause in item.clauses:
            used[clause] = item.id
            if clause not in clauses:
                yield Fault("unknown_clause", "clauses", item.id, values={"id": clause})
    told = {clause for means in framework.means for clause in means.clauses}
    told |= {clause for part in framework.programme for clause in part.clauses}
    reasoned = {clause for note in framework.unused for clause in note.clauses}
    for place in ("means", "programme", "unused"):
        listed = {clause for part in getattr(framework, place) for clause in part.clauses}
        for clause in sorted(listed - set(clauses)):
            yield Fault("unknown_clause", place, values={"id": clause})
    for clause in sorted(reasoned & set(used)):
        yield Fault("clause_used_and_unused", "unused", used[clause], values={"id": clause})
    for clause in sorted(set(clauses) - set(used) - told - reasoned):
        yield Fault("clause_forgotten", "items", values={"id": clause})
