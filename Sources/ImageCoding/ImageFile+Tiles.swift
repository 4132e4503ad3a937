public import Raster

extension ImageFile {
  /// The tiles that are decoded together with some, because that costs little more.
  ///
  /// A PNG is inflated from its first row and a progressive JPEG read to its end whatever the part
  /// wanted: the surroundings come with it, so that a view moves on without doing it again. A
  /// baseline JPEG is decoded with a ring of tiles about the part.
  ///
  /// - Parameters:
  ///   - area: The tiles wanted.
  ///   - cache: Where they will be kept; they take no more than half of it.
  /// - Returns: The tiles with those about them.
  public func surroundings(of area: TileArea, in cache: TileCache) -> TileArea {
    if header.format == .jpeg, !header.isProgressive { return area.expanded(by: 1) }
    // Pixels that come in passes take more while they are gathered.
    let bytes = header.isInterlaced ? PixelReducer.byteCount(ofPixels: 1) : 4
    return area.expanded(toPixels: cache.byteLimit / 2 / bytes)
  }

  /// Shows tiles: those in the cache as they are, the others decoded, all in one pass, and kept.
  ///
  /// Where the reduction does not divide the image, what was decoded together is stretched to end
  /// with it: by less than a reduced pixel in all.
  ///
  /// - Parameters:
  ///   - area: The tiles wanted.
  ///   - cache: Where tiles are kept.
  ///   - allowsLargeMemory: Whether the user agreed to decoding that takes much memory.
  ///   - isCancelled: Asked between rows; true ends the work with `cancelled`.
  /// - Returns: The pixels, and what is wrong with the file if they had to be decoded.
  /// - Throws: `ImageError` as `decode` does.
  /// - Complexity: O(pixels of the area) where all is in the cache, else as `decode`.
  public func decode(
    _ area: TileArea, keepingIn cache: TileCache, allowsLargeMemory: Bool = false,
    isCancelled: @escaping @Sendable () -> Bool = { false }
  ) throws(ImageError) -> Decoded {
    let origin = area.region
    var result = Bitmap(
      size: area.pixelSize, channels: [UInt8](repeating: 0, count: 4 * area.pixelSize.area))
    func place(_ bitmap: Bitmap, of tile: TileArea) {
      result.replace(
        left: (tile.region.left - origin.left) / area.reduction,
        top: (tile.region.top - origin.top) / area.reduction, with: bitmap)
    }
    var missing: [TileArea] = []
    for tile in area.tiles {
      if let bitmap = cache.bitmap(for: TileCache.Key(file: identity, tile: tile)) {
        place(bitmap, of: tile)
      } else {
        missing.append(tile)
      }
    }
    var warning: String?
    if let wanted = TileArea.enclosing(missing) {
      let whole = surroundings(of: wanted, in: cache)
      let decoded = try decode(
        DecodeRequest(
          region: whole.region, targetSize: whole.pixelSize, allowsLargeMemory: allowsLargeMemory),
        isCancelled: isCancelled)
      warning = decoded.warning
      // What is wanted is kept last, and so goes last.
      let tiles = whole.tiles
      for tile in tiles.filter({ !area.contains($0) }) + tiles.filter(area.contains) {
        let bitmap = decoded.picture.bitmap.cropped(to: tile.place(in: whole))
        cache.insert(bitmap, for: TileCache.Key(file: identity, tile: tile))
        if area.contains(tile) { place(bitmap, of: tile) }
      }
    }
    return Decoded(
      picture: Picture(bitmap: result, region: origin, imageSize: area.imageSize),
      warning: warning)
  }
}

extension TileArea {
  /// Where the area lies in the reduced pixels of a larger one.
  fileprivate func place(in whole: TileArea) -> Region {
    Region(
      left: (region.left - whole.region.left) / reduction,
      top: (region.top - whole.region.top) / reduction, width: pixelSize.width,
      height: pixelSize.height)
  }
}
