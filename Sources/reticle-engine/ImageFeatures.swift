import CTorch
import Training

/// What linear functions see of a whole image: its outlines, and how often small patches occur.
struct ImageFeatures {
  let words: PatchWords
  /// Whether images are also looked at in a mirror.
  let isMirrored: Bool

  private static let outlines = Int(ct_outlines_width())

  /// The number of features.
  var width: Int { Self.outlines + words.width }

  /// The features of an image, the mean of its views.
  func row(_ pixels: PixelBuffer) throws(TrainingError) -> [Float] {
    let turns = isMirrored ? [false, true] : [false]
    var sum = [Float](repeating: 0, count: width)
    for isMirrored in turns {
      let outlines = try Self.outlines(
        ImageViews.stretched(pixels, side: Int(CT_OUTLINES_SIDE), mirrored: isMirrored))
      let patches = try words.features(
        [ImageViews.patches(pixels, mirrored: isMirrored)], side: ImageViews.patchSide)
      for (place, value) in (outlines + patches.values).enumerated() { sum[place] += value }
    }
    return sum.map { $0 / Float(turns.count) }
  }

  /// How loud each feature is, so that patches make up a part of all that is heard.
  ///
  /// - Parameter patches: The part, 0…1.
  /// - Returns: What each feature is to be multiplied by, its spread being 1.
  func loudness(patches: Double) -> [Float] {
    func block(_ share: Double, _ width: Int) -> [Float] {
      Array(repeating: Float((share / Double(width)).squareRoot()), count: width)
    }
    return block(1 - patches, Self.outlines) + block(patches, words.width)
  }

  private static func outlines(_ view: View) throws(TrainingError) -> [Float] {
    var raw = view.raw
    var values = [Float](repeating: 0, count: outlines)
    try Torch.check { message in
      withExtendedLifetime(view) {
        values.withUnsafeMutableBufferPointer {
          ct_outlines_features(&raw, $0.baseAddress, message)
        }
      }
    }
    return values
  }
}
