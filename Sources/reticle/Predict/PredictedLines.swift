import GroundTruth
import Raster
import Storage
import Workstation

/// The lines of a manifest with what was predicted, one at a time.
struct PredictedLines: Sequence, IteratorProtocol {
  /// What was written so far; shared by the copies that a sequence makes of itself.
  final class Tally {
    var images = 0
    var boxes: [String: Int] = [:]
    var imageLabels: [String: Int] = [:]
    /// What could not be written, the first of many.
    var problems: [String] = []
  }

  /// How predictions become attributes.
  struct Rules {
    let attribute: String
    let classIDs: ClassIDs
    let provenance: Provenance
    let boxSpace: BoxSpace
    /// From which confidence on predictions are written.
    let threshold: Double
    /// How many are written for an image, the surest.
    let limit: Int
    /// Whether the model gives boxes, so that none is an answer too.
    let givesBoxes: Bool
  }

  let tally = Tally()
  private let dataset: Dataset
  private let contents: PredictionLog.Contents
  private let rules: Rules
  private var line: Int
  private let end: Int

  /// Lays answers over lines.
  ///
  /// - Parameters:
  ///   - dataset: The manifest.
  ///   - range: The lines that are to be given.
  ///   - contents: The answers.
  ///   - rules: How they are written.
  init(
    _ dataset: Dataset, _ range: Range<Int>, _ contents: PredictionLog.Contents, rules: Rules
  ) {
    self.dataset = dataset
    self.contents = contents
    self.rules = rules
    line = range.lowerBound
    end = range.upperBound
  }

  mutating func next() -> ManifestLine? {
    guard line < end else { return nil }
    defer { line += 1 }
    return dataset.manifestLine(at: line, replacedBy: predicted())
  }

  /// The line with what was predicted; nil to leave it as it is.
  private func predicted() -> [UInt8]? {
    guard let record = contents.record(at: line) else { return nil }
    do throws(ManifestError) {
      let entry = try Entry(line: dataset.line(at: line))
      guard entry.sourceRef == record.reference else {
        tell("line \(line + 1) is about another image than when it was predicted")
        return nil
      }
      let (boxes, labels) = rules.labels(of: record)
      let bytes = try entry.settingPredictions(
        boxes: rules.givesBoxes ? boxes : nil, imageLabels: labels, as: rules.attribute,
        imageSize: rules.imageSize(of: record), classIDs: rules.classIDs,
        provenance: rules.provenance)
      tally.images += 1
      for box in boxes { tally.boxes[box.label, default: 0] += 1 }
      for found in labels { tally.imageLabels[found.label, default: 0] += 1 }
      return bytes
    } catch {
      tell("line \(line + 1): \(error.message)")
      return nil
    }
  }

  private func tell(_ problem: String) {
    if tally.problems.count < PredictionRun.newsLimit { tally.problems.append(problem) }
  }
}

extension PredictedLines.Rules {
  /// The boxes and the labels for the whole image that are written of an answer.
  func labels(
    of record: PredictionLog.Record
  ) -> (boxes: [Box], imageLabels: [(label: String, confidence: Double)]) {
    // The answer's own order is that of the confidences.
    let kept = record.labels.filter { ($0.confidence ?? 1) >= threshold }.prefix(limit)
    var boxes: [Box] = []
    var labels: [(label: String, confidence: Double)] = []
    for label in kept {
      if label.place == nil {
        if !labels.contains(where: { $0.label == label.name }) {
          labels.append((label.name, label.confidence ?? 1))
        }
      } else if var box = label.box(in: record.size) {
        if boxSpace == .stored {
          let rect = record.orientation.stored(
            PixelRect(left: box.left, top: box.top, width: box.width, height: box.height),
            ofStored: record.storedSize)
          (box.left, box.top, box.width, box.height) = (
            rect.left, rect.top, rect.width, rect.height
          )
        }
        box.confidence = box.confidence ?? 1
        boxes.append(box)
      }
    }
    return (boxes, labels)
  }

  /// The size of an image in the pixels that boxes are in.
  func imageSize(of record: PredictionLog.Record) -> ImageSize {
    guard boxSpace == .stored else { return record.size }
    return ImageSize(width: record.storedSize.width, height: record.storedSize.height)
  }
}

extension PredictionLog.Record {
  /// The size of the image as its file has it.
  fileprivate var storedSize: PixelSize {
    let upright = PixelSize(width: size.width, height: size.height)
    return orientation.swapsSides
      ? PixelSize(width: upright.height, height: upright.width) : upright
  }
}
