"""A table of words that wrap, which a data frame would cut."""

from collections.abc import Sequence

import streamlit as st

from assessment.ui.plain_text import html, joined


def word_table(label: str, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Rows of texts below their headings; the first cell of a row is its heading."""
    st.html(
        html(
            "<div class='compare-box' tabindex='0' role='region' aria-label='{label}'>"
            "<table class='compare wordy'><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody>"
            "</table></div>",
            label=label,
            heads=joined([html("<th scope='col'>{words}</th>", words=head) for head in heads]),
            rows=joined(
                [
                    html(
                        "<tr><th scope='row'>{first}</th>{cells}</tr>",
                        first=first,
                        cells=joined([html("<td>{one}</td>", one=one) for one in rest]),
                    )
                    for first, *rest in rows
                ]
            ),
        )
    )
