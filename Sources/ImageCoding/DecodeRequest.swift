public import Raster

/// Which part of an image is wanted, and how many pixels of it.
public struct DecodeRequest: Hashable, Sendable {
  /// The part wanted, in full-size upright pixels; nil for all.
  ///
  /// What lies outside the image is left out.
  public var region: Region?
  /// How many pixels the result should have across and down; nil for full size.
  ///
  /// Each axis is taken by itself: the result has exactly this many pixels along it, or the
  /// region's own number where that is less. Its pixels therefore need not be square; ask for
  /// `PixelSize.fitted(within:)` of the region to keep them so.
  public var targetSize: PixelSize?
  /// Whether the user agreed to decoding that takes much memory.
  public var allowsLargeMemory: Bool

  /// Creates a request.
  public init(
    region: Region? = nil, targetSize: PixelSize? = nil, allowsLargeMemory: Bool = false
  ) {
    self.region = region
    self.targetSize = targetSize
    self.allowsLargeMemory = allowsLargeMemory
  }
}
