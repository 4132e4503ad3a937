/// What a model tells of an image.
public enum TrainingTask: String, CaseIterable, Hashable, Sendable {
  /// Where things are, as boxes.
  case detection
  /// One label for the whole image.
  case classification
  /// Any number of labels for the whole image.
  case multiLabel = "multi-label"
}
