"""The log as a list: whose entries, a filter, one page of them, and the files."""

from urllib.parse import urlencode

import streamlit as st
from markupsafe import Markup

from assessment.domain.records import Assessment
from assessment.reports.log_words import action_words, author_words, change_words, subject_words
from assessment.services.history import Kind, LogLine, LogPage, LogWish, Scope, people, scopes
from assessment.ui.context import Visit
from assessment.ui.download_links import file_links
from assessment.ui.plain_text import html, joined, plain

_BEFORE = "log:before"
_HEADINGS = ("when", "who", "where", "what", "subject", "change")


def choose_log(visit: Visit, assessment: Assessment | None) -> LogWish:
    """Draw the switches above the list; what is chosen starts the list from its top."""
    text = visit.text
    offered = [one for one in scopes(visit.store) if assessment or one is not Scope.ASSESSMENT]
    scope = st.segmented_control(
        text("log.scope"),
        offered,
        format_func=lambda one: text(f"log.scope_{one}"),
        key="log-scope",
        default=offered[0],
        required=True,
        label_visibility="collapsed",
        on_change=_from_top,
    )
    kind_place, subject_place, person_place = st.columns(3)
    with kind_place:
        # The language is in the key: a select box forgets its value when its words change.
        kind = st.selectbox(
            text("log.kind"),
            list(Kind),
            format_func=lambda one: text(f"log.kind_{one or 'everything'}"),
            key=f"log-kind:{text.language}",
            on_change=_from_top,
        )
    with subject_place:
        subject = st.text_input(
            text("log.subject"),
            key="log-subject",
            placeholder=text("log.subject_hint"),
            on_change=_from_top,
        )
    person = ""
    if scope is Scope.ALL:
        with person_place:
            person = _choose_person(visit)
    number = assessment.id if assessment else 0
    return LogWish(Scope(scope), number, Kind(kind or ""), subject.strip(), person)


def log_list(visit: Visit, wish: LogWish, page: LogPage) -> None:
    """One page of entries, the way to older ones, and the files."""
    text = visit.text
    if not page.lines:
        st.info(plain(text("log.nothing")))
    else:
        st.html(_table(visit, page))
    _steps(visit, page)
    query = {
        "scope": wish.scope.value,
        "assessment": str(wish.assessment) if wish.scope is Scope.ASSESSMENT else "",
        "kind": wish.kind.value,
        "subject": wish.subject,
        "person": wish.person,
        "lang": text.language,
    }
    wanted = urlencode({name: value for name, value in query.items() if value})
    file_links(visit, text("file.log"), "log", wanted)


def shown_before() -> int:
    """The id below which the page in view begins; 0 at the top."""
    stack: list[int] = st.session_state.get(_BEFORE, [])
    return stack[-1] if stack else 0


def _choose_person(visit: Visit) -> str:
    text = visit.text
    names = {"": text("log.everyone"), **dict(people(visit.store))}
    chosen = st.selectbox(
        text("log.person"),
        list(names),
        format_func=lambda one: names[str(one)],
        key=f"log-person:{text.language}",
        on_change=_from_top,
    )
    return str(chosen or "")


def _steps(visit: Visit, page: LogPage) -> None:
    with st.container(horizontal=True):
        if st.session_state.get(_BEFORE):
            st.button(visit.text("log.newer"), key="log_newer", on_click=_newer)
        if page.older:
            st.button(visit.text("log.older"), key="log_older", on_click=_older, args=(page.older,))


def _older(before: int) -> None:
    st.session_state[_BEFORE] = [*st.session_state.get(_BEFORE, []), before]


def _newer() -> None:
    st.session_state[_BEFORE] = st.session_state.get(_BEFORE, [])[:-1]


def _from_top() -> None:
    st.session_state[_BEFORE] = []


def _table(visit: Visit, page: LogPage) -> Markup:
    text = visit.text
    heads = [html("<th scope='col'>{w}</th>", w=text(f"log.{name}")) for name in _HEADINGS]
    return html(
        "<div class='compare-box' tabindex='0' role='region' aria-label='{label}'>"
        "<table class='compare log'><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody>"
        "</table></div>",
        label=text("page.log"),
        heads=joined(heads),
        rows=joined([_row(visit, line) for line in page.lines]),
    )


def _round(visit: Visit, assessment: Assessment) -> str:
    labels = {one.id: one.label(visit.text.language) for one in visit.rounds}
    return labels.get(assessment.round, assessment.round)


def _row(visit: Visit, line: LogLine) -> Markup:
    text, entry = visit.text, line.entry
    place = line.community.name(text.language) if line.community else entry.community
    where = (
        text("log.in_round", community=place, round=_round(visit, line.assessment))
        if line.assessment
        else place
    )
    revision = text("history.revision", revision=entry.revision) if entry.revision else ""
    return html(
        "<tr><th scope='row'>{time}</th><td>{who}</td><td>{where}</td>"
        "<td>{what}<br><span class='quiet'>{revision}</span></td><td>{subject}</td>"
        "<td class='words'>{change}</td></tr>",
        time=text.moment(entry.at, visit.zone),
        who=author_words(text, line.author),
        where=where,
        what=action_words(text, entry.action),
        revision=revision,
        subject=subject_words(text, line.framework, entry),
        change=change_words(text, line.framework, entry),
    )
