public import GroundTruth

/// An image that a predictor is to look at.
public struct PredictionRequest: Hashable, Sendable {
  /// The caller's number for it; no two images that wait for an answer have the same.
  public var id: Int
  /// The file: a JPEG or PNG image, by its absolute path.
  public var path: String
  /// Its size in pixels as shown upright, which is what ratios refer to.
  public var size: ImageSize
  /// What the manifest names the image, as its `s3://` URI; nil if nobody says.
  public var source: String?

  /// Creates a request.
  ///
  /// - Parameters:
  ///   - id: The caller's number for the image.
  ///   - path: The file.
  ///   - size: Its size in pixels as shown upright.
  ///   - source: What the manifest names it.
  public init(id: Int, path: String, size: ImageSize, source: String? = nil) {
    self.id = id
    self.path = path
    self.size = size
    self.source = source
  }
}
