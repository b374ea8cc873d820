"""A new version of a checklist from a file: checked, compared, seen as staff will, published."""

from collections.abc import Sequence

import streamlit as st

from assessment.domain.errors import Refused
from assessment.domain.framework import Framework
from assessment.reports.framework_words import framework_name
from assessment.services.framework_files import FRAMEWORK_FORMATS, Draft, read_draft
from assessment.services.publishing import FrameworkLine, publish
from assessment.ui.attempt import attempted, show_outcome
from assessment.ui.context import Visit
from assessment.ui.fault_table import fault_table
from assessment.ui.framework_list import choose_framework
from assessment.ui.framework_preview import framework_preview
from assessment.ui.framework_upgrade import upgrade_view
from assessment.ui.plain_text import plain
from assessment.ui.session import signature

_PLACE = "frameworks:publish"
_COUNT = "frameworks:uploads"


def upload_part(visit: Visit, lines: Sequence[FrameworkLine]) -> None:
    """The file, what is wrong with it, or what it brings and the button that publishes it."""
    text = visit.text
    st.header(text("frameworks.new"))
    show_outcome(_PLACE)
    st.markdown(plain(text("frameworks.new_intro")))
    file = st.file_uploader(
        text("frameworks.upload"),
        type=[*FRAMEWORK_FORMATS, "yml"],
        key=f"frameworks:file:{st.session_state.get(_COUNT, 0)}",
    )
    any_source = st.checkbox(
        text("frameworks.any_source"), help=text("frameworks.any_source_help"), key="any_source"
    )
    if file is None:
        return
    try:
        draft = read_draft(visit.store, file.name, file.getvalue(), any_source)
    except Refused as refused:
        fault_table(text, refused.faults)
        return
    _show(visit, lines, draft)


def _show(visit: Visit, lines: Sequence[FrameworkLine], draft: Draft) -> None:
    text, new = visit.text, draft.framework
    published = {line.framework.hash for line in lines}
    taken = [
        line.framework
        for line in lines
        if (line.framework.id, line.framework.version) == (new.id, new.version)
    ]
    st.success(plain(text("frameworks.good", name=framework_name(text, new), items=len(new.items))))
    differences, seen = st.tabs([text("frameworks.differences"), text("frameworks.as_staff")])
    with differences:
        old = choose_framework(
            visit,
            text("frameworks.compare_with"),
            "frameworks:old",
            _known(lines),
            _base(lines, new),
        )
        upgrade_view(visit, old, new)
    with seen:
        framework_preview(visit, new)
    if new.hash in published:
        st.info(plain(text("frameworks.published_already")))
    elif taken:
        st.error(plain(text("frameworks.taken", id=new.id, version=new.version)))
    else:
        _publish_button(visit, draft)


def _known(lines: Sequence[FrameworkLine]) -> list[Framework]:
    return [line.framework for line in lines]


def _base(lines: Sequence[FrameworkLine], new: Framework) -> str:
    """The version that is used now: of the latest round under a framework of this id."""
    own = [line for line in lines if line.framework.id == new.id]
    used = [line for line in own if any(not one.sample for one in line.rounds)]
    return next((line.framework.hash for line in (*used, *own)), "")


def _publish_button(visit: Visit, draft: Draft) -> None:
    name = framework_name(visit.text, draft.framework)

    def keep() -> None:
        publish(visit.store, signature(), draft.framework, draft.content)
        st.session_state[_COUNT] = st.session_state.get(_COUNT, 0) + 1

    st.caption(plain(visit.text("frameworks.publish_note")))
    st.button(
        visit.text("frameworks.publish"),
        key="publish_framework",
        type="primary",
        on_click=attempted(visit, _PLACE, keep, visit.text("frameworks.published_as", name=name)),
    )
