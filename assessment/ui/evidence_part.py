"""What supports an answer: a line for each file and link, and the way to more."""

from collections.abc import Sequence

import streamlit as st

from assessment.domain.evidence import Evidence, EvidenceKind
from assessment.domain.framework import Item
from assessment.domain.permissions import Action
from assessment.domain.sheet import Sheet
from assessment.domain.sizes import MEGABYTE
from assessment.services.authorising import allows
from assessment.services.evidence import list_evidence
from assessment.ui.context import Visit
from assessment.ui.evidence_panel import evidence_panel, is_open, turn
from assessment.ui.page_inputs import PageInputs
from assessment.ui.plain_text import Markup, html, joined, plain


def evidence_part(inputs: PageInputs, item: Item) -> None:
    """The evidence of an item, and a button for more; the inputs are there only when opened."""
    visit, sheet = inputs.visit, inputs.sheet
    found = inputs.evidence.get(item.id, ()) if sheet.evidence.get(item.id) else ()
    if found:
        st.html(evidence_list(visit, found))
    asked = item.evidence != "none" or found
    if not asked or not allows(visit.store, Action.ANSWER, sheet.community):
        return
    opened = is_open(sheet, item)
    count = len(found)
    st.button(
        visit.text.plural("evidence.button", count) if count else visit.text("evidence.add"),
        key=f"evidence:{item.id}",
        icon=":material/expand_less:" if opened else ":material/attach_file:",
        type="tertiary",
        on_click=turn,
        args=(sheet, item),
    )
    if opened:
        evidence_panel(visit, sheet, item, found)


def evidence_of_all(visit: Visit, sheet: Sheet) -> None:
    """The evidence of every item that has some, below its number and title."""
    found = list_evidence(visit.store, sheet)
    for item in sheet.framework.items:
        if found.get(item.id):
            title = item.title.in_language(visit.text.language)
            st.markdown(plain(f"{item.id} {title}"))
            st.html(evidence_list(visit, found[item.id]))


def evidence_list(visit: Visit, found: Sequence[Evidence]) -> Markup:
    """All files and links of an item."""
    lines = [evidence_line(visit, one) for one in found]
    return html('<ul class="evidence">{lines}</ul>', lines=joined(lines))


def evidence_line(visit: Visit, one: Evidence) -> Markup:
    """One file or link: a small picture of a photo, the name to get it by, day and size."""
    return html(
        '<li class="{kind}">{picture}<div>{name}<span class="quiet">{about}</span></div></li>',
        kind=one.kind.value,
        picture=_picture(visit, one),
        name=_name(visit, one),
        about=_about(visit, one),
    )


def _picture(visit: Visit, one: Evidence) -> Markup:
    if one.kind is not EvidenceKind.PHOTO:
        return html('<span class="sign" aria-hidden="true">{sign}</span>', sign=_SIGNS[one.kind])
    return html(
        '<img src="evidence/{id}/thumbnail" alt="{words}" loading="lazy">',
        id=one.id,
        words=visit.text("evidence.picture_of", name=one.name),
    )


_SIGNS = {EvidenceKind.PDF: "PDF", EvidenceKind.DOCUMENT: "DOC", EvidenceKind.LINK: "↗"}


def _name(visit: Visit, one: Evidence) -> Markup:
    if one.kind is EvidenceKind.LINK:
        return html(
            '<a href="{url}" target="_blank" rel="noopener noreferrer"><bdi>{url}</bdi></a>',
            url=one.url,
        )
    return html(
        '<a href="evidence/{id}?lang={lang}" download><bdi>{name}</bdi></a>',
        id=one.id,
        lang=visit.text.language,
        name=one.name,
    )


def _about(visit: Visit, one: Evidence) -> str:
    text = visit.text
    parts = [text(f"evidence.kind_{one.kind}")]
    if one.dated:
        parts.append(text("evidence.of_day", day=text.day(one.dated)))
    if one.size >= MEGABYTE:
        parts.append(text("evidence.size", size=text.number(one.size / MEGABYTE, 1)))
    elif one.size:
        parts.append(text("evidence.size_small", size=text.number(-(-one.size // 1000))))
    if one.at:
        parts.append(text("evidence.added_at", moment=text.moment(one.at, visit.zone)))
    return " · ".join(parts)
