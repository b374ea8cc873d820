"""Broken framework files whose keys and types are right, but not what they say together."""

from tests.domain.broken_frameworks import Broken, own_steps
from tests.domain.valid_framework import VALID

_STEPS_OF_B1 = "    steps: mechanism\n    evidence: file\n"
_RULE_OF_A2 = """\
    rule:
      formula: activity_share
      threshold: "60"
      unit: {zh: 百分比, en: "%"}
      base: {zh: 实际总面积, en: Actual total area}
"""
_MARKED_RULE = _RULE_OF_A2.rstrip().replace("rule:", "rule: # no")
_OPTIONS = """
    options:
      - {id: new, label: {zh: 新建, en: New}}
      - {id: existing, label: {zh: 既有, en: Existing}}
"""
_SURVEY = "role: context\n    kind: survey"
_REMARK = "role: context\n    kind: remark"
_COUNCIL_ROLE = "role: core\n    kind: mechanism\n    title: {zh: 议事会"
_HANDOVER_ROLE = "role: core\n    kind: mechanism\n    title: {zh: 移交"

_THEMES = VALID[VALID.index("themes:") : VALID.index("step_sets:")]

REFERENCES = [
    Broken("no_themes", _THEMES, "themes: []\n", "themes_missing", place="themes", at="themes: []",
           also=("unknown_theme",)),
    Broken("theme", "theme: space\n    group: pipes", "theme: nowhere\n    group: pipes",
           "unknown_theme", "A-03", "theme", "theme: nowhere", ("empty_group",)),
    Broken("group", "group: pipes", "group: gas", "unknown_group", "A-03", "group", "group: gas",
           ("empty_group",)),
    Broken("place", "place: hall", "place: cellar", "unknown_place", "A-03", "place",
           "place: cellar", ("empty_place",)),
    Broken("place_without_items", "    place: yard\n", "", "empty_place", place="places",
           at="places:"),
    Broken("set", "ticks: upkeep", "ticks: upkeeps", "unknown_set", "A-03", "items[2].ticks",
           "ticks: upkeeps"),
    Broken("sets_as_a_list", "tick_sets:\n  upkeep:\n", "tick_sets:\n", "unknown_set", "A-03",
           "items[2].ticks", "ticks: upkeep"),
    Broken("formula", "formula: activity_share", "formula: activity_shares", "unknown_formula",
           "A-02", "rule.formula", "formula: activity_shares", ("linked_unknown",)),
    Broken("formula_without_fact", "  - id: activity_area", "  - id: other_area",
           "formula_without_fact", "A-02", "rule.formula", "formula: activity_share"),
    Broken("formula_of_a_choice", "  - id: households\n    kind: count",
           f"  - id: households\n    kind: choice{_OPTIONS.rstrip()}", "formula_without_fact",
           "A-01", "rule.formula", "formula: area_per_100_households"),
    Broken("clause_of_an_item", "clauses: [FAC-06]", "clauses: [FAC-06, FAC-99]", "unknown_clause",
           "B-03", "clauses", "FAC-99"),
    Broken("clause_of_a_means", "clauses: [FAC-07]", "clauses: [FAC-07, FAC-99]", "unknown_clause",
           place="means", at="means:"),
    Broken("clause_of_the_programme", "clauses: [FAC-08]", "clauses: [FAC-08, FAC-99]",
           "unknown_clause", place="programme", at="programme:"),
    Broken("clause_unused", "clauses: [FAC-09]", "clauses: [FAC-09, FAC-99]", "unknown_clause",
           place="unused", at="unused:"),
    Broken("clause_used_and_unused", "clauses: [FAC-09]", "clauses: [FAC-09, FAC-06]",
           "clause_used_and_unused", "B-03", "unused", "- id: B-03"),
    Broken("clause_forgotten", "clauses: [FAC-08]", "clauses: []", "clause_forgotten",
           place="items", at="items:"),
    Broken("condition_on_no_fact", "fact: built", "fact: heated", "condition_unknown_fact", "B-02",
           "applies.fact", "fact: heated"),
    Broken("condition_on_a_number", "fact: built", "fact: households", "condition_unknown_fact",
           "B-02", "applies.fact", "fact: households"),
    Broken("condition_on_no_option", "equals: new", "equals: newest", "condition_unknown_value",
           "B-02", "applies.equals", "equals: newest"),
    Broken("linked_item", "share: A-02}", "share: A-09}", "linked_unknown", place="linked.share",
           at="linked:", also=("action_not_for_this",)),
    Broken("linked_kind", "area: A-01,", "area: A-03,", "linked_unknown", place="linked.area",
           at="linked:", also=("action_not_for_this",)),
    Broken("action_means", "means: lease, words", "means: rob, words", "unknown_means",
           place="actions[0].means", at="{id: rent"),
    Broken("action_for_nothing", "items: [A-01, A-02], words", "items: [], words",
           "action_for_nothing", place="actions[1]", at="{id: rooms, items"),
    Broken("action_for_a_remark", "kinds: [mechanism], words", "kinds: [remark], words",
           "action_not_for_this", place="actions[2].kinds", at="{id: meet, kinds"),
    Broken("action_for_a_survey", "items: [A-01, A-02], words", "items: [B-04], words",
           "action_not_for_this", place="actions[1].items", at="{id: rooms, items"),
    Broken("action_for_no_item", "items: [A-01, A-02], words", "items: [A-77], words",
           "action_not_for_this", place="actions[1].items", at="{id: rooms, items"),
    Broken("linked_swapped", "{area: A-01, share: A-02}", "{area: A-02, share: A-01}",
           "linked_unknown", place="linked.area", at="linked:"),
    Broken("linked_share_of_all", 'threshold: "60"', 'threshold: "100"', "linked_share_too_high",
           "A-02", "rule.threshold", 'threshold: "100"'),
]  # fmt: skip

KINDS = [
    Broken("no_steps", _STEPS_OF_B1, "    evidence: file\n", "steps_missing", "B-01", "steps",
           "- id: B-01"),
    Broken("steps_out_of_order", _STEPS_OF_B1, own_steps("0", "1", "0.5"), "steps_out_of_order",
           "B-01", "steps", "steps: # own", ("steps_without_full",)),
    Broken("steps_without_zero", _STEPS_OF_B1, own_steps("0.1", "0.5", "1"), "steps_without_zero",
           "B-01", "steps", "steps: # own"),
    Broken("steps_without_full", _STEPS_OF_B1, own_steps("0", "0.5", "0.9"), "steps_without_full",
           "B-01", "steps", "steps: # own"),
    Broken("reserved_step", _STEPS_OF_B1,
           own_steps("0", "0.5", "1").replace("id: b", "id: unknown"), "reserved_step", "B-01",
           "steps", "steps: # own"),
    Broken("step_without_words", _STEPS_OF_B1,
           own_steps("0", "0.5", "1").replace(", meaning: {zh: 二, en: Two}", ""),
           "missing_key", "B-01", "items[3].steps[1].meaning", "id: b, credit"),
    Broken("one_tick", "    - {id: safe, label: {zh: 安全, en: Safe}, "
           "meaning: {zh: 无隐患, en: No hazard}}\n", "", "ticks_missing", "A-03", "ticks",
           "ticks: upkeep"),
    Broken("steps_of_an_upkeep", "    ticks: upkeep",
           "    ticks: upkeep\n    steps: mechanism # no", "key_not_for_kind", "A-03", "steps",
           "steps: mechanism # no"),
    Broken("ticks_of_a_mechanism", "    weight: 2", "    weight: 2\n    ticks: upkeep # no",
           "key_not_for_kind", "B-01", "ticks", "ticks: upkeep # no"),
    Broken("rule_of_a_mechanism", "    weight: 2", f"    weight: 2\n{_MARKED_RULE}",
           "key_not_for_kind", "B-01", "rule", "rule: # no"),
    Broken("no_rule", _RULE_OF_A2, "", "rule_missing", "A-02", "rule", "- id: A-02",
           ("linked_unknown",)),
    Broken("threshold_zero", 'threshold: "30"', 'threshold: "0.0"', "threshold_zero", "A-01",
           "rule.threshold", 'threshold: "0.0"'),
    Broken("gate_remark", _REMARK, "role: gate\n    kind: remark", "gate_not_decidable", "B-05",
           "kind", "kind: remark", ("remark_scored", "item_without_clause")),
    Broken("gate_set_aside", _COUNCIL_ROLE, _COUNCIL_ROLE.replace("core", "gate"), "gate_set_aside",
           "B-01", "not_applicable", "not_applicable:"),
    Broken("gate_conditional", _HANDOVER_ROLE, _HANDOVER_ROLE.replace("core", "gate"),
           "gate_conditional", "B-02", "applies", "applies:"),
    Broken("remark_scored", _REMARK, "role: bonus # no\n    kind: remark", "remark_scored", "B-05",
           "role", "role: bonus # no", ("item_without_clause",)),
    Broken("survey_scored", _SURVEY, "role: core # no\n    kind: survey", "survey_scored", "B-04",
           "role", "role: core # no", ("item_without_clause",)),
    Broken("item_without_clause", "clauses: [FAC-04]", "clauses: [] # no", "item_without_clause",
           "B-01", "clauses", "clauses: [] # no", ("clause_forgotten",)),
    Broken("choice_with_one_option", "      - {id: existing, label: {zh: 既有, en: Existing}}\n",
           "", "fact_without_options", place="facts", at="facts:"),
    Broken("number_with_options", "    unit: {zh: 平方米, en: m²}",
           f"    unit: {{zh: 平方米, en: m²}}{_OPTIONS.rstrip()}", "fact_with_options",
           place="facts", at="facts:"),
    Broken("number_without_unit", "    unit: {zh: 平方米, en: m²}\n", "", "fact_without_unit",
           place="facts", at="facts:"),
    Broken("empty_group", "      - {id: pipes, title: {zh: 管网, en: Pipes}}\n",
           "      - {id: pipes, title: {zh: 管网, en: Pipes}}\n"
           "      - {id: lanes, title: {zh: 道路, en: Lanes}}\n", "empty_group", place="themes",
           at="themes:"),
    Broken("theme_not_scored", "themes:\n", "themes:\n  - id: sky\n    title: {zh: 天, en: Sky}\n"
           "    short: {zh: 天, en: Sky}\n    groups: []\n", "theme_not_scored", place="themes",
           at="themes:"),
]  # fmt: skip
