"""Pilots that are like the baseline, why, and who of them meets what it lacks."""

from collections.abc import Sequence
from urllib.parse import urlencode

import streamlit as st
from markupsafe import Markup

from assessment.domain.framework import FactDefinition, Framework
from assessment.domain.gaps import Gap
from assessment.domain.peers import Reason
from assessment.domain.records import Community
from assessment.language.translator import Translator
from assessment.reports.comparison_words import item_words
from assessment.reports.signs import STATES
from assessment.services.comparing import Alike, LikeCommunity, Pinned, alike
from assessment.services.frameworks import framework_of
from assessment.ui.community_list import area_words
from assessment.ui.compare_frame import compare_table, row, signed
from assessment.ui.context import Visit, recalled
from assessment.ui.pins import MOST, pinned
from assessment.ui.plain_text import html, joined, plain

_SHOWN = 10
_FIRST_GAPS = 12
# The fact behind each reason whose values are options.
_CHOICES = {"built": "built", "decade": "built_decade"}


def peer_tables(visit: Visit, baseline: Pinned) -> None:
    """The peers with the reasons, then the gaps with the peers that have closed them."""
    text = visit.text
    gaps = baseline.sheet.gaps if baseline.sheet else ()
    found = alike(visit.store, visit.round, baseline.community, gaps)
    name = baseline.community.name(text.language)
    if not found.peers:
        st.info(plain(text("compare.no_peers", name=name)))
        return
    st.caption(plain(text("compare.peers_how", name=name)))
    st.html(_peers(visit, found))
    if baseline.sheet is None or not found.gaps:
        return
    st.subheader(plain(text("compare.peer_gaps", name=name)))
    st.html(_gaps(visit, baseline, found.gaps[:_FIRST_GAPS]))
    rest = found.gaps[_FIRST_GAPS:]
    if rest:
        with st.expander(text.plural("compare.more_gaps", len(rest))):
            st.html(_gaps(visit, baseline, rest))


def _peers(visit: Visit, found: Alike) -> Markup:
    text = visit.text
    framework = framework_of(visit.store, visit.round.framework)
    rows = [
        row(
            _name(visit, one.community),
            [_reasons(text, framework, one.reasons), _ways(visit, one.community)],
        )
        for one in found.peers[:_SHOWN]
    ]
    body = [html("<tbody>{rows}</tbody>", rows=joined(rows))]
    return compare_table(
        text("compare.peers_caption"),
        _heads(text("chart.community"), text("compare.alike_in"), text("compare.ways")),
        body,
    )


def _gaps(
    visit: Visit, baseline: Pinned, gaps: Sequence[tuple[Gap, tuple[LikeCommunity, ...]]]
) -> Markup:
    text = visit.text
    rows = []
    for gap, peers in gaps:
        if baseline.sheet is None:
            continue
        head = html(
            '<span class="item-id">{id}</span> {title}',
            id=gap.item.id,
            title=gap.item.title.in_language(text.language),
        )
        now = signed(
            STATES[gap.judged.outcome.state], item_words(text, gap.item.id, baseline.sheet)
        )
        rows.append(row(head, [now, _who_meets(visit, peers)]))
    return compare_table(
        text("compare.peer_gaps_caption"),
        _heads(text("compare.item"), text("compare.now"), text("compare.who_meets")),
        [html("<tbody>{rows}</tbody>", rows=joined(rows))],
    )


def _heads(*words: str) -> list[Markup]:
    return [html('<th scope="col">{word}</th>', word=word) for word in words]


def _name(visit: Visit, community: Community) -> Markup:
    return html(
        '{name} <span class="item-id">{code}</span><div class="quiet">{area}</div>',
        name=community.name(visit.text.language),
        code=community.code,
        area=area_words(visit, community),
    )


def _who_meets(visit: Visit, peers: Sequence[LikeCommunity]) -> Markup:
    if not peers:
        words = visit.text("compare.nobody_meets")
        return html('<span class="quiet">{words}</span>', words=words)
    lines = [
        html(
            "<div>{name} {ways}</div>",
            name=one.community.name(visit.text.language),
            ways=_ways(visit, one.community),
        )
        for one in peers
    ]
    return joined(lines)


def _ways(visit: Visit, community: Community) -> Markup:
    """Links to put a peer beside the others, and to its result."""
    text = visit.text
    codes = pinned(visit)
    name = community.name(text.language)
    shared = {"round": visit.round.id, "lang": text.language}
    if community.code in codes:
        first = html('<span class="quiet">{words}</span>', words=text("pins.inside"))
    elif len(codes) >= MOST:
        first = html('<span class="quiet">{words}</span>', words=text("pins.tray_full"))
    else:
        address = {
            **shared,
            "pins": ",".join((*codes, community.code)),
            "baseline": recalled("baseline"),
        }
        first = _link("compare", address, text("pins.pin"), text("pins.pin_named", name=name))
    opened = {**shared, "community": community.code, "pins": ",".join(codes)}
    label = text("compare.open_named", name=name)
    second = _link("result", opened, text("compare.open"), label)
    return html('<span class="ways">{first} {second}</span>', first=first, second=second)


def _link(page: str, address: dict[str, str], words: str, label: str) -> Markup:
    kept = {name: value for name, value in address.items() if value}
    return html(
        '<a href="./{page}?{address}" target="_self" aria-label="{label}">{words}</a>',
        page=page,
        address=urlencode(kept),
        label=label,
        words=words,
    )


def _reasons(text: Translator, framework: Framework, reasons: Sequence[Reason]) -> Markup:
    if not reasons:
        return html("{words}", words=text("compare.alike_overall"))
    lines = [_reason(text, framework, reason) for reason in reasons]
    return joined([html("<div>{line}</div>", line=line) for line in lines])


def _reason(text: Translator, framework: Framework, reason: Reason) -> str:
    if reason.name in _CHOICES:
        return _same_option(text, framework.fact(_CHOICES[reason.name]), int(reason.theirs))
    decimals = 2 if reason.name == "household_size" else 0
    # People by square metre; by square kilometre they can be read.
    scale = 1_000_000 if reason.name == "density" else 1
    values = (text.number(value * scale, decimals) for value in (reason.theirs, reason.mine))
    theirs, mine = values
    return text(f"compare.like_{reason.name}", theirs=theirs, mine=mine)


def _same_option(text: Translator, fact: FactDefinition, place: int) -> str:
    label = fact.options[place - 1].label.in_language(text.language)
    return text("compare.same", fact=fact.label.in_language(text.language), value=label)
