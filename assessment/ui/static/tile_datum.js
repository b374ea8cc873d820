// Map tiles that are drawn in GCJ-02, shifted so that WGS-84 positions lie right on them. The
// formula is that of assessment/domain/coordinates.py; a test compares the two.

(function () {
  const SEMI_MAJOR = 6378245.0;
  const ECCENTRICITY = 0.00669342162296594323;
  const radians = (degrees) => (degrees * Math.PI) / 180;
  const wave = (value, parts) =>
    (parts.reduce((sum, [height, by]) => sum + height * Math.sin(value * by * Math.PI), 0) * 2) / 3;
  const SHORT = [[20, 6], [20, 2]];

  function offset(lon, lat) {
    const x = lon - 105;
    const y = lat - 35;
    const root = Math.sqrt(Math.abs(x));
    const east =
      300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root + wave(x, SHORT) +
      wave(x, [[20, 1], [40, 1 / 3], [150, 1 / 12], [300, 1 / 30]]);
    const north =
      -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root + wave(x, SHORT) +
      wave(y, [[20, 1], [40, 1 / 3], [160, 1 / 12], [320, 1 / 30]]);
    const magic = 1 - ECCENTRICITY * Math.sin(radians(lat)) ** 2;
    const perEast = (SEMI_MAJOR / Math.sqrt(magic)) * Math.cos(radians(lat));
    const perNorth = (SEMI_MAJOR * (1 - ECCENTRICITY)) / (magic * Math.sqrt(magic));
    return [(east * 180) / (perEast * Math.PI), (north * 180) / (perNorth * Math.PI)];
  }

  const isShifted = (lon, lat) =>
    lon >= 72.004 && lon <= 137.8347 && lat >= 0.8293 && lat <= 55.8271;

  function toGcj(lon, lat) {
    if (!isShifted(lon, lat)) return [lon, lat];
    const [east, north] = offset(lon, lat);
    return [lon + east, lat + north];
  }

  // There is no formula for the way back: it is undone by iteration.
  function fromGcj(lon, lat) {
    let guess = [lon, lat];
    for (let turn = 0; turn < 30; turn += 1) {
      const [east, north] = toGcj(...guess);
      guess = [guess[0] - (east - lon), guess[1] - (north - lat)];
      if (Math.hypot(east - lon, north - lat) < 1e-9) break;
    }
    return guess;
  }

  const ShiftedTiles = L.TileLayer.extend({
    // How far, in pixels of the tiles, a position moves.
    _moved(pixel, convert, zoom) {
      const place = this._map.unproject(pixel, zoom);
      const [lon, lat] = convert(place.lng, place.lat);
      return this._map.project([lat, lon], zoom).subtract(pixel);
    },
    // Ask for the tiles whose content belongs into the view.
    _getTiledPixelBounds(centre) {
      const bounds = L.TileLayer.prototype._getTiledPixelBounds.call(this, centre);
      const moved = this._moved(bounds.getCenter(), toGcj, this._tileZoom);
      return L.bounds(bounds.min.add(moved), bounds.max.add(moved));
    },
    // Put each tile where its middle belongs.
    _getTilePos(coords) {
      const middle = coords.scaleBy(this.getTileSize()).add(this.getTileSize().divideBy(2));
      const moved = this._moved(middle, fromGcj, coords.z);
      return L.TileLayer.prototype._getTilePos.call(this, coords).add(moved.round());
    },
    // Neighbours move by up to a pixel more or less: let them overlap rather than gape.
    _initTile(tile) {
      L.TileLayer.prototype._initTile.call(this, tile);
      const size = this.getTileSize();
      tile.style.width = `${size.x + 1}px`;
      tile.style.height = `${size.y + 1}px`;
    },
  });

  window.tileDatum = { toGcj, fromGcj, layer: (url, options) => new ShiftedTiles(url, options) };
})();
