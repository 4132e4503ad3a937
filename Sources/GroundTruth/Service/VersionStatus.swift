/// What a model version is doing, by the names that Amazon Rekognition Custom Labels has for it.
///
/// `ProjectVersionStatus` of the Rekognition API.
public enum VersionStatus: String, CaseIterable, Hashable, Sendable {
  /// It is being trained, or its training was interrupted and can go on.
  case trainingInProgress = "TRAINING_IN_PROGRESS"
  /// It is trained.
  case trainingCompleted = "TRAINING_COMPLETED"
  /// Its training came to an end without a model.
  case trainingFailed = "TRAINING_FAILED"
  /// It is being made ready for images.
  case starting = "STARTING"
  /// It is ready for images.
  case running = "RUNNING"
  /// It could not be made ready.
  case failed = "FAILED"
  /// It is about to take no more images.
  case stopping = "STOPPING"
  /// It takes no images any more.
  case stopped = "STOPPED"
  /// It is being removed.
  case deleting = "DELETING"
  /// It is being copied from another project.
  case copyingInProgress = "COPYING_IN_PROGRESS"
  /// It was copied from another project.
  case copyingCompleted = "COPYING_COMPLETED"
  /// It could not be copied from another project.
  case copyingFailed = "COPYING_FAILED"
  /// It is of a kind that is no longer trained.
  case deprecated = "DEPRECATED"
  /// It is of a kind that can no longer be used.
  case expired = "EXPIRED"

  /// Whether its training can go on.
  public var isResumable: Bool { self == .trainingInProgress || self == .trainingFailed }

  /// Whether there is a model.
  public var isTrained: Bool {
    switch self {
    case .trainingCompleted, .starting, .running, .stopping, .stopped, .copyingCompleted,
      .deprecated:
      true
    default: false
    }
  }

  /// Whether it can be started.
  public var canStart: Bool {
    switch self {
    case .trainingCompleted, .stopped, .copyingCompleted, .deprecated: true
    default: false
    }
  }

  /// Whether it is on its way to another status by itself.
  public var isBusy: Bool {
    switch self {
    case .trainingInProgress, .starting, .stopping, .deleting, .copyingInProgress: true
    default: false
    }
  }
}
