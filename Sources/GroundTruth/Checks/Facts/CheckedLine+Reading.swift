/// Known names of members, as hashes; a line's names are compared with them once.
private enum Known {
  static let source = hash("source-ref")
  static let inline = hash("source")
  static let results: [UInt64] = [
    hash("errors"), hash("warnings"), hash("cl-errors"), hash("cl-warnings"),
  ]
  /// Names that Reticle, Rekognition and Ground Truth use for other things than labels.
  static let neutral: [UInt64] = [
    hash("cl-metadata"), hash("source-ref-metadata"), hash("metadata"), hash(Mark.member),
    hash("rekognition-custom-labels-object-id"),
  ]

  private static func hash(_ name: String) -> UInt64 {
    let bytes = Array(name.utf8)
    return ByteText.hash(raw: bytes.span, 0..<bytes.count)
  }
}

extension CheckedLine {
  /// Takes the facts from a line that is a JSON object.
  mutating func read(_ bytes: Span<UInt8>, _ tape: LineTape) {
    removeAll()
    var node = 1
    let end = tape.next(after: 0)
    while node < end {
      let key = tape.nodes[node].range
      members.append(
        Member(
          name: ByteText.hash(bytes, key),
          stem: ByteText.hashOfStem(bytes, key, before: "-metadata"), key: node, value: node + 1))
      node = tape.next(after: node + 1)
    }
    keepLastOfEach()
    // Looking at each pair is quickest for the few members that lines have.
    if members.count > 32 {
      for (index, member) in members.enumerated() {
        indexes[member.name] = index
        if member.stem != 0 { stems[member.stem] = index }
      }
    }
    for member in members { take(member, bytes, tape) }
  }

  private func metadata(of name: UInt64) -> Member? {
    if !indexes.isEmpty { return stems[name].map { members[$0] } }
    return members.first { $0.stem == name }
  }

  private func hasMember(_ name: UInt64) -> Bool {
    indexes.isEmpty ? members.contains { $0.name == name } : indexes[name] != nil
  }

  /// Of members of one name the last counts.
  private mutating func keepLastOfEach() {
    guard members.count > 32 else {
      var index = 0
      while index < members.count {
        let name = members[index].name
        var isRepeated = false
        for later in index + 1..<max(index + 1, members.count) where members[later].name == name {
          isRepeated = true
        }
        if isRepeated { members.remove(at: index) } else { index += 1 }
      }
      return
    }
    let last = Dictionary(members.indices.map { (members[$0].name, $0) }) { $1 }
    members = members.indices.filter { last[members[$0].name] == $0 }.map { members[$0] }
  }

  private mutating func take(_ member: Member, _ bytes: Span<UInt8>, _ tape: LineTape) {
    if member.name == Known.source {
      let range = tape.nodes[member.value].range
      source = bytes[range.lowerBound] == UInt8(ascii: "\"") ? .text(range) : .notText
    } else if member.name == Known.inline {
      isInline = true
    } else if Known.results.contains(member.name) {
      hasResults = true
    } else if !Known.neutral.contains(member.name) {
      takeLabel(member, bytes, tape)
    }
  }

  private mutating func takeLabel(_ member: Member, _ bytes: Span<UInt8>, _ tape: LineTape) {
    if let metadata = metadata(of: member.name) {
      read(member, metadata, bytes, tape)
    } else if member.stem == 0 {
      if Self.looksLikeLabel(member.value, bytes, tape) {
        strays.append(tape.nodes[member.key].range)
      }
    } else if member.stem != Known.inline, !hasMember(member.stem),
      Self.looksLikeMetadata(member.value, bytes, tape)
    {
      strays.append(tape.nodes[member.key].range)
    }
  }

  /// Whether a member without metadata could be a label: a number, class numbers or boxes.
  private static func looksLikeLabel(
    _ node: Int, _ bytes: Span<UInt8>, _ tape: LineTape
  ) -> Bool {
    let first = bytes[Int(tape.nodes[node].start)]
    if first == UInt8(ascii: "{") {
      return tape.member("annotations", of: node, bytes) != nil
        || tape.member("class-name", of: node, bytes) != nil
        || looksLikeMetadata(node, bytes, tape)
    }
    if first == UInt8(ascii: "["), tape.next(after: node) > node + 1 {
      return isDigit(bytes[Int(tape.nodes[node + 1].start)])
    }
    return isDigit(first)
  }

  /// Whether an object is label metadata: it has a type of Ground Truth's.
  private static func looksLikeMetadata(
    _ node: Int, _ bytes: Span<UInt8>, _ tape: LineTape
  ) -> Bool {
    guard let type = tape.member("type", of: node, bytes) else { return false }
    return JSONText.decode(bytes, tape.nodes[type].range).lowercased().hasPrefix("groundtruth/")
  }

  private static func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") < 10 }
}

extension LineTape {
  /// The value of the last member of that name, of an object.
  func member(_ name: StaticString, of node: Int, _ bytes: Span<UInt8>) -> Int? {
    guard bytes[Int(nodes[node].start)] == UInt8(ascii: "{") else { return nil }
    var found: Int?
    var child = node + 1
    let end = next(after: node)
    while child < end {
      if ByteText.isName(bytes, nodes[child].range, name) { found = child + 1 }
      child = next(after: child + 1)
    }
    return found
  }

  /// The byte that a value starts with.
  func first(_ node: Int, _ bytes: Span<UInt8>) -> UInt8 { bytes[Int(nodes[node].start)] }

  /// The value of a number; nil if it is something else.
  func number(_ node: Int, _ bytes: Span<UInt8>) -> Double? {
    let first = first(node, bytes)
    guard first == UInt8(ascii: "-") || first &- UInt8(ascii: "0") < 10 else { return nil }
    return JSONNumber.double(bytes, nodes[node].range)
  }

  /// The value of a whole number; nil if it is something else.
  func integer(_ node: Int, _ bytes: Span<UInt8>) -> Int? {
    let first = first(node, bytes)
    guard first == UInt8(ascii: "-") || first &- UInt8(ascii: "0") < 10 else { return nil }
    return JSONNumber.integer(bytes, nodes[node].range)
  }

  /// Whether a value is the text given.
  func isText(_ node: Int, _ text: StaticString, _ bytes: Span<UInt8>) -> Bool {
    first(node, bytes) == UInt8(ascii: "\"")
      && ByteText.isName(bytes, nodes[node].range, text)
  }
}
