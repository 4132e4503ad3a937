public import Evaluation

/// An image to learn from, with what people say of it.
public struct TrainingImage: Hashable, Sendable {
  /// The path of its file.
  public var path: String
  /// The width in pixels, as seen upright.
  public var width: Int
  /// The height in pixels, as seen upright.
  public var height: Int
  /// Its boxes, in pixels of the upright image; each label is a place in the job's list.
  public var boxes: [TruthBox]
  /// Its image-level labels, as places in the job's list.
  public var labels: [Int]

  /// Creates an image.
  public init(
    path: String, width: Int, height: Int, boxes: [TruthBox] = [], labels: [Int] = []
  ) {
    self.path = path
    self.width = width
    self.height = height
    self.boxes = boxes
    self.labels = labels
  }

  /// The labels that occur in it.
  public var occurring: Set<Int> { Set(labels).union(boxes.map(\.label)) }
}
