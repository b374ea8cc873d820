"""What residents say: print the questions, open a page for them, bring in answers, see them."""

import streamlit as st

from assessment.domain.permissions import Action
from assessment.services.authorising import allows
from assessment.services.polling import poll_of, questions_of
from assessment.ui.context import current_visit, require_sheet
from assessment.ui.plain_text import plain
from assessment.ui.poll_counts import counts_part
from assessment.ui.poll_online import online_part
from assessment.ui.poll_print import print_part
from assessment.ui.poll_upload import upload_part
from assessment.ui.voice_results import voice_results

_PARTS = ("said", "print", "online", "counts", "file")
_DRAWN = {
    "print": print_part,
    "online": online_part,
    "counts": counts_part,
    "file": upload_part,
}


def _show() -> None:
    visit = current_visit()
    sheet = require_sheet(visit)
    text = visit.text
    st.title(text("page.voice"))
    st.caption(plain(text("voice.intro", name=sheet.community.name(text.language))))
    part = "said"
    if allows(visit.store, Action.POLL, sheet.community):
        part = st.segmented_control(
            text("voice.parts"),
            _PARTS,
            format_func=lambda one: text(f"voice.part_{one}"),
            key="voice:part",
            default=_PARTS[0],
            required=True,
            label_visibility="collapsed",
            wrap=True,
        )
    if part not in _DRAWN:
        voice_results(visit, sheet)
        return
    poll = poll_of(visit.store, sheet)
    _DRAWN[part](visit, sheet, poll, questions_of(visit.store, poll))


_show()
