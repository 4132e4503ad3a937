import Evaluation
import Training

/// A model that can be asked, whatever its kind.
enum TrainedModel {
  case detector(Detector)
  case classifier(Classifier, ModelDescription)
  case script(ScriptDetector)

  /// Something that a model says of an image; the whole of it without a rectangle.
  struct Finding {
    let label: String
    /// The chance of being right, 0…1.
    let confidence: Double
    /// In pixels of the image.
    let rectangle: Rectangle?
  }

  /// Loads a model from its folder.
  init(_ folder: ModelFolder, description: ModelDescription) throws(TrainingError) {
    switch description.task {
    case .detection:
      self = .detector(try Detector(folder, description: description))
    case .classification, .multiLabel:
      self = .classifier(try Classifier(folder, description: description), description)
    case .torchScript:
      self = .script(try ScriptDetector(folder, description: description))
    }
  }

  /// What it says of an image, the surest first.
  ///
  /// - Parameters:
  ///   - path: The image's path.
  ///   - size: Its size as the asker knows it; boxes are in these pixels.
  /// - Returns: The findings.
  /// - Throws: ``TrainingError`` if the image can't be decoded.
  func findings(
    _ path: String, size: (width: Int, height: Int)
  ) throws(TrainingError) -> [Finding] {
    switch self {
    case .detector(let detector):
      return try detector.detect(path, size: size).map {
        Finding(
          label: detector.description.labels[$0.label], confidence: $0.confidence,
          rectangle: $0.rectangle)
      }
    case .classifier(let classifier, let description):
      let pixels = try PixelBuffer.decode(path, side: ImageViews.decodedSide)
      let chances = try classifier.chances(pixels)
      let findings = zip(description.labels, chances).map { label, chance in
        let scaling = description.calibration[label] ?? .identity
        return Finding(
          label: label, confidence: scaling.confidence(of: chance), rectangle: nil)
      }
      return findings.sorted { $0.confidence > $1.confidence }
    case .script(let detector):
      return try detector.detect(path, size: size).map {
        Finding(
          label: detector.description.labels[$0.label], confidence: $0.confidence,
          rectangle: $0.rectangle)
      }
    }
  }
}
