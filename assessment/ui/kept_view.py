"""Where a person moved a map to, for when the same map comes again in other colours."""

from collections.abc import Sequence

import folium
from folium.template import Template

from assessment.ui.map_assets import inert_json


class KeptView(folium.MacroElement):
    """The view of a map: where the person moved the one of this name, or all of ``bounds``.

    It is kept in the browser as long as the page is open. ``bounds`` are the south-west and the
    north-east corner, latitude first.
    """

    _template = Template(
        """
        {% macro script(this, kwargs) %}
        (function () {
          const map = {{ this._parent.get_name() }};
          const key = "map-view:" + {{ this.name }};
          // A page that was opened anew begins with the whole area.
          const opened = window.parent.performance.timeOrigin;
          const kept = JSON.parse(sessionStorage.getItem(key) || "null");
          if (kept && kept.opened === opened) {
            map.setView(kept.centre, kept.zoom, { animate: false });
          } else {
            map.fitBounds({{ this.bounds }}, { animate: false });
          }
          let touched = false;
          for (const kind of ["pointerdown", "wheel", "keydown"]) {
            const touch = () => { touched = true; };
            map.getContainer().addEventListener(kind, touch, { capture: true, passive: true });
          }
          map.on("moveend", () => {
            if (!touched) return;
            const { lat, lng } = map.getCenter();
            const view = { opened, centre: [lat, lng], zoom: map.getZoom() };
            sessionStorage.setItem(key, JSON.stringify(view));
          });
        })();
        {% endmacro %}
        """
    )

    def __init__(self, name: str, bounds: Sequence[Sequence[float]]) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.name = inert_json(name)
        self.bounds = inert_json([list(corner) for corner in bounds])
