/// A label that a model gives an image, as DetectCustomLabels answers it.
public struct CustomLabel: Hashable, Sendable {
  /// A rectangle in ratios of the image's sides, where 1 is the right and the bottom edge.
  public struct BoundingBox: Hashable, Sendable {
    /// The left edge.
    public var left: Double
    /// The top edge.
    public var top: Double
    /// The width.
    public var width: Double
    /// The height.
    public var height: Double

    /// Creates a rectangle, in ratios.
    public init(left: Double, top: Double, width: Double, height: Double) {
      self.left = left
      self.top = top
      self.width = width
      self.height = height
    }
  }

  /// How a label's rectangle lies to the image.
  public enum Fit: Hashable, Sendable {
    /// Within it, or there is no rectangle.
    case within
    /// It reaches beyond the edges.
    case reachingOut
    /// No pixel of it is in the image.
    case outside
    /// It has no area.
    case empty
  }

  /// The label's name.
  public var name: String
  /// How sure the model is, 0…1; nil if it doesn't say.
  public var confidence: Double?
  /// Where it is; nil for a label of the whole image.
  public var place: BoundingBox?

  /// Creates a label.
  ///
  /// - Parameters:
  ///   - name: The label's name.
  ///   - confidence: How sure the model is, 0…1.
  ///   - place: Where it is; nil for a label of the whole image.
  public init(name: String, confidence: Double?, place: BoundingBox? = nil) {
    self.name = name
    self.confidence = confidence
    self.place = place
  }

  /// How the rectangle lies to the image.
  public var fit: Fit {
    guard let edges else { return .within }
    guard edges.hasArea else { return .empty }
    guard edges.left < 1, edges.top < 1, edges.right > 0, edges.bottom > 0 else { return .outside }
    return edges.fits(ImageSize(width: 1, height: 1)) ? .within : .reachingOut
  }

  /// The box on whole pixels: its edges rounded, then held to the image.
  ///
  /// - Parameter size: The size of the image that was looked at, upright.
  /// - Returns: The box; nil for a label of the whole image, or if no pixel of it is in the image.
  public func box(in size: ImageSize) -> Box? {
    guard let edges, fit != .empty else { return nil }
    var notes = NoteList()
    guard let found = edges.pixels(of: size).wholePixels(in: size, notes: &notes, at: ""),
      found.hasArea
    else { return nil }
    return Box(
      left: found.left, top: found.top, width: found.width, height: found.height, label: name,
      confidence: confidence)
  }

  /// The four edges, in ratios.
  var edges: EdgeBox? {
    place.map {
      EdgeBox(left: $0.left, top: $0.top, right: $0.left + $0.width, bottom: $0.top + $0.height)
    }
  }
}

extension CustomLabel {
  /// Reads a member of `CustomLabels`.
  ///
  /// - Throws: `FormatError` if it has no name, or numbers that can't be meant.
  init(_ node: JSONNode) throws(FormatError) {
    let found = try node.record("a label")
    name = try found.name("Name")
    if let percent = found["Confidence"] {
      let number = try percent.number("“Confidence”")
      guard (0...100).contains(number) else {
        throw percent.error("“Confidence” isn't between 0 and 100; correct it")
      }
      confidence = number / 100
    }
    guard let geometry = try found["Geometry"]?.record("“Geometry”"),
      let place = try geometry["BoundingBox"]?.record("“BoundingBox”")
    else { return }
    let (left, top) = (try place.number("Left"), try place.number("Top"))
    let (width, height) = (try place.number("Width"), try place.number("Height"))
    guard width >= 0, height >= 0 else {
      throw place.node.error("“Width” or “Height” is negative; correct it")
    }
    self.place = BoundingBox(left: left, top: top, width: width, height: height)
  }
}

extension DetectCustomLabels {
  /// The labels in one image's answer, an object with `CustomLabels`.
  ///
  /// - Parameters:
  ///   - answer: The answer; members that the service doesn't give are passed over.
  ///   - name: What the answer is called in errors.
  /// - Returns: The labels, in the order given.
  /// - Throws: `FormatError` if it is no such answer.
  /// - Complexity: O(bytes).
  public static func labels(
    in answer: JSONValue, named name: String
  ) throws(FormatError) -> [CustomLabel] {
    let record = try JSONNode(path: name, value: answer).record("the answer")
    var labels: [CustomLabel] = []
    for node in try record.required("CustomLabels").elements("“CustomLabels”") {
      labels.append(try CustomLabel(node))
    }
    return labels
  }

  /// One image's answer as JSON, the most certain label first, as the service gives them.
  ///
  /// - Parameters:
  ///   - labels: The labels; one without a confidence counts as certain.
  ///   - style: How it is spaced.
  /// - Returns: An object with `CustomLabels`.
  public static func answer(_ labels: [CustomLabel], style: JSONStyle = .spaced) -> [UInt8] {
    // Sorting twins by their place keeps the order stable.
    let order = labels.indices.sorted {
      (labels[$1].confidence ?? 1, $0) < (labels[$0].confidence ?? 1, $1)
    }
    return style.object([("CustomLabels", style.array(order.map { style.label(labels[$0]) }))])
  }
}

extension JSONStyle {
  fileprivate func label(_ label: CustomLabel) -> [UInt8] {
    let members = [
      ("Name", JSONText.encode(label.name)),
      ("Confidence", JSONNumber.encode((label.confidence ?? 1) * 100)),
    ]
    guard let place = label.place else { return object(members) }
    let box = object([
      ("Width", JSONNumber.encode(place.width)), ("Height", JSONNumber.encode(place.height)),
      ("Left", JSONNumber.encode(place.left)), ("Top", JSONNumber.encode(place.top)),
    ])
    return object(members + [("Geometry", object([("BoundingBox", box)]))])
  }
}
