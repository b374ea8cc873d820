"""Say where the community and its facilities are: by a click on the map or by coordinates."""

import uuid
from collections.abc import Sequence

import streamlit as st

from assessment.domain.coordinates import Datum, Place
from assessment.domain.errors import NotSaved, Refused
from assessment.domain.permissions import Action
from assessment.domain.records import FACILITY_KINDS, Community, Facility
from assessment.domain.typed_numbers import DEGREES, parse_number
from assessment.services import facilities as facility_service
from assessment.services.authorising import allows
from assessment.services.communities import move
from assessment.ui.community_map import community_map, facility_name
from assessment.ui.context import Visit
from assessment.ui.plain_text import plain
from assessment.ui.session import signature

_COMMUNITY = "community"
_LON, _LAT, _DATUM, _WHAT, _NAME = (
    "placing:lon",
    "placing:lat",
    "placing:datum",
    "placing:what",
    "placing:name",
)
_SEEN_CLICK = "placing:click"
_MESSAGE = "placing:message"


def map_and_placing(visit: Visit, community: Community) -> None:
    """The map, the form to place something, and the list of what is placed."""
    placed = facility_service.list_facilities(visit.store, community)
    with st.container():  # always there, so that the form below stays open when it empties
        if community.place is None:
            st.info(plain(visit.text("map.not_placed")))
    _, clicked = community_map(visit, community, placed)
    st.caption(plain(visit.text("map.credit")))
    if not allows(visit.store, Action.ANSWER, community):
        return
    _take_click(clicked)
    with st.expander(visit.text("placing.title"), icon=":material/add_location:"):
        _form(visit, community)
    _table(visit, community, placed)


def _take_click(clicked: Place | None) -> None:
    """A new click on the map fills the coordinates; an old one leaves what was typed."""
    if clicked is None or st.session_state.get(_SEEN_CLICK) == clicked:
        return
    st.session_state[_SEEN_CLICK] = clicked
    st.session_state[_LON] = f"{clicked.longitude:.6f}"
    st.session_state[_LAT] = f"{clicked.latitude:.6f}"
    st.session_state[_DATUM] = Datum.WGS84.value


def _form(visit: Visit, community: Community) -> None:
    text = visit.text
    st.markdown(plain(text("placing.how")))
    labels = {_COMMUNITY: text("placing.community")} | {
        kind: text(f"facility.{kind}") for kind in FACILITY_KINDS
    }
    what = st.pills(
        text("placing.what"),
        list(labels),
        format_func=lambda one: labels.get(one, one),
        key=_WHAT,
        default=_COMMUNITY,
        required=True,
        wrap=True,
    )
    left, middle, right = st.columns([2, 2, 3], vertical_alignment="bottom")
    with left:
        st.text_input(text("placing.longitude"), key=_LON)
    with middle:
        st.text_input(text("placing.latitude"), key=_LAT)
    with right:
        st.segmented_control(
            text("placing.datum"),
            [one.value for one in Datum],
            key=_DATUM,
            default=Datum.WGS84.value,
            required=True,
            help=text("placing.datum_help"),
        )
    if what != _COMMUNITY:
        st.text_input(text("placing.name"), key=_NAME)
    _show_message()
    st.button(
        text("placing.button"),
        key="placing:button",
        type="primary",
        on_click=_place,
        args=(visit, community),
    )


def _place(visit: Visit, community: Community) -> None:
    """Place what the form says at this moment: the last text may come with this very click."""
    submission = st.session_state.setdefault("placing:submission", uuid.uuid4().hex)
    state = st.session_state
    what, name, datum = state[_WHAT], state.get(_NAME, ""), Datum(state[_DATUM])
    try:
        lon, lat = (float(parse_number(one, DEGREES)) for one in (state[_LON], state[_LAT]))
        if what == _COMMUNITY:
            move(visit.store, signature(), community, lon, lat, datum)
        else:
            facility_service.place_facility(
                visit.store, signature(), community, submission, what, name, lon, lat, datum
            )
    except Refused as refused:
        st.session_state[_MESSAGE] = ("error", visit.text.fault(refused.faults[0]))
        return
    except NotSaved as not_saved:
        st.session_state[_MESSAGE] = ("error", visit.text(f"not_saved.{not_saved.reason}"))
        return
    del st.session_state["placing:submission"]
    st.session_state[_MESSAGE] = ("success", visit.text("placing.done"))


def _show_message() -> None:
    kind, words = st.session_state.pop(_MESSAGE, ("", ""))
    if kind == "error":
        st.error(plain(words))
    elif kind == "success":
        st.success(plain(words))


def _table(visit: Visit, community: Community, placed: Sequence[Facility]) -> None:
    removed = st.session_state.get("placing:removed")
    if removed is not None:
        st.button(
            plain(visit.text("placing.undo", name=facility_name(visit, removed))),
            key="placing:undo",
            on_click=_restore,
            args=(visit, community, removed),
        )
    if not placed:
        return
    with st.expander(visit.text.plural("placing.list", len(placed))):
        for facility in placed:
            words, action = st.columns([5, 1], vertical_alignment="center")
            words.markdown(plain(_line(visit, facility)))
            action.button(
                visit.text("placing.remove"),
                key=f"placing:remove:{facility.id}",
                on_click=_remove,
                args=(visit, community, facility),
            )


def _line(visit: Visit, facility: Facility) -> str:
    return visit.text(
        "placing.line",
        name=facility_name(visit, facility),
        longitude=f"{facility.place.longitude:.5f}",
        latitude=f"{facility.place.latitude:.5f}",
        datum=facility.given_datum,
    )


def _remove(visit: Visit, community: Community, facility: Facility) -> None:
    facility_service.remove_facility(visit.store, signature(), community, facility)
    st.session_state["placing:removed"] = facility


def _restore(visit: Visit, community: Community, facility: Facility) -> None:
    facility_service.restore_facility(visit.store, signature(), community, facility)
    del st.session_state["placing:removed"]
