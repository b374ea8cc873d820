"""What lies behind an item's card: the comments about it and its earlier versions.

Nothing of it is read before it is opened, but for the number of open comments.
"""

from collections.abc import Mapping

import streamlit as st

from assessment.domain.framework import Item
from assessment.domain.sheet import Sheet
from assessment.services.comments import open_counts
from assessment.ui.card_history import card_history
from assessment.ui.card_thread import card_thread
from assessment.ui.context import Visit
from assessment.ui.followers import latest
from assessment.ui.plain_text import html

_COUNTS = "comments:open"


def count_open_comments(visit: Visit, sheet: Sheet) -> Mapping[str, int]:
    """Read once for the page how many comments are open for each item."""
    counts = st.session_state[_COUNTS] = open_counts(visit.store, sheet)
    return counts


def card_records(visit: Visit, sheet: Sheet, item: Item) -> None:
    """A small button with the number of open comments; comments and versions behind it."""

    def part() -> None:
        counts: Mapping[str, int] = st.session_state.get(_COUNTS, {})
        count = counts.get(item.id, 0)
        with st.container(horizontal=True, vertical_alignment="center"):
            # Its words never change: with other words it would be another one, and closed.
            opened = st.popover(
                visit.text("records.title"),
                type="tertiary",
                icon=":material/history:",
                key=f"records-{item.id}",
                on_change="rerun",
            )
            if count:
                words = visit.text.plural("records.open", count)
                st.html(html('<span class="open-comments">{words}</span>', words=words))
        if opened.open:
            with opened:
                card_thread(visit, sheet, item, lambda: count_open_comments(visit, sheet))
                card_history(visit, latest(sheet), item)

    st.fragment(part, key=f"records-part-{item.id}")()
