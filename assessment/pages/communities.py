"""Choose a community, or register one."""

import streamlit as st

from assessment.ui.community_list import community_list
from assessment.ui.context import current_visit
from assessment.ui.registration import registration_form

_visit = current_visit()
st.title(_visit.text("page.communities"))
community_list(_visit)
registration_form(_visit)
