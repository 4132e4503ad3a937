import GroundTruth
import Storage

/// The images that a version is tested on where there is no test manifest: none that it, or the
/// model that it goes on from, learns from.
///
/// One in five, of each label if possible, and none that a model labelled alone. What was held out
/// once stays so from version to version: then their figures can be compared, and no model is asked
/// about what it was told.
struct HeldOutImages {
  private static let share = 0.2
  /// Below this, all images are needed to learn from.
  private static let fewest = 3

  /// The places of the images held out.
  let places: Set<Int>
  /// Whether the model that is gone on from has learned from some of them.
  let areKnown: Bool

  /// Chooses.
  ///
  /// - Parameters:
  ///   - images: All images that people labelled, and the line of each.
  ///   - dataset: The training manifest.
  ///   - attribute: The attribute of the boxes.
  ///   - previous: What the model that is gone on from was trained on.
  init(
    among images: [(image: TrainingJob.Image, line: Int)], of dataset: Dataset, attribute: String,
    previous: TrainingJob?
  ) {
    guard images.count >= Self.fewest else {
      (places, areKnown) = ([], false)
      return
    }
    let kept = Set(previous?.validation.map(\.path) ?? [])
    let known = Set(previous?.train.map(\.path) ?? [])
    var held = Set(images.indices.filter { kept.contains(images[$0].image.path) })
    let wanted = max(1, Int((Double(images.count) * Self.share).rounded()))
    var candidates = images.indices.filter {
      !held.contains($0) && !known.contains(images[$0].image.path)
    }
    areKnown = held.isEmpty && candidates.isEmpty
    if areKnown { candidates = Array(images.indices) }
    if held.count < wanted, !candidates.isEmpty {
      let lines = candidates.map { dataset.line(at: images[$0].line) }
      let chosen = Self.split(lines, count: wanted - held.count, attribute: attribute)
      held.formUnion(chosen.map { candidates[$0] })
    }
    places = held
  }

  /// Some lines, of each label if possible.
  private static func split(_ lines: [[UInt8]], count: Int, attribute: String) -> [Int] {
    guard count < lines.count else { return Array(lines.indices) }
    let subjects = SplitSubjects(Dataset(source: lines), truth: attribute)
    let split = GroundTruth.Split(
      subjects, groups: subjects.groups(),
      ratio: 1 - Double(count) / Double(lines.count), seed: 0)
    return split.testLines.isEmpty ? [lines.count - 1] : split.testLines
  }
}
