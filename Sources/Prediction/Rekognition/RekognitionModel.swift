/// A model of Amazon Rekognition.
public enum RekognitionModel: Hashable, Sendable {
  /// A version of Custom Labels, which has to run.
  case customLabels(ServiceARN)
  /// Objects, scenes and concepts: DetectLabels.
  case labels
  /// What may be offensive: DetectModerationLabels.
  case moderation
  /// Faces: DetectFaces.
  case faces

  /// Reads what a person names: the ARN of a version, or `labels`, `moderation` or `faces`.
  ///
  /// - Parameter text: What was named.
  public init?(_ text: String) {
    switch text {
    case "labels": self = .labels
    case "moderation": self = .moderation
    case "faces": self = .faces
    default:
      guard let arn = ServiceARN(text), arn.version != nil else { return nil }
      self = .customLabels(arn)
    }
  }

  /// The operation as the `aws` program names it.
  public var operation: String {
    switch self {
    case .customLabels: "detect-custom-labels"
    case .labels: "detect-labels"
    case .moderation: "detect-moderation-labels"
    case .faces: "detect-faces"
    }
  }

  /// Who predicts.
  ///
  /// - Parameter version: The version of a ready model, as its answers tell it.
  /// - Returns: The name and the version.
  public func description(version: String?) -> PredictionModel {
    switch self {
    case .customLabels(let arn): PredictionModel(name: arn.project, version: arn.version)
    case .labels: PredictionModel(name: "rekognition-labels", version: version)
    case .moderation: PredictionModel(name: "rekognition-moderation", version: version)
    case .faces: PredictionModel(name: "rekognition-faces", labels: [Self.face])
    }
  }

  /// The label of a face, which the service gives none.
  static let face = "Face"

  /// Whether its version is told by its answers alone.
  var isVersionedByAnswers: Bool { self == .labels || self == .moderation }
}
