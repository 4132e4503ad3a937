import Evaluation

/// What belongs to the figures of a version of a project's model.
struct EvaluatedVersion {
  /// What something scores that says the same of every image.
  struct Baseline {
    /// What it is, for people.
    let name: String
    let overall: OverallFigures
    /// In what share of the images the surest label is right; of whole images.
    let top1: Double?
  }

  /// The version's name.
  let name: String
  /// How many images it was trained on.
  let trainingCount: Int
  /// `nil` if nothing is known of what it was trained on.
  let baseline: Baseline?
  /// The mean F1 with the thresholds that are best for the test images, where others were taken.
  let bestF1: Double?
  /// What a person should know, a sentence each.
  let warnings: [String]
}
