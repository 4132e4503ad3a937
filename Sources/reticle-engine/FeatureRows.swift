import CTorch
import Training

/// Features of images, a row each.
struct FeatureRows {
  let width: Int
  let values: [Float]

  /// The number of rows.
  var count: Int { values.count / width }

  subscript(row: Int) -> ArraySlice<Float> { values[row * width..<(row + 1) * width] }

  /// Some of the rows.
  func rows(_ places: [Int]) -> FeatureRows {
    FeatureRows(width: width, values: places.flatMap { self[$0] })
  }

  /// Fits linear functions to shares of labels, a row of them for each row of features.
  func fit(
    _ targets: [[Float]], isExclusive: Bool, ridge: Double
  ) throws(TrainingError) -> LinearModel {
    let loudness = [Float](repeating: 1, count: width)
    let models = try fit(targets, isExclusive: isExclusive, loudness: loudness, ridges: [ridge])
    return models[0]
  }

  /// Fits linear functions once for each ridge.
  ///
  /// - Parameters:
  ///   - targets: Shares of labels, a row of them for each row of features.
  ///   - isExclusive: Whether exactly one label is right.
  ///   - loudness: What each feature is multiplied by, its spread being 1.
  ///   - ridges: How much is paid for steep functions, half the sum of their squares.
  /// - Returns: The functions for each ridge.
  /// - Throws: ``TrainingError`` if there is nothing to fit to, or the tensor library fails.
  func fit(
    _ targets: [[Float]], isExclusive: Bool, loudness: [Float], ridges: [Double]
  ) throws(TrainingError) -> [LinearModel] {
    precondition(targets.count == count && loudness.count == width)
    let labelCount = targets.first?.count ?? 0
    let flat = targets.flatMap { $0 }
    let strengths = ridges.map { Float($0) }
    let size = labelCount * (width + 1)
    var coefficients = [Float](repeating: 0, count: size * ridges.count)
    try Torch.check { message in
      values.withUnsafeBufferPointer { values in
        flat.withUnsafeBufferPointer { flat in
          coefficients.withUnsafeMutableBufferPointer {
            ct_linear_fit(
              values.baseAddress, loudness, flat.baseAddress, Int32(count), Int32(width),
              Int32(labelCount), isExclusive, strengths, Int32(strengths.count), $0.baseAddress,
              message)
          }
        }
      }
    }
    let models = ridges.indices.compactMap { place in
      LinearModel(
        width: width, coefficients: Array(coefficients[place * size..<(place + 1) * size]))
    }
    guard models.count == ridges.count else {
      throw TrainingError("There is nothing to fit to; give images with labels.")
    }
    return models
  }
}
