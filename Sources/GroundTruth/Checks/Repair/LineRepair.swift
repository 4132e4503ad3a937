/// A line after the repair of what has one right answer.
///
/// Everything else on the line keeps its bytes.
public struct LineRepair: Sendable {
  /// What can be repaired.
  public enum Kind: String, CaseIterable, Hashable, Sendable {
    /// A box or an image-level label had no confidence.
    case confidence
    /// `image_size` was an object.
    case imageSize
    /// A box reached at most one pixel beyond the image.
    case box
    /// Image-level labels stood in Ground Truth's array form.
    case multiLabel
    /// The line had several bounding-box attributes.
    case boxAttributes

    /// What was done, as the beginning of a sentence that ends in a number of lines.
    public var sentence: String {
      switch self {
      case .confidence: "added the missing confidence 1"
      case .imageSize: "made image_size an array"
      case .box: "clipped boxes that reached at most one pixel beyond the image"
      case .multiLabel: "split labels in array form into one attribute a label"
      case .boxAttributes: "kept one of several box attributes"
      }
    }
  }

  /// The line now.
  public private(set) var line: [UInt8]
  /// What was repaired.
  public private(set) var kinds: Set<Kind> = []

  /// Repairs a line; nil if there is nothing to repair.
  ///
  /// - Parameters:
  ///   - line: The line without its line feed.
  ///   - attribute: The bounding-box attribute to keep where a line has several; nil for the
  ///     newest that a human vouches for, else the newest. A line that has several and not this
  ///     one keeps them all.
  public init?(of line: [UInt8], keeping attribute: String? = nil) {
    self.line = line
    guard let object = try? JSONValue(parsing: line),
      var top = ObjectEditor(object, style: JSONStyle(of: object))
    else { return nil }
    let pairs = Self.pairs(of: object)
    let boxes = pairs.filter { $0.type == BoxSet.type }
    let kept = boxes.count > 1 ? Self.kept(of: boxes, attribute) : nil
    for pair in pairs {
      switch pair.type {
      case BoxSet.type:
        if let kept, pair.name != kept {
          top.remove(pair.name)
          top.remove(pair.metadataName)
          kinds.insert(.boxAttributes)
        } else {
          repairBoxes(pair, in: &top)
        }
      case ImageLabel.type: repairImageLabel(pair, in: &top)
      case MultiLabelSet.type: split(pair, in: &top)
      default: break
      }
    }
    guard !kinds.isEmpty else { return nil }
    self.line = top.line
  }

  /// A label attribute and its metadata.
  struct Pair {
    let name: String
    let value: JSONValue
    let metadata: JSONValue
    var metadataName: String { name + AttributeReader.suffix }
    var type: String? { metadata["type"]?.string }
  }

  private static func pairs(of object: JSONValue) -> [Pair] {
    let members = object.members ?? []
    let values = Dictionary(members.map { ($0.name, $0.value) }) { $1 }
    var seen: Set<String> = ["source-ref", "source"]
    return members.compactMap { member in
      let name = member.name
      guard seen.insert(name).inserted, let value = values[name],
        let metadata = values[name + AttributeReader.suffix], metadata.kind == .object
      else { return nil }
      return Pair(name: name, value: value, metadata: metadata)
    }
  }

  /// The attribute to keep; nil if the one asked for isn't there.
  private static func kept(of pairs: [Pair], _ attribute: String?) -> String? {
    if let attribute { return pairs.contains { $0.name == attribute } ? attribute : nil }
    let human = pairs.filter { $0.metadata["human-annotated"]?.string == "yes" }
    // Dates in ISO 8601 compare as text; of equal ones the last on the line is the newest.
    var newest: (date: String, name: String)?
    for pair in human.isEmpty ? pairs : human {
      let date = pair.metadata["creation-date"]?.string ?? ""
      if newest.map({ date >= $0.date }) ?? true { newest = (date, pair.name) }
    }
    return newest?.name
  }

  private mutating func repairImageLabel(_ pair: Pair, in top: inout ObjectEditor) {
    guard pair.metadata["confidence"] == nil,
      var metadata = ObjectEditor(pair.metadata, style: top.style)
    else { return }
    metadata.set("confidence", to: JSONNumber.encode(1))
    top.set(pair.metadataName, to: metadata.bytes)
    kinds.insert(.confidence)
  }

  mutating func note(_ kind: Kind) { kinds.insert(kind) }
}
