"""The words of a checklist in every language, by which files may say an answer."""

from collections.abc import Iterator, Sequence
from functools import lru_cache

from assessment.domain.answers import Outcome, State, choices
from assessment.domain.framework import Framework, Item
from assessment.domain.import_words import Words, meanings_of
from assessment.language.translator import LANGUAGES, Language, Translator
from assessment.reports.answer_words import choice_words

_YES = ("1", "true", "yes", "y", "x", "✓", "✔", "√", "☑", "是", "有")
_NO = ("0", "false", "no", "n", "✗", "☐", "否", "无")
_TOLD = 12
_words: dict[tuple[str, str], Words] = {}


def words_of(text: Translator, framework: Framework) -> Words:
    """What the words of a file mean; those that a message offers are in the reader's language."""
    key = (framework.hash, text.language)
    if key not in _words:
        _words[key] = _made(text, framework)
    return _words[key]


def _made(text: Translator, framework: Framework) -> Words:
    told = {item.id: _told_choices(text, framework, item) for item in framework.items}
    told |= {
        fact.id: [one.label.in_language(text.language) for one in fact.options]
        for fact in framework.facts
    }
    told |= {
        f"ticks:{item.id}": [one.label.in_language(text.language) for one in item.ticks]
        for item in framework.items
    }
    told["means"] = [one.label.in_language(text.language) for one in framework.means]
    told["state"] = [text("answer.not_applicable"), text("answer.unknown")]
    told["truth"] = [text("import.yes"), text("import.no")]
    return Words(
        choices={item.id: meanings_of(_choices(framework, item)) for item in framework.items},
        ticks={item.id: meanings_of(_labelled(item.ticks)) for item in framework.items},
        options={fact.id: meanings_of(_labelled(fact.options)) for fact in framework.facts},
        means=meanings_of(_labelled(framework.means)),
        states=_states(),
        truths=meanings_of([*((one, "1") for one in _YES), *((one, "0") for one in _NO)]),
        items=meanings_of(_titles(framework)),
        allowed={subject: words[:_TOLD] for subject, words in told.items()},
    )


def _told_choices(text: Translator, framework: Framework, item: Item) -> list[str]:
    return [choice_words(text, framework, item.id, one) for one in choices(item)]


def _choices(framework: Framework, item: Item) -> Iterator[tuple[str, str]]:
    for choice in choices(item):
        yield choice, choice
        for language in LANGUAGES:
            yield choice_words(Translator(language), framework, item.id, choice), choice


def _titles(framework: Framework) -> Iterator[tuple[str, str]]:
    for item in framework.items:
        for language in LANGUAGES:
            yield item.title.in_language(language), item.id


def _labelled(parts: Sequence[object]) -> Iterator[tuple[str, str]]:
    for part in parts:
        number, label = part.id, part.label  # type: ignore[attr-defined]
        yield number, number
        for language in LANGUAGES:
            yield label.in_language(language), number


@lru_cache(maxsize=1)
def _states() -> dict[str, str]:
    """States and outcomes by their codes and their words in every language."""
    pairs: list[tuple[str, str]] = [("not_scored", "not_scored")]
    for outcome in Outcome:
        pairs.append((outcome.name.lower(), outcome.name.lower()))
    for language in LANGUAGES:
        pairs += _state_words(Translator(language))
    return dict(meanings_of([*pairs, *((one.value, one.value) for one in State)]))


def _state_words(text: Translator) -> Iterator[tuple[str, str]]:
    yield text("state.not_scored"), "not_scored"
    for state in State:
        yield text(f"answer_state.{state}"), state.value
    for outcome in (Outcome.SET_ASIDE, Outcome.SET_ASIDE_PENDING, Outcome.NOT_ASKED):
        yield text(f"outcome.{outcome.name.lower()}"), outcome.name.lower()


def column_words(language: Language, codes: Sequence[str]) -> dict[str, str]:
    """The heading of every column in one language, for those that have one."""
    text = Translator(language)
    return {code: text(f"column.{code}") for code in codes if text.has(f"column.{code}")}
