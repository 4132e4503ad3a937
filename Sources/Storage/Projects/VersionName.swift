/// The name of a model version or of a project, which is the name of a folder too.
///
/// 1 to 255 letters, digits, `_`, `.` and `-` of ASCII, as the Rekognition API has it; none that
/// begins with `.` or `-`, so that it can be neither a way out of the folder nor an option.
public struct VersionName: Hashable, Sendable, CustomStringConvertible {
  /// The name.
  public let description: String

  /// What a name may be, for people.
  public static let rule =
    "a name has 1 to 255 letters, digits, “_”, “.” and “-” of ASCII and begins with a letter, a "
    + "digit or “_”"

  /// Takes a name; `nil` if it can't be one.
  public init?(_ text: String) {
    guard (1...255).contains(text.utf8.count), text.utf8.allSatisfy(Self.isAllowed),
      text.utf8.first != UInt8(ascii: "."), text.utf8.first != UInt8(ascii: "-")
    else { return nil }
    description = text
  }

  /// Makes a name out of any text, such as a folder's: what can't be in it becomes `-`.
  public init(adapting text: String) {
    let bytes = text.utf8.map { Self.isAllowed($0) ? $0 : UInt8(ascii: "-") }
    let start = bytes.drop { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ".") }
    description = start.isEmpty ? "project" : String(decoding: start.prefix(255), as: UTF8.self)
  }

  private static func isAllowed(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "."),
      UInt8(ascii: "-"):
      true
    default: false
    }
  }
}

/// In the order in which people count: v2 before v10.
extension VersionName: Comparable {
  /// Whether a name comes before another.
  public static func < (first: VersionName, second: VersionName) -> Bool {
    first != second && NaturalOrder.precedes(first.description, second.description)
  }
}
