"""A table of other people: which of their columns is which of ours."""

import hashlib
from collections.abc import Mapping, Sequence

import streamlit as st

from assessment.domain.framework import Framework
from assessment.domain.import_answers import ITEM_CODES
from assessment.domain.import_headers import first_headings
from assessment.domain.import_register import REGISTER_CODES
from assessment.domain.import_table import column_letters
from assessment.language.translator import Translator
from assessment.services.frameworks import framework_of
from assessment.services.import_tables import (
    Recognised,
    Upload,
    foreign_sheet,
    guessed_columns,
    mapped,
)
from assessment.services.importing import ImportWish
from assessment.ui.box_rows import box_places
from assessment.ui.context import Visit
from assessment.ui.plain_text import plain

_SHAPES = ("items", "communities")
_PLAINER = ("community_code", "item", "answer", "state", "code", "name_zh")
_NONE = -1


def mapping_panel(visit: Visit, upload: Upload, wish: ImportWish) -> Recognised | None:
    """Boxes for our columns, filled with what reads alike; ``None`` until any is chosen."""
    text = visit.text
    sheet = foreign_sheet(upload)
    row = first_headings(sheet) if sheet else None
    if row is None:
        st.error(plain(text("import.no_table", name=upload.name)))
        return None
    st.subheader(text("import.mapping"))
    st.markdown(plain(text("import.mapping_hint", name=upload.name)))
    headings = [cell.strip() for cell in row.cells]
    of_file = hashlib.sha256("\0".join(headings).encode()).hexdigest()[:12]
    labels, guessed = _shape(visit, upload, wish, of_file)
    chosen = _boxes(visit, headings, _shown(labels, guessed), guessed, of_file)
    if not chosen:
        return None
    return mapped(visit.store, visit.text, upload, wish.round.framework, chosen)


def _shape(
    visit: Visit, upload: Upload, wish: ImportWish, of_file: str
) -> tuple[dict[str, list[str]], dict[str, int]]:
    """What one row is: labels of our codes for it, and the columns that read alike.

    Offered first is the shape of which more columns are known.
    """
    text = visit.text
    framework = framework_of(visit.store, wish.round.framework)
    labels = {shape: _labels(visit, framework, shape) for shape in _SHAPES}
    guessed = {one: guessed_columns(upload, list(labels[one]), labels[one]) for one in _SHAPES}
    shape = st.segmented_control(
        text("import.shape"),
        _SHAPES,
        format_func=lambda one: text(f"import.shape_{one}"),
        default=max(_SHAPES, key=lambda one: len(guessed[one])),
        required=True,
        key=f"import-shape:{of_file}:{text.language}",
    )
    return labels[str(shape)], guessed[str(shape)]


def _labels(visit: Visit, framework: Framework, shape: str) -> dict[str, list[str]]:
    """Our codes with the labels by which a heading is recognised, the shown one first."""
    language = visit.text.language
    if shape == "items":
        return {code: _plain_labels(visit.text, code) for code in ("community_code", *ITEM_CODES)}
    labels = {code: _plain_labels(visit.text, code) for code in REGISTER_CODES}
    for fact in framework.facts:
        labels[fact.id] = [fact.label.in_language(language), fact.label.zh, fact.label.en]
    for item in framework.items:
        title = item.title
        shown = f"{item.id} {title.in_language(language)}"
        labels[item.id] = [shown, title.zh, title.en, f"{item.id} {title.zh}"]
    return labels


def _plain_labels(text: Translator, code: str) -> list[str]:
    """What is asked for, in plainer words than the heading of our own files where they differ."""
    heading = text(f"column.{code}")
    return [text(f"import.as_{code}"), heading] if code in _PLAINER else [heading]


def _shown(labels: Mapping[str, Sequence[str]], guessed: Mapping[str, int]) -> dict[str, str]:
    """Every code but those of items, of which only the recognised ones have a box."""
    return {code: words[0] for code, words in labels.items() if "-" not in code or code in guessed}


def _boxes(
    visit: Visit,
    headings: Sequence[str],
    shown: Mapping[str, str],
    guessed: Mapping[str, int],
    of_file: str,
) -> dict[str, int]:
    """A box for every code; the column that was chosen for each, without those for none."""
    options = [_NONE, *(place for place, heading in enumerate(headings) if heading)]
    chosen: dict[str, int] = {}
    for (code, label), box in zip(shown.items(), box_places(), strict=False):
        place = box.selectbox(
            label,
            options,
            index=options.index(guessed.get(code, _NONE)),
            format_func=lambda one: _option(visit, headings, int(one)),
            key=f"import-column:{of_file}:{code}:{visit.text.language}",
        )
        if place is not None and place != _NONE:
            chosen[code] = int(place)
    return chosen


def _option(visit: Visit, headings: Sequence[str], place: int) -> str:
    if place == _NONE:
        return visit.text("import.not_in_file")
    return f"{column_letters(place)}  {headings[place][:40]}"
