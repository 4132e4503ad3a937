public import GroundTruth

/// What the models screen asks the world for.
public enum ModelsRequest: Hashable, Sendable {
  /// List the versions that there are; `ModelsNews.listing` answers.
  case list
  /// Make a version ready to answer; on AWS with so many inference units.
  case start(ListedModel.Name, inferenceUnits: Int)
  /// Stop a version that answers.
  case stop(ListedModel.Name)
  /// Remove a version for good.
  case remove(ListedModel.Name)
  /// Ask a running version what it finds in an image, however unsure it is.
  case detect(ListedModel.Name, TestedImage)

  /// The version that it is about.
  var name: ListedModel.Name? {
    switch self {
    case .list: nil
    case .start(let name, _), .stop(let name), .remove(let name),
      .detect(let name, _):
      name
    }
  }
}

/// An image that a model is tested on.
public struct TestedImage: Hashable, Sendable {
  /// The manifest line of the image, from 0; `nil` for a file that is in no manifest.
  public let line: Int?
  /// The image as the manifest names it; the absolute path of a file.
  public let sourceRef: String

  /// Creates an image.
  ///
  /// - Parameters:
  ///   - line: Its manifest line, from 0.
  ///   - sourceRef: The image as the manifest names it, or a file's path.
  public init(line: Int?, sourceRef: String) {
    self.line = line
    self.sourceRef = sourceRef
  }
}

/// What the world tells the models screen.
public enum ModelsNews: Sendable {
  /// All versions that there are here or on AWS, the oldest first.
  case listing([ListedModel], of: ListedModel.Home)
  /// A version has another status.
  case status(ListedModel.Name, VersionStatus, message: String)
  /// What a model found.
  case detected(ModelAnswer)
  /// A request came to nothing: why, and what to do.
  case failed(ModelsRequest, String)
}

/// What a model says of an image.
public struct ModelAnswer: Hashable, Sendable {
  /// Which model.
  public let model: ListedModel.Name
  /// Of which image.
  public let image: TestedImage
  /// What it found, in any order, unsure or not.
  public let labels: [CustomLabel]
  /// What it was asked, as JSON.
  public let request: String
  /// What it answered, as JSON.
  public let response: String

  /// Creates an answer.
  public init(
    model: ListedModel.Name, image: TestedImage, labels: [CustomLabel], request: String,
    response: String
  ) {
    self.model = model
    self.image = image
    self.labels = labels
    self.request = request
    self.response = response
  }
}
