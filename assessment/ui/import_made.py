"""Previews of the file that is open: each is made once, however often the page is drawn."""

import uuid
from dataclasses import astuple, dataclass

import streamlit as st

from assessment.services.import_refusals import keep_refusals
from assessment.services.import_tables import Recognised, Upload
from assessment.services.importing import ImportWish, Preview, preview
from assessment.ui.context import Visit

_MADE = "import:made"


@dataclass(frozen=True)
class Made:
    """A preview, the name under which it is written once, and the word for its refusals' file."""

    seen: Preview
    submission: str
    refusals: str


def made_preview(visit: Visit, upload: Upload, found: Recognised, wish: ImportWish) -> Made:
    """The preview of a file for its columns, its target and what was said of its words."""
    columns = tuple((one.kind, tuple(one.header.columns.items())) for one in found.tables)
    file = (upload.sha256, upload.name, wish.round.id, wish.community, columns, visit.text.language)
    said = tuple(sorted((*astuple(word), chosen) for word, chosen in wish.glossary.items()))
    kept: dict[object, Made] = st.session_state.get(_MADE, {})
    if (file, said) not in kept:
        with st.spinner(visit.text("import.comparing")):
            seen = preview(visit.store, visit.text, upload, found, wish)
        made = Made(seen, uuid.uuid4().hex, keep_refusals(visit.store, seen.problems))
        # The one where nothing was said yet names the words to ask for; of others only the last.
        kept = {key: one for key, one in kept.items() if key == (file, ())}
        kept[file, said] = made
        st.session_state[_MADE] = kept
    return kept[file, said]


def forget_previews() -> None:
    """What is kept has changed: compare again."""
    st.session_state.pop(_MADE, None)
