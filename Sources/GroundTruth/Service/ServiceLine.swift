/// Manifest lines on their way to Custom Labels and back.
///
/// What the service trains on is what stands on the line, so that only the truth is sent; what it
/// adds to a line of its dataset says nothing of the image and doesn't come into a manifest.
public enum ServiceLine {
  /// What the service notes about an entry (“Debugging a failed dataset”, ListDatasetEntries).
  static let notes = ["cl-metadata", "cl-errors", "cl-warnings", "errors", "warnings"]

  /// The line as the service gets it.
  ///
  /// One box attribute stays: the truth, else the newest that a human vouches for. What models said
  /// goes, and so do attributes of types that the service doesn't train on, and what a person noted
  /// in `reticle`. What has one right answer is repaired.
  ///
  /// - Parameters:
  ///   - line: The line without its line feed.
  ///   - sourceRef: The `s3://` URI of its image; nil leaves what stands there.
  ///   - truth: The box attribute that counts.
  /// - Returns: The line to send; nil for one that isn't sent: blank, or left out of the dataset.
  /// - Complexity: O(length).
  public static func sent(_ line: [UInt8], sourceRef: String?, truth: String) -> [UInt8]? {
    let isBlank = line.allSatisfy { [0x20, 0x09, 0x0D, 0x0A].contains($0) }
    guard !isBlank else { return nil }
    guard let object = try? JSONValue(parsing: line),
      var top = ObjectEditor(object, style: JSONStyle(of: object))
    else { return line }
    if (try? Entry(line: line))?.mark.isExcluded == true { return nil }
    for name in notes + [Mark.member] { top.remove(name) }
    if let sourceRef { top.set("source-ref", to: sourceRef) }
    let pairs = AttributePair.all(of: object)
    let boxes = pairs.filter { $0.type == BoxSet.type }
    let kept = boxes.first { $0.name == truth } ?? AttributePair.newest(boxes.filter(\.isHuman))
    func isSent(_ pair: AttributePair) -> Bool {
      switch pair.type {
      case BoxSet.type?: pair.name == kept?.name
      // Labels above the threshold of automated labelling are a model's, and truth.
      case ImageLabel.type?: pair.isHuman || pair.name.hasPrefix(ImageLabel.truthPrefix)
      case MultiLabelSet.type?: pair.isHuman
      default: false
      }
    }
    let hasTruth = pairs.contains(where: isSent)
    for pair in pairs {
      let isOther = ![BoxSet.type, ImageLabel.type, MultiLabelSet.type].contains(pair.type)
      if isSent(pair) {
        pair.removeNotes(in: &top)
      } else if !isOther || hasTruth && pair.type != nil {
        // What is of no use beside a truth; alone it stays, so that a check can tell of it.
        pair.remove(in: &top)
      } else {
        pair.removeNotes(in: &top)
      }
    }
    let cleaned = top.line
    return LineRepair(of: cleaned, keeping: kept?.name)?.line ?? cleaned
  }

  /// The line of a dataset's entry as a manifest has it: without what the service noted.
  ///
  /// - Parameters:
  ///   - entry: What ListDatasetEntries gives.
  ///   - sourceRef: What the manifest names the image; nil leaves the URI.
  /// - Returns: The line.
  /// - Complexity: O(length).
  public static func received(_ entry: [UInt8], sourceRef: String? = nil) -> [UInt8] {
    guard let object = try? JSONValue(parsing: entry),
      var top = ObjectEditor(object, style: JSONStyle(of: object))
    else { return entry }
    for name in notes { top.remove(name) }
    if let sourceRef { top.set("source-ref", to: sourceRef) }
    for pair in AttributePair.all(of: object) { pair.removeNotes(in: &top) }
    return top.line
  }

  /// The image that a line names; nil if it names none.
  ///
  /// - Complexity: O(length).
  public static func sourceRef(of line: [UInt8]) -> String? {
    try? Entry.sourceReference(of: line)
  }

  /// Whether two lines say the same, however they are spelt: the service spells what it was sent
  /// anew.
  ///
  /// - Complexity: O(*n* log *n*) for *n* bytes.
  public static func isSame(_ first: [UInt8], _ second: [UInt8]) -> Bool {
    if first == second { return true }
    guard let one = try? JSONValue(parsing: first), let other = try? JSONValue(parsing: second)
    else { return false }
    return one.says(other)
  }
}

extension AttributePair {
  /// Takes out what the service noted within the attribute.
  fileprivate func removeNotes(in top: inout ObjectEditor) {
    if let bytes = Self.withoutNotes(metadata, top.style) { top.set(metadataName, to: bytes) }
    guard var editor = ObjectEditor(value, style: top.style) else { return }
    var isChanged = ServiceLine.notes.contains { editor[$0] != nil }
    for name in ServiceLine.notes { editor.remove(name) }
    if let annotations = value["annotations"], let elements = annotations.elements {
      let cleaned = elements.map { Self.withoutNotes($0, top.style) }
      if cleaned.contains(where: { $0 != nil }) {
        let all = zip(cleaned, elements).map { $0 ?? Array($1.bytes) }
        editor.set("annotations", to: top.style.array(annotations, elements: all))
        isChanged = true
      }
    }
    if isChanged { top.set(name, to: editor.bytes) }
  }

  private static func withoutNotes(_ value: JSONValue, _ style: JSONStyle) -> [UInt8]? {
    guard var editor = ObjectEditor(value, style: style),
      ServiceLine.notes.contains(where: { editor[$0] != nil })
    else { return nil }
    for name in ServiceLine.notes { editor.remove(name) }
    return editor.bytes
  }
}

extension JSONValue {
  /// Whether two values are the same but for spaces, escapes, the order of members and how numbers
  /// are spelt.
  fileprivate func says(_ other: JSONValue) -> Bool {
    guard kind == other.kind else { return false }
    switch kind {
    case .object:
      let ours = Dictionary((members ?? []).map { ($0.name, $0.value) }) { $1 }
      let theirs = Dictionary((other.members ?? []).map { ($0.name, $0.value) }) { $1 }
      return ours.count == theirs.count
        && ours.allSatisfy { name, value in theirs[name].map(value.says) ?? false }
    case .array:
      let (ours, theirs) = (elements ?? [], other.elements ?? [])
      return ours.count == theirs.count && zip(ours, theirs).allSatisfy { $0.says($1) }
    case .string: return string == other.string
    case .number: return double == other.double
    case .boolean, .null: return bytes.elementsEqual(other.bytes)
    }
  }
}
