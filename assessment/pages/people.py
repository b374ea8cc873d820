"""Who may use this installation, and with which roles."""

import streamlit as st

from assessment.services.people import list_people
from assessment.ui.context import current_visit
from assessment.ui.people_form import add_person_form
from assessment.ui.people_list import invitation_link, people_list
from assessment.ui.plain_text import plain

_visit = current_visit()
st.title(_visit.text("page.people"))
st.markdown(plain(_visit.text("people.how")))
_people = list_people(_visit.store)
invitation_link(_visit)
add_person_form(_visit)
people_list(_visit, _people)
