"""The comments about an item: the open ones first, a box to write, and the mark of settled ones."""

from collections.abc import Callable
from uuid import uuid4

import streamlit as st
from markupsafe import Markup

from assessment.domain.errors import NotSaved, Refused
from assessment.domain.framework import Item
from assessment.domain.permissions import Action
from assessment.domain.records import Comment
from assessment.domain.sheet import Sheet
from assessment.reports.log_words import author_words
from assessment.services.authorising import allows
from assessment.services.comments import Thread, add_comment, reopen, resolve, thread_of
from assessment.ui.context import Visit
from assessment.ui.plain_text import html, joined, plain
from assessment.ui.session import signature

_SUBMISSION, _TROUBLE = "comment:submission", "comment:trouble"


def card_thread(visit: Visit, sheet: Sheet, item: Item, changed: Callable[[], object]) -> None:
    """Draw the thread of an item; ``changed`` is called after something was written."""
    text = visit.text
    thread = thread_of(visit.store, sheet, item.id)
    st.markdown(f"**{plain(text('thread.title'))}**")
    if thread.comments:
        st.html(joined([_comment(visit, thread, one) for one in thread.comments]))
    if not allows(visit.store, Action.COMMENT, sheet.community):
        return
    submission = st.session_state.setdefault(f"{_SUBMISSION}:{item.id}", uuid4().hex)
    box = f"comment:{submission}"
    st.text_area(text("thread.box"), key=box, height=68, placeholder=text("thread.hint"))
    trouble = st.session_state.pop(_TROUBLE, "")
    if trouble:
        st.error(plain(trouble))

    def send() -> None:
        typed = str(st.session_state.get(box, ""))
        add_comment(visit.store, signature(), sheet, item.id, typed, submission)
        st.session_state.pop(f"{_SUBMISSION}:{item.id}", None)

    with st.container(horizontal=True):
        _button(visit, f"send-{item.id}", text("thread.send"), send, changed)
        if thread.open:
            _button(
                visit,
                f"resolve-{item.id}",
                text("thread.resolve"),
                lambda: resolve(visit.store, signature(), sheet, item.id),
                changed,
            )
        elif thread.comments:
            _button(
                visit,
                f"reopen-{item.id}",
                text("thread.reopen"),
                lambda: reopen(visit.store, signature(), sheet, item.id),
                changed,
            )


def _button(
    visit: Visit, key: str, label: str, work: Callable[[], None], changed: Callable[[], object]
) -> None:
    def press() -> None:
        try:
            work()
        except Refused as refused:
            st.session_state[_TROUBLE] = visit.text.fault(refused.faults[0])
        except NotSaved as not_saved:
            st.session_state[_TROUBLE] = visit.text(f"not_saved.{not_saved.reason}")
        else:
            changed()

    st.button(label, key=key, on_click=press)


def _comment(visit: Visit, thread: Thread, one: Comment) -> Markup:
    text = visit.text
    mark = ""
    if one.resolved_by and one.resolved_at is not None:
        by = author_words(text, thread.names.get(one.resolved_by, one.resolved_by))
        when = text.moment(one.resolved_at, visit.zone)
        mark = text("thread.resolved", by=by, time=when)
    return html(
        '<div class="comment{settled}"><div class="quiet">{by} · {time}</div>'
        '<div class="words">{words}</div><div class="quiet">{mark}</div></div>',
        settled=" settled" if mark else "",
        by=author_words(text, thread.names.get(one.by, one.by)),
        time=text.moment(one.at, visit.zone),
        words=one.text,
        mark=mark,
    )
