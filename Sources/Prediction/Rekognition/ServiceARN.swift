/// The ARN of a project, a dataset or a version of Custom Labels, taken apart.
///
/// `arn:aws:rekognition:REGION:ACCOUNT:project/NAME/NUMBER`, with `version/NAME/NUMBER` or
/// `dataset/train|test/NUMBER` between the name and the number of the whole.
public struct ServiceARN: Hashable, Sendable {
  /// As it is written.
  public let text: String
  /// The region, as `us-east-1`.
  public let region: String
  /// The project's name.
  public let project: String
  /// The version's name; nil for a project or a dataset.
  public let version: String?
  /// Whether it is a project's own.
  public let isProject: Bool

  /// Takes an ARN apart; nil for anything else.
  ///
  /// - Parameter text: The ARN.
  public init?(_ text: String) {
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
