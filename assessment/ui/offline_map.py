"""A Folium map that needs no internet and cannot run what people typed.

Folium compiles its own output as a template and pastes strings into JavaScript. So nothing that
comes from data is ever given to a Folium object: points travel as JSON, encoded so that neither
HTML, JavaScript nor a template can find anything in it to run, and are shown as text content.
"""

from collections.abc import Sequence
from typing import Any

import folium
import streamlit as st
from folium.elements import JSCSSMixin
from folium.template import Template
from streamlit_folium import st_folium

from assessment.services.tiles import tile_source
from assessment.ui.map_assets import ASSETS, inert_json
from assessment.ui.tile_layer import TileLayer


class OfflineMap(folium.Map):
    """A map without tiles whose script and style come from this server."""

    default_js = [("leaflet", f"{ASSETS}/leaflet/leaflet.js")]  # noqa: RUF012 - Folium declares it so
    default_css = [("leaflet_css", f"{ASSETS}/leaflet/leaflet.css")]  # noqa: RUF012


class BaseLayer(JSCSSMixin, folium.MacroElement):
    """Outlines from one of the boundary files, fetched by the browser, below everything else."""

    _template = Template(
        """
        {% macro script(this, kwargs) %}
        (function () {
          const map = {{ this._parent.get_name() }};
          const pane = map.getPane("outline") || map.createPane("outline");
          pane.style.zIndex = 250;
          pane.style.pointerEvents = "none";
          map.getContainer().style.background = "#FFFFFF";
          fetch("{{ this.url }}").then((answer) => answer.json()).then((shapes) => {
            L.geoJSON(shapes, {
              pane: "outline",
              interactive: false,
              style: (shape) => ({
                color: shape.properties.kind === "line" ? "#475467" : "#98A2B3",
                weight: {{ this.weight }},
                fill: shape.properties.kind !== "line",
                fillColor: "#F2F4F7",
                fillOpacity: 1,
              }),
            }).addTo(map);
          });
        })();
        {% endmacro %}
        """
    )

    def __init__(self, file: str, weight: float = 1) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.url = f"{ASSETS}/boundaries/{file}"
        self.weight = weight
        self.opacity = 0 if tile_source() else 1


class PointLayer(JSCSSMixin, folium.MacroElement):
    """Points with a symbol each; one element however many points there are.

    A point is a mapping with ``id``, ``lat``, ``lon``, ``name``, ``symbol``, ``ink``, ``fill``,
    ``outline`` and ``dashed``; its symbol may stand ``aside`` by so many pixels. A click, or
    Enter on a point, gives the id back.
    """

    _template = Template(
        """
        {% macro script(this, kwargs) %}
        (function () {
          const map = {{ this._parent.get_name() }};
          const points = {{ this.points }};
          const layer = L.featureGroup().addTo(map);
          for (const point of points) {
            const mark = document.createElement("div");
            mark.textContent = point.symbol;
            mark.style.cssText =
              "width:26px;height:26px;border-radius:13px;box-sizing:border-box;text-align:center;" +
              "font:700 14px/21px sans-serif;border-width:2px;cursor:pointer;" +
              "box-shadow:0 0 0 2px #FFFFFF";
            mark.style.color = point.ink;
            mark.style.background = point.fill;
            mark.style.borderColor = point.outline;
            mark.style.borderStyle = point.dashed ? "dashed" : "solid";
            const name = document.createElement("span");
            name.textContent = point.name;
            const [east, south] = point.aside || [0, 0];
            const marker = L.marker([point.lat, point.lon], {
              icon: L.divIcon({
                html: mark, className: "", iconSize: [26, 26], iconAnchor: [13 - east, 13 - south],
              }),
              title: "",
            });
            marker.bindTooltip(name, { direction: "top", offset: [east, south - 12] });
            marker.on("keydown", (event) => {
              if (event.originalEvent.key !== "Enter") return;
              marker.fire("click", { latlng: marker.getLatLng() }, true);
            });
            marker.feature = { type: "Feature", properties: { id: point.id }, geometry: null };
            layer.addLayer(marker);
            marker.getElement().setAttribute("aria-label", point.name);
          }
        })();
        {% endmacro %}
        """
    )

    def __init__(self, points: Sequence[dict[str, Any]]) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.points = inert_json(points)


class PickRing(folium.MacroElement):
    """A ring round what is picked, below the signs, that lets clicks through. Numbers only."""

    _template = Template(
        """
        {% macro script(this, kwargs) %}
        (function () {
          const [at, aside, radius] = {{ this.numbers }};
          const ring = document.createElement("div");
          ring.style.cssText =
            "box-sizing:border-box;width:100%;height:100%;border:3px solid #1D2939;" +
            "border-radius:50%;box-shadow:0 0 0 2px #FFFFFF,inset 0 0 0 2px #FFFFFF";
          L.marker(at, {
            pane: "overlayPane",
            icon: L.divIcon({
              html: ring, className: "pick-ring", iconSize: [2 * radius, 2 * radius],
              iconAnchor: [radius - aside[0], radius - aside[1]],
            }),
            interactive: false, keyboard: false,
          }).addTo({{ this._parent.get_name() }});
        })();
        {% endmacro %}
        """
    )

    def __init__(
        self, latitude: float, longitude: float, aside: Sequence[int], radius: int
    ) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.numbers = inert_json([[latitude, longitude], list(aside), radius])


class RingLayer(JSCSSMixin, folium.MacroElement):
    """Rings around a place: the reach of a walk, each with its label; and a scale bar."""

    _template = Template(
        """
        {% macro script(this, kwargs) %}
        (function () {
          const map = {{ this._parent.get_name() }};
          const centre = {{ this.centre }};
          for (const ring of {{ this.rings }}) {
            L.circle(centre, {
              radius: ring.metres, color: "#0B6E99", weight: 1.5, dashArray: "6 5",
              fill: false, interactive: false,
            }).addTo(map);
            const label = document.createElement("span");
            label.textContent = ring.label;
            label.style.cssText =
              "font:600 12px sans-serif;color:#0B6E99;background:#ffffffcc;white-space:nowrap";
            L.marker([centre[0] + ring.metres / 111320, centre[1]], {
              icon: L.divIcon({ html: label, className: "", iconSize: [1, 1] }),
              interactive: false, keyboard: false,
            }).addTo(map);
          }
          L.control.scale({ imperial: false }).addTo(map);
        })();
        {% endmacro %}
        """
    )

    def __init__(self, latitude: float, longitude: float, rings: Sequence[dict[str, Any]]) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.centre = inert_json([latitude, longitude])
        self.rings = inert_json(rings)


def draw(
    map_: OfflineMap,
    key: str,
    height: int,
    returned: Sequence[str],
    changing: folium.FeatureGroup | None = None,
) -> dict[str, Any]:
    """Show the map; returns what was clicked. Panning and zooming never run the page again.

    What is in ``changing`` may differ from run to run: the map stays where it was moved to. Its
    room is kept free (``style.css``, for each height) until it is there, so that what stands
    below does not jump away.
    """
    with st.container(key=f"map-room-{height}-{key}"):
        answer = st_folium(
            map_,
            key=key,
            height=height,
            use_container_width=True,
            returned_objects=list(returned),
            render=False,
            feature_group_to_add=changing,
        )
    return answer if isinstance(answer, dict) else {}


def clicked_id(answer: dict[str, Any]) -> str:
    """The id of the point that was clicked last, or nothing."""
    drawing = answer.get("last_active_drawing") or {}
    return str((drawing.get("properties") or {}).get("id", ""))


def empty_map(
    zoom: int = 4, centre: tuple[float, float] = (35.0, 104.0), canvas: bool = True
) -> OfflineMap:
    """A map with nothing on it but the tiles of the settings, if they name any.

    With ``canvas`` shapes are painted on one picture, which swallows clicks on what lies below.
    """
    map_ = OfflineMap(
        location=centre,
        zoom_start=zoom,
        tiles=None,
        maxZoom=18,
        attributionControl=False,
        zoomSnap=0.5,
        prefer_canvas=canvas,
    )
    source = tile_source()
    if source:
        map_.add_child(TileLayer(source))
    return map_
