/// The quotas of Amazon Rekognition Custom Labels that are checked here.
///
/// From the developer guide's "Guidelines and quotas", read with its error pages; where they
/// differ, the one that lets more pass without a later surprise is taken, and said so.
enum Limits {
  /// Characters on a line.
  static let lineLength = 100_000
  /// Bytes of a manifest (1 GB).
  static let manifestBytes = 1 << 30
  /// Lines of a manifest.
  static let rows = 250_000
  /// Lines of a manifest of image-level labels after the quota has been raised.
  static let raisedRows = 500_000
  /// Labels of a dataset.
  static let labels = 250
  /// Characters of a label; the API's own type says 255, the guide 256.
  static let labelLength = 256
  /// Boxes, or image-level labels, of an image.
  static let labelsPerImage = 50
  /// Pixels of a side of an image.
  static let side = 64...4096
  /// From this many times as long as wide on, an image is invalid.
  static let aspect = 20
  /// Bytes of an image file (15 MB).
  static let imageBytes = 15 << 20
  /// Images with a longer side are scaled down to this.
  static let longestSide = 1280.0
  /// One in so many lines may be invalid.
  static let invalidShare = 5
}
