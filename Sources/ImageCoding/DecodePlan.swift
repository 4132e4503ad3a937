import Raster

/// A request in terms of the stored image.
struct DecodePlan {
  /// The part to show, in full-size upright pixels.
  let uprightRegion: Region
  /// The same part, in stored pixels.
  let region: Region
  /// The size of the result, before it is turned upright.
  let resultSize: PixelSize

  /// Makes a plan, or nil where the region holds no pixel of the image.
  init?(_ request: DecodeRequest, for header: ImageHeader) {
    let whole = Region(header.uprightSize)
    uprightRegion = request.region?.intersection(whole) ?? whole
    guard !uprightRegion.isEmpty else { return nil }
    region = header.orientation.stored(uprightRegion, ofStored: header.storedSize)
    let target = header.orientation.applied(to: request.targetSize ?? uprightRegion.size)
    resultSize = PixelSize(
      width: max(1, min(target.width, region.width)),
      height: max(1, min(target.height, region.height)))
  }

  /// The smallest eighths of the full size at which the region has as many pixels as the result.
  var eighths: Int {
    (1..<8).first { eighths in
      region.width * eighths >= 8 * resultSize.width
        && region.height * eighths >= 8 * resultSize.height
    } ?? 8
  }

  /// The bytes that the result takes, with its copy while it is being turned upright.
  func resultBytes(_ orientation: Orientation) -> Int {
    4 * resultSize.area * (orientation == .upright ? 1 : 2)
  }
}
