/// A row of a YOLO label file.
struct YOLORow: Hashable {
  /// The number of the class.
  var classNumber: Int
  /// The box by its edges, as ratios of the image.
  var edges: EdgeBox
  /// How sure the model is, in files of predictions.
  var confidence: Double?
  /// Whether the row is an outline, of which `edges` is the envelope.
  var isOutline = false
  /// Whether the row reads better with the confidence in the second column.
  var looksReordered = false

  /// Reads a row: `class x y width height`, a confidence after them in predictions, or an outline.
  ///
  /// Five columns are a box and six a box with its confidence last, as Ultralytics writes it with
  /// `save_conf`; an odd number from seven on is an outline and an even one from eight on an
  /// outline with a confidence. With keypoints the first five columns count.
  init(_ line: TextLine, hasKeypoints: Bool, path: String) throws(FormatError) {
    func error(_ message: String) -> FormatError {
      FormatError(path: path, line: line.number, message: message)
    }
    let fields = line.fields
    var numbers: [Double] = []
    numbers.reserveCapacity(fields.count)
    for field in fields {
      guard let number = DecimalText.value(field) else {
        throw error("“\(field.prefix(40))” is no number.")
      }
      numbers.append(number)
    }
    guard let first = numbers.first.flatMap({ Int(exactly: $0) }), first >= 0 else {
      throw error("The first column is “\(fields.first?.prefix(40) ?? "")”, not a class's number.")
    }
    guard numbers.count >= 5 else {
      throw error("There are \(numbers.count) columns; a box has class, x, y, width and height.")
    }
    classNumber = first
    if hasKeypoints { numbers = Array(numbers.prefix(5)) }
    if numbers.count >= 6, numbers.count.isMultiple(of: 2) {
      let last = numbers.removeLast()
      guard (0...1).contains(last) else {
        throw error("The last of \(fields.count) columns is \(last), not a confidence of 0…1.")
      }
      confidence = last
    }
    let ratios = numbers.dropFirst()
    guard ratios.allSatisfy({ (-1...2).contains($0) }) else {
      throw error("The numbers aren't ratios of the image, which are 0…1.")
    }
    if numbers.count > 5 {
      guard let envelope = EdgeBox(around: Array(ratios)) else { throw error("It has no box.") }
      edges = envelope
      isOutline = true
      return
    }
    guard numbers[3] >= 0, numbers[4] >= 0 else { throw error("The width or height is negative.") }
    edges = Self.edges(numbers[1...4])
    if let confidence {
      let reordered = Self.edges(numbers[2...4] + [confidence])
      looksReordered = Self.overhang(edges) > 0.01 && Self.overhang(reordered) < 0.001
    }
  }

  private static func edges(_ box: ArraySlice<Double>) -> EdgeBox {
    let start = box.startIndex
    let (x, y) = (box[start], box[start + 1])
    let (width, height) = (box[start + 2], box[start + 3])
    return EdgeBox(
      left: x - width / 2, top: y - height / 2, right: x + width / 2, bottom: y + height / 2)
  }

  /// How far a box reaches beyond the image.
  private static func overhang(_ edges: EdgeBox) -> Double {
    max(-edges.left, -edges.top, edges.right - 1, edges.bottom - 1, 0)
  }
}
