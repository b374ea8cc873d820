"""The words of an item's card as HTML: head with the folded clause, and the saved mark."""

from datetime import tzinfo

from markupsafe import Markup

from assessment.domain.answers import Answer
from assessment.domain.framework import Framework, Item, Kind, Role, Text
from assessment.domain.sheet import Sheet
from assessment.language.translator import Translator
from assessment.reports.answer_words import sheet_state_words, unsupported_words
from assessment.reports.signs import STATES
from assessment.services.notice import clause_texts
from assessment.ui.plain_text import html, joined
from assessment.ui.saved_field import unsaved_fields

# The words of an item never change under one content hash, and building them is slow.
_heads: dict[tuple[str, str, str], Markup] = {}


def card_head(text: Translator, framework: Framework, item: Item) -> Markup:
    """Id, title, role, question, and below them the folded basis of the item."""
    key = (text.language, framework.hash, item.id)
    if key not in _heads:
        _heads[key] = _card_head(text, item)
    return _heads[key]


def _card_head(text: Translator, item: Item) -> Markup:
    return html(
        '<div class="item-head"><span class="item-id">{id}</span>'
        '<span class="item-title">{title}</span>{role}</div>'
        '<div class="item-question">{question}</div>{basis}',
        id=item.id,
        title=item.title.in_language(text.language),
        role=_role_badge(text, item),
        question=item.question.in_language(text.language),
        basis=_basis(text, item),
    )


def card_foot(text: Translator, zone: tzinfo, item: Item, sheet: Sheet) -> Markup:
    """The state with its sign, and the saved mark as the database gave it."""
    answer = sheet.answers.get(item.id, Answer(item.id))
    return html(
        '<div class="item-foot"><span class="state" style="color:{colour}">{sign} {state}</span>'
        '{unsupported}<span class="saved{bad}">{saved}</span></div>',
        **_state(text, item, sheet),
        unsupported=unsupported_mark(text, sheet, item),
        bad=" unsaved" if _is_in_trouble(sheet, item) else "",
        saved=_saved_mark(text, zone, sheet, item, answer),
    )


def unsupported_mark(text: Translator, sheet: Sheet, item: Item) -> Markup:
    """The hatched sign of an answer that claims credit without the evidence asked for."""
    words = unsupported_words(text, sheet, item)
    if not words:
        return Markup("")
    why = text(f"unsupported.why_{item.evidence}")
    return html('<span class="unsupported" title="{why}">{words}</span>', why=why, words=words)


def not_asked(text: Translator, item: Item) -> str:
    """Why an item is not asked of this community."""
    return item.applies.otherwise.in_language(text.language) if item.applies else ""


def _state(text: Translator, item: Item, sheet: Sheet) -> dict[str, str]:
    outcome = sheet.judged[item.id].outcome
    sign = STATES[outcome.state]
    return {
        "colour": sign.colour,
        "sign": "" if item.kind in (Kind.REMARK, Kind.SURVEY) else sign.symbol,
        "state": sheet_state_words(text, sheet, item),
    }


def _saved_mark(text: Translator, zone: tzinfo, sheet: Sheet, item: Item, answer: Answer) -> str:
    if _is_in_trouble(sheet, item):
        return text("saved.not_saved")
    if answer.revision == 0 or answer.at is None:
        return text("saved.computed") if item.kind is Kind.QUANTITY else text("saved.nothing")
    return text("saved.mark", time=text.time(answer.at, zone), revision=answer.revision)


def _is_in_trouble(sheet: Sheet, item: Item) -> bool:
    return any(field.subject == item.id for field in unsaved_fields(sheet.assessment.id))


def _role_badge(text: Translator, item: Item) -> Markup:
    if item.role is Role.CORE:
        return Markup("")
    return html(
        '<span class="role {role}">{words}</span>',
        role=item.role.value,
        words=text(f"role.{item.role}"),
    )


def _basis(text: Translator, item: Item) -> Markup:
    parts = [
        *_steps(text, item),
        *_paragraph(text, "basis.counts", item.counts),
        *_paragraph(text, "basis.counts_not", item.counts_not),
        *_paragraph(text, "basis.actor", item.actor),
        *_clauses(text, item),
        *_guidance(text, item),
    ]
    return html(
        "<details class='basis'><summary>{title}</summary>{parts}</details>",
        title=text("basis.title"),
        parts=joined(parts),
    )


def _paragraph(text: Translator, key: str, words: Text | None) -> list[Markup]:
    if words is None:
        return []
    shown = words.in_language(text.language)
    return [html("<p><b>{label}</b>{words}</p>", label=text(key), words=shown)]


def _steps(text: Translator, item: Item) -> list[Markup]:
    rows = [
        html(
            "<li><b>{label}</b> {meaning} <span class='credit'>{credit}</span></li>",
            label=step.label.in_language(text.language),
            meaning=step.meaning.in_language(text.language),
            credit=text("basis.credit", credit=text.number(step.credit, 2)),
        )
        for step in item.steps
    ] + [
        html(
            "<li><b>{label}</b> {meaning}</li>",
            label=tick.label.in_language(text.language),
            meaning=tick.meaning.in_language(text.language),
        )
        for tick in item.ticks
    ]
    return [html("<ul>{rows}</ul>", rows=joined(rows))] if rows else []


def _clauses(text: Translator, item: Item) -> list[Markup]:
    known = clause_texts()
    return [
        html(
            "<p><b>{label}</b>{words} <span class='clause'>{id} · {paragraph}</span></p>",
            label=text("basis.clause"),
            words=known[clause].in_language(text.language),
            id=clause,
            paragraph=known[clause].paragraph,
        )
        for clause in item.clauses
        if clause in known
    ]


def _guidance(text: Translator, item: Item) -> list[Markup]:
    return [
        html(
            "<p class='guidance'><b>{label}</b>{words} <span class='clause'>{source}</span></p>",
            label=text("basis.guidance"),
            words=one.text.in_language(text.language),
            source=text("basis.source", source=one.source, status=text(f"guidance.{one.status}")),
        )
        for one in item.guidance
    ]
