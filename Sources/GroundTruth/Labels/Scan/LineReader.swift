/// Reads what a survey counts of a line, in one pass over its bytes and without allocation.
///
/// It takes only lines on which everything is as it should be: valid JSON without repeated or
/// escaped names, with all attributes readable. Of any other line it says so, and `Entry` tells
/// what is wrong with it. A line that it takes has the facts that `Entry` finds.
struct LineReader {
  /// An attribute that was understood.
  struct Attribute {
    enum Kind { case boxes, label, labels }

    let kind: Kind
    /// Where its name stands.
    let name: Range<Int>
    /// Where it is in `metadata`.
    let metadata: Int
    /// Its class ids, as places in `classIDs`.
    let ids: Range<Int>
  }

  /// What is known of metadata; empty ranges stand for what isn't there.
  struct Metadata {
    var type = 0..<0
    var creationDate = 0..<0
    var classMap = 0..<0
    var className = 0..<0
    var isHuman = false
    /// Whether `objects` and `class-map` are what they should be, as far as they are there.
    var isWellFormed = true
  }

  /// An annotation; its sides are 0 unless they were asked for.
  struct Box {
    var id = 0
    var width = 0.0
    var height = 0.0
  }

  /// A top-level member.
  private struct Member {
    enum Content {
      /// Neither an object nor an array.
      case plain
      case array
      case boxes(ids: Range<Int>, isValid: Bool)
      case metadata(Int)
      case mark
    }

    let name: Range<Int>
    let value: Range<Int>
    let content: Content
  }

  /// The attributes in line order.
  private(set) var attributes: [Attribute] = []
  private(set) var metadata: [Metadata] = []
  private(set) var classIDs: [Int] = []
  /// The sides of the boxes, by the places of their class ids; empty unless boxes are measured.
  private(set) var sizes: [(width: Double, height: Double)] = []
  /// Whether the boxes' sides are asked for.
  private let measuresBoxes: Bool
  /// What the mark says, as bits.
  private(set) var mark: EntryState = []
  private var members: [Member] = []

  init(measuringBoxes: Bool = false) { measuresBoxes = measuringBoxes }

  /// Reads a line.
  ///
  /// - Returns: Whether the line could be taken; if not, what was read means nothing.
  mutating func read(_ bytes: Span<UInt8>) -> Bool {
    attributes.removeAll(keepingCapacity: true)
    metadata.removeAll(keepingCapacity: true)
    classIDs.removeAll(keepingCapacity: true)
    sizes.removeAll(keepingCapacity: true)
    members.removeAll(keepingCapacity: true)
    mark = []
    do throws(JSONError) {
      try readMembers(bytes)
    } catch {
      return false
    }
    return !hasRepeatedNames(bytes) && findAttributes(bytes)
  }

  // MARK: The bytes

  private mutating func readMembers(_ bytes: Span<UInt8>) throws(JSONError) {
    var at = 0
    if bytes.count >= 3, bytes[0] == 0xEF, bytes[1] == 0xBB, bytes[2] == 0xBF { at = 3 }
    JSONScanner.skipSpace(bytes, &at)
    guard at < bytes.count, bytes[at] == UInt8(ascii: "{") else {
      throw JSONError(offset: at, reason: .valueExpected)
    }
    var hasMore = try JSONCursor.enter(bytes, &at, until: UInt8(ascii: "}"))
    while hasMore {
      let name = try JSONCursor.name(bytes, &at)
      let start = at
      let content = try readValue(of: name, bytes, &at)
      members.append(Member(name: name, value: start..<at, content: content))
      hasMore = try JSONCursor.advance(bytes, &at, until: UInt8(ascii: "}"))
    }
    JSONScanner.skipSpace(bytes, &at)
    guard at == bytes.count else { throw JSONError(offset: at, reason: .trailingBytes) }
  }

  private mutating func readValue(
    of name: Range<Int>, _ bytes: Span<UInt8>, _ at: inout Int
  ) throws(JSONError) -> Member.Content {
    guard bytes[at] == UInt8(ascii: "{") else {
      let isArray = bytes[at] == UInt8(ascii: "[")
      at = try JSONScanner.endOfValue(bytes, from: at, within: 1)
      return isArray ? .array : .plain
    }
    if Self.isMetadata(bytes, name) {
      metadata.append(try Self.metadata(bytes, &at))
      return .metadata(metadata.count - 1)
    }
    if JSONCursor.isSame(bytes, name, "reticle") {
      mark = try Self.mark(bytes, &at)
      return .mark
    }
    let first = classIDs.count
    let isValid = try readBoxes(bytes, &at)
    return .boxes(ids: first..<classIDs.count, isValid: isValid)
  }

  /// Reads a value that may be a bounding-box attribute's.
  ///
  /// - Returns: Whether it could be: it has annotations and all of them are boxes.
  private mutating func readBoxes(
    _ bytes: Span<UInt8>, _ at: inout Int
  ) throws(JSONError) -> Bool {
    let first = classIDs.count
    var isValid = false
    var hasMore = try JSONCursor.enter(bytes, &at, until: UInt8(ascii: "}"))
    while hasMore {
      let name = try JSONCursor.name(bytes, &at)
      if JSONCursor.isSame(bytes, name, "annotations") {
        // Of several the last counts.
        classIDs.removeLast(classIDs.count - first)
        if measuresBoxes { sizes.removeLast(sizes.count - first) }
        isValid = try readAnnotations(bytes, &at)
      } else {
        at = try JSONScanner.endOfValue(bytes, from: at, within: 2)
      }
      hasMore = try JSONCursor.advance(bytes, &at, until: UInt8(ascii: "}"))
    }
    return isValid
  }

  private mutating func readAnnotations(
    _ bytes: Span<UInt8>, _ at: inout Int
  ) throws(JSONError) -> Bool {
    guard bytes[at] == UInt8(ascii: "[") else {
      at = try JSONScanner.endOfValue(bytes, from: at, within: 2)
      return false
    }
    var isValid = true
    var hasMore = try JSONCursor.enter(bytes, &at, until: UInt8(ascii: "]"))
    while hasMore {
      var box: Box?
      if at < bytes.count, bytes[at] == UInt8(ascii: "{") {
        box = try Self.box(bytes, &at, isMeasured: measuresBoxes)
      } else {
        at = try JSONScanner.endOfValue(bytes, from: at, within: 3)
      }
      if let box {
        classIDs.append(box.id)
        if measuresBoxes { sizes.append((box.width, box.height)) }
      } else {
        isValid = false
      }
      hasMore = try JSONCursor.advance(bytes, &at, until: UInt8(ascii: "]"))
    }
    return isValid
  }

  // MARK: The attributes

  private func hasRepeatedNames(_ bytes: Span<UInt8>) -> Bool {
    // Names are compared one by one, which is for few of them.
    guard members.count <= 128 else { return true }
    for (index, member) in members.enumerated() {
      for other in members[..<index] where other.name.count == member.name.count {
        if JSONCursor.areSame(bytes, member.name, other.name.lowerBound) { return true }
      }
    }
    return false
  }

  private mutating func findAttributes(_ bytes: Span<UInt8>) -> Bool {
    var hasSource = false
    for (index, member) in members.enumerated() {
      if JSONCursor.isSame(bytes, member.name, "source-ref") {
        guard bytes[member.value.lowerBound] == UInt8(ascii: "\"") else { return false }
        hasSource = true
      } else if JSONCursor.isSame(bytes, member.name, "source") {
        continue
      } else if JSONCursor.isSame(bytes, member.name, "reticle") {
        guard case .mark = member.content else { return false }
      } else if let partner = metadata(of: member, at: index, bytes) {
        guard take(member, partner, bytes) else { return false }
      } else if Self.isMetadata(bytes, member.name), !isExpected(member, at: index, bytes) {
        return false
      }
    }
    return hasSource
  }

  /// The metadata member of an attribute, which mostly follows it.
  private func metadata(of member: Member, at index: Int, _ bytes: Span<UInt8>) -> Member? {
    func belongs(_ other: Member) -> Bool {
      other.name.count == member.name.count + 9 && Self.isMetadata(bytes, other.name)
        && JSONCursor.areSame(bytes, member.name, other.name.lowerBound)
    }
    if index + 1 < members.count, belongs(members[index + 1]) { return members[index + 1] }
    return members.first(where: belongs)
  }

  /// Whether metadata without metadata of its own has an attribute, or isn't Ground Truth's.
  private func isExpected(_ member: Member, at index: Int, _ bytes: Span<UInt8>) -> Bool {
    guard case .metadata(let place) = member.content else { return true }
    let name = member.name.lowerBound..<member.name.upperBound - 9
    func isBase(_ other: Member) -> Bool {
      other.name.count == name.count && JSONCursor.areSame(bytes, name, other.name.lowerBound)
    }
    if index > 0, isBase(members[index - 1]) { return true }
    return metadata[place].type.isEmpty || members.contains(where: isBase)
  }

  /// Sorts an attribute in; false if it is malformed.
  private mutating func take(
    _ member: Member, _ partner: Member, _ bytes: Span<UInt8>
  ) -> Bool {
    guard case .metadata(let place) = partner.content else { return true }
    let type = metadata[place].type
    func add(_ kind: Attribute.Kind, _ ids: Range<Int>) -> Bool {
      attributes.append(Attribute(kind: kind, name: member.name, metadata: place, ids: ids))
      return true
    }
    if Self.isText(bytes, type, "groundtruth/object-detection") {
      guard metadata[place].isWellFormed, case .boxes(let ids, true) = member.content else {
        return false
      }
      return add(.boxes, ids)
    }
    if Self.isText(bytes, type, "groundtruth/image-classification") {
      guard !metadata[place].className.isEmpty, Self.isClass(bytes, member.value) else {
        return false
      }
      return add(.label, 0..<0)
    }
    if Self.isText(bytes, type, "groundtruth/image-classification-multilabel") {
      let first = classIDs.count
      guard metadata[place].isWellFormed, case .array = member.content,
        readClasses(bytes, member.value)
      else { return false }
      return add(.labels, first..<classIDs.count)
    }
    return true
  }

  /// Reads the checked array of a multi-label attribute.
  private mutating func readClasses(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
    var at = range.lowerBound
    while let element = JSONWalk.nextElement(bytes, &at) {
      guard let id = Self.classID(bytes, element) else { return false }
      classIDs.append(id)
    }
    return true
  }
}
