/// The facts of a line that the rules judge: numbers, flaws and places, no text.
///
/// One value is filled again for each line, so that a million lines allocate nothing.
struct CheckedLine {
  /// A member of the line, by a hash of its name.
  struct Member {
    var name: UInt64
    /// The hash of the name before `-metadata`, 0 without that.
    var stem: UInt64
    var key: Int
    var value: Int
  }

  /// Whether there is a `source-ref`, and of what kind.
  enum Source {
    case missing
    case notText
    /// The place of the text, with its quotes.
    case text(Range<Int>)
  }

  var source = Source.missing
  /// Whether the line has inline text (`source`).
  var isInline = false
  /// Members that look like parts of label attributes without their other half.
  var strays: [Range<Int>] = []
  var attributes: [CheckedAttribute] = []
  var boxes: [CheckedBox] = []
  var classes: [CheckedClass] = []
  /// Whether it holds the results of an earlier validation.
  var hasResults = false
  /// The members in line order.
  var members: [Member] = []
  /// Where a member stands among the members, by name and by stem; only on lines with many.
  var indexes: [UInt64: Int] = [:]
  var stems: [UInt64: Int] = [:]

  mutating func removeAll() {
    source = .missing
    isInline = false
    hasResults = false
    strays.removeAll(keepingCapacity: true)
    attributes.removeAll(keepingCapacity: true)
    boxes.removeAll(keepingCapacity: true)
    classes.removeAll(keepingCapacity: true)
    members.removeAll(keepingCapacity: true)
    if !indexes.isEmpty {
      indexes.removeAll()
      stems.removeAll()
    }
  }
}

/// A label attribute with its metadata.
struct CheckedAttribute {
  /// What the metadata's `type` says.
  enum Kind {
    case boxes
    case imageLabel
    /// Ground Truth's array form.
    case multiLabel
    case verification
    case other
    /// There is no `type` that is text, or no metadata to have one.
    case untyped
  }

  var kind: Kind
  /// The place of its name, with its quotes.
  var name: Range<Int>
  var flaws: Flaws = []
  var isHuman = false
  /// The attribute's boxes among the line's.
  var boxes = 0..<0
  /// The attribute's class map, or its one label, among the line's classes.
  var classes = 0..<0
  /// How many members of `objects` have a confidence.
  var confidences = 0
  /// The image's width and height, 0 if they aren't stated.
  var width = 0.0
  var height = 0.0
  /// Whether a rule found that it can't be used.
  var isVoid = false

  /// What of an attribute is missing or of the wrong kind.
  struct Flaws: OptionSet {
    let rawValue: UInt32

    static let value = Flaws(rawValue: 1 << 0)
    static let imageSizeMissing = Flaws(rawValue: 1 << 1)
    static let imageSizeBare = Flaws(rawValue: 1 << 2)
    static let imageSize = Flaws(rawValue: 1 << 3)
    static let annotationsMissing = Flaws(rawValue: 1 << 4)
    static let annotations = Flaws(rawValue: 1 << 5)
    static let annotation = Flaws(rawValue: 1 << 6)
    static let metadata = Flaws(rawValue: 1 << 8)
    static let type = Flaws(rawValue: 1 << 9)
    static let human = Flaws(rawValue: 1 << 10)
    static let date = Flaws(rawValue: 1 << 11)
    static let jobName = Flaws(rawValue: 1 << 12)
    static let className = Flaws(rawValue: 1 << 13)
    static let confidence = Flaws(rawValue: 1 << 14)
    static let objects = Flaws(rawValue: 1 << 15)
    static let classMap = Flaws(rawValue: 1 << 16)

    /// Those of the attribute itself.
    static let ofAttribute = Flaws(rawValue: 0x7F)
    /// Those of its metadata.
    static let ofMetadata = Flaws(rawValue: 0x1FF00)
  }
}

/// A box of a line.
struct CheckedBox {
  var classID: Int
  var left: Double
  var top: Double
  var width: Double
  var height: Double
  /// Whether a rule found that it can't be used.
  var isVoid = false
}

/// A label that a line names: of a class map with its id, or of a `class-name`.
struct CheckedClass {
  /// The class id; -1 for a `class-name`, nil for a key of a class map that is no whole number.
  var id: Int?
  /// The place of the label, with its quotes.
  var label: Range<Int>
}
