"""The keys that the source puts together, from the enumerations that they come from."""

import csv
from collections.abc import Callable, Iterable, Mapping
from enum import Enum
from functools import cache, lru_cache
from typing import Any, get_args

from assessment.domain import permissions
from assessment.domain.answers import Decision, Outcome, State
from assessment.domain.changes import Movement
from assessment.domain.comparison import Caution
from assessment.domain.evidence import EvidenceKind
from assessment.domain.findings import Finding, Severity
from assessment.domain.formulas import FORMULAS
from assessment.domain.framework import Framework, Guidance, Role, Rule
from assessment.domain.handover import HandoverAction
from assessment.domain.import_register import REGISTER_CODES
from assessment.domain.load_framework import _CODES, load_framework_file
from assessment.domain.peers import RATIOS
from assessment.domain.plan import ActionState
from assessment.domain.records import FACILITY_KINDS, AssessmentState
from assessment.domain.round_days import Window
from assessment.domain.scoring import GateResult, Verdict
from assessment.domain.standing import Standing
from assessment.domain.typed_answers import DETAIL_FORMS, MEANS_DETAIL
from assessment.reports import answer_words, dictionary, handover_words, log_words
from assessment.reports.refused_table import REFUSED_COLUMNS
from assessment.reports.table import Column
from assessment.services import verifying
from assessment.services.area_picture import Order
from assessment.services.chart_exports import CHARTS, DISTRIBUTION
from assessment.services.exports import COMMUNITIES, DICTIONARY, ITEMS, SUMMARY, export_columns
from assessment.services.history import Kind, Scope
from assessment.services.import_refusals import REFUSED
from assessment.services.paper_exports import PAPERS
from assessment.services.selection_exports import SELECTION_KINDS
from assessment.services.setup import FRAMEWORK_FILE
from assessment.services.tiles import FAULTS
from assessment.settings import PROJECT
from assessment.store.troubles import REASONS
from assessment.ui import framework_view, import_preview, log_list, review_table, round_forms
from assessment.ui.frame import _MENU, page_names
from assessment.ui.plan_form import PLAN_AREAS, PLAN_TEXTS
from tests.language.source import SOURCE, assigned, faults, first_arguments

EXPORT_KINDS = (ITEMS, SUMMARY, COMMUNITIES, DICTIONARY)
LEVELS = ("province", "city", "district")
TYPED_TEXTS = ("note", "reason")
ANSWER_FIELDS = ("choice", "ticks", "reason", "decision", "note")


@lru_cache(maxsize=1)
def framework() -> Framework:
    """The framework that ships with the product."""
    return load_framework_file(PROJECT / "data" / "frameworks" / FRAMEWORK_FILE)


def columns() -> list[Column]:
    """Every column of every export, and those of the dictionary itself."""
    files = export_columns(framework())
    brought = [*REFUSED_COLUMNS, *(Column(code) for code in REGISTER_CODES)]
    return [*dictionary._COLUMNS, *brought, *(column for _, found in files for column in found)]


def not_saved_reasons() -> set[str]:
    """Every reason for which something is not saved."""
    return REASONS | first_arguments("NotSaved")


@lru_cache(maxsize=1)
def fault_codes() -> set[str]:
    """Every code that a fault can have."""
    codes = {one.code for one in faults()} | set(_CODES.values()) | {"wrong_type"}
    return codes | first_arguments("read_text", 2) | {"text_too_long"}


def quantity_words() -> set[str]:
    """What is said of a quantity: its direction, or why it cannot be computed."""
    directions = get_args(Rule.model_fields["direction"].annotation)
    return {*directions, *first_arguments("Quantity", 1)}


def bases_of_lists() -> set[str]:
    """How sure it is that a community is in its list."""
    path = PROJECT / "data" / "communities" / "national_pilots.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return {row["verified"] for row in csv.DictReader(file)} | {"no"}


def answer_choices() -> set[str]:
    """The answers that every item shares."""
    return {answer_words._KEYS.get(one, one) for one in answer_words._ANSWERS}


def set_aside_outcomes() -> list[str]:
    """The outcomes that share the state "not applicable"."""
    return [one.name.lower() for one in Outcome if one.state is State.NOT_APPLICABLE]


def lower_names(enum: type[Enum]) -> list[str]:
    """The names of an enumeration, in small letters."""
    return [one.name.lower() for one in enum]


# What can stand in the braces of every pattern in the source.
# The boxes of the officials' page; the first group has an option for no filter.
FILTERS = ("area", "programme", "standing", "state")
CHOSEN = ("programme", "standing", "state", "round", "colour")

ENUMERATED: Mapping[str, Callable[[], Iterable[Any]]] = {
    "answer.{}": answer_choices,
    "author.{}": lambda: log_words.AUTHORS,
    "answer_state.{}": lambda: State,
    "areas.pilots_{}": lambda: range(3),
    "basis_of_list.{}": bases_of_lists,
    "card.{}": lambda: TYPED_TEXTS,
    "card.{}_hint": lambda: TYPED_TEXTS,
    "column.{}": lambda: {column.kind or column.code for column in columns()},
    "column.{}.meaning": lambda: {column.kind or column.code for column in columns()},
    "compare.caution_{}": lambda: Caution,
    "compare.like_{}": lambda: RATIOS,
    "compare.mark_{}": lambda: set(Caution) - {Caution.STATE},
    "compare.mode_{}": lambda: assigned(SOURCE / "pages" / "compare.py", "_MODES"),
    "compare.no_lead_{}": lambda: ("framework", "answers"),
    "compare.show_{}": lambda: assigned(SOURCE / "ui" / "compare_items.py", "_SHOW"),
    "count.how_{}": lambda: ("base", "standings", "complete", "coverage", "version"),
    "changes.since_{}": lambda: HandoverAction,
    "decide.done_{}": lambda: set(Decision) - {Decision.NONE},
    "decision.{}": lambda: ("none", *(set(Decision) - {Decision.NONE})),
    "detail.{}": lambda: DETAIL_FORMS,
    "difference.{}": lambda: (*ANSWER_FIELDS, *DETAIL_FORMS, MEANS_DETAIL, "value"),
    "download.{}": lambda: EXPORT_KINDS,
    "evidence.kind_{}": lambda: EvidenceKind,
    "facility.{}": lambda: FACILITY_KINDS,
    "facility_sign.{}": lambda: FACILITY_KINDS,
    "file.{}": lambda: {
        *EXPORT_KINDS,
        *SELECTION_KINDS,
        *CHARTS,
        *PAPERS,
        DISTRIBUTION,
        REFUSED,
    },
    "filter.{}": lambda: CHOSEN,
    "filter.{}_all": lambda: FILTERS,
    "finding.{}": lambda: Finding,
    "finding.{}.fix": lambda: Finding,
    "formula.{}": lambda: FORMULAS,
    "gate.{}": lambda: lower_names(GateResult),
    "guidance.{}": lambda: get_args(Guidance.model_fields["status"].annotation),
    "handover.{}": lambda: HandoverAction,
    "import.{}": lambda: ("keep", "take", *import_preview._CHANGED, *import_preview._REFUSED),
    "import.all_{}": lambda: ("keep", "take"),
    "import.count_{}": lambda: import_preview._COUNTS,
    "import.shape_{}": lambda: assigned(SOURCE / "ui" / "import_mapping.py", "_SHAPES"),
    "menu.{}": lambda: {one.section for one in _MENU if one.section},
    "log.{}": lambda: log_list._HEADINGS,
    "log.kind_{}": lambda: [one or "everything" for one in Kind],
    "log.scope_{}": lambda: Scope,
    "log_action.{}": lambda: log_words.ACTIONS,
    "log_field.{}": lambda: log_words.FIELDS,
    "method.rule_{}": lambda: framework_view._RULES,
    "method.source_{}": lambda: framework_view._SOURCES,
    "movement.{}": lambda: Movement,
    "not_read.{}": lambda: not_saved_reasons() - {"waiting"},
    "not_saved.{}": not_saved_reasons,
    "order.{}": lambda: Order,
    "outcome.{}": set_aside_outcomes,
    "page.{}": page_names,
    "people.choose_{}": lambda: ("community", "area"),
    "people.find_{}": lambda: ("community", "area"),
    "person_role.{}": lambda: permissions.Role,
    "quantity.{}": quantity_words,
    "register.{}": lambda: LEVELS,
    "review.list_{}": lambda: review_table._KEYS,
    "review.not_open_{}": lambda: set(AssessmentState) - {AssessmentState.SUBMITTED},
    "review.opened_after_{}": lambda: HandoverAction,
    "review.{}_notice": lambda: (one for one in AssessmentState if one.is_submitted),
    "role.{}": lambda: Role,
    "severity.{}": lambda: Severity,
    "round.{}": lambda: (Window.EARLY, Window.CLOSED),
    "rounds.{}": lambda: {*round_forms._HEADINGS, *log_words.DAYS_AND_LABELS},
    "rounds.{}_help": lambda: ("opens", "due", "closes"),
    "rounds.window_{}": lambda: Window,
    "standing.{}": lambda: Standing,
    "plan.{}": lambda: (*PLAN_TEXTS, *PLAN_AREAS, "means", "state"),
    "plan.{}_hint": lambda: (*PLAN_TEXTS, *PLAN_AREAS),
    "work_plan.safeguard_{}": lambda: ("organisation", "money", "residents", "upkeep"),
    "plan_state.{}": lambda: ActionState,
    "state.{}": lambda: AssessmentState,
    "start.step_{}": lambda: assigned(SOURCE / "pages" / "start.py", "_STEPS"),
    "start.tiles_{}": lambda: FAULTS,
    "take.{}": lambda: SELECTION_KINDS,
    "unsupported.why_{}": lambda: ("file", "note"),
    "verdict.{}": lambda: lower_names(Verdict),
    "verify.{}": lambda: verifying.Answer,
    "view.{}": lambda: assigned(SOURCE / "pages" / "overview.py", "_VIEWS"),
    "who.{}": lambda: handover_words._WITHOUT_ACCOUNT,
}


@cache
def keys_of(pattern: str) -> list[str]:
    """Every key that a pattern can become."""
    return [pattern.replace("{}", str(one)) for one in ENUMERATED[pattern]()]
