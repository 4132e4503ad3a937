import CTorch
import Training

extension Network {
  /// Learns from a batch; returns its loss.
  ///
  /// - Parameters:
  ///   - views: The images.
  ///   - targets: For each image a share for each label.
  ///   - side: The side of the canvas.
  ///   - isExclusive: Whether exactly one label is right.
  ///   - mixing: How much of each image is taken from another one, 0…1.
  ///   - pace: How far the step goes.
  /// - Returns: The loss.
  /// - Throws: ``TrainingError`` if the tensor library fails.
  func learn(
    _ views: [View], targets: [[Float]], side: Int, isExclusive: Bool, mixing: Double,
    pace: ct_pace
  ) throws(TrainingError) -> Double {
    let raw = views.map(\.raw)
    let flat = targets.flatMap { $0 }
    precondition(flat.count == views.count * labelCount)
    var loss: Float = 0
    try Torch.check { message in
      withExtendedLifetime(views) {
        raw.withUnsafeBufferPointer { raw in
          flat.withUnsafeBufferPointer {
            ct_classifier_step(
              pointer, raw.baseAddress, Int32(raw.count), Int32(side), $0.baseAddress, isExclusive,
              Float(mixing), pace, &loss, message)
          }
        }
      }
    }
    return Double(loss)
  }

  /// The answers for an image, one a label, before softmax or sigmoid.
  func answers(_ view: View, side: Int) throws(TrainingError) -> [Double] {
    var raw = view.raw
    var answers = [Float](repeating: 0, count: labelCount)
    try Torch.check { message in
      withExtendedLifetime(view) {
        answers.withUnsafeMutableBufferPointer {
          ct_classifier_answer(pointer, &raw, 1, Int32(side), $0.baseAddress, message)
        }
      }
    }
    return answers.map(Double.init)
  }
}
