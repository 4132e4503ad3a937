/// What a project's `reticle.toml` says.
public struct ProjectSettings: Hashable, Sendable {
  /// The project's name.
  public var name: VersionName
  /// The manifest that models are trained on, from the project's folder.
  public var training: String
  /// The manifest that models are tested on, from the project's folder; `nil` if there is none.
  public var test: String?
  /// The attribute with the boxes of the truth; `nil` for the one that people vouch for most.
  public var attribute: String?
  /// Where the images lie, from the project's folder, if not beside the manifests.
  public var images: String?
  /// What `source-ref` begins with where it is an `s3://` URI.
  public var s3Prefix: String?
  /// In which pixels the boxes of turned images are: `upright` or `stored`.
  public var boxSpace: String?
  /// What is known of the project on AWS, by name: `project-arn` and others.
  public var aws: [String: String]

  /// Creates settings.
  public init(
    name: VersionName, training: String, test: String? = nil, attribute: String? = nil,
    images: String? = nil, s3Prefix: String? = nil, boxSpace: String? = nil,
    aws: [String: String] = [:]
  ) {
    self.name = name
    self.training = training
    self.test = test
    self.attribute = attribute
    self.images = images
    self.s3Prefix = s3Prefix
    self.boxSpace = boxSpace
    self.aws = aws
  }
}
