/// The names that Custom Labels takes for projects and versions.
enum ServiceName {
  /// Whether a name is one: 1 to 255 of letters, digits, `_`, `.` and `-`
  /// (`ProjectName`, `VersionName` of the service model).
  static func isLegal(_ name: String) -> Bool {
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
  static func isBucket(_ name: String) -> Bool {
    (3...63).contains(name.utf8.count)
      && name.utf8.allSatisfy { isLegal($0) && $0 != UInt8(ascii: "_") }
      && name == name.lowercased()
  }
}

/// The ARN of a project, a dataset or a version of Custom Labels, taken apart.
///
/// `arn:aws:rekognition:REGION:ACCOUNT:project/NAME/NUMBER`, with `version/NAME/NUMBER` or
/// `dataset/train|test/NUMBER` between the name and the number of the whole.
struct ServiceARN: Hashable, Sendable {
  /// As it is written.
  let text: String
  /// The region, as `us-east-1`.
  let region: String
  /// The project's name.
  let project: String
  /// The version's name; nil for a project or a dataset.
  let version: String?
  /// Whether it is a project's own.
  let isProject: Bool

  /// Takes an ARN apart; nil for anything else.
  init?(_ text: String) {
    let fields = text.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
    guard text.utf8.count <= 2048, fields.count == 6, fields[0] == "arn",
      fields[1].hasPrefix("aws"), fields[2] == "rekognition", !fields[3].isEmpty,
      fields[4].utf8.count == 12, fields[4].allSatisfy(\.isNumber)
    else { return nil }
    let path = fields[5].split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    guard path.count >= 3, path[0] == "project", ServiceName.isLegal(path[1]),
      let number = path.last, !number.isEmpty, number.utf8.allSatisfy({ (48...57).contains($0) })
    else { return nil }
    switch path.count {
    case 3: version = nil
    case 5 where path[2] == "version" && ServiceName.isLegal(path[3]): version = path[3]
    case 5 where path[2] == "dataset": version = nil
    default: return nil
    }
    self.text = text
    region = String(fields[3])
    project = path[1]
    isProject = path.count == 3
  }
}
