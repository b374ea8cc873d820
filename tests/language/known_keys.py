"""The keys that the source puts together, from the enumerations that they come from."""

import csv
from collections.abc import Callable, Iterable, Mapping
from enum import Enum
from functools import cache, lru_cache
from typing import Any, get_args

from assessment.domain import permissions
from assessment.domain.action_check import Check
from assessment.domain.answers import Decision, Outcome, State
from assessment.domain.changes import Movement
from assessment.domain.comparison import Caution
from assessment.domain.evidence import EvidenceKind
from assessment.domain.findings import Finding, Severity
from assessment.domain.formulas import FORMULAS
from assessment.domain.framework import Framework, Guidance, Role, Rule
from assessment.domain.framework import Kind as FrameworkKind
from assessment.domain.framework_table import SHEETS
from assessment.domain.handover import HandoverAction
from assessment.domain.import_register import REGISTER_CODES
from assessment.domain.load_framework import _CODES, load_framework_file
from assessment.domain.peers import RATIOS
from assessment.domain.plan import ActionState
from assessment.domain.poll import Source
from assessment.domain.poll_results import Side
from assessment.domain.records import FACILITY_KINDS, AssessmentState
from assessment.domain.round_days import Window
from assessment.domain.scoring import GateResult, Verdict
from assessment.domain.standing import Standing
from assessment.domain.typed_answers import DETAIL_FORMS, MEANS_DETAIL
from assessment.domain.upgrading import Upgrade
from assessment.language.translator import LANGUAGES
from assessment.reports import (
    answer_words,
    dictionary,
    framework_workbook,
    handover_words,
    log_words,
    offline_items,
    offline_workbook,
    passport_page,
    voice_table,
)
from assessment.reports.refused_table import REFUSED_COLUMNS
from assessment.reports.table import Column
from assessment.services import verifying
from assessment.services.area_picture import Order
from assessment.services.chart_exports import CHARTS, DISTRIBUTION
from assessment.services.exports import COMMUNITIES, DICTIONARY, ITEMS, SUMMARY, export_columns
from assessment.services.framework_files import FRAMEWORK
from assessment.services.history import Kind, Scope
from assessment.services.import_refusals import REFUSED
from assessment.services.offline_exports import OFFLINE
from assessment.services.paper_exports import PAPERS, WALK_SHEETS
from assessment.services.passport_export import PASSPORT
from assessment.services.passport_preview import Target, Where
from assessment.services.poll_exports import POLL, POLL_TABLES
from assessment.services.questionnaires import current_questionnaire
from assessment.services.selection_exports import SELECTION_KINDS
from assessment.services.setup import FRAMEWORK_FILE
from assessment.services.tiles import FAULTS
from assessment.settings import PROJECT
from assessment.store.troubles import REASONS
from assessment.ui import (
    framework_list,
    framework_view,
    import_preview,
    log_list,
    passport_preview,
    review_table,
    round_forms,
)
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
    template = voice_table.template_table(current_questionnaire()).columns
    brought = [*REFUSED_COLUMNS, *template, *(Column(code) for code in REGISTER_CODES)]
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


def framework_fields() -> set[str]:
    """What a framework is made of: columns without their language, and lists of parts."""
    codes = {one.code for columns in SHEETS.values() for one in columns}
    fields = {code.removesuffix(".zh").removesuffix(".en") for code in codes}
    parts = set(SHEETS) - {"framework", "items", "facts"}
    return {*fields, *parts, *framework_workbook.BASE_COLUMNS}


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
        *WALK_SHEETS,
        OFFLINE,
        *POLL_TABLES,
        POLL,
        DISTRIBUTION,
        FRAMEWORK,
        PASSPORT,
        REFUSED,
    },
    "filter.{}": lambda: CHOSEN,
    "filter.{}_all": lambda: FILTERS,
    "framework_field.{}": framework_fields,
    "framework_help.{}": lambda: framework_workbook._HELP,
    "framework_language.{}": lambda: LANGUAGES,
    "framework_sheet.{}": lambda: SHEETS,
    "framework_value.{}": lambda: (*Role, *FrameworkKind),
    "frameworks.{}": lambda: framework_list._HEADINGS,
    "finding.{}": lambda: Finding,
    "finding.{}.fix": lambda: Finding,
    "formula.{}": lambda: FORMULAS,
    "gate.{}": lambda: lower_names(GateResult),
    "guidance.{}": lambda: get_args(Guidance.model_fields["status"].annotation),
    "handover.{}": lambda: HandoverAction,
    "import.{}": lambda: ("keep", "take", *import_preview._CHANGED, *import_preview._REFUSED),
    "import.all_{}": lambda: ("keep", "take"),
    "import.count_{}": lambda: import_preview._COUNTS,
    "import.as_{}": lambda: assigned(SOURCE / "ui" / "import_mapping.py", "_PLAINER"),
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
    "offline.{}": lambda: {
        *offline_items._FIRST,
        *offline_items._LAST,
        *offline_workbook._FACT_WIDTHS,
        *offline_workbook._GUIDE_WIDTHS,
        *offline_workbook._ABOUT_WIDTHS,
    },
    "offline.about_{}": lambda: offline_workbook.ABOUT_KEYS,
    "offline.sheet_{}": lambda: offline_workbook.SHEETS,
    "offline.step_{}": lambda: offline_workbook._STEPS,
    "order.{}": lambda: Order,
    "outcome.{}": set_aside_outcomes,
    "page.{}": page_names,
    "passport.check_{}": lambda: passport_page._CHECKS,
    "passport.head_{}": lambda: passport_preview._HEADINGS,
    "passport.target_{}": lambda: Target,
    "passport.where_{}": lambda: Where,
    "people.choose_{}": lambda: ("community", "area"),
    "people.find_{}": lambda: ("community", "area"),
    "person_role.{}": lambda: permissions.Role,
    "preview.{}": lambda: get_args(Rule.model_fields["direction"].annotation),
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
    "plan_check.{}": lambda: set(Check) - {Check.WAITING},
    "plan_state.{}": lambda: ActionState,
    "state.{}": lambda: AssessmentState,
    "start.step_{}": lambda: assigned(SOURCE / "pages" / "start.py", "_STEPS"),
    "start.tiles_{}": lambda: FAULTS,
    "take.{}": lambda: SELECTION_KINDS,
    "upgrade.{}": lambda: Upgrade,
    "unsupported.why_{}": lambda: ("file", "note"),
    "voice.{}": lambda: Side,
    "voice.mark_{}": lambda: set(Decision) - {Decision.NONE},
    "voice.part_{}": lambda: assigned(SOURCE / "pages" / "voice.py", "_PARTS"),
    "voice.source_{}": lambda: Source,
    "verdict.{}": lambda: lower_names(Verdict),
    "verify.{}": lambda: verifying.Answer,
    "view.{}": lambda: assigned(SOURCE / "pages" / "overview.py", "_VIEWS"),
    "walk_sheet.{}": lambda: ("item", "title", "look", "tick", "write"),
    "who.{}": lambda: handover_words._WITHOUT_ACCOUNT,
}


@cache
def keys_of(pattern: str) -> list[str]:
    """Every key that a pattern can become."""
    return [pattern.replace("{}", str(one)) for one in ENUMERATED[pattern]()]
