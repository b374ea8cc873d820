"""What was found in a passport, and what would become of it here."""

from collections.abc import Iterator

import streamlit as st
from markupsafe import Markup

from assessment.domain.evidence import EvidenceKind
from assessment.domain.fingerprint import fingerprint
from assessment.domain.passport_parts import community_of
from assessment.reports.handover_words import signed_words
from assessment.services.passport_check import Checked
from assessment.services.passport_preview import Preview, RoundPlan, Where
from assessment.services.who import names_of
from assessment.ui.context import Visit
from assessment.ui.plain_text import html, joined, plain

_HEADINGS = ("round", "where", "state", "answers", "evidence", "code")
_SEAL_SHOWN = 16


def preview_part(visit: Visit, checked: Checked, seen: Preview) -> None:
    """What it is, that it was checked, and a line for each round."""
    text, passport = visit.text, checked.passport
    with st.container(border=True, key="passport-found"):
        _about(visit, checked)
        if not seen.may_write:
            st.warning(plain(text("passport.not_yours")))
            return
        st.markdown(plain(_target(visit, checked, seen)))
        if passport.community.sample:
            st.info(plain(text("passport.sample_open")))
        _tell_opened(visit, seen)
        st.html(_table(visit, seen))
        for words in _remarks(visit, checked, seen):
            st.caption(plain(words))
        if not (seen.writes or seen.is_new):
            st.info(plain(text("passport.nothing_new")))


def _about(visit: Visit, checked: Checked) -> None:
    text, manifest, passport = visit.text, checked.opened.manifest, checked.passport
    name = community_of(passport.community).name(text.language)
    about = text(
        "passport.about",
        community=name,
        code=passport.community.code,
        moment=text.moment(manifest.made_at, visit.zone),
        seal=manifest.seal[:_SEAL_SHOWN],
    )
    st.markdown(f"**{plain(about)}**")
    members = text.number(len(manifest.members))
    st.success(plain(text("passport.checked", members=members)), icon=":material/verified:")
    st.caption(plain(_log_words(visit, checked)))


def _log_words(visit: Visit, checked: Checked) -> str:
    text, count = visit.text, len(checked.passport.log)
    if not count:
        return text("passport.log_none")
    entries, linked = text.number(count), text.number(checked.linked)
    if checked.linked >= count - 1:  # before the first one there may be others
        return text("passport.log_whole", entries=entries)
    return text("passport.log_checked", entries=entries, linked=linked)


def _target(visit: Visit, checked: Checked, seen: Preview) -> str:
    values = {
        "community": seen.community.name(visit.text.language),
        "code": seen.community.code,
        "former": checked.passport.community.code,
    }
    return visit.text(f"passport.target_{seen.target}", **values)


def _tell_opened(visit: Visit, seen: Preview) -> None:
    if not seen.opened:
        return
    last = seen.opened[-1]
    names = names_of(visit.store, [last.by])
    signed = signed_words(visit.text, visit.zone, last.by, last.at, names)
    st.info(plain(visit.text("passport.already", signed=signed)))


def _table(visit: Visit, seen: Preview) -> Markup:
    text = visit.text
    heads = [
        html("<th scope='col'>{w}</th>", w=text(f"passport.head_{name}")) for name in _HEADINGS
    ]
    return html(
        "<div class='compare-box' tabindex='0' role='region' aria-label='{label}'>"
        "<table class='compare rounds'><thead><tr>{heads}</tr></thead>"
        "<tbody>{rows}</tbody></table></div>",
        label=text("passport.table_label"),
        heads=joined(heads),
        rows=joined([_row(visit, one) for one in seen.rounds]),
    )


def _row(visit: Visit, plan: RoundPlan) -> Markup:
    text, part = visit.text, plan.part
    label = part.label_en if text.language == "en" and part.label_en else part.label_zh
    where = text(f"passport.where_{plan.where}", round=plan.round.label(text.language))
    cells = [
        where,
        text(f"state.{plan.sheet.assessment.state}") if plan.where.is_written else "–",
        text.number(sum(bool(one.revision) for one in part.answers)),
        text.number(len(part.evidence)),
        _code(visit, plan),
    ]
    return html(
        "<tr><th scope='row'>{label}<br><span class='quiet'>{id}</span></th>{cells}</tr>",
        label=label,
        id=part.id,
        cells=joined([html("<td>{cell}</td>", cell=cell) for cell in cells]),
    )


def _code(visit: Visit, plan: RoundPlan) -> str:
    if not plan.where.is_written:
        return plan.part.code
    if plan.keeps_code:
        return visit.text("passport.code_same", code=plan.part.code)
    return visit.text("passport.code_other", former=plan.part.code, code=fingerprint(plan.sheet))


def _remarks(visit: Visit, checked: Checked, seen: Preview) -> Iterator[str]:
    """What else has to be known before it is written."""
    text, passport = visit.text, checked.passport
    if any(not one.keeps_state for one in seen.writes):
        yield text("passport.why_draft")
    if any(one.where is Where.OTHERS for one in seen.rounds):
        yield text("passport.why_others")
    if passport.facilities and not seen.takes_facilities:
        yield text("passport.facilities_left", count=len(passport.facilities))
    if passport.plan and not seen.takes_plan:
        yield text("passport.plan_left", count=len(passport.plan))
    pieces = [one for part in passport.rounds for one in part.evidence]
    lost = sum(not one.file and one.kind is not EvidenceKind.LINK for one in pieces)
    if lost:
        yield text.plural("passport.lost_count", lost)
