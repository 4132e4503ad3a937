/// A JSON object being changed: what isn't touched keeps its bytes, order and spacing.
struct ObjectEditor {
  /// How added members are spaced.
  let style: JSONStyle
  private let object: JSONValue
  private let members: [JSONMember]
  private var replaced: [Int: [UInt8]] = [:]
  private var removed: Set<Int> = []
  private var appended: [(name: String, value: [UInt8])] = []

  /// Opens an object; `nil` if the value isn't one.
  init?(_ object: JSONValue, style: JSONStyle) {
    guard let members = object.members else { return nil }
    self.object = object
    self.members = members
    self.style = style
  }

  /// The value of the last member of that name, as found.
  subscript(name: String) -> JSONValue? { index(of: name).map { members[$0].value } }

  /// Whether nothing would be left.
  var isEmpty: Bool { removed.count == members.count && appended.isEmpty }

  /// Replaces the value of the last member of that name, or adds one at the end.
  ///
  /// A value spelt as the one found is left alone.
  mutating func set(_ name: String, to value: [UInt8]) {
    if let index = index(of: name) {
      if !value.elementsEqual(members[index].value.bytes) { replaced[index] = value }
    } else {
      appended.append((name, value))
    }
  }

  /// Replaces or adds a string, unless it says the same already.
  mutating func set(_ name: String, to text: String) {
    if self[name]?.string.map({ $0.utf8.elementsEqual(text.utf8) }) != true {
      set(name, to: JSONText.encode(text))
    }
  }

  /// Removes all members of that name.
  mutating func remove(_ name: String) {
    removed.formUnion(members.indices.filter { members[$0].isNamed(name) })
  }

  /// The object after the changes.
  ///
  /// - Complexity: O(length).
  var bytes: [UInt8] {
    let line = object.line
    var out: [UInt8] = []
    var at = object.range.lowerBound
    var hasMembers = false
    func keep(until end: Int, then next: Int) {
      out += line[at..<end]
      at = next
    }
    for (index, member) in members.enumerated() {
      if !removed.contains(index) {
        hasMembers = true
        if let value = replaced[index] {
          keep(until: member.value.range.lowerBound, then: member.value.range.upperBound)
          out += value
        }
      } else if hasMembers {
        // The comma before it goes with it.
        keep(until: members[index - 1].range.upperBound, then: member.range.upperBound)
      } else {
        // Nothing stands before it: the comma after it goes, if there is one.
        let isLast = index == members.count - 1
        keep(
          until: member.range.lowerBound,
          then: isLast ? member.range.upperBound : members[index + 1].range.lowerBound)
      }
    }
    let end = members.last?.range.upperBound ?? object.range.lowerBound + 1
    keep(until: end, then: end)
    for (name, value) in appended {
      out += (hasMembers ? style.comma : []) + JSONText.encode(name) + style.colon + value
      hasMembers = true
    }
    keep(until: object.range.upperBound, then: object.range.upperBound)
    return out
  }

  /// The whole line after the changes, with what stands around the object.
  var line: [UInt8] {
    object.line[..<object.range.lowerBound] + bytes + object.line[object.range.upperBound...]
  }

  private func index(of name: String) -> Int? { members.lastIndex { $0.isNamed(name) } }
}

extension JSONStyle {
  /// An array that holds other elements than before, with the old one's spacing as far as it goes.
  func array(_ old: JSONValue, elements: [[UInt8]]) -> [UInt8] {
    guard let found = old.elements, let first = found.first, let last = found.last,
      !elements.isEmpty
    else { return array(elements) }
    let gaps = zip(found, found.dropFirst()).map {
      Array(old.line[$0.range.upperBound..<$1.range.lowerBound])
    }
    var out = Array(old.line[old.range.lowerBound..<first.range.lowerBound])
    for (index, element) in elements.enumerated() {
      if index > 0 { out += index <= gaps.count ? gaps[index - 1] : gaps.first ?? comma }
      out += element
    }
    return out + old.line[last.range.upperBound..<old.range.upperBound]
  }
}
