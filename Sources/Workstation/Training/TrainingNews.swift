public import GroundTruth

/// What a person asks for when they have a model trained beside their work.
public struct TrainingWish: Hashable, Sendable {
  /// The version's name as typed; `nil` for the next.
  public let name: String?
  /// How many minutes it may take; `nil` for the quick training.
  public let minutes: Double?
  /// The attribute of the boxes to learn from.
  public let attribute: String
  /// In which pixels the boxes are.
  public let boxSpace: BoxSpace
  /// The lines whose images the model is to predict when it is ready, the most urgent first.
  public let lines: [Int]

  /// Reads what was typed after `:train`; `nil` if that is neither a name nor a number.
  init?(_ text: String, settings: Settings, lines: [Int]) {
    var name: String?
    var minutes: Double?
    for word in text.split(separator: " ").map(String.init) {
      if let number = Double(word), number.isFinite, number > 0, minutes == nil {
        minutes = number
      } else if name == nil, Double(word) == nil {
        name = word
      } else {
        return nil
      }
    }
    self.name = name
    self.minutes = minutes
    attribute = settings.attribute
    boxSpace = settings.boxSpace
    self.lines = lines
  }
}

/// What a training in the background tells.
public enum TrainingNews: Sendable {
  /// It found out what to do.
  case begun(version: String, imageCount: Int)
  /// How far it is, 0…1, and in words.
  case progress(share: Double, text: String)
  /// There is a model: how good it is, and what it says of the lines asked for.
  case ready(TrainedVersion)
  /// It stopped at a checkpoint; what to do to go on.
  case stopped(String)
  /// It came to nothing; why, and the way out.
  case failed(String)
}

/// A version that is ready.
public struct TrainedVersion: Sendable {
  /// Its name.
  public let name: String
  /// How good it is, in words.
  public let summary: String
  /// What it says, a line for each line that the manifest had when it was asked for; `nil` if it
  /// could not be asked.
  public let predictions: Predictions?
  /// From which confidence on its predictions count, 0…1.
  public let threshold: Double

  /// Creates a version that is ready.
  public init(name: String, summary: String, predictions: Predictions?, threshold: Double) {
    self.name = name
    self.summary = summary
    self.predictions = predictions
    self.threshold = threshold
  }
}
