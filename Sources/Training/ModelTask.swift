/// What a model learns, or has learned, to say of an image.
public enum ModelTask: String, Hashable, Sendable {
  /// Boxes, each with a label.
  case detection
  /// One label for the whole image.
  case classification
  /// Any number of labels for the whole image.
  case multiLabel = "multi-label"
  /// Boxes, by somebody's own TorchScript detector.
  case torchScript = "torchscript"
}
