"""Coloured areas on a map: one element however many there are, drawn in the browser."""

from collections.abc import Mapping
from typing import Any

import folium
from folium.elements import JSCSSMixin
from folium.template import Template

from assessment.services.tiles import tile_source
from assessment.ui.map_assets import ASSETS, inert_json, own_script


class AreaLayer(JSCSSMixin, folium.MacroElement):
    """The areas of a boundary file, which the browser fetches, with the lines of the file.

    ``areas`` says by code how an area looks: ``name`` for the tooltip, ``fill``, ``outline``,
    ``hatched`` for "no data", ``label`` to stand at the position ``at``. Areas without a code in
    it are plain ground. A click gives ``area:<code>`` back, without the outline. The labels of
    areas that are too small at a zoom are hidden there.
    """

    _template = Template(
        """
        {% macro script(this, kwargs) %}
        window.areaLayer(
          {{ this._parent.get_name() }}, {{ this.file }}, {{ this.areas }}, {{ this.has_tiles }}
        );
        {% endmacro %}
        """
    )

    def __init__(self, file: str, areas: Mapping[str, dict[str, Any]]) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.default_js = [("area_layer", own_script("area_layer.js"))]
        self.file = inert_json(f"{ASSETS}/boundaries/{file}")
        self.areas = inert_json(dict(areas))
        self.has_tiles = inert_json(tile_source() is not None)
