import Evaluation
import GroundTruth
import Workstation

/// Images whose truth is known, with what a model says of them.
struct AutoLabelEvidence {
  /// How many images stand in the manifest.
  private(set) var manifestCount = 0
  /// How many are images that the model was tested on when it was trained.
  private(set) var testCount = 0
  /// The images.
  private(set) var scores: [ImageScore] = []
  /// The labels.
  private(set) var labels: [String] = []
  /// Whether no image has two labels.
  private(set) var isExclusive = true
  private var places: [String: Int] = [:]
  private let isImageLevel: Bool

  /// Gathers what there is.
  ///
  /// - Parameters:
  ///   - lines: Which lines tell.
  ///   - dataset: The manifest.
  ///   - contents: The answers.
  ///   - boxSpace: The pixels that boxes are in.
  init(
    _ lines: AutoLabelLines, of dataset: Dataset, answers contents: PredictionLog.Contents,
    boxSpace: BoxSpace
  ) {
    isImageLevel = lines.isImageLevel
    for line in lines.known {
      guard let entry = try? Entry(line: dataset.line(at: line)),
        let record = contents.record(at: line), record.reference == entry.sourceRef
      else { continue }
      let said = record.predictions(boxSpace: boxSpace, threshold: 0, limit: .max)
      manifestCount += 1
      if isImageLevel {
        add(entry.truthImageLabels, said.imageLabels)
      } else {
        let truth = (entry.boxSet(lines.truth)?.boxes ?? []).map { (Rectangle($0), $0.label) }
        add(truth, said.boxes.map { (Rectangle($0), $0.label, $0.confidence ?? 1) })
      }
    }
    for image in lines.tests {
      testCount += 1
      if isImageLevel {
        add(
          image.truth.imageLabels.map(\.label),
          (image.predicted?.imageLabels ?? []).map { ($0.label, $0.confidence ?? 1) })
      } else {
        add(
          image.truth.boxes.map { (Rectangle($0), $0.label) },
          (image.predicted?.boxes ?? []).map { (Rectangle($0), $0.label, $0.confidence ?? 1) })
      }
    }
  }

  /// The place of a label; nil for one that neither people nor the model gave here.
  func place(of label: String) -> Int? { places[label] }

  private mutating func add(_ truth: [String], _ said: [(label: String, confidence: Double)]) {
    if Set(truth).count > 1 { isExclusive = false }
    scores.append(
      ImageScore(
        truthLabels: truth.map { place(adding: $0) },
        predictions: said.map { .init(label: place(adding: $0.label), confidence: $0.confidence) }))
  }

  private mutating func add(
    _ truth: [(box: Rectangle, label: String)],
    _ said: [(box: Rectangle, label: String, confidence: Double)]
  ) {
    scores.append(
      ImageScore(
        truths: truth.map { TruthBox($0.box, label: place(adding: $0.label)) },
        predictions: said.map {
          PredictedBox($0.box, label: place(adding: $0.label), confidence: $0.confidence)
        }))
  }

  private mutating func place(adding label: String) -> Int {
    if let place = places[label] { return place }
    places[label] = labels.count
    labels.append(label)
    return labels.count - 1
  }
}

extension Rectangle {
  fileprivate init(_ box: Box) {
    self.init(left: box.left, top: box.top, width: box.width, height: box.height)
  }
}
