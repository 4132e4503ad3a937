/// The members of a line's object as they are spelt, found by counting brackets outside of strings.
struct TopLevel {
  /// What stands before the first member and after the last.
  private(set) var ends: [UInt8] = []
  /// Each member's bytes, with the spaces around it, by its name as spelt.
  private(set) var members: [(name: String, bytes: [UInt8])] = []

  init(_ line: [UInt8]) {
    var depth = 0
    var isString = false
    var isEscaped = false
    var current: [UInt8] = []
    func isOutside() -> Bool { depth == 1 && !isString }
    for byte in line {
      if isString {
        current.append(byte)
        if isEscaped {
          isEscaped = false
        } else if byte == UInt8(ascii: "\\") {
          isEscaped = true
        } else if byte == UInt8(ascii: "\"") {
          isString = false
        }
        continue
      }
      switch byte {
      case UInt8(ascii: "\""): isString = true
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        depth += 1
        if depth == 1 {
          ends += current + [byte]
          current = []
          continue
        }
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        depth -= 1
        if depth == 0 {
          add(current)
          current = [byte]
          continue
        }
      case UInt8(ascii: ",") where isOutside():
        add(current)
        current = []
        continue
      default: break
      }
      current.append(byte)
    }
    ends += current
  }

  private mutating func add(_ bytes: [UInt8]) {
    let parts = bytes.split(
      separator: UInt8(ascii: "\""), maxSplits: 2, omittingEmptySubsequences: false)
    members.append((parts.count > 1 ? String(decoding: parts[1], as: UTF8.self) : "", bytes))
  }

  /// The names in their order.
  var names: [String] { members.map(\.name) }

  /// The members but some, each as one text.
  func spelling(without names: Set<String>) -> [String] {
    members.filter { !names.contains($0.name) }.map { String(decoding: $0.bytes, as: UTF8.self) }
  }
}
