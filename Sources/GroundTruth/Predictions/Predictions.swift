/// What a model says of the images of a dataset, beside it: reading them changes nothing.
///
/// Packed line by line, since there may be a million.
public struct Predictions: Sendable {
  /// A predicted box, in pixels as its attribute or file has them.
  public struct Box: Hashable, Sendable {
    /// The left edge.
    public let left: Double
    /// The top edge.
    public let top: Double
    /// The width.
    public let width: Double
    /// The height.
    public let height: Double
    /// How sure the model is, 0…1; 1 where nothing is said.
    public let confidence: Double
    /// The label's place in ``Predictions/labels``.
    public var label: Int { Int(storedLabel) }

    let storedLabel: Int32
  }

  /// A predicted label for the whole image.
  public struct Label: Hashable, Sendable {
    /// How sure the model is, 0…1; 1 where nothing is said.
    public let confidence: Double
    /// The label's place in ``Predictions/labels``.
    public let label: Int
  }

  /// Where they come from: an attribute or a file.
  public let name: String
  /// The labels predicted, in the order seen.
  public private(set) var labels: [String] = []
  /// All boxes, line by line.
  public private(set) var boxes: [Box] = []
  /// All labels for whole images, line by line.
  public private(set) var imageLabels: [Label] = []

  private var places: [String: Int] = [:]
  private var boxEnds: [UInt32] = []
  private var labelEnds: [UInt32] = []

  /// Creates predictions without any, for lines to be added.
  ///
  /// - Parameters:
  ///   - name: Where they come from.
  ///   - labels: Labels that have the first places, whether they are predicted or not.
  public init(name: String, labels: [String] = []) {
    self.name = name
    for label in labels { _ = place(of: label) }
  }

  /// How many lines there are.
  public var lineCount: Int { boxEnds.count }
  /// Whether nothing is predicted at all.
  public var isEmpty: Bool { boxes.isEmpty && imageLabels.isEmpty }

  /// The places of a line's boxes in ``boxes``.
  public func boxRange(at line: Int) -> Range<Int> { Self.range(line, boxEnds) }
  /// The places of a line's labels in ``imageLabels``.
  public func labelRange(at line: Int) -> Range<Int> { Self.range(line, labelEnds) }
  /// The boxes of a line.
  public func boxes(at line: Int) -> ArraySlice<Box> { boxes[boxRange(at: line)] }
  /// The labels of a line's image as a whole.
  public func imageLabels(at line: Int) -> ArraySlice<Label> { imageLabels[labelRange(at: line)] }

  private static func range(_ line: Int, _ ends: [UInt32]) -> Range<Int> {
    guard ends.indices.contains(line) else { return 0..<0 }
    return (line == 0 ? 0 : Int(ends[line - 1]))..<Int(ends[line])
  }

  // MARK: Adding

  /// Adds the boxes and labels of the next line.
  public mutating func appendLine(
    boxes: [GroundTruth.Box] = [], imageLabels: [(label: String, confidence: Double?)] = []
  ) {
    for box in boxes { self.boxes.append(packed(box)) }
    for found in imageLabels { self.imageLabels.append(packed(found)) }
    boxEnds.append(UInt32(clamping: self.boxes.count))
    labelEnds.append(UInt32(clamping: self.imageLabels.count))
  }

  /// Puts other boxes and labels in the place of a line's.
  ///
  /// - Parameters:
  ///   - line: The line, of those that were added.
  ///   - boxes: Its boxes.
  ///   - imageLabels: Its labels for the whole image.
  /// - Complexity: O(lines + predictions).
  public mutating func replaceLine(
    _ line: Int, boxes: [GroundTruth.Box] = [],
    imageLabels: [(label: String, confidence: Double?)] = []
  ) {
    guard boxEnds.indices.contains(line) else { return }
    let (boxRange, labelRange) = (boxRange(at: line), labelRange(at: line))
    self.boxes.replaceSubrange(boxRange, with: boxes.map { packed($0) })
    self.imageLabels.replaceSubrange(labelRange, with: imageLabels.map { packed($0) })
    Self.move(&boxEnds, from: line, by: boxes.count - boxRange.count)
    Self.move(&labelEnds, from: line, by: imageLabels.count - labelRange.count)
  }

  private static func move(_ ends: inout [UInt32], from line: Int, by count: Int) {
    guard count != 0 else { return }
    for index in line..<ends.count { ends[index] = UInt32(clamping: Int(ends[index]) + count) }
  }

  private mutating func packed(_ box: GroundTruth.Box) -> Box {
    Box(
      left: box.left, top: box.top, width: box.width, height: box.height,
      confidence: Self.share(box.confidence), storedLabel: Int32(clamping: place(of: box.label)))
  }

  private mutating func packed(_ found: (label: String, confidence: Double?)) -> Label {
    Label(confidence: Self.share(found.confidence), label: place(of: found.label))
  }

  private static func share(_ confidence: Double?) -> Double {
    let value = confidence ?? 1
    return value.isNaN ? 0 : min(max(value, 0), 1)
  }

  private mutating func place(of label: String) -> Int {
    if let place = places[label] { return place }
    places[label] = labels.count
    labels.append(label)
    return labels.count - 1
  }
}

extension Predictions.Box {
  /// The box as it is remembered once it is settled.
  public func settled(as label: String) -> SettledPrediction {
    SettledPrediction(
      label: label, place: .init(left: left, top: top, width: width, height: height))
  }
}
