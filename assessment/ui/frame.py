"""The frame around every page: style, navigation, where we are, language."""

from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from assessment.domain.permissions import Action, Person, may_somewhere
from assessment.domain.records import Community
from assessment.reports.handover_words import state_line
from assessment.services.communities import assessment_in
from assessment.services.frameworks import framework_of
from assessment.services.who import names_of
from assessment.settings import settings
from assessment.ui.context import PageEnded, Visit, open_visit, remember, restore_address
from assessment.ui.followers import whole_page
from assessment.ui.page_helper import LARGE_TYPE_KEY, tell_page_helper
from assessment.ui.plain_text import plain
from assessment.ui.round_notice import round_notice
from assessment.ui.session import LANGUAGE_KEY, language
from assessment.ui.who import may_enter, who_line

_ICON = str(Path(__file__).parent / "static" / "icon.png")
_PAGES = Path(__file__).resolve().parent.parent / "pages"
_LANGUAGE_NAMES = {"zh": "中文", "en": "English"}


class _Entry(NamedTuple):
    """A page in the menu: under a heading ("" for none), for those who may do ``needs``
    or ``or_needs``."""

    name: str
    icon: str
    section: str = ""
    needs: Action = Action.SEE
    or_needs: Action | None = None
    with_sign_in: bool = False

    @property
    def is_offered(self) -> bool:
        """Whether this installation has a use for the page."""
        return settings().needs_sign_in or not self.with_sign_in

    def is_for(self, person: Person) -> bool:
        """Whether the person has a use for the page."""
        wanted = filter(None, (self.needs, self.or_needs))
        return any(may_somewhere(person, one) for one in wanted)


_MENU = (
    _Entry("start", ":material/home:"),
    _Entry("communities", ":material/search:"),
    _Entry("answer", ":material/edit_note:"),
    _Entry("check", ":material/checklist:", needs=Action.SUBMIT),
    _Entry("result", ":material/insights:"),
    _Entry("plan", ":material/event_note:"),
    _Entry("voice", ":material/record_voice_over:"),
    _Entry("overview", ":material/map:"),
    _Entry("compare", ":material/compare_arrows:"),
    _Entry("review", ":material/rate_review:", needs=Action.REVIEW),
    _Entry("method", ":material/menu_book:"),
    _Entry("import_files", ":material/upload_file:", "more", Action.ANSWER, Action.REGISTER),
    _Entry("verify", ":material/verified:", "more"),
    _Entry("passport", ":material/folder_zip:", "more"),
    _Entry("log", ":material/history:", "more"),
    _Entry("rounds", ":material/event:", "more", Action.RUN),
    _Entry("frameworks", ":material/fact_check:", "more", Action.RUN),
    _Entry("people", ":material/group:", "more", Action.RUN, with_sign_in=True),
)


def page_names() -> list[str]:
    """The names of all pages, which are their addresses."""
    return [one.name for one in _MENU if one.is_offered]


def show_page() -> None:
    """Draw the whole page for this run."""
    st.set_page_config(page_icon=_ICON, layout="wide")
    visit = open_visit()
    menu = _menu(visit)
    if menu:
        page = st.navigation(menu, position="top")
    else:
        page = st.navigation([_page(visit, one) for one in _MENU], position="hidden")
    if not may_enter(visit):
        tell_page_helper(visit.text)
        return
    restore_address(page.url_path)
    _show_place_and_language(visit)
    _show_sample_notice(visit)
    _show_example_notice(visit)
    round_notice(visit)
    try:
        with suppress(PageEnded):
            page.run()
    finally:  # also where a page fails
        tell_page_helper(visit.text)


def _menu(visit: Visit) -> dict[str, list[StreamlitPage]]:
    """The pages that the person at work has a use for, by heading."""
    menu: dict[str, list[StreamlitPage]] = {}
    for one in _MENU:
        if one.is_offered and one.is_for(visit.store.person):
            heading = visit.text(f"menu.{one.section}") if one.section else ""
            menu.setdefault(heading, []).append(_page(visit, one))
    return menu


def _page(visit: Visit, one: _Entry) -> StreamlitPage:
    return st.Page(
        _PAGES / f"{one.name}.py",
        title=visit.text(f"page.{one.name}"),
        icon=one.icon,
        url_path=one.name,
        default=one.name == "start",
    )


def _show_place_and_language(visit: Visit) -> None:
    with st.container(key="place-line", horizontal=True, vertical_alignment="center"):
        community = visit.community
        if community is not None:
            st.markdown(_place(visit, community))
        else:
            st.markdown(plain(visit.text("app.title")))
        st.toggle(
            visit.text("frame.large_type"),
            key=LARGE_TYPE_KEY,
            persist_state="session",
            on_change=whole_page,
        )
        st.segmented_control(
            visit.text("frame.language"),
            ("zh", "en"),
            format_func=_LANGUAGE_NAMES.__getitem__,
            key="language_switch",
            default=language(),
            required=True,
            label_visibility="collapsed",
            on_change=_change_language,
        )
        who_line(visit)


def _place(visit: Visit, community: Community) -> str:
    """The community, the round, and the state of its assessment if one was begun."""
    language = visit.text.language
    name, label = community.name(language), visit.round.label(language)
    begun = assessment_in(visit.store, community.code, visit.round.id)
    state = ""
    if begun:
        names = names_of(visit.store, [begun.state_by])
        state = f" · {plain(state_line(visit.text, visit.zone, begun, names))}"
    return f"**{plain(name)}** · {plain(label)}{state}"


def _change_language() -> None:
    st.session_state[LANGUAGE_KEY] = st.session_state["language_switch"]
    remember(lang=st.session_state["language_switch"])
    whole_page()


def _show_sample_notice(visit: Visit) -> None:
    if not visit.round.sample:
        return
    with st.container(key="sample-notice", horizontal=True, vertical_alignment="center"):
        st.markdown(plain(visit.text("sample.notice")))
        st.button(visit.text("sample.leave"), key="leave_sample", on_click=_leave_sample)


def _show_example_notice(visit: Visit) -> None:
    """That the round in view is under a checklist that is only an example."""
    framework = framework_of(visit.store, visit.round.framework)
    if framework.example:
        with st.container(key="example-notice"):
            title = framework.title.in_language(visit.text.language)
            st.markdown(plain(visit.text("framework.example_notice", title=title)))


def _leave_sample() -> None:
    remember(community=None, round=None, theme=None, group=None, pins=None, baseline=None)
    whole_page()
