"""What an import is read against: communities that the person may see, what is kept of them."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from assessment.domain.errors import Fault
from assessment.domain.framework import Framework
from assessment.domain.import_changes import Current
from assessment.domain.import_register import Register
from assessment.domain.import_said import Target
from assessment.domain.import_words import Glossary, meanings_of
from assessment.domain.names import compare_key
from assessment.domain.permissions import Action
from assessment.domain.records import Assessment, Community, Round
from assessment.language.translator import Translator
from assessment.reports.import_words import words_of
from assessment.services.authorising import allows, sees
from assessment.services.divisions import divisions
from assessment.services.frameworks import framework_of
from assessment.services.pacing import paced
from assessment.store import answers, communities, facts, rounds
from assessment.store.engine import Store

_AT_ONCE = 100


@dataclass(frozen=True)
class Context:
    """Communities by their codes, their assessments in the round, and who may not be written.

    ``refused`` are faults by code; what the person may not see is as unknown as what is not there.
    """

    store: Store
    text: Translator
    round: Round
    communities: Mapping[str, Community]
    assessments: Mapping[str, Assessment]
    refused: Mapping[str, Fault]
    glossary: Glossary

    def framework(self, code: str) -> Framework:
        """The checklist of a community in the round."""
        begun = self.assessments.get(code)
        return framework_of(self.store, begun.framework if begun else self.round.framework)

    def target(self, code: str) -> Target:
        """What the rows of a community are read with."""
        framework = self.framework(code)
        community = self.communities.get(code)
        decides = community is not None and allows(self.store, Action.REVIEW, community)
        words = words_of(self.text, framework).with_glossary(self.glossary)
        return Target(framework, words, decides)

    @property
    def targets(self) -> dict[str, Target]:
        """The communities that the person may answer for in the round."""
        return {code: self.target(code) for code in self.communities if code not in self.refused}

    @property
    def names(self) -> dict[str, str]:
        """Codes by the names that only one of the communities has."""
        pairs = [(one.name_zh, code) for code, one in self.communities.items()]
        pairs += [(one.name_en, code) for code, one in self.communities.items()]
        return dict(meanings_of(pairs))

    @property
    def newcomer(self) -> Target | None:
        """What the rows of a community that is not registered yet are read with."""
        somewhere = Community("", "")
        if not allows(self.store, Action.ANSWER, somewhere) or self.round.sample:
            return None
        return self.target("")


def context_of(
    store: Store,
    text: Translator,
    one: Round,
    codes: Collection[str],
    names: Collection[str],
    glossary: Glossary,
) -> Context:
    """The communities with these codes, and those with these names, as far as they may be seen."""
    with store.reading() as connection:
        found = communities.load_named(connection, sorted(codes))
        found += communities.load_with_keys(connection, sorted({compare_key(n) for n in names}))
        seen = {each.code: each for each in found if sees(store, each)}
        begun = rounds.load_assessments_in(connection, one.id, sorted(seen))
    refused = {code: fault for code, each in seen.items() if (fault := _why_not(store, one, each))}
    return Context(store, text, one, seen, begun, refused, glossary)


def register_of(context: Context, codes: Collection[str]) -> Register:
    """The register as far as a list of communities needs it."""
    with context.store.reading() as connection:
        known = communities.known_codes(connection, sorted(codes))
    seen = context.communities
    return Register(
        by_code=seen,
        by_name={(one.adcode, compare_key(one.name_zh)): one for one in seen.values()},
        districts={
            one.adcode: one.names for one in divisions().values() if one.level == "district"
        },
        may_register=lambda one: allows(context.store, Action.REGISTER, one),
        taken=frozenset(known - set(seen)),
        is_sample=context.round.sample,
    )


def current_of(context: Context, codes: Sequence[str]) -> Iterator[tuple[str, Current]]:
    """What is kept of communities in the round, some at a time; blank where nothing was begun."""
    for start in paced(range(0, len(codes), _AT_ONCE)):
        some = codes[start : start + _AT_ONCE]
        numbers = {context.assessments[one].id: one for one in some if one in context.assessments}
        with context.store.reading() as connection:
            said = answers.load_all_answers(connection, list(numbers))
            known = facts.load_facts_of(connection, list(numbers))
        by_code = {code: number for number, code in numbers.items()}
        for code in some:
            number = by_code.get(code, 0)
            framework = context.framework(code)
            yield code, Current(framework, said.get(number, {}), known.get(number, {}))


def _why_not(store: Store, one: Round, community: Community) -> Fault | None:
    values = {"name": community.name_zh, "code": community.code}
    if community.sample != one.sample:
        return Fault("import_other_round", values=values)
    if not allows(store, Action.ANSWER, community):
        return Fault("import_not_yours", values=values)
    return None
