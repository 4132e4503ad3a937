import CTorch
import Evaluation
import Training

/// A model that answers.
struct Detector {
  let description: ModelDescription
  let network: Network

  /// Loads a model.
  init(_ folder: ModelFolder, description: ModelDescription) throws(TrainingError) {
    self.description = description
    network = try Network(
      .detector(usualHalf: (description.usualHalfWidth, description.usualHalfHeight)),
      labelCount: description.labels.count, seed: 1)
    let file = try folder.readWeights()
    guard let weights = file.floats("network", count: network.weightCount) else {
      throw TrainingError(
        "\(folder.weights) doesn't belong to \(folder.description): copy both again, or train "
          + "the model again.")
    }
    try network.setWeights(weights)
  }

  /// The boxes in an image, with confidences that are chances of being right.
  func detect(
    _ path: String, size: (width: Int, height: Int)
  ) throws(TrainingError) -> [PredictedBox] {
    let pixels = try PixelBuffer.decode(path, side: description.canvas)
    return try network.detect(pixels, size: size, side: description.canvas).map { box in
      var box = box
      let scaling = description.calibration[description.labels[box.label]] ?? .identity
      box.confidence = scaling.confidence(of: box.confidence)
      return box
    }
  }
}
