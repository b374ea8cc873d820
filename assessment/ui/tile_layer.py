"""Tiles of the service that the settings name, below everything else, with their credit."""

import folium
from folium.elements import JSCSSMixin
from folium.template import Template

from assessment.services.tiles import TileSource
from assessment.ui.map_assets import inert_json, own_script


class TileLayer(JSCSSMixin, folium.MacroElement):
    """Tiles below the outlines. Tiles in GCJ-02 are shifted, so that WGS-84 points lie right.

    The service is told the origin of the page, as its terms of use may ask, but no address in it.
    """

    _template = Template(
        """
        {% macro script(this, kwargs) %}
        (function () {
          const map = {{ this._parent.get_name() }};
          const credit = L.control({ position: "bottomright" });
          credit.onAdd = function () {
            const words = document.createElement("div");
            words.textContent = {{ this.attribution }};
            words.style.cssText =
              "font:12px sans-serif;color:#1D2939;background:#FFFFFFCC;padding:1px 6px;margin:0";
            return words;
          };
          credit.addTo(map);
          {{ this.maker }}({{ this.url }}, {
            subdomains: {{ this.subdomains }},
            maxZoom: 18,
            referrerPolicy: "origin",
          }).addTo(map);
        })();
        {% endmacro %}
        """
    )

    def __init__(self, source: TileSource) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        if source.shifted:
            self.default_js = [("tile_datum", own_script("tile_datum.js"))]
        self.maker = "window.tileDatum.layer" if source.shifted else "L.tileLayer"
        self.url = inert_json(source.url)
        self.subdomains = inert_json(list(source.subdomains))
        self.attribution = inert_json(source.attribution)
