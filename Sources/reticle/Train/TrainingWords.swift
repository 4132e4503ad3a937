import GroundTruth

/// How far a training is, in words.
enum TrainingWords {
  /// The step, the loss, the score and the time left.
  static func detail(_ progress: EngineTraining.Progress) -> String {
    var parts = ["\(progress.step)/\(progress.steps)"]
    if let loss = progress.loss { parts.append("loss \(EvaluateReport.share(loss))") }
    if let score = progress.validation { parts.append("score \(EvaluateReport.share(score))") }
    if let seconds = progress.secondsLeft { parts.append("\(duration(seconds)) left") }
    return parts.joined(separator: "  ")
  }

  /// Seconds as people say them.
  static func duration(_ seconds: Double) -> String {
    let whole = Int(min(max(0, seconds), 1e7).rounded(.up))
    if whole < 90 { return "\(whole) s" }
    return whole < 5_400 ? "\((whole + 30) / 60) min" : "\((whole + 1_800) / 3_600) h"
  }
}

extension TrainingTask {
  /// What is trained, for people.
  var words: String {
    switch self {
    case .detection: "a detector of boxes"
    case .classification: "a classifier of images"
    case .multiLabel: "a classifier of images with several labels"
    }
  }
}
