"""Words in a file that are not ours: a person says once what each of them means."""

import hashlib
from collections.abc import Sequence

import streamlit as st

from assessment.domain.import_table import Problem
from assessment.domain.import_words import BLANK, ForeignWord, Glossary, foreign_words
from assessment.language.translator import Translator
from assessment.services.import_tables import Upload
from assessment.ui.box_rows import box_places
from assessment.ui.context import Visit
from assessment.ui.plain_text import plain

_MOST = 30
_UNSAID = "-"


def glossary_panel(visit: Visit, upload: Upload, problems: Sequence[Problem]) -> Glossary:
    """A box for every word that was not understood, the most frequent first; what was chosen."""
    words = foreign_words(one.fault for one in problems).most_common()
    if not words:
        return {}
    text = visit.text
    st.subheader(text("import.glossary"))
    st.markdown(plain(text("import.glossary_hint")))
    chosen: dict[ForeignWord, str] = {}
    for (word, count), box in zip(words[:_MOST], box_places(), strict=False):
        said = box.selectbox(
            plain(text.plural("import.glossary_word", count, word=word.shown)),
            [_UNSAID, *word.choices, BLANK],
            format_func=lambda one: _option(text, str(one)),
            key=_key(visit, upload, word),
        )
        if said is not None and said != _UNSAID:
            chosen[word] = str(said)
    if len(words) > _MOST:
        st.caption(plain(text.plural("import.glossary_more", len(words) - _MOST)))
    return chosen


def _option(text: Translator, one: str) -> str:
    return {_UNSAID: text("import.glossary_unsaid"), BLANK: text("import.glossary_blank")}.get(
        one, one
    )


def _key(visit: Visit, upload: Upload, word: ForeignWord) -> str:
    named = hashlib.sha256(f"{word.allowed}\0{word.key}".encode()).hexdigest()[:12]
    return f"import-word:{upload.sha256[:12]}:{named}:{visit.text.language}"
