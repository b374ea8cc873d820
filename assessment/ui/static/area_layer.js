// The areas of a boundary file: those that are told with their colour, sign and name, to hover,
// click and reach by keyboard; all others as plain ground. Names are only ever text content.

(function () {
  const INK = "#1D2939";
  const FONT = "600 12px 'Noto Sans SC', 'Microsoft YaHei', 'PingFang SC', sans-serif";
  const LABEL_HEIGHT = 18;
  const LABEL_MARGIN = 10;
  const HATCH = "no-data";
  const SVG = "http://www.w3.org/2000/svg";

  function pane(map, name, height) {
    const made = map.getPane(name) || map.createPane(name);
    made.style.zIndex = height;
    return name;
  }

  function svg(name, values) {
    const node = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(values)) node.setAttribute(key, value);
    return node;
  }

  // White with light grey diagonals: "no data" must not look like a bad result.
  function addHatch(root) {
    const pattern = svg("pattern", {
      id: HATCH, width: 7, height: 7, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)",
    });
    pattern.append(
      svg("rect", { width: 7, height: 7, fill: "#FFFFFF" }),
      svg("rect", { width: 1.5, height: 7, fill: "#D0D5DD" }),
    );
    const shared = svg("defs", {});
    shared.append(pattern);
    root.prepend(shared);
  }

  function groundStyle(shape, hasTiles) {
    const isLine = shape.properties.kind === "line";
    return {
      color: isLine ? "#475467" : "#98A2B3",
      weight: 1,
      fill: !isLine,
      fillColor: "#F2F4F7",
      fillOpacity: hasTiles ? 0 : 1,
    };
  }

  function areaStyle(area, hasTiles) {
    return {
      color: area.outline,
      weight: 1,
      fillColor: area.hatched ? `url(#${HATCH})` : area.fill,
      fillOpacity: hasTiles ? 0.6 : 1,
    };
  }

  // A click gives the code back, without the outline.
  function makeClickable(layer, adcode, area) {
    const feature = { type: "Feature", properties: { id: `area:${adcode}` }, geometry: null };
    layer.feature = feature;
    layer.toGeoJSON = () => feature;
    const name = document.createElement("span");
    name.textContent = area.name;
    layer.bindTooltip(name, { sticky: true });
  }

  // One tab stop for all areas; arrows go from one to the next, Enter and Space choose,
  // Escape takes the name away.
  function makeReachable(layers, show) {
    const paths = layers.map((layer) => layer.getElement());
    paths.forEach((path, at) => {
      const layer = layers[at];
      path.setAttribute("role", "button");
      path.setAttribute("aria-label", layer.getTooltip().getContent().textContent);
      path.setAttribute("tabindex", at === 0 ? 0 : -1);
      path.style.outline = "none";
      path.addEventListener("focus", () => show(layer));
      path.addEventListener("blur", () => {
        show(null);
        layer.closeTooltip();
      });
      path.addEventListener("keydown", (event) => {
        const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
        if (step) move(paths, at, step);
        else if (event.key === "Enter" || event.key === " ") choose(layer);
        else if (event.key === "Escape") layer.closeTooltip();
        else return;
        event.preventDefault();
        event.stopPropagation();
      });
      layer.on("mouseover", () => show(layer));
      layer.on("mouseout", () => show(null));
    });
  }

  function move(paths, at, step) {
    const next = paths[(at + step + paths.length) % paths.length];
    paths.forEach((path) => path.setAttribute("tabindex", path === next ? 0 : -1));
    next.focus();
  }

  function choose(layer) {
    layer.fire("click", { latlng: layer.getBounds().getCenter() }, true);
  }

  // The bounds of the part in which the label stands.
  function partAround(geometry, at) {
    const parts = geometry.type === "MultiPolygon" ? geometry.coordinates : [geometry.coordinates];
    const boxes = parts.map(([ring]) => L.latLngBounds(ring.map(([lon, lat]) => [lat, lon])));
    const size = (box) => (box.getNorth() - box.getSouth()) * (box.getEast() - box.getWest());
    const around = at ? boxes.filter((box) => box.contains(at)) : [];
    return (around.length ? around : boxes).reduce((a, b) => (size(b) > size(a) ? b : a));
  }

  function makeLabel(map, shape, area) {
    const text = document.createElement("span");
    text.textContent = area.label;
    text.setAttribute("aria-hidden", "true");
    text.style.cssText =
      `font:${FONT};line-height:${LABEL_HEIGHT}px;color:${INK};background:#FFFFFFE6;` +
      "border-radius:9px;padding:0 5px;white-space:nowrap;position:absolute;" +
      "transform:translate(-50%,-50%)";
    const brush = document.createElement("canvas").getContext("2d");
    brush.font = FONT;
    const box = partAround(shape.geometry, area.at);
    const at = L.latLng(area.at || box.getCenter());
    const marker = L.marker(at, {
      pane: pane(map, "area-labels", 350),
      icon: L.divIcon({ html: text, className: "area-label", iconSize: [0, 0] }),
      interactive: false,
      keyboard: false,
    }).addTo(map);
    return { marker, box, at, width: brush.measureText(area.label).width + LABEL_MARGIN };
  }

  const overlap = (a, b) =>
    Math.abs(a.x - b.x) < (a.width + b.width) / 2 && Math.abs(a.y - b.y) < LABEL_HEIGHT;

  // Show the labels that have room at this zoom: within their area and beside larger ones.
  function fitLabels(map, labels) {
    const zoom = map.getZoom();
    const measured = labels.map((label) => {
      const low = map.project(label.box.getSouthWest(), zoom);
      const high = map.project(label.box.getNorthEast(), zoom);
      const { x, y } = map.project(label.at, zoom);
      return { ...label, x, y, across: high.x - low.x, down: low.y - high.y };
    });
    measured.sort((a, b) => b.across * b.down - a.across * a.down);
    const shown = [];
    for (const one of measured) {
      const fits = one.across >= one.width && one.down >= LABEL_HEIGHT;
      const free = fits && !shown.some((other) => overlap(one, other));
      if (free) shown.push(one);
      one.marker.getElement().style.display = free ? "" : "none";
    }
  }

  function draw(map, group, shapes, areas, hasTiles) {
    const own = { pane: pane(map, "areas", 300), smoothFactor: 0.3 };
    own.renderer = L.svg({ pane: own.pane, padding: 0.5 });
    const isArea = (shape) => Object.hasOwn(areas, shape.properties.adcode);
    const isLine = (shape) => shape.properties.kind === "line";
    const plain = (wanted) =>
      L.geoJSON(shapes, {
        ...own, filter: wanted, interactive: false, style: (shape) => groundStyle(shape, hasTiles),
      }).addTo(map);
    plain((shape) => !isArea(shape) && !isLine(shape));
    const labels = [];
    const coloured = L.geoJSON(shapes, {
      ...own,
      filter: isArea,
      style: (shape) => areaStyle(areas[shape.properties.adcode], hasTiles),
      onEachFeature: (shape, layer) => {
        const area = areas[shape.properties.adcode];
        makeClickable(layer, shape.properties.adcode, area);
        if (area.label) labels.push(makeLabel(map, shape, area));
      },
    });
    group.addLayer(coloured);
    plain(isLine);
    const edge = L.polygon([], { ...own, interactive: false, fill: false, color: INK, weight: 2.5 });
    edge.addTo(map);
    addHatch(own.renderer.getPane().querySelector("svg"));
    makeReachable(coloured.getLayers(), (one) => edge.setLatLngs(one ? one.getLatLngs() : []));
    fitLabels(map, labels);
    map.on("zoomend", () => fitLabels(map, labels));
  }

  // The group is on the map at once, so that whoever listens to its layers hears the areas too.
  window.areaLayer = function (map, file, areas, hasTiles) {
    const group = L.featureGroup().addTo(map);
    map.getContainer().style.background = "#FFFFFF";
    fetch(file)
      .then((answer) => answer.json())
      .then((shapes) => draw(map, group, shapes, areas, hasTiles));
  };
})();
