/// Where and why bytes are not JSON (RFC 8259).
public struct JSONError: Error, Hashable, Sendable {
  /// What is wrong with the bytes.
  public enum Reason: Hashable, Sendable {
    /// The bytes end inside a value.
    case unexpectedEnd
    /// A byte stands where the grammar allows none such.
    case unexpectedByte(UInt8)
    /// A value, or a member's key, is missing.
    case valueExpected
    /// A number is misspelt: a leading zero, a bare point or exponent.
    case badNumber
    /// A string holds an escape that JSON doesn't know.
    case badEscape
    /// A string holds a control character that must be escaped.
    case controlCharacter
    /// A string holds bytes that are not UTF-8.
    case invalidUTF8
    /// Arrays and objects are nested deeper than `JSONValue.depthLimit`.
    case tooDeep
    /// Something follows the value.
    case trailingBytes
  }

  /// The offending byte, counted from 0.
  public let offset: Int
  /// What is wrong there.
  public let reason: Reason

  /// Creates an error.
  public init(offset: Int, reason: Reason) {
    self.offset = offset
    self.reason = reason
  }
}

extension JSONError.Reason: CustomStringConvertible {
  /// What is wrong, as the end of a sentence.
  public var description: String {
    switch self {
    case .unexpectedEnd: "the line ends inside a value"
    case .unexpectedByte(let byte): "\(Self.spelling(of: byte)) doesn't belong here"
    case .valueExpected: "a value is missing"
    case .badNumber: "a number is misspelt"
    case .badEscape: "a string holds an unknown escape"
    case .controlCharacter: "a string holds a control character that isn't escaped"
    case .invalidUTF8: "the text isn't UTF-8"
    case .tooDeep: "it is nested deeper than \(JSONValue.depthLimit) levels"
    case .trailingBytes: "something follows the object"
    }
  }

  private static func spelling(of byte: UInt8) -> String {
    if (0x21..<0x7F).contains(byte) { return "“\(Character(Unicode.Scalar(byte)))”" }
    let hex = String(byte, radix: 16, uppercase: true)
    return "byte 0x" + (hex.count < 2 ? "0" : "") + hex
  }
}
