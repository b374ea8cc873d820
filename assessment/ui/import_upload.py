"""Choosing a file and where it goes; reading it once, in a process of its own."""

from datetime import UTC, datetime
from typing import Any

import streamlit as st

from assessment.domain.errors import Fault, Refused
from assessment.domain.round_days import is_closed
from assessment.services.import_tables import Recognised, Upload, read_upload, recognised
from assessment.services.importing import ImportWish
from assessment.services.recognising import clean_name
from assessment.ui.context import Visit
from assessment.ui.plain_text import plain

PLACE = "import"
_NUMBER, _READ = "import:number", "import:read"
_LARGEST_MEGABYTES = 20


def choose_target(visit: Visit) -> ImportWish:
    """The round that a file goes to, and the community for a file that names none."""
    text = visit.text
    now = datetime.now(UTC)
    rounds = {one.id: one for one in visit.rounds if not is_closed(one, now)}
    rounds.setdefault(visit.round.id, visit.round)
    chosen = st.selectbox(
        text("import.round"),
        list(rounds),
        index=list(rounds).index(visit.round.id),
        format_func=lambda code: rounds[str(code)].label(text.language),
        key=f"import-round:{text.language}",
    )
    community = visit.community
    if community is None:
        st.caption(plain(text("import.no_community")))
    else:
        st.caption(plain(text("import.for_community", name=community.name(text.language))))
    return ImportWish(rounds[chosen], community.code if community else "")


def upload_box(visit: Visit) -> Upload | None:
    """The file that was chosen, read; ``None`` before, and with a message where it is refused."""
    text = visit.text
    chosen: Any = st.file_uploader(text("import.file"), key=f"import-file:{_number()}")
    st.caption(plain(text("import.limits", size=_LARGEST_MEGABYTES)))
    with st.expander(text("import.rules_title"), icon=":material/help:"):
        st.markdown(text("import.rules"))
    if chosen is None:
        st.session_state.pop(_READ, None)
        return None
    outcome = _read(visit, chosen)
    if isinstance(outcome, Upload):
        return outcome
    for fault in outcome:
        name, words = clean_name(chosen.name), text.fault(fault)
        row = text("import.at_row", row=fault.line) if fault.line else ""
        st.error(plain(text("import.refused_whole", name=name, row=row, fault=words)))
    return None


def recognised_file(visit: Visit, upload: Upload, wish: ImportWish) -> Recognised | None:
    """The tables that name their columns by our codes; ``None`` where nobody knows its columns."""
    found = recognised(visit.store, visit.text, upload, wish.round.framework)
    unknown = [one for one in found.problems if one.fault.code == "import_nothing_known"]
    return None if unknown else found


def next_file() -> None:
    """Forget the file that was written: the chooser is empty again."""
    st.session_state[_NUMBER] = _number() + 1
    st.session_state.pop(_READ, None)


def _read(visit: Visit, chosen: Any) -> Upload | tuple[Fault, ...]:  # noqa: ANN401
    """What is in the file; it is read once, however often the page is drawn."""
    kept = st.session_state.get(_READ)
    if kept is not None and kept[0] == chosen.file_id:
        read: Upload | tuple[Fault, ...] = kept[1]
        return read
    with st.spinner(visit.text("import.reading")):
        try:
            read = read_upload(chosen.name, chosen.getvalue())
        except Refused as refused:
            read = refused.faults
    st.session_state[_READ] = (chosen.file_id, read)
    return read


def _number() -> int:
    return int(st.session_state.get(_NUMBER, 0))
