"""Broken framework files: each is one small change to the valid file, with the fault it earns."""

from dataclasses import dataclass

from tests.domain.valid_framework import VALID


@dataclass(frozen=True)
class Broken:
    """One change and its fault. ``at`` is the text of the line that the fault must point to.

    ``also`` are the codes of faults that follow from the same change.
    """

    name: str
    old: str
    new: str
    code: str
    item: str = ""
    place: str = ""
    at: str = ""
    also: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The broken file."""
        assert VALID.count(self.old) == 1, f"{self.name}: the text to change is not unique"
        return VALID.replace(self.old, self.new)

    @property
    def line(self) -> int | None:
        """Number, from 1, of the only line that is ``at``, or else that holds it."""
        if not self.at:
            return None
        lines = list(enumerate(self.text.splitlines(), 1))
        found = [number for number, line in lines if line.strip() == self.at]
        found = found or [number for number, line in lines if self.at in line]
        assert len(found) == 1, f"{self.name}: the place is not unique"
        return found[0]


_COUNCIL = "    title: {zh: 议事会, en: Council}\n"
_GATE_RULE = 'threshold: "60"'
_STEPS_OF_B1 = "    steps: mechanism\n    evidence: file\n"
_OWN_STEPS = """\
    steps: # own
      - {id: a, credit: %s, label: {zh: 一, en: One}, meaning: {zh: 一, en: One}}
      - {id: b, credit: %s, label: {zh: 二, en: Two}, meaning: {zh: 二, en: Two}}
      - {id: c, credit: %s, label: {zh: 三, en: Three}, meaning: {zh: 三, en: Three}}
    evidence: file
"""


def own_steps(*credits: str) -> str:
    return _OWN_STEPS % credits


WRONG_KEYS = [
    Broken("no_title", _COUNCIL, "", "missing_key", "B-01", "items[3].title", "- id: B-01"),
    Broken("no_id", "id: small\n", "", "missing_key", place="id"),
    Broken("no_english", "{zh: 小清单, en: Small checklist}", "{zh: 小清单}", "missing_key",
           place="title.en", at="title: {zh: 小清单}"),
    Broken("misspelt_weight", "    weight: 2", "    wieght: 2", "unknown_key", "B-01",
           "items[3].wieght", "wieght"),
    Broken("unknown_part", "programme:", "plan: []\nprogramme:", "unknown_key", place="plan",
           at="plan: []"),
    Broken("own_hash", "id: small\n", "id: small\nhash: abc\n", "unknown_key", place="hash",
           at="hash: abc"),
    Broken("repeated_key", "    evidence: file\n", "    evidence: file\n    evidence: note\n",
           "duplicate_key", place="items.3.evidence", at="evidence: note"),
]  # fmt: skip

WRONG_VALUES = [
    Broken("misspelt_kind", "kind: upkeep", "kind: upkep", "not_one_of", "A-03", "items[2].kind",
           "kind: upkep"),
    Broken("misspelt_role", "role: bonus", "role: extra", "not_one_of", "B-03", "items[5].role",
           "role: extra"),
    Broken("evidence_photo", "evidence: file", "evidence: photo", "not_one_of", "B-01",
           "items[3].evidence", "evidence: photo"),
    Broken("small_item_id", "id: B-05", "id: b5", "bad_form", "b5", "items[7].id", "id: b5"),
    Broken("worded_version", 'version: "1.0"', 'version: "first"', "bad_form", place="version",
           at="first"),
    Broken("percent_threshold", _GATE_RULE, 'threshold: "60%"', "bad_form", "A-02",
           "items[1].rule.threshold", 'threshold: "60%"'),
    Broken("slashed_date", '"2026-01-31"', '"31/01/2026"', "bad_form", place="date", at="31/01"),
    Broken("impossible_date", '"2026-01-31"', '"2026-02-30"', "bad_form", place="date", at="02-30"),
    Broken("blank_text", "{zh: 来源, en: Source}", '{zh: " ", en: Source}', "empty_text",
           place="source.zh", at="source:"),
    Broken("weight_zero", "    weight: 2", "    weight: 0", "out_of_range", "B-01",
           "items[3].weight", "weight: 0"),
    Broken("weight_negative", "    weight: 2", "    weight: -1", "out_of_range", "B-01",
           "items[3].weight", "weight: -1"),
    Broken("weight_not_a_number", "    weight: 2", "    weight: .nan", "out_of_range", "B-01",
           "items[3].weight", "weight: .nan"),
    Broken("weight_infinite", "    weight: 1\n", "    weight: .inf\n", "out_of_range",
           place="themes[0].weight", at="weight: .inf"),
    Broken("weight_too_large", "    weight: 2", "    weight: 1000001", "out_of_range", "B-01",
           "items[3].weight", "1000001"),
    Broken("weight_too_small", "    weight: 2", "    weight: 0.0000009", "out_of_range", "B-01",
           "items[3].weight", "0.0000009"),
    Broken("action_of_no_time", "     months: 9}", "     months: 0}", "out_of_range",
           place="actions[1].months", at="months: 0}"),
    Broken("complete_above_100", "complete_from: 80", "complete_from: 101", "out_of_range",
           place="complete_from", at="complete_from: 101"),
    Broken("credit_above_1", _STEPS_OF_B1, own_steps("0", "0.5", "1.5"), "out_of_range", "B-01",
           "items[3].steps[2].credit", "id: c, credit"),
    Broken("bare_version", 'version: "1.0"', "version: 1.0", "wrong_type", place="version",
           at="version: 1.0"),
    Broken("title_in_one_language", "title: {zh: 小清单, en: Small checklist}", "title: 小清单",
           "wrong_type", place="title", at="title: 小清单"),
    Broken("weight_in_words", "    weight: 2", "    weight: two", "wrong_type", "B-01",
           "items[3].weight", "weight: two"),
    Broken("weight_yes", "    weight: 2", "    weight: yes", "wrong_type", "B-01",
           "items[3].weight", "weight: yes"),
    Broken("bare_no_as_an_option", "{id: existing, label", "{id: no, label", "wrong_type",
           place="facts[3].options[1].id", at="id: no,"),
    Broken("clauses_not_a_list", "clauses: [FAC-03]", "clauses: FAC-03", "wrong_type", "A-03",
           "items[2].clauses", "clauses: FAC-03"),
]  # fmt: skip

REPEATED = [
    Broken("item", "id: B-05", "id: B-04 # again", "repeated_item", "B-04", "id", "- id: B-04"),
    Broken("theme", "  - id: people\n", "  - id: space\n", "repeated_theme", place="themes",
           at="themes:", also=("unknown_theme", "unknown_group", "empty_group")),
    Broken("group", "{id: pipes, title", "{id: rooms, title", "repeated_group", place="themes",
           at="themes:", also=("unknown_group",)),
    Broken("fact", "  - id: activity_area", "  - id: service_area", "repeated_fact", place="facts",
           at="facts:", also=("formula_without_fact",)),
    Broken("option", "{id: existing, label", "{id: new, label", "repeated_option", place="facts",
           at="facts:"),
    Broken("means", "{id: convert, label", "{id: lease, label", "repeated_means", place="means",
           at="means:"),
    Broken("place", "{id: hall, title", "{id: yard, title", "repeated_place", place="places",
           at="places:", also=("unknown_place",)),
    Broken("action", "{id: rooms, items", "{id: rent, items", "repeated_action", place="actions",
           at="actions:"),
    Broken("step", _STEPS_OF_B1, own_steps("0", "0.5", "1").replace("id: b,", "id: a,"),
           "repeated_step", "B-01", "steps", "steps: # own"),
    Broken("tick", "{id: safe, label", "{id: intact, label", "repeated_tick", "A-03", "ticks",
           "ticks: upkeep"),
]  # fmt: skip
