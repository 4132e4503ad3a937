/// The names that Custom Labels takes for projects and versions.
public enum ServiceName {
  /// Whether a name is one: 1 to 255 of letters, digits, `_`, `.` and `-`
  /// (`ProjectName`, `VersionName` of the service model).
  public static func isLegal(_ name: String) -> Bool {
    (1...255).contains(name.utf8.count) && name.utf8.allSatisfy(isLegal)
  }

  private static func isLegal(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    default: Array("_.-".utf8).contains(byte)
    }
  }

  /// Whether a name is a bucket's: 3 to 63 of lower-case letters, digits, `.` and `-`.
  public static func isBucket(_ name: String) -> Bool {
    (3...63).contains(name.utf8.count)
      && name.utf8.allSatisfy { isLegal($0) && $0 != UInt8(ascii: "_") }
      && name == name.lowercased()
  }
}
