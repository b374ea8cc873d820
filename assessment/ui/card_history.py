"""The versions of an item: what each said, who saved it and when, and the way back to it."""

import streamlit as st
from markupsafe import Markup

from assessment.domain.answers import Answer
from assessment.domain.errors import NotSaved, Refused
from assessment.domain.framework import Item
from assessment.domain.permissions import Action
from assessment.domain.sheet import Sheet
from assessment.reports.log_words import action_words, author_words, version_words
from assessment.services.answering import Clash
from assessment.services.authorising import allows
from assessment.services.earlier_versions import restore
from assessment.services.history import LogLine, versions
from assessment.ui.context import Visit
from assessment.ui.followers import whole_page
from assessment.ui.plain_text import html, plain
from assessment.ui.session import signature

_MOST = 20
_TOLD = "history:told"


def card_history(visit: Visit, sheet: Sheet, item: Item) -> None:
    """Draw the versions of an item, the newest first."""
    text = visit.text
    st.markdown(f"**{plain(text('history.title'))}**")
    about, told = st.session_state.pop(_TOLD, ("", ""))
    if about == item.id:
        st.info(plain(told))
    found = versions(visit.store, sheet, item.id)
    if not found:
        st.caption(plain(text("history.none")))
        return
    may = allows(visit.store, Action.ANSWER, sheet.community)
    for place, line in enumerate(found[:_MOST]):
        st.html(_version(visit, sheet, line, is_kept=place == 0))
        if may and place > 0:
            revision = line.entry.revision
            st.button(
                text("history.restore", revision=revision),
                key=f"restore-{item.id}-{revision}",
                on_click=_restore,
                args=(visit, sheet, item.id, revision),
            )
    if len(found) > _MOST:
        st.caption(plain(text.plural("history.more", len(found) - _MOST)))


def _version(visit: Visit, sheet: Sheet, line: LogLine, is_kept: bool) -> Markup:
    text, entry = visit.text, line.entry
    key = "history.kept" if is_kept else "history.revision"
    return html(
        '<div class="version"><div class="quiet">{head} · {by} · {time} · {action}</div>'
        '<div class="words">{words}</div></div>',
        head=text(key, revision=entry.revision),
        by=author_words(text, line.author),
        time=text.moment(entry.at, visit.zone),
        action=action_words(text, entry.action),
        words=version_words(text, sheet.framework, entry),
    )


def _restore(visit: Visit, sheet: Sheet, item_id: str, revision: int) -> None:
    seen = sheet.answers.get(item_id, Answer(item_id))
    try:
        outcome = restore(visit.store, signature(), sheet, seen, revision)
    except Refused as refused:
        told = visit.text.fault(refused.faults[0])
    except NotSaved as not_saved:
        told = visit.text(f"not_saved.{not_saved.reason}")
    else:
        key = "history.clash" if isinstance(outcome, Clash) else "history.restored"
        told = visit.text(key, revision=revision)
    st.session_state[_TOLD] = (item_id, told)
    whole_page()
