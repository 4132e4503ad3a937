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
  private let isWanted: (Int) -> Bool
  private var line: Int
  private let end: Int

  /// Lays answers over lines.
  ///
  /// - Parameters:
  ///   - dataset: The manifest.
  ///   - range: The lines that are to be given.
  ///   - contents: The answers.
  ///   - rules: How they are written.
  ///   - isWanted: Whether the answer for a line is to be written, if there is one.
  init(
    _ dataset: Dataset, _ range: Range<Int>, _ contents: PredictionLog.Contents, rules: Rules,
    isWanted: @escaping (Int) -> Bool
  ) {
    self.dataset = dataset
    self.contents = contents
    self.rules = rules
    self.isWanted = isWanted
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
    guard isWanted(line), let record = contents.record(at: line) else { return nil }
    do throws(ManifestError) {
      let entry = try Entry(line: dataset.line(at: line))
      guard entry.sourceRef == record.reference else {
        tell("line \(line + 1) is about another image than when it was predicted")
        return nil
      }
      let written = try rules.writing(record, on: entry)
      tally.images += 1
      for box in written.boxes { tally.boxes[box.label, default: 0] += 1 }
      for found in written.imageLabels { tally.imageLabels[found.label, default: 0] += 1 }
      return written.line
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
  /// The line of an entry with an answer as predictions, and what of it was written.
  func writing(
    _ record: PredictionLog.Record, on entry: Entry
  ) throws(ManifestError) -> (
    line: [UInt8], boxes: [Box], imageLabels: [(label: String, confidence: Double)]
  ) {
    let (boxes, labels) = record.predictions(
      boxSpace: boxSpace, threshold: threshold, limit: limit)
    let line = try entry.settingPredictions(
      boxes: givesBoxes ? boxes : nil, imageLabels: labels, as: attribute,
      imageSize: imageSize(of: record), classIDs: classIDs, provenance: provenance)
    return (line, boxes, labels)
  }

  /// The size of an image in the pixels that boxes are in.
  func imageSize(of record: PredictionLog.Record) -> ImageSize {
    guard boxSpace == .stored else { return record.size }
    return ImageSize(width: record.storedSize.width, height: record.storedSize.height)
  }
}

extension PredictionLog.Record {
  /// What an answer says, as it stands in a manifest.
  ///
  /// - Parameters:
  ///   - boxSpace: In which pixels boxes are to be.
  ///   - threshold: From which confidence on a label counts.
  ///   - limit: How many there are at most, the surest.
  /// - Returns: The boxes, and the labels for the whole image.
  func predictions(
    boxSpace: BoxSpace, threshold: Double, limit: Int
  ) -> (boxes: [Box], imageLabels: [(label: String, confidence: Double)]) {
    let order = labels.indices.sorted {
      (labels[$1].confidence ?? 1, $0) < (labels[$0].confidence ?? 1, $1)
    }
    let kept = order.map { labels[$0] }.filter { ($0.confidence ?? 1) >= threshold }.prefix(limit)
    var boxes: [Box] = []
    var imageLabels: [(label: String, confidence: Double)] = []
    for label in kept {
      if label.place == nil {
        if !imageLabels.contains(where: { $0.label == label.name }) {
          imageLabels.append((label.name, label.confidence ?? 1))
        }
      } else if var box = label.box(in: size) {
        if boxSpace == .stored {
          let rect = orientation.stored(
            PixelRect(left: box.left, top: box.top, width: box.width, height: box.height),
            ofStored: storedSize)
          (box.left, box.top, box.width, box.height) = (
            rect.left, rect.top, rect.width, rect.height
          )
        }
        box.confidence = box.confidence ?? 1
        boxes.append(box)
      }
    }
    return (boxes, imageLabels)
  }

  /// The size of the image as its file has it.
  fileprivate var storedSize: PixelSize {
    let upright = PixelSize(width: size.width, height: size.height)
    return orientation.swapsSides
      ? PixelSize(width: upright.height, height: upright.width) : upright
  }
}
