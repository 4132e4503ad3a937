/// What an engine says of the model that it made: a version's `model.json`.
public struct TrainedModel: Hashable, Sendable {
  /// What the model tells, as the engine calls it: a task, or `torchscript`.
  public let task: String
  /// The labels that it knows.
  public let labels: [String]
  /// The confidences, 0…1, from which on it means what it says, chosen on images held out.
  public let thresholds: [String: Double]
  /// The images that were held out of the training by the engine, from the root.
  public let heldOut: [String]
  /// What a person should know of it.
  public let warnings: [String]
  /// The engine's name and version.
  public let engine: String?
  /// How many steps were taken.
  public let steps: Int?
  /// How many seconds of processor time it took.
  public let cpuSeconds: Double?

  /// Reads `model.json`; `nil` if it names no labels.
  init?(json: JSONValue) {
    guard let labels = json["labels"]?.elements?.compactMap(\.string) else { return nil }
    self.labels = labels
    task = json["task"]?.string ?? ""
    var thresholds: [String: Double] = [:]
    if case .object(let members) = json["thresholds"] {
      for member in members { thresholds[member.key] = member.value.double }
    }
    self.thresholds = thresholds
    heldOut = json["heldOut"]?.elements?.compactMap(\.string) ?? []
    warnings = json["warnings"]?.elements?.compactMap(\.string) ?? []
    engine = json["engine"]?.string
    steps = json["steps"]?.integer
    cpuSeconds = json["cpuSeconds"]?.double
  }
}
