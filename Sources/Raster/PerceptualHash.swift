/// 128 bits that are nearly the same for pictures that look nearly the same.
///
/// A difference hash (Neal Krawetz, "Kind of Like That", 2013) over rows and columns: whether each
/// of 8×8 places is darker than its right neighbour, and than the one below it. Scaling,
/// recompressing and small changes of light flip few bits. Whole numbers only, so that the same
/// pixels have the same hash on every machine.
public struct PerceptualHash: Hashable, Sendable {
  /// How many bits there are.
  public static let bitCount = 128
  /// How many pixels a side a picture should have at least to be hashed well.
  public static let wantedSize = PixelSize(width: 72, height: 72)

  /// Whether each place is darker than its right neighbour, row by row from the highest bit.
  public let rows: UInt64
  /// Whether each place is darker than the one below it.
  public let columns: UInt64

  /// Creates a hash from its bits.
  public init(rows: UInt64, columns: UInt64) {
    self.rows = rows
    self.columns = columns
  }

  /// Hashes a picture; `nil` if it has no pixels.
  ///
  /// - Complexity: O(pixels).
  public init?(_ bitmap: Bitmap) {
    guard bitmap.size.width > 0, bitmap.size.height > 0 else { return nil }
    var (rows, columns): (UInt64, UInt64) = (0, 0)
    let across = Self.luminances(of: bitmap, width: 9, height: 8)
    let down = Self.luminances(of: bitmap, width: 8, height: 9)
    for y in 0..<8 {
      for x in 0..<8 {
        rows = rows << 1 | (across[y * 9 + x] < across[y * 9 + x + 1] ? 1 : 0)
        columns = columns << 1 | (down[y * 8 + x] < down[(y + 1) * 8 + x] ? 1 : 0)
      }
    }
    self.init(rows: rows, columns: columns)
  }

  /// In how many bits two hashes differ.
  public func distance(to other: PerceptualHash) -> Int {
    (rows ^ other.rows).nonzeroBitCount + (columns ^ other.columns).nonzeroBitCount
  }

  /// The mean luminance of each field of a grid laid over a picture, over white where it is clear.
  ///
  /// A tenth of a grey level is the unit: what differs by less is noise of the codec, not a slope.
  private static func luminances(of bitmap: Bitmap, width: Int, height: Int) -> [Int] {
    var means: [Int] = []
    for y in 0..<height {
      let rows = range(y, of: height, over: bitmap.size.height)
      for x in 0..<width {
        let columns = range(x, of: width, over: bitmap.size.width)
        var sum = 0
        for row in rows {
          for column in columns { sum += luminance(bitmap, at: row * bitmap.size.width + column) }
        }
        means.append(sum / (rows.count * columns.count * 100))
      }
    }
    return means
  }

  /// The pixels of a field, at least one.
  private static func range(_ field: Int, of fields: Int, over length: Int) -> Range<Int> {
    let start = field * length / fields
    return start..<max(start + 1, (field + 1) * length / fields)
  }

  /// A pixel's luminance (ITU-R BT.601) in thousandths of a grey level.
  private static func luminance(_ bitmap: Bitmap, at pixel: Int) -> Int {
    let channels = bitmap.channels
    let red = Int(channels[4 * pixel])
    let green = Int(channels[4 * pixel + 1])
    let blue = Int(channels[4 * pixel + 2])
    let opaque = 299 * red + 587 * green + 114 * blue
    guard bitmap.hasAlpha else { return opaque }
    let alpha = Int(channels[4 * pixel + 3])
    return (opaque * alpha + 255_000 * (255 - alpha)) / 255
  }
}
