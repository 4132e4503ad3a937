import CTorch
import Training

/// A dictionary of small patches, and how often each occurs in an image.
final class PatchWords {
  static let patch = 6
  let words: Int
  private let pointer: OpaquePointer

  /// The number of features of an image.
  var width: Int { Int(ct_patches_width(Int32(words))) }
  /// The number of floats that a dictionary is stored in.
  static func count(words: Int) -> Int { Int(ct_patches_count(Int32(patch), Int32(words))) }

  private init(
    words: Int, make: (UnsafeMutablePointer<CChar>?) -> OpaquePointer?
  ) throws(TrainingError) {
    var made: OpaquePointer?
    try Torch.check { message in
      made = make(message)
      return made != nil
    }
    guard let made else { throw TrainingError("The dictionary can't be made; report it.") }
    self.words = words
    pointer = made
  }

  deinit { ct_patches_free(pointer) }

  /// Learns a dictionary from views of so many pixels square.
  static func learn(
    _ views: [View], side: Int, words: Int, seed: UInt64
  ) throws(TrainingError) -> PatchWords {
    let raw = views.map(\.raw)
    return try PatchWords(words: words) { message in
      withExtendedLifetime(views) {
        raw.withUnsafeBufferPointer {
          ct_patches_learn(
            $0.baseAddress, Int32($0.count), Int32(side), Int32(patch), Int32(words), seed, message)
        }
      }
    }
  }

  /// Takes a dictionary as it was stored.
  static func restore(_ values: [Float], words: Int) throws(TrainingError) -> PatchWords {
    precondition(values.count == count(words: words))
    return try PatchWords(words: words) { message in
      values.withUnsafeBufferPointer {
        ct_patches_restore(Int32(patch), Int32(words), $0.baseAddress, message)
      }
    }
  }

  /// The dictionary as it is stored.
  var values: [Float] {
    get throws(TrainingError) {
      var values = [Float](repeating: 0, count: Self.count(words: words))
      try Torch.check { message in
        values.withUnsafeMutableBufferPointer { ct_patches_get(pointer, $0.baseAddress, message) }
      }
      return values
    }
  }

  /// The features of views, a row each.
  func features(_ views: [View], side: Int) throws(TrainingError) -> FeatureRows {
    let raw = views.map(\.raw)
    var values = [Float](repeating: 0, count: raw.count * width)
    try Torch.check { message in
      withExtendedLifetime(views) {
        raw.withUnsafeBufferPointer { raw in
          values.withUnsafeMutableBufferPointer {
            ct_patches_features(
              pointer, raw.baseAddress, Int32(raw.count), Int32(side), $0.baseAddress, message)
          }
        }
      }
    }
    return FeatureRows(width: width, values: values)
  }
}
