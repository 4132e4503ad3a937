/// Shrinks a part of an image whose pixels arrive in any order, by averaging.
///
/// Each source pixel counts whole for the result pixel that its middle falls in; colours count by
/// their opacity. It holds sums for the result alone, whatever the size of the source.
public struct PixelReducer: Sendable {
  /// The part of the source that is shown.
  public let region: Region
  /// The size of the result.
  public let resultSize: PixelSize

  /// The result column of each column of the region.
  private let columns: [Int32]
  private var sums: [SIMD4<UInt32>]
  /// How many pixels arrived: an opacity of 0 adds nothing to the sums.
  private var counts: [UInt32]

  /// Creates a reducer.
  ///
  /// - Parameters:
  ///   - region: The part of the source that is shown.
  ///   - resultSize: The size of the result, at most that of the region.
  public init(region: Region, resultSize: PixelSize) {
    self.region = region
    self.resultSize = resultSize
    columns = (0..<region.width).map {
      Int32((2 * $0 + 1) * resultSize.width / (2 * region.width))
    }
    sums = Array(repeating: .zero, count: resultSize.area)
    counts = Array(repeating: 0, count: resultSize.area)
  }

  /// The bytes that a reducer with a result of so many pixels takes, the result included.
  public static func byteCount(ofPixels count: Int) -> Int { 24 * count }

  /// Takes some pixels of a row of the source.
  ///
  /// - Parameters:
  ///   - row: Red, green, blue, alpha of each pixel of a whole source row.
  ///   - index: The row's place in the source.
  ///   - places: The source columns that count; others are passed over.
  /// - Complexity: O(places).
  public mutating func append(_ row: Span<UInt8>, at index: Int, columns places: StrideTo<Int>) {
    guard index >= region.top, index < region.bottom else { return }
    let resultRow = (2 * (index - region.top) + 1) * resultSize.height / (2 * region.height)
    let start = resultRow * resultSize.width
    let region = region
    let columns = columns
    row.withUnsafeBufferPointer { row in
      sums.withUnsafeMutableBufferPointer { sums in
        counts.withUnsafeMutableBufferPointer { counts in
          for column in places where column >= region.left && column < region.right {
            let target = start + Int(columns[column - region.left])
            let alpha = UInt32(row[4 * column + 3])
            sums[target] &+= SIMD4(
              UInt32(row[4 * column]) &* alpha, UInt32(row[4 * column + 1]) &* alpha,
              UInt32(row[4 * column + 2]) &* alpha, alpha)
            counts[target] &+= 1
          }
        }
      }
    }
  }

  /// The result; a pixel for which nothing arrived takes the one to its left, else the one above.
  ///
  /// Where nothing at all arrived, it is transparent.
  public consuming func finish() -> Bitmap {
    let width = resultSize.width
    var hasAlpha = false
    var channels = [UInt8](repeating: 0, count: 4 * resultSize.area)
    for index in 0..<resultSize.area {
      let count = counts[index]
      if count > 0 {
        let sum = sums[index]
        if sum.w > 0 {
          let half = sum.w / 2
          channels[4 * index] = UInt8((sum.x + half) / sum.w)
          channels[4 * index + 1] = UInt8((sum.y + half) / sum.w)
          channels[4 * index + 2] = UInt8((sum.z + half) / sum.w)
          channels[4 * index + 3] = UInt8((sum.w + count / 2) / count)
        }
      } else {
        let source = index % width > 0 ? index - 1 : index - width
        if source >= 0 {
          for channel in 0..<4 { channels[4 * index + channel] = channels[4 * source + channel] }
        }
      }
      if channels[4 * index + 3] < 255 { hasAlpha = true }
    }
    return Bitmap(size: resultSize, channels: channels, hasAlpha: hasAlpha)
  }
}
