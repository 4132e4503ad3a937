/// What people answered about images that a model had predicted, laid over the model's manifest.
///
/// As after an adjustment job the predictions stay as they are; the answers become the truth beside
/// them, with an `adjustment-status` that says whether people changed anything.
public struct Corrections: Sendable {
  /// What comes of a dataset's answers.
  public struct Report: Hashable, Sendable {
    /// Lines whose predictions people left as they were.
    public internal(set) var unadjusted = 0
    /// Lines whose predictions people changed.
    public internal(set) var adjusted = 0
    /// Lines that no model had predicted anything for.
    public internal(set) var unpredicted = 0
    /// Images that nobody answered.
    public internal(set) var unanswered = 0
    /// Images of which the size is known nowhere, so that their boxes have no place.
    public internal(set) var unsized: [String] = []
    /// Images that are no line of the manifest.
    public internal(set) var missing: [String] = []
  }

  /// The lines that are other than before, by their place.
  public private(set) var lines: [Int: [UInt8]] = [:]
  /// What came of the answers.
  public private(set) var report = Report()

  private let truth: String
  private let provenance: Provenance
  private var classIDs: ClassIDs

  /// Lays answers over lines.
  ///
  /// An image is found by its `source-ref`, else by its path or file name where that is one line's
  /// alone.
  ///
  /// - Parameters:
  ///   - answers: What people answered; what a model says in it is passed over.
  ///   - dataset: The manifest with the predictions.
  ///   - truth: The attribute that boxes go to; what it has there of people's is replaced.
  ///   - provenance: Who vouches for the answers.
  /// - Complexity: O(bytes).
  public init(
    _ answers: LabeledDataset, over dataset: Dataset, truth: String, provenance: Provenance
  ) {
    self.truth = truth
    self.provenance = provenance
    classIDs = Survey(dataset).classIDs
    for label in answers.labels { classIDs.add(label.name) }
    let names = LineNames(dataset)
    for image in answers.images {
      guard image.isAnnotated else {
        report.unanswered += 1
        continue
      }
      guard let index = names.line(of: image.name),
        let entry = try? Entry(line: lines[index] ?? dataset.line(at: index))
      else {
        report.missing.append(image.name)
        continue
      }
      guard let line = correct(entry, by: image) else { continue }
      lines[index] = line
    }
  }

  private mutating func correct(_ entry: Entry, by image: LabeledImage) -> [UInt8]? {
    let predicted = entry.boxSets.last { !$0.isHumanAnnotated && $0.attribute != truth }
    let predictedLabels = entry.imageLabels.filter { !$0.isHumanAnnotated }.map(\.label)
    let labels = image.imageLabels.filter { !$0.isPrediction }.map(\.label)
    let boxes = image.boxes.filter { !$0.isPrediction }.map { box in
      Box(left: box.left, top: box.top, width: box.width, height: box.height, label: box.label)
    }
    // Without either, "nothing there" is said of what the model looked for.
    let isAboutBoxes =
      !boxes.isEmpty || labels.isEmpty && (predicted != nil || predictedLabels.isEmpty)
    var provenance = provenance
    var line = entry.line
    if isAboutBoxes {
      guard let size = image.size ?? predicted?.imageSize ?? entry.boxSets.first?.imageSize else {
        report.unsized.append(image.name)
        return nil
      }
      provenance.adjustment = predicted.map {
        Self.isSame($0.boxes, boxes) ? .unadjusted : .adjusted
      }
      guard
        let changed = try? entry.settingBoxes(
          boxes, of: truth, imageSize: size, classIDs: classIDs, provenance: provenance)
      else { return nil }
      line = changed
    } else {
      provenance.adjustment =
        predictedLabels.isEmpty
        ? nil : Set(predictedLabels) == Set(labels) ? .unadjusted : .adjusted
      for label in labels {
        let added = try? Entry(line: line).addingImageLabel(
          label, classIDs: classIDs, provenance: provenance, keepsPredictions: true)
        line = added ?? line
      }
      if labels.isEmpty, var mark = (try? Entry(line: line))?.mark {
        mark.isVerified = true
        line = (try? entry.settingMark(mark)) ?? line
      }
    }
    switch provenance.adjustment {
    case .unadjusted: report.unadjusted += 1
    case .adjusted: report.adjusted += 1
    case nil: report.unpredicted += 1
    }
    return line
  }

  /// Whether boxes are the same in any order, to the half pixel that drawing tools round by.
  private static func isSame(_ predicted: [Box], _ answered: [Box]) -> Bool {
    guard predicted.count == answered.count else { return false }
    var rest = predicted
    for box in answered {
      guard
        let place = rest.firstIndex(where: { other in
          other.label == box.label
            && zip(
              [other.left, other.top, other.width, other.height],
              [box.left, box.top, box.width, box.height]
            ).allSatisfy { abs($0 - $1) <= 0.5 }
        })
      else { return false }
      rest.remove(at: place)
    }
    return true
  }
}
