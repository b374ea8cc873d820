"""Is a pilot really ahead of the baseline? Shares of weightings, and the items that decide."""

from collections.abc import Sequence

import streamlit as st
from markupsafe import Markup

from assessment.domain.ahead import CLEAR, CONCENTRATION, DRAWS, SEED, Lead
from assessment.domain.sheet import Sheet
from assessment.language.translator import Translator
from assessment.reports.comparison_words import item_words
from assessment.reports.score_words import percent_words
from assessment.services.comparing import lead_over, why_no_lead
from assessment.ui.context import Visit
from assessment.ui.plain_text import html, joined

_DECIDING = 5


def lead_cards(visit: Visit, sheets: Sequence[Sheet], baseline: Sheet | None) -> None:
    """A card for every pilot against the baseline, then the method, folded."""
    text = visit.text
    if baseline is None:
        st.html(_paragraph(text("compare.lead_no_baseline")))
        return
    others = [one for one in sheets if one.community.code != baseline.community.code]
    cards = [_card(text, one, baseline) for one in others]
    st.html(html('<div class="compare-leads">{cards}</div>', cards=joined(cards)))
    with st.expander(text("compare.method"), icon=":material/calculate:"):
        st.html(joined([_paragraph(line) for line in _method(text)]))


def _card(text: Translator, sheet: Sheet, baseline: Sheet) -> Markup:
    name, its_name = (one.community.name(text.language) for one in (sheet, baseline))
    title = text("compare.lead_title", name=name, baseline=its_name)
    reason = why_no_lead(sheet, baseline)
    if reason:
        words = text(f"compare.no_lead_{reason}", name=name, baseline=its_name)
        return _framed(title, _paragraph(words))
    found = lead_over(sheet, baseline)
    parts = [
        html("<p><b>{words}</b></p>", words=_conclusion(text, found, name, its_name)),
        _paragraph(
            text(
                "compare.lead_shares",
                name=name,
                baseline=its_name,
                ahead=percent_words(text, found.ahead),
                behind=percent_words(text, found.behind),
            )
        ),
        _bar(text, found, name, its_name),
        _deciding(text, found, sheet, baseline),
    ]
    return _framed(title, joined(parts))


def _conclusion(text: Translator, found: Lead, name: str, its_name: str) -> str:
    if not found.is_clear:
        return text("compare.lead_unclear")
    ahead = name if found.ahead > found.behind else its_name
    return text("compare.lead_clear", name=ahead)


def _bar(text: Translator, found: Lead, name: str, its_name: str) -> Markup:
    """Both shares as one bar, with a line at the share from which a lead is clear."""
    return html(
        '<div class="lead-bar" role="img" aria-label="{words}">'
        '<i class="ahead" style="width:{ahead}%"></i><i class="behind" style="width:{behind}%">'
        '</i></div><div class="lead-ends"><span>{name}</span><span>{its_name}</span></div>',
        words=text("compare.lead_bar"),
        ahead=round(found.ahead * 100, 1),
        behind=round(found.behind * 100, 1),
        name=name,
        its_name=its_name,
    )


def _deciding(text: Translator, found: Lead, sheet: Sheet, baseline: Sheet) -> Markup:
    rows = [
        _deciding_row(text, item_id, points, sheet, baseline)
        for item_id, points in found.deciding[:_DECIDING]
    ]
    if not rows:
        return _paragraph(text("compare.lead_same"))
    return html(
        "<p>{words}</p><ol>{rows}</ol>", words=text("compare.lead_deciding"), rows=joined(rows)
    )


def _deciding_row(
    text: Translator, item_id: str, points: float, sheet: Sheet, baseline: Sheet
) -> Markup:
    side = sheet if points > 0 else baseline
    item = sheet.framework.item(item_id)
    return html(
        '<li><span class="item-id">{id}</span> {title}{colon}<b>{points}</b>'
        '<div class="quiet">{mine} / {theirs}</div></li>',
        colon=text("join.colon"),
        id=item_id,
        title=item.title.in_language(text.language),
        points=text(
            "compare.lead_points",
            name=side.community.name(text.language),
            points=text.number(abs(points), 1),
        ),
        mine=item_words(text, item_id, sheet),
        theirs=item_words(text, item_id, baseline),
    )


def _method(text: Translator) -> list[str]:
    figures = {
        "draws": text.number(DRAWS),
        "seed": str(SEED),
        "clear": percent_words(text, CLEAR),
        "concentration": text.number(CONCENTRATION, 1),
    }
    return [
        text("compare.method_source"),
        text("compare.method_weights", **figures),
        text("compare.method_open", **figures),
        text("compare.method_clear", **figures),
        text("compare.method_limits"),
    ]


def _framed(title: str, body: Markup) -> Markup:
    return html("<section><h4>{title}</h4>{body}</section>", title=title, body=body)


def _paragraph(words: str) -> Markup:
    return html("<p>{words}</p>", words=words)
