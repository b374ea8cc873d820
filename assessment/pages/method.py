"""How everything is counted, and where every item comes from."""

import streamlit as st

from assessment.services.frameworks import framework_of
from assessment.ui.context import current_visit
from assessment.ui.framework_view import programme_view, rules_view, source_view, themes_view
from assessment.ui.plain_text import plain

_visit = current_visit()
_framework = framework_of(_visit.store, _visit.round.framework)
st.title(_visit.text("page.method"))
st.markdown(plain(_framework.source.in_language(_visit.text.language)))
source_view(_visit.text, _framework)
rules_view(_visit.text, _framework)
themes_view(_visit.text, _framework)
programme_view(_visit.text, _framework)
