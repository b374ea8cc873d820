"""What the ticked actions would change."""

from collections.abc import Sequence

import streamlit as st

from assessment.domain.plan import PlannedAction, after_actions
from assessment.domain.schedule import missing_first
from assessment.domain.sheet import Sheet
from assessment.reports.gap_words import shortfall_words
from assessment.reports.plan_words import total_words
from assessment.reports.score_words import gates_words, range_words, verdict_words
from assessment.ui.context import Visit
from assessment.ui.plain_text import html, joined, plain


def outcome(
    visit: Visit, sheet: Sheet, actions: Sequence[PlannedAction], ticked: Sequence[PlannedAction]
) -> None:
    """Now and then, side by side; redrawn with every tick."""
    text = visit.text
    later = after_actions(sheet, ticked)
    rows = [
        (
            text("plan.score"),
            range_words(text, sheet.scores.overall),
            range_words(text, later.scores.overall),
        ),
        (text("plan.verdict"), verdict_words(text, sheet), verdict_words(text, later)),
        (text("plan.gates"), gates_words(text, sheet), gates_words(text, later)),
        (text("plan.area"), _shortfall(visit, sheet), _shortfall(visit, later)),
    ]
    cells = joined(
        [
            html(
                '<tr><th scope="row">{a}</th><td>{b}</td><td><strong>{c}</strong></td></tr>',
                a=a,
                b=b,
                c=c,
            )
            for a, b, c in rows
        ]
    )
    st.html(
        html(
            '<table class="plan-outcome"><thead><tr><th></th><th scope="col">{now}</th>'
            '<th scope="col">{then}</th></tr></thead><tbody>{cells}</tbody></table>',
            now=text("plan.now"),
            then=text.plural("plan.then", len(ticked)),
            cells=cells,
        )
    )
    st.caption(plain(text("plan.cost_sum", cost=total_words(text, ticked))))
    _tell_missing_first(visit, actions, ticked)


def _tell_missing_first(
    visit: Visit, actions: Sequence[PlannedAction], ticked: Sequence[PlannedAction]
) -> None:
    """Which ticked actions wait for one that is not ticked."""
    by_id = {one.id: one for one in actions}
    for one in missing_first(actions, ticked):
        first = by_id[by_id[one].after or 0]
        st.warning(
            plain(visit.text("plan.first_unticked", name=by_id[one].words, first=first.words))
        )


def _shortfall(visit: Visit, sheet: Sheet) -> str:
    found = sheet.shortfall
    return shortfall_words(visit.text, found) if found else visit.text("plan.no_shortfall")
