"""A file of replies: looked at first, taken only when somebody says so, taken out again."""

from typing import Any

import streamlit as st

from assessment.domain.errors import Refused
from assessment.domain.poll import Brought, Poll
from assessment.domain.poll_file import MOST_REPLIES, PollFile
from assessment.domain.questionnaire import Questionnaire
from assessment.domain.sheet import Sheet
from assessment.services.poll_exports import TEMPLATE
from assessment.services.poll_files import list_files, look_at, remove_file, restore_file, take_file
from assessment.ui.attempt import attempt, attempted, show_outcome
from assessment.ui.context import Visit
from assessment.ui.download_links import poll_table_links
from assessment.ui.followers import whole_page
from assessment.ui.plain_text import plain
from assessment.ui.session import signature

_PLACE, _NUMBER = "poll:file", "poll:file_number"
_MOST_FAULTS = 50


def upload_part(visit: Visit, sheet: Sheet, poll: Poll, questionnaire: Questionnaire) -> None:
    """The empty table, the chooser, what the chosen file holds, and the files that are in."""
    text = visit.text
    st.markdown(plain(text("poll_file.how", most=text.number(MOST_REPLIES))))
    st.info(plain(text("poll_counts.once")))
    poll_table_links(visit, sheet, TEMPLATE)
    show_outcome(_PLACE)
    number = st.session_state.setdefault(_NUMBER, 0)
    chosen = st.file_uploader(
        text("poll_file.choose"), type=["csv", "txt", "xlsx"], key=f"poll:upload:{number}"
    )
    if chosen is not None:
        _preview(visit, sheet, questionnaire, chosen)
    for file in list_files(visit.store, sheet, poll):
        _file(visit, sheet, file)


def _preview(
    visit: Visit,
    sheet: Sheet,
    questionnaire: Questionnaire,
    chosen: Any,  # noqa: ANN401
) -> None:
    text = visit.text
    try:
        found = look_at(chosen.getvalue(), questionnaire)
    except Refused as refused:
        for fault in refused.faults[:_MOST_FAULTS]:
            st.error(plain(text.fault(fault)))
        return
    if found.faults:
        _refused(visit, found)
        return
    st.success(plain(text.plural("poll_file.found", len(found.replies))))
    for words in _remarks(visit, questionnaire, found):
        st.markdown(plain(words))
    st.button(
        text("poll_file.take"),
        key="poll:take",
        type="primary",
        disabled=not found.replies,
        on_click=_take,
        args=(visit, sheet, chosen),
    )


def _refused(visit: Visit, found: PollFile) -> None:
    """Every cell that cannot be taken: nothing is, until the file is put right."""
    text = visit.text
    st.error(plain(text.plural("poll_file.refused", len(found.faults))))
    lines = [f"- {plain(text.fault(one))}" for one in found.faults[:_MOST_FAULTS]]
    if len(found.faults) > _MOST_FAULTS:
        lines.append(f"- {plain(text('poll_file.more', shown=_MOST_FAULTS))}")
    st.markdown("\n".join(lines))


def _remarks(visit: Visit, questionnaire: Questionnaire, found: PollFile) -> list[str]:
    text, remarks = visit.text, []
    if found.blank:
        remarks.append(text.plural("poll_file.blank", found.blank))
    if found.left_out:
        numbers = [str(questionnaire.number(one)) for one in found.left_out]
        remarks.append(text("poll_file.left_out", numbers=text("join.list").join(numbers)))
    return remarks


def _take(visit: Visit, sheet: Sheet, chosen: Any) -> None:  # noqa: ANN401
    done = attempt(
        visit,
        _PLACE,
        lambda: take_file(visit.store, signature(), sheet, chosen.name, chosen.getvalue()),
        visit.text("poll_file.taken", name=chosen.name),
    )
    if done:
        st.session_state[_NUMBER] = st.session_state.get(_NUMBER, 0) + 1
    whole_page()


def _file(visit: Visit, sheet: Sheet, file: Brought) -> None:
    text = visit.text
    is_out = file.removed_at is not None
    line = text.plural(
        "poll_file.line", file.replies, name=file.name, time=text.moment(file.at, visit.zone)
    )
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        st.markdown(
            plain(f"{line}{text('join.change')}{text('poll_file.out')}" if is_out else line)
        )
        change = restore_file if is_out else remove_file
        back, gone = text("poll_file.back", name=file.name), text("poll_file.gone", name=file.name)
        st.button(
            text("poll_file.restore") if is_out else text("poll_file.remove"),
            key=f"poll:file:{file.id}",
            on_click=attempted(
                visit,
                _PLACE,
                lambda: change(visit.store, signature(), sheet, file),
                back if is_out else gone,
            ),
        )
