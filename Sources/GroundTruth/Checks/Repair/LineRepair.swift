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
    let pairs = AttributePair.all(of: object)
    let boxes = pairs.filter { $0.type == BoxSet.type }
    let kept = boxes.count > 1 ? Self.kept(of: boxes, attribute) : nil
    for pair in pairs {
      switch pair.type {
      case BoxSet.type:
        if let kept, pair.name != kept {
          pair.remove(in: &top)
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

  /// The attribute to keep; nil if the one asked for isn't there.
  private static func kept(of pairs: [AttributePair], _ attribute: String?) -> String? {
    if let attribute { return pairs.contains { $0.name == attribute } ? attribute : nil }
    let human = pairs.filter(\.isHuman)
    return AttributePair.newest(human.isEmpty ? pairs : human)?.name
  }

  private mutating func repairImageLabel(_ pair: AttributePair, in top: inout ObjectEditor) {
    guard pair.metadata["confidence"] == nil,
      var metadata = ObjectEditor(pair.metadata, style: top.style)
    else { return }
    metadata.set("confidence", to: JSONNumber.encode(1))
    top.set(pair.metadataName, to: metadata.bytes)
    kinds.insert(.confidence)
  }

  mutating func note(_ kind: Kind) { kinds.insert(kind) }
}
