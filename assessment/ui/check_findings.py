"""The findings before the hand-over, by severity and kind, each with a way to its place."""

from collections.abc import Sequence
from itertools import groupby

import streamlit as st

from assessment.domain.findings import Found, Severity
from assessment.domain.sheet import Sheet
from assessment.reports.finding_words import finding_fix, finding_words, place_words
from assessment.ui.context import Visit
from assessment.ui.followers import whole_page
from assessment.ui.plain_text import html, plain
from assessment.ui.walk import GO_TO_ANSWER, go_to_fact, go_to_item

_SIGNS = {Severity.HARD: "✕", Severity.WARNING: "△", Severity.HINT: "○"}
_FIRST = 12


def show_findings(visit: Visit, sheet: Sheet, found: Sequence[Found]) -> None:
    """Draw all findings; a kind with many places is folded after the first ones."""
    if not found:
        st.success(plain(visit.text("check.nothing_found")))
    for severity in Severity:
        some = [one for one in found if one.severity is severity]
        if some:
            words = visit.text(f"severity.{severity}", count=visit.text.number(len(some)))
            st.header(f"{_SIGNS[severity]} {plain(words)}")
            for kind, group in groupby(some, key=lambda one: one.finding):
                _show_kind(visit, sheet, kind, list(group))


def _show_kind(visit: Visit, sheet: Sheet, kind: str, group: Sequence[Found]) -> None:
    alike = len({finding_words(visit.text, one) for one in group}) == 1
    with st.container(border=True, key=f"finding-{kind}"):
        head = finding_words(visit.text, group[0]) if alike else ""
        st.html(
            html(
                '<div class="item-head">{head}</div><div class="quiet">{fix}</div>',
                head=html('<span class="item-title">{words}</span>', words=head) if head else "",
                fix=finding_fix(visit.text, group[0]),
            )
        )
        _show_places(visit, sheet, group[:_FIRST], alike)
        if len(group) > _FIRST:
            with st.expander(visit.text.plural("check.more", len(group) - _FIRST)):
                _show_places(visit, sheet, group[_FIRST:], alike)


def _show_places(visit: Visit, sheet: Sheet, group: Sequence[Found], alike: bool) -> None:
    """Ways to the places side by side; one below the other where each has words of its own."""
    placed = [one for one in group if one.item or one.fact]
    with st.container(horizontal=alike):
        for one in placed:
            if not alike:
                st.markdown(f"**{plain(finding_words(visit.text, one))}**")
            st.button(
                plain(place_words(visit.text, sheet, one)),
                key=f"finding:{one.finding}:{one.item or one.fact}",
                icon=":material/arrow_forward:",
                on_click=_open,
                args=(sheet, one),
            )


def _open(sheet: Sheet, one: Found) -> None:
    if one.item:
        go_to_item(sheet, one.item)
    else:
        go_to_fact()
    st.session_state[GO_TO_ANSWER] = True
    whole_page()
