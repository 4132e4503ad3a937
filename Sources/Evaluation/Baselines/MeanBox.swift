/// What predicts one fixed box of each label on every image: what a model has to beat.
///
/// The box is the mean of the training boxes in shares of their images' sizes, and as sure as the
/// share of the images that have the label. Where objects always fill the picture it scores high.
public struct MeanBox: Hashable, Sendable {
  /// An image to learn from.
  public struct Example: Hashable, Sendable {
    /// The boxes on it, in its pixels.
    public var boxes: [TruthBox]
    /// Its width in pixels.
    public var width: Double
    /// Its height in pixels.
    public var height: Double

    /// Creates an example.
    public init(boxes: [TruthBox], width: Double, height: Double) {
      self.boxes = boxes
      self.width = width
      self.height = height
    }
  }

  /// The mean box of a label, in shares of the image's size, and how many images have it.
  private struct Mean: Hashable {
    var rectangle = Rectangle(left: 0, top: 0, width: 0, height: 0)
    var boxCount = 0
    var imageCount = 0
  }

  private var means: [Int: Mean] = [:]
  private let imageCount: Int

  /// Learns from images; those without a size, and boxes that don't count, say nothing.
  ///
  /// - Parameter examples: The images.
  /// - Complexity: O(boxes).
  public init(_ examples: some Sequence<Example>) {
    var imageCount = 0
    for example in examples where example.width > 0 && example.height > 0 {
      imageCount += 1
      var seen: Set<Int> = []
      for box in example.boxes where box.role == .counted {
        var mean = means[box.label] ?? Mean()
        mean.rectangle.left += box.rectangle.left / example.width
        mean.rectangle.top += box.rectangle.top / example.height
        mean.rectangle.width += box.rectangle.width / example.width
        mean.rectangle.height += box.rectangle.height / example.height
        mean.boxCount += 1
        if seen.insert(box.label).inserted { mean.imageCount += 1 }
        means[box.label] = mean
      }
    }
    self.imageCount = imageCount
  }

  /// The boxes that it predicts on any image of a size, in order of their labels.
  ///
  /// - Parameters:
  ///   - width: The image's width in pixels.
  ///   - height: The image's height in pixels.
  /// - Returns: One box of each label that was seen, in the image's pixels.
  public func predictions(width: Double, height: Double) -> [PredictedBox] {
    means.sorted { $0.key < $1.key }.map { label, mean in
      let count = Double(mean.boxCount)
      return PredictedBox(
        Rectangle(
          left: mean.rectangle.left / count * width, top: mean.rectangle.top / count * height,
          width: mean.rectangle.width / count * width,
          height: mean.rectangle.height / count * height),
        label: label, confidence: Double(mean.imageCount) / Double(max(imageCount, 1)))
    }
  }
}
