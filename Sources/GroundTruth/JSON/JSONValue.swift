/// A JSON value as a range of the bytes it stands in.
///
/// Making one checks the bytes once; members and elements are then found by walking them, and
/// nothing is decoded that isn't asked for. No method fails on any bytes: what isn't there, or
/// isn't of the kind asked for, is `nil`.
public struct JSONValue: Sendable {
  /// How deep arrays and objects may be nested.
  public static let depthLimit = 64

  /// The kinds of JSON values.
  public enum Kind: Hashable, Sendable {
    /// Members in braces.
    case object
    /// Elements in brackets.
    case array
    /// Text in quotes.
    case string
    /// A number.
    case number
    /// `true` or `false`.
    case boolean
    /// `null`.
    case null
  }

  /// The bytes that hold the value, the whole line.
  public let line: [UInt8]
  /// Where the value stands in them.
  public let range: Range<Int>

  /// Checks a line that holds one value, a byte order mark and white space around it allowed.
  ///
  /// - Throws: `JSONError` at the first byte that isn't JSON (RFC 8259). Repeated member names
  ///   are allowed. Lone surrogate escapes are too; they are decoded as U+FFFD.
  /// - Complexity: O(length).
  public init(parsing line: [UInt8]) throws(JSONError) {
    let bytes = line.span
    var start = line.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    JSONScanner.skipSpace(bytes, &start)
    let end = try JSONScanner.endOfValue(bytes, from: start)
    var rest = end
    JSONScanner.skipSpace(bytes, &rest)
    guard rest == bytes.count else { throw JSONError(offset: rest, reason: .trailingBytes) }
    self.init(line: line, range: start..<end)
  }

  /// A value already checked.
  init(line: [UInt8], range: Range<Int>) {
    self.line = line
    self.range = range
  }

  /// The value's own bytes.
  public var bytes: ArraySlice<UInt8> { line[range] }

  /// What kind of value it is.
  public var kind: Kind {
    switch line[range.lowerBound] {
    case UInt8(ascii: "{"): .object
    case UInt8(ascii: "["): .array
    case UInt8(ascii: "\""): .string
    case UInt8(ascii: "t"), UInt8(ascii: "f"): .boolean
    case UInt8(ascii: "n"): .null
    default: .number
    }
  }

  /// The members of an object in file order, repeated names included.
  ///
  /// - Complexity: O(length).
  public var members: [JSONMember]? {
    guard kind == .object else { return nil }
    var members: [JSONMember] = []
    let bytes = line.span
    var at = range.lowerBound
    while let (key, value) = JSONWalk.nextMember(bytes, &at) {
      members.append(JSONMember(key: key, value: JSONValue(line: line, range: value)))
    }
    return members
  }

  /// The elements of an array in file order.
  ///
  /// - Complexity: O(length).
  public var elements: [JSONValue]? {
    guard kind == .array else { return nil }
    var elements: [JSONValue] = []
    let bytes = line.span
    var at = range.lowerBound
    while let element = JSONWalk.nextElement(bytes, &at) {
      elements.append(JSONValue(line: line, range: element))
    }
    return elements
  }

  /// The value of the last member of that name, for an object.
  ///
  /// - Complexity: O(length).
  public subscript(name: String) -> JSONValue? {
    members?.last { $0.isNamed(name) }?.value
  }

  /// The text of a string, escapes decoded.
  public var string: String? {
    kind == .string ? JSONText.decode(line.span, range) : nil
  }

  /// The value of a number; `nil` where it is too large for a finite `Double`.
  public var double: Double? {
    kind == .number ? JSONNumber.double(line.span, range) : nil
  }

  /// The value of a number that is whole and fits, however it is spelt (`3`, `3.0`, `3e0`).
  public var integer: Int? {
    kind == .number ? JSONNumber.integer(line.span, range) : nil
  }

  /// The value of `true` or `false`.
  public var boolean: Bool? {
    kind == .boolean ? line[range.lowerBound] == UInt8(ascii: "t") : nil
  }
}
