public import GroundTruth

/// A version of a model, as the models screen lists it: one on this machine, or one on AWS.
public struct ListedModel: Hashable, Sendable {
  /// Where a version runs.
  public enum Home: Hashable, Sendable {
    /// On this machine, for nothing.
    case here
    /// On AWS, where it is billed as long as it runs.
    case aws
  }

  /// What a version is called: its project's name and its own, and where that is.
  public struct Name: Hashable, Sendable, CustomStringConvertible {
    /// The project's name.
    public let project: String
    /// The version's name within it.
    public let version: String
    /// Where it runs: a project may have versions of one name here and there.
    public let home: Home

    /// Creates a name.
    public init(project: String, version: String, home: Home = .here) {
      self.project = project
      self.version = version
      self.home = home
    }

    /// Both names, as `bccd/v2`, or `bccd/v2@aws`.
    public var description: String { "\(project)/\(version)\(home == .aws ? "@aws" : "")" }
  }

  /// A label that a version gives.
  public struct Label: Hashable, Sendable {
    /// Its name.
    public let name: String
    /// From which confidence on it counts, 0…1; `nil` if that isn't known.
    public let threshold: Double?

    /// Creates a label.
    public init(name: String, threshold: Double? = nil) {
      self.name = name
      self.threshold = threshold
    }
  }

  /// What it is called.
  public var name: Name
  /// Where it runs.
  public var home: Home { name.home }
  /// What it is doing.
  public var status: VersionStatus
  /// Whether its training was interrupted, and can go on.
  public var isInterrupted = false
  /// What is said of the status: why it failed, for one.
  public var statusMessage = ""
  /// F1 on its test images, 0…1.
  public var f1: Double?
  /// Mean average precision at an IoU of 0.5 on its test images, 0…1.
  public var meanAveragePrecision: Double?
  /// How many images it was trained on.
  public var trainingImages: Int?
  /// How many images it was tested on.
  public var testImages: Int?
  /// When it was made: `YYYY-MM-DD`, a time may follow.
  public var date = ""
  /// The labels it gives.
  public var labels: [Label] = []
  /// What is to be known before it is relied on, a sentence each.
  public var warnings: [String] = []

  /// Creates a version of which nothing but its name and status is known.
  public init(name: Name, status: VersionStatus) {
    self.name = name
    self.status = status
  }
}
