import Evaluation
import GroundTruth
import Storage

/// The lines of a manifest with what a model labelled alone, one at a time; the other lines that it
/// was asked about have its predictions, for people to go through.
struct AutoLabelledLines: Sequence, IteratorProtocol {
  /// Why an image is left to people.
  enum Reason: Hashable {
    /// The model sees nothing, or isn't sure of anything.
    case nothing
    /// It may see something of a label, but isn't sure.
    case unsure(String)
    /// It is sure of several labels where there can be one.
    case several
    /// It sees more than an image may have.
    case tooMany
    /// A person put the image off or flagged it.
    case putOff
  }

  /// What was written so far; shared by the copies that a sequence makes of itself.
  final class Tally {
    /// Images that the model labelled.
    var labelled = 0
    /// Images that are left to people, by the reason.
    var reasons: [Reason: Int] = [:]
    /// What was written of each label, as truth and as predictions.
    var boxes: [String: Int] = [:]
    var imageLabels: [String: Int] = [:]
    /// What the model labelled, of each label.
    var given: [String: Int] = [:]
    /// What could not be written, the first of many.
    var problems: [String] = []

    /// Images that are left to people.
    var queued: Int { reasons.values.reduce(0, +) }
  }

  let tally = Tally()
  private let dataset: Dataset
  private let contents: PredictionLog.Contents
  private let lines: AutoLabelLines
  private let evidence: AutoLabelEvidence
  private let labelling: AutoLabelling
  private let rules: PredictedLines.Rules
  private var line: Int
  private let end: Int
  private var open: ArraySlice<Int>

  /// Lays answers over lines.
  ///
  /// - Parameters:
  ///   - dataset: The manifest.
  ///   - range: The lines that are to be given.
  ///   - contents: The answers.
  ///   - lines: Which lines may be labelled.
  ///   - measured: How good the model is.
  ///   - rules: How what it says is written.
  init(
    _ dataset: Dataset, _ range: Range<Int>, _ contents: PredictionLog.Contents,
    lines: AutoLabelLines, measured: (AutoLabelEvidence, AutoLabelling),
    rules: PredictedLines.Rules
  ) {
    self.dataset = dataset
    self.contents = contents
    self.lines = lines
    (evidence, labelling) = measured
    self.rules = rules
    line = range.lowerBound
    end = range.upperBound
    open = lines.open.drop { $0 < range.lowerBound }
  }

  mutating func next() -> ManifestLine? {
    guard line < end else { return nil }
    defer { line += 1 }
    var bytes: [UInt8]?
    if open.first == line {
      open.removeFirst()
      bytes = written()
    }
    return dataset.manifestLine(at: line, replacedBy: bytes)
  }

  /// The line with what the model says; nil to leave it as it is.
  private func written() -> [UInt8]? {
    guard let record = contents.record(at: line) else { return nil }
    do throws(ManifestError) {
      let entry = try Entry(line: dataset.line(at: line))
      guard entry.sourceRef == record.reference else {
        tell("line \(line + 1) is about another image than when it was predicted")
        return nil
      }
      let plain = try Entry(line: withoutModels(entry, record))
      switch verdict(entry, record) {
      case .success(let given):
        let bytes = try labelled(plain, record, given)
        tally.labelled += 1
        return bytes
      case .failure(let doubt):
        let bytes = try predicted(plain, record)
        tally.reasons[doubt.reason, default: 0] += 1
        return bytes
      }
    } catch {
      tell("line \(line + 1): \(error.message)")
      return nil
    }
  }

  // MARK: Deciding

  private struct Given {
    var boxes: [Box] = []
    var labels: [(label: String, confidence: Double)] = []
  }

  private struct Doubt: Error {
    let reason: Reason
  }

  private func verdict(
    _ entry: Entry, _ record: PredictionLog.Record
  ) -> Result<Given, Doubt> {
    if entry.mark.isSkipped || entry.mark.flag != nil { return .failure(Doubt(reason: .putOff)) }
    let said = record.predictions(boxSpace: rules.boxSpace, threshold: 0, limit: .max)
    let names =
      lines.isImageLevel
      ? said.imageLabels.map { ($0.label, $0.confidence) }
      : said.boxes.map { ($0.label, $0.confidence ?? 1) }
    let verdict = labelling.verdict(
      names.map { .init(label: evidence.place(of: $0.0) ?? -1, confidence: $0.1) })
    switch verdict {
    case .sure(let places) where places.count > rules.limit:
      return .failure(Doubt(reason: .tooMany))
    case .sure(let places):
      return .success(
        lines.isImageLevel
          ? Given(labels: places.map { said.imageLabels[$0] })
          : Given(boxes: places.map { said.boxes[$0] }))
    case .doubtful(.nothing): return .failure(Doubt(reason: .nothing))
    case .doubtful(.several): return .failure(Doubt(reason: .several))
    case .doubtful(.unsure(let place)): return .failure(Doubt(reason: .unsure(names[place].0)))
    }
  }

  // MARK: Writing

  /// The line without what models said of it before, where that goes now.
  private func withoutModels(
    _ entry: Entry, _ record: PredictionLog.Record
  ) throws(ManifestError) -> [UInt8] {
    var plain = try Entry(
      line: entry.settingPredictions(
        boxes: nil, imageLabels: [], as: rules.attribute, imageSize: rules.imageSize(of: record),
        classIDs: rules.classIDs, provenance: rules.provenance))
    let given =
      lines.isImageLevel
      ? entry.imageLabels.filter { $0.isTruth && !$0.isHumanAnnotated }.map(\.attribute)
      : entry.boxSets.filter { $0.attribute == lines.truth && !$0.isHumanAnnotated }
        .map(\.attribute)
    for name in given { plain = try Entry(line: plain.removingAttribute(name)) }
    return plain.line
  }

  private func labelled(
    _ entry: Entry, _ record: PredictionLog.Record, _ given: Given
  ) throws(ManifestError) -> [UInt8] {
    guard lines.isImageLevel else {
      let bytes = try entry.settingBoxes(
        given.boxes, of: lines.truth, imageSize: rules.imageSize(of: record),
        classIDs: rules.classIDs, provenance: rules.provenance)
      for box in given.boxes {
        tally.boxes[box.label, default: 0] += 1
        tally.given[box.label, default: 0] += 1
      }
      return bytes
    }
    var entry = entry
    for found in given.labels {
      entry = try Entry(
        line: entry.addingImageLabel(
          found.label, classIDs: rules.classIDs, provenance: rules.provenance,
          confidence: found.confidence, keepsPredictions: true))
    }
    for found in given.labels {
      tally.imageLabels[found.label, default: 0] += 1
      tally.given[found.label, default: 0] += 1
    }
    return entry.line
  }

  private func predicted(
    _ entry: Entry, _ record: PredictionLog.Record
  ) throws(ManifestError) -> [UInt8] {
    let written = try rules.writing(record, on: entry)
    for box in written.boxes { tally.boxes[box.label, default: 0] += 1 }
    for found in written.imageLabels { tally.imageLabels[found.label, default: 0] += 1 }
    return written.line
  }

  private func tell(_ problem: String) {
    if tally.problems.count < PredictionRun.newsLimit { tally.problems.append(problem) }
  }
}
