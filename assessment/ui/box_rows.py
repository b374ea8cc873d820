"""Boxes side by side, which on a phone stand below each other in the same order."""

from collections.abc import Iterator
from itertools import repeat

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

_ACROSS = 3


def box_places() -> Iterator[DeltaGenerator]:
    """Places for one box after the other, without end: row by row."""
    for _ in repeat(None):
        yield from st.columns(_ACROSS)
