"""Links to the files of a page."""

from collections.abc import Sequence
from urllib.parse import urlencode

import streamlit as st

from assessment.ui.context import Visit
from assessment.ui.plain_text import html, joined


def download_links(visit: Visit, kinds: Sequence[str], **about: str) -> None:
    """One link for every kind of file, about a community or a round."""
    query = urlencode({**about, "lang": visit.text.language})
    links = [
        html(
            '<a class="download" href="export/{kind}.csv?{query}" download>{label}</a>',
            kind=kind,
            query=query,
            label=visit.text(f"download.{kind}"),
        )
        for kind in kinds
    ]
    st.html(html('<p class="downloads">{links}</p>', links=joined(links)))
