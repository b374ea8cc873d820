"""The passport of a community: taken away as one file, or opened from one."""

import streamlit as st

from assessment.ui.context import current_visit
from assessment.ui.passport_open import open_part
from assessment.ui.passport_take import take_part
from assessment.ui.plain_text import plain


def _show() -> None:
    visit = current_visit()
    st.title(visit.text("page.passport"))
    st.markdown(plain(visit.text("passport.intro")))
    take_part(visit)
    open_part(visit)


_show()
