import Training

/// The pixels of a job's images, at the size that a canvas needs.
///
/// As many as a bound allows stay in memory; the others are decoded whenever they are asked for.
final class PixelStore {
  /// The most memory that pixels may keep, in bytes: more than 400 images at 320 × 320.
  static let limit = 160_000_000

  private let images: [TrainingImage]
  private let side: Int
  private var kept: [Int: PixelBuffer] = [:]
  private var used = 0
  /// Images that couldn't be decoded, with the reason.
  private(set) var failures: [Int: TrainingError] = [:]

  init(_ images: [TrainingImage], side: Int) {
    self.images = images
    self.side = side
  }

  /// The pixels of an image; nil if it can't be decoded, which ``failures`` then tells.
  func pixels(of place: Int) -> PixelBuffer? {
    if let buffer = kept[place] { return buffer }
    guard failures[place] == nil else { return nil }
    do {
      let buffer = try PixelBuffer.decode(images[place].path, side: side)
      if used + buffer.bytes.count <= Self.limit {
        kept[place] = buffer
        used += buffer.bytes.count
      }
      return buffer
    } catch {
      failures[place] = error
      return nil
    }
  }

  /// Decodes as many as may stay in memory, to find out early which can't be decoded.
  ///
  /// - Returns: What a person should know of it, a sentence each.
  /// - Throws: ``TrainingError`` if most can't be: then something else is wrong.
  func load() throws(TrainingError) -> [String] {
    for place in images.indices where used < Self.limit { _ = pixels(of: place) }
    guard let first = failures.min(by: { $0.key < $1.key })?.value else { return [] }
    if failures.count * 2 > images.count {
      throw TrainingError(
        "\(failures.count) of \(images.count) images can't be used; the first: \(first)")
    }
    return ["\(failures.count) of \(images.count) images were left out; the first: \(first)"]
  }
}
