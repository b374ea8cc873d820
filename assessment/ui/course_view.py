"""State with who and when, the code of the figures, and what was changed since a hand-over."""

from collections.abc import Mapping, Sequence

import pandas as pd
import streamlit as st

from assessment.domain.fingerprint import fingerprint
from assessment.domain.framework import Framework
from assessment.domain.handover import Handover, HandoverAction, Pin
from assessment.domain.sheet import Sheet
from assessment.reports.handover_words import (
    field_changes,
    signed_words,
    state_line,
    subject_words,
)
from assessment.services.reviewing import Course, Difference
from assessment.services.who import names_of
from assessment.ui.context import Visit
from assessment.ui.plain_text import html, joined, plain


def names_in(
    visit: Visit, sheet: Sheet, course: Course | None = None, pins: Sequence[Pin] = ()
) -> Mapping[str, str]:
    """The names of everybody who had a hand in an assessment."""
    ids = [sheet.assessment.state_by, *(pin.by for pin in pins)]
    if course:
        ids += [one.by for one in course.handovers]
        ids += [one.by for one in course.sent]
    return names_of(visit.store, ids)


def state_and_code(visit: Visit, sheet: Sheet, names: Mapping[str, str]) -> None:
    """State, who, when, and the code of the figures as they are now."""
    st.html(
        html(
            '<div class="state-line"><b>{state}</b>'
            '<span class="code-line">{label} <code>{code}</code></span></div>',
            state=state_line(visit.text, visit.zone, sheet.assessment, names),
            label=visit.text("code.label"),
            code=fingerprint(sheet),
        )
    )


def handover_history(visit: Visit, course: Course, names: Mapping[str, str]) -> None:
    """Every hand-over so far, folded; nothing where there was none."""
    if not course.handovers:
        return
    text = visit.text
    rows = [
        {
            text("handover.what"): text(f"handover.{one.action}"),
            text("handover.who"): plain(signed_words(text, visit.zone, one.by, None, names)),
            text("handover.when"): text.moment(one.at, visit.zone),
            text("handover.note"): plain(one.note),
            text("code.label"): one.fingerprint,
        }
        for one in reversed(course.handovers)
    ]
    with st.expander(text("handover.history"), icon=":material/history:"):
        st.table(pd.DataFrame(rows).set_index(text("handover.what")))


def since_words(visit: Visit, since: Handover, names: Mapping[str, str]) -> str:
    """What changes are counted from: the hand-over with who and when."""
    signed = signed_words(visit.text, visit.zone, since.by, since.at, names)
    return visit.text(f"changes.since_{since.action}", signed=signed)


def difference_table(
    visit: Visit, framework: Framework, differences: Sequence[Difference], pinned: frozenset[str]
) -> None:
    """Every changed field, before and now; where items were pinned, which of them these are."""
    text = visit.text
    rows = []
    for one in differences:
        for change in field_changes(text, framework, one.before, one.now):
            row = {
                text("changes.subject"): plain(subject_words(text, framework, one.subject)),
                text("changes.field"): plain(change.name),
                text("changes.before"): plain(change.before),
                text("changes.now"): plain(change.now),
            }
            if pinned:
                is_pinned = one.subject in pinned
                row[text("changes.pinned")] = (
                    text("changes.yes") if is_pinned else text("changes.no")
                )
            rows.append(row)
    st.table(pd.DataFrame(rows).set_index(text("changes.subject")))


def changes_since(visit: Visit, sheet: Sheet, course: Course, names: Mapping[str, str]) -> None:
    """What was changed since the hand-over that the course compares with."""
    if course.since is None:
        return
    pinned = frozenset(one.item for one in course.sent)
    returned = course.since.action is HandoverAction.RETURN
    st.caption(plain(since_words(visit, course.since, names)))
    if not course.differences:
        st.info(plain(visit.text("changes.none")))
        return
    difference_table(
        visit, sheet.framework, course.differences, pinned if returned else frozenset()
    )
    left = [one.item for one in course.sent if one.item not in course.changed]
    if returned and left:
        items = visit.text("join.list").join(dict.fromkeys(left))
        st.warning(plain(visit.text("changes.pins_left", items=items)))


def pin_words(visit: Visit, pins: Sequence[Pin], names: Mapping[str, str]) -> str:
    """Why an item was pinned, one reason after another, each with who and when."""
    return joined(
        [
            html(
                '<div class="pin-note"><b>{title}</b> {reason} '
                '<span class="quiet">{signed}</span></div>',
                title=visit.text("pin.title"),
                reason=one.reason,
                signed=signed_words(visit.text, visit.zone, one.by, one.at, names),
            )
            for one in pins
        ]
    )
