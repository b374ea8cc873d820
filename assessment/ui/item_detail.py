"""The item that colours the pictures: its question, its clauses, and who meets it."""

import streamlit as st

from assessment.domain.answers import Outcome
from assessment.domain.framework import Role
from assessment.domain.nation import share_met
from assessment.reports.score_words import percent_words
from assessment.ui.area_view import AreaView
from assessment.ui.context import remember
from assessment.ui.plain_text import html, plain


def item_detail(view: AreaView) -> None:
    """Draw the item, if one colours."""
    item = view.item
    if item is None:
        return
    text = view.visit.text
    shares, known = share_met(view.nation, view.area_mask)
    column = view.item_column
    unmet = int((view.nation.outcome[view.area_mask][:, column] == Outcome.NOT_MET).sum())
    with st.container(border=True, key="item-detail"):
        gate = f" · {text('role.gate')}" if item.role is Role.GATE else ""
        st.html(
            html(
                '<div class="item-title">{id} {title}</div><div class="quiet">{clauses}{gate}</div>'
                "<div>{question}</div>",
                id=item.id,
                title=item.title.in_language(text.language),
                clauses=text("join.list").join(item.clauses),
                gate=gate,
                question=item.question.in_language(text.language),
            )
        )
        if known[column]:
            percent = percent_words(text, shares[column])
            words = text(
                "item.share", percent=percent, known=text.number(int(known[column])), unmet=unmet
            )
            st.markdown(plain(words))
        st.button(
            text("item.who_met"),
            key="item-who-met",
            on_click=remember,
            kwargs={"state": "met", "view": "list"},
        )
        st.button(text("item.leave"), key="item-leave", on_click=remember, kwargs=_NOTHING)


_NOTHING: dict[str, None] = {"colour": None, "state": None}
