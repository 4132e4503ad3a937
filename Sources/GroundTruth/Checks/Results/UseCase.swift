/// What kind of model a dataset trains, as the service's manifest summary names it.
public enum UseCase: String, Hashable, Sendable {
  /// Labels for whole images.
  case imageLevelLabels = "IMAGE_LEVEL_LABELS"
  /// Labels on bounding boxes.
  case objectLocalization = "OBJECT_LOCALIZATION"
  /// No line can be used.
  case notDetermined = "NOT_DETERMINED"
}
