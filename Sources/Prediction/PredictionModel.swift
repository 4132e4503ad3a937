/// Who predicts: a model by name and version, and what it says of itself.
public struct PredictionModel: Hashable, Sendable {
  /// The model's name.
  public var name: String
  /// Which of its versions; nil if it has none.
  public var version: String?
  /// The labels that it can give, in its order; empty if it doesn't say.
  public var labels: [String]
  /// From which confidence on a label counts, 0…1, for labels that have such a threshold.
  public var thresholds: [String: Double]

  /// Creates a description.
  ///
  /// - Parameters:
  ///   - name: The model's name.
  ///   - version: Which of its versions.
  ///   - labels: The labels that it can give.
  ///   - thresholds: From which confidence on a label counts, 0…1.
  public init(
    name: String, version: String? = nil, labels: [String] = [], thresholds: [String: Double] = [:]
  ) {
    self.name = name
    self.version = version
    self.labels = labels
    self.thresholds = thresholds
  }

  /// The name and version in one, as `raccoons v2`.
  public var title: String { version.map { "\(name) \($0)" } ?? name }

  /// The job that its predictions name as their origin: `labeling-job/<name>-<version>`.
  ///
  /// As in the names of Ground Truth's jobs there are only letters, digits and hyphens, and `_`
  /// and `.` beside them; of a longer name the end is kept, where versions differ.
  public var jobName: String {
    var name = ""
    for scalar in title.unicodeScalars {
      let isPlain =
        scalar.isASCII && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil)
      if isPlain || scalar == "_" || scalar == "." {
        name.unicodeScalars.append(scalar)
      } else if !name.hasSuffix("-") {
        name.append("-")
      }
    }
    let trimmed = name.drop { $0 == "-" }.suffix(Self.longestName)
    return "labeling-job/" + (trimmed.isEmpty ? "model" : trimmed)
  }

  private static let longestName = 120
}
