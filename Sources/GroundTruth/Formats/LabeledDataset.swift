/// A dataset in no format: what every other format is read into and written from.
///
/// Boxes are in pixels of the image as its source means them, origin top-left, half-open.
public struct LabeledDataset: Hashable, Sendable {
  /// A class: its name, and its number where the source has one.
  public struct Label: Hashable, Sendable {
    /// The name.
    public var name: String
    /// The number, which is kept wherever the target has numbers; nil if the source has none.
    public var id: Int?

    /// Creates a label.
    public init(name: String, id: Int? = nil) {
      self.name = name
      self.id = id
    }
  }

  /// The labels in the order of the source, those that no image uses included.
  public var labels: [Label]
  /// The images in the order of the source, those without labels included.
  public var images: [LabeledImage]

  /// Creates a dataset.
  public init(labels: [Label] = [], images: [LabeledImage] = []) {
    self.labels = labels
    self.images = images
  }
}

/// An image and all that is said of it.
public struct LabeledImage: Hashable, Sendable {
  /// A label for the whole image.
  public struct ImageLabel: Hashable, Sendable {
    /// The label's name.
    public var label: String
    /// 0…1, where the source says.
    public var confidence: Double?
    /// Whether a model gave it.
    public var isPrediction: Bool

    /// Creates a label for the whole image.
    public init(label: String, confidence: Double? = nil, isPrediction: Bool = false) {
      self.label = label
      self.confidence = confidence
      self.isPrediction = isPrediction
    }
  }

  /// The image as the source names it: a file name, a path or a URI.
  public var name: String
  /// Its size in pixels; nil where the source does not say.
  public var size: ImageSize?
  /// Its boxes, in the order of the source.
  public var boxes: [LabeledBox]
  /// Its image-level labels, in the order of the source.
  public var imageLabels: [ImageLabel]
  /// Whether somebody looked: without boxes and labels that means "nothing there".
  public var isAnnotated: Bool

  /// Creates an image.
  public init(
    name: String, size: ImageSize? = nil, boxes: [LabeledBox] = [],
    imageLabels: [ImageLabel] = [], isAnnotated: Bool = true
  ) {
    self.name = name
    self.size = size
    self.boxes = boxes
    self.imageLabels = imageLabels
    self.isAnnotated = isAnnotated
  }
}

/// A box with its label.
public struct LabeledBox: Hashable, Sendable {
  /// The left edge, in pixels.
  public var left: Double
  /// The top edge, in pixels.
  public var top: Double
  /// The width, in pixels.
  public var width: Double
  /// The height, in pixels.
  public var height: Double
  /// The label's name.
  public var label: String
  /// 0…1, where the source says.
  public var confidence: Double?
  /// Whether a model drew it.
  public var isPrediction: Bool
  /// Whether it marks a group or a region to be ignored (COCO `iscrowd`, imglab `ignore`).
  public var isCrowd: Bool
  /// What else the source says of it, by name: `difficult`, `truncated`, `occluded`, `pose`.
  public var traits: [String: String]

  /// Creates a box, in pixels.
  public init(
    left: Double, top: Double, width: Double, height: Double, label: String,
    confidence: Double? = nil, isPrediction: Bool = false, isCrowd: Bool = false,
    traits: [String: String] = [:]
  ) {
    self.left = left
    self.top = top
    self.width = width
    self.height = height
    self.label = label
    self.confidence = confidence
    self.isPrediction = isPrediction
    self.isCrowd = isCrowd
    self.traits = traits
  }
}
