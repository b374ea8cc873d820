"""Small frameworks built in code, and results of items without the answers behind them."""

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
from hypothesis import strategies as st

from assessment.domain.answers import Judged, Outcome
from assessment.domain.framework import Framework, Item, Role, Text
from assessment.domain.scoring import Credits, Line, Scores, score

OPEN = Judged(Outcome.UNANSWERED)
UNKNOWN = Judged(Outcome.UNKNOWN)
NOT_MET = Judged(Outcome.NOT_MET, 0.0)
MET = Judged(Outcome.MET, 1.0)
PENDING = Judged(Outcome.SET_ASIDE_PENDING)
SET_ASIDE = Judged(Outcome.SET_ASIDE)
NOT_ASKED = Judged(Outcome.NOT_ASKED)


def partly(credit: float = 0.5) -> Judged:
    return Judged(Outcome.PARTLY, credit)


def words(word: str) -> dict[str, str]:
    return {"zh": word, "en": word}


def make_steps(credits: Iterable[float] = (0, 0.5, 1)) -> list[dict[str, Any]]:
    """Worded steps ``s0``, ``s1`` … with these credits."""
    return [
        {"id": f"s{k}", "credit": credit, "label": words("label"), "meaning": words("meaning")}
        for k, credit in enumerate(credits)
    ]


def make_ticks(*names: str) -> list[dict[str, Any]]:
    return [{"id": name, "label": words(name), "meaning": words(name)} for name in names]


def make_rule(formula: str, threshold: str, direction: str = "at_least") -> dict[str, Any]:
    return {
        "formula": formula,
        "threshold": threshold,
        "direction": direction,
        "unit": words("unit"),
        "base": words("base"),
    }


def make_item(item_id: str, **keys: Any) -> Item:
    """An item; a core item of theme ``one`` with three steps unless ``keys`` say otherwise."""
    plain = {
        "id": item_id,
        "theme": "one",
        "group": "all",
        "role": "core",
        "kind": "mechanism",
        "title": words(item_id),
        "question": words(item_id),
        "clauses": [],
    }
    if keys.get("kind", "mechanism") in ("mechanism", "facility"):
        plain["steps"] = make_steps()
    return Item.model_validate(plain | keys)


def make_theme(theme_id: str, weight: float = 1.0) -> dict[str, Any]:
    group = {"id": "all", "title": words("all")}
    title = words(theme_id)
    return {"id": theme_id, "title": title, "short": title, "weight": weight, "groups": [group]}


def make_fact(fact_id: str, kind: str = "area", options: Iterable[str] = ()) -> dict[str, Any]:
    listed = [{"id": option, "label": words(option)} for option in options]
    unit = None if kind == "choice" else words("unit")
    label = words(fact_id)
    return {
        "id": fact_id,
        "kind": kind,
        "label": label,
        "help": label,
        "unit": unit,
        "options": listed,
    }


AREA_FACTS = (
    make_fact("households", "count"),
    make_fact("service_area"),
    make_fact("activity_area"),
)


def make_framework(
    items: Iterable[Item], themes: Mapping[str, float] | None = None, **keys: Any
) -> Framework:
    """A framework of these items; ``themes`` are theme ids with their weights."""
    plain: dict[str, Any] = {
        "id": "made",
        "version": "1.0",
        "date": "2026-01-31",
        "title": words("title"),
        "source": words("source"),
        "weights_note": words("note"),
        "complete_from": 80,
        "score_from_completeness": 0.5,
        "not_applicable_flag": 0.2,
        "facts": AREA_FACTS,
        "themes": [make_theme(*theme) for theme in (themes or {"one": 1.0}).items()],
        "items": [item.model_dump() for item in items],
    }
    return Framework.model_validate(plain | keys)


def make_linked_framework(per_100: str = "30", share: str = "60") -> Framework:
    """The two rules on floor area as gates ``Q-01`` and ``Q-02``, linked, and one core item."""
    area = make_rule("area_per_100_households", per_100)
    return make_framework(
        [
            make_item("Q-01", role="gate", kind="quantity", rule=area),
            make_item(
                "Q-02", role="gate", kind="quantity", rule=make_rule("activity_share", share)
            ),
            make_item("C-01"),
        ],
        linked={"area": "Q-01", "share": "Q-02"},
    )


def with_weights(framework: Framework, items: float = 1.0, themes: float = 1.0) -> Framework:
    """The same framework with the weights of all items and of all themes multiplied."""
    changed_items = [
        one.model_copy(update={"weight": one.weight * items}) for one in framework.items
    ]
    changed_themes = [
        one.model_copy(update={"weight": one.weight * themes}) for one in framework.themes
    ]
    update = {"items": tuple(changed_items), "themes": tuple(changed_themes)}
    return framework.model_copy(update=update)


def credits_of(framework: Framework, *rows: Mapping[str, Judged]) -> Credits:
    """A row for each mapping; items that it does not name are unanswered."""
    full = [{item.id: row.get(item.id, OPEN) for item in framework.items} for row in rows]
    return Credits.of(framework, full)


def score_of(framework: Framework, *rows: Mapping[str, Judged]) -> Scores:
    return score(framework, credits_of(framework, *rows))


def ends(line: Line, row: int = 0) -> tuple[float, float]:
    """Low and high of a line."""
    return float(line.low[row]), float(line.high[row])


def has_no_score(line: Line) -> bool:
    return bool(np.isnan(line.low[0]) and np.isnan(line.high[0]) and np.isnan(line.low_percent[0]))


def text_of(word: str) -> Text:
    return Text(zh=word, en=word)


RESULTS = st.one_of(
    st.sampled_from([OPEN, UNKNOWN, NOT_MET, MET, PENDING, SET_ASIDE, NOT_ASKED]),
    st.floats(0.01, 0.99).map(partly),
)
OPEN_RESULTS = (Outcome.UNANSWERED, Outcome.UNKNOWN, Outcome.SET_ASIDE_PENDING)
_WEIGHTS = st.floats(0.1, 10)


@st.composite
def small_frameworks(draw: st.DrawFn) -> Framework:
    """One to three themes and up to eight items of any role, with any weights."""
    themes = {f"t{k}": draw(_WEIGHTS) for k in range(draw(st.integers(1, 3)))}
    items = [
        make_item(
            f"A-{k:02}",
            theme=draw(st.sampled_from(sorted(themes))),
            role=draw(st.sampled_from(sorted(Role))),
            weight=draw(_WEIGHTS),
        )
        for k in range(draw(st.integers(1, 8)))
    ]
    return make_framework(items, themes)


@st.composite
def answered_frameworks(draw: st.DrawFn) -> tuple[Framework, dict[str, Judged]]:
    """A small framework and a result for each of its items."""
    framework = draw(small_frameworks())
    return framework, {item.id: draw(RESULTS) for item in framework.items}
