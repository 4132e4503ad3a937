public import GroundTruth

/// An image that a predictor is to look at.
public struct PredictionRequest: Hashable, Sendable {
  /// The caller's number for it; no two images that wait for an answer have the same.
  public var id: Int
  /// The file: a JPEG or PNG image, by its absolute path.
  public var path: String
  /// Its size in pixels as shown upright, which is what ratios refer to.
  public var size: ImageSize

  /// Creates a request.
  ///
  /// - Parameters:
  ///   - id: The caller's number for the image.
  ///   - path: The file.
  ///   - size: Its size in pixels as shown upright.
  public init(id: Int, path: String, size: ImageSize) {
    self.id = id
    self.path = path
    self.size = size
  }
}
