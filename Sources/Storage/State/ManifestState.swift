/// What is remembered about a manifest between two sittings.
public struct ManifestState: Hashable, Sendable {
  /// The `source-ref` of the entry where the work was left off.
  public var sourceReference: String?
  /// The line of that entry, from 0.
  public var line: Int?
  /// Labels added at work when there is no label file, in order.
  public var labels: [String]
  /// Settings of this manifest by name, such as the box space.
  public var settings: [String: String]

  /// Creates a state; nothing is remembered unless given.
  public init(
    sourceReference: String? = nil, line: Int? = nil, labels: [String] = [],
    settings: [String: String] = [:]
  ) {
    self.sourceReference = sourceReference
    self.line = line
    self.labels = labels
    self.settings = settings
  }

  init(json: JSONValue) {
    sourceReference = json["source-ref"]?.string
    line = json["line"]?.integer.flatMap { $0 >= 0 ? $0 : nil }
    labels = json["labels"]?.elements?.compactMap(\.string) ?? []
    settings = [:]
    guard case .object(let members) = json["settings"] else { return }
    for member in members { settings[member.key] = member.value.string }
  }

  func json(manifest: String) -> JSONValue {
    let settings = settings.sorted { $0.key < $1.key }
    return .object([
      "manifest": .string(manifest),
      "source-ref": sourceReference.map(JSONValue.string) ?? .null,
      "line": line.map { .number($0) } ?? .null,
      "labels": .array(labels.map(JSONValue.string)),
      "settings": .object(settings.map { .init(key: $0.key, value: .string($0.value)) }),
    ])
  }
}
