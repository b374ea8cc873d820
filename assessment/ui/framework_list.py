"""The published checklists as a table, and each as a file to read or to adapt."""

from collections.abc import Sequence
from urllib.parse import urlencode

import streamlit as st
from markupsafe import Markup

from assessment.domain.framework import Framework
from assessment.language.translator import Translator
from assessment.reports.framework_words import framework_name
from assessment.reports.log_words import author_words
from assessment.services.framework_files import FRAMEWORK, FRAMEWORK_FORMATS
from assessment.services.publishing import FrameworkLine
from assessment.ui.compare_frame import compare_table, quiet, row
from assessment.ui.context import Visit
from assessment.ui.download_links import file_row
from assessment.ui.plain_text import html, joined, plain

_HEADINGS = ("title", "version", "published", "items", "rounds")


def framework_table(visit: Visit, lines: Sequence[FrameworkLine]) -> None:
    """Every version with its content hash, when and by whom, and the rounds that use it."""
    heads = [
        html("<th scope='col'>{words}</th>", words=visit.text(f"frameworks.{name}"))
        for name in _HEADINGS
    ]
    body = html("<tbody>{rows}</tbody>", rows=joined([_row(visit, line) for line in lines]))
    st.html(compare_table(visit.text("frameworks.versions"), heads, [body]))


def framework_files(visit: Visit, lines: Sequence[FrameworkLine]) -> None:
    """The files of one version."""
    if not lines:
        return
    with st.expander(visit.text("frameworks.files"), icon=":material/download:"):
        chosen = choose_framework(
            visit,
            visit.text("frameworks.which"),
            "frameworks:file",
            [one.framework for one in lines],
        )
        st.markdown(plain(visit.text("frameworks.files_intro")))
        query = urlencode({"framework": chosen.hash, "lang": visit.text.language})
        name = visit.text("file.framework")
        file_row(visit, name, tuple(FRAMEWORK_FORMATS), FRAMEWORK, query)


def choose_framework(
    visit: Visit, label: str, key: str, frameworks: Sequence[Framework], first: str = ""
) -> Framework:
    """One of some frameworks; ``first`` is the hash of the one that is chosen to begin with."""
    by_hash = {one.hash: one for one in frameworks}
    hashes = list(by_hash)
    # The language is in the key: a select box forgets its value when its words change.
    chosen = st.selectbox(
        label,
        hashes,
        index=hashes.index(first) if first in by_hash else 0,
        format_func=lambda one: framework_name(visit.text, by_hash[one]),
        key=f"{key}:{visit.text.language}",
    )
    return by_hash[chosen or hashes[0]]


def _row(visit: Visit, line: FrameworkLine) -> Markup:
    text, one = visit.text, line.framework
    when = text.moment(line.at, visit.zone)
    by = author_words(text, line.by) if line.by else text("frameworks.shipped")
    labels = [each.label(text.language) for each in line.rounds]
    return row(
        html("{title}{id}", title=one.title.in_language(text.language), id=quiet(one.id)),
        [
            html("{version}{hash}", version=_version(text, one), hash=quiet(one.hash[:12])),
            html("{when}{by}", when=when, by=quiet(by)),
            text.number(len(one.items)),
            text("join.list").join(labels) or text("frameworks.unused"),
        ],
    )


def _version(text: Translator, one: Framework) -> str:
    return text("frameworks.version_of", version=one.version, date=text.day(one.date))
