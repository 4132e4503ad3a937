public import GroundTruth

/// What a model that looks at images beside the work tells.
public enum LookNews: Sendable {
  /// What it found on a line's image.
  case found(line: Int, Sighting)
  /// It can't look at a line's image; why.
  case failed(line: Int, String)
  /// There is no model, or it is of no use; why, and the way out.
  case unavailable(String)
}

/// What a model found on an image.
public struct Sighting: Sendable {
  /// The model, by name and version.
  public let model: String
  /// The boxes, with their confidences.
  public let boxes: [Box]
  /// The labels for the whole image, with their confidences, 0…1.
  public let imageLabels: [(label: String, confidence: Double)]

  /// Creates a sighting.
  public init(
    model: String, boxes: [Box], imageLabels: [(label: String, confidence: Double)] = []
  ) {
    self.model = model
    self.boxes = boxes
    self.imageLabels = imageLabels
  }
}
