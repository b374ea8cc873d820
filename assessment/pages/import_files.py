"""Bringing in a file: what it would change is shown first, and nothing is written before OK."""

import streamlit as st

from assessment.ui.attempt import show_outcome
from assessment.ui.context import current_visit
from assessment.ui.import_list import past_list
from assessment.ui.import_mapping import mapping_panel
from assessment.ui.import_preview import preview_part
from assessment.ui.import_upload import PLACE, choose_target, recognised_file, upload_box
from assessment.ui.plain_text import plain


def _show() -> None:
    visit = current_visit()
    st.title(visit.text("page.import_files"))
    st.caption(plain(visit.text("import.intro")))
    wish = choose_target(visit)
    upload = upload_box(visit)
    show_outcome(PLACE)
    if upload is not None:
        found = recognised_file(visit, upload, wish)
        if found is None:
            found = mapping_panel(visit, upload, wish)
        if found is not None:
            preview_part(visit, upload, found, wish)
    past_list(visit)


_show()
