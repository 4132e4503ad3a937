/// Shrinks an image whose rows arrive one at a time, by averaging areas.
///
/// Each result pixel is the mean of the source under it, parts of pixels counting by their exact
/// share; colours count by their opacity, so that a transparent pixel's colour never shows.
/// It holds one row of sums and the result, whatever the height of the source. Sums are whole
/// numbers: the order of rows and the size of the image cost no precision.
///
///     var reducer = RowReducer(
///       columns: ReductionAxis(from: 4000, to: 480), rows: ReductionAxis(from: 3000, to: 288),
///       hasAlpha: false)
///     while let row = nextRow() { reducer.append(row.span) }
///     let small = reducer.finish()
public struct RowReducer: Sendable {
  /// How source columns fall onto result columns.
  public let columns: ReductionAxis
  /// How source rows fall onto result rows.
  public let rows: ReductionAxis
  /// Whether source pixels may be less than opaque.
  public let hasAlpha: Bool
  /// Bytes of a source pixel: 4, or 3 where the opacity is left out.
  public let channelCount: Int

  private let coverage: [ReductionAxis.Coverage]
  /// Whether each result pixel is a source pixel.
  private let isCopy: Bool
  private var nextRow = 0
  /// The sums, where those of opaque pixels are small enough.
  private var narrowSums: ColumnSums<UInt16, UInt32>?
  /// The sums, else.
  private var wideSums: ColumnSums<UInt32, UInt64>?
  /// How much of the current result row has arrived, in fine units.
  private var covered = 0
  private var result: [UInt8] = []

  /// Creates a reducer.
  ///
  /// - Parameters:
  ///   - columns: How source columns fall onto result columns.
  ///   - rows: How source rows fall onto result rows.
  ///   - hasAlpha: Whether source pixels may be less than opaque; saying no is faster.
  ///   - channelCount: Bytes of a source pixel: 4, or 3 where the opacity is left out.
  /// - Precondition: Pixels that may be less than opaque have 4 channels.
  public init(
    columns: ReductionAxis, rows: ReductionAxis, hasAlpha: Bool, channelCount: Int = 4
  ) {
    precondition(channelCount == 4 || channelCount == 3 && !hasAlpha, "no such pixels")
    self.columns = columns
    self.rows = rows
    self.hasAlpha = hasAlpha
    self.channelCount = channelCount
    coverage = columns.coverage
    isCopy = columns.isCopy && rows.isCopy
    let count = channelCount * columns.sourceCount
    // Those of all columns under a result pixel are summed, too.
    let columnsUnder = columns.resultStep / columns.sourceStep + 1
    if !hasAlpha, 255 * rows.resultStep * columnsUnder <= UInt32.max {
      narrowSums = ColumnSums(count: count, rowLimit: 256, rowWeight: rows.sourceStep)
    } else {
      // So many rows of 255 · 255 fit.
      wideSums = ColumnSums(count: count, rowLimit: 66_000, rowWeight: rows.sourceStep)
    }
    result.reserveCapacity(4 * columns.resultCount * rows.resultCount)
  }

  /// Whether the result is complete: further rows would change nothing.
  public var isComplete: Bool { completeRows == rows.resultCount }

  private var completeRows: Int { result.count / (4 * columns.resultCount) }

  /// Takes the next row, from the top: red, green, blue, and alpha if it has it, of each pixel.
  ///
  /// - Precondition: The row holds `channelCount` bytes for each source column.
  /// - Complexity: O(columns).
  public mutating func append(_ row: Span<UInt8>) {
    precondition(row.count == channelCount * columns.sourceCount, "the row has another width")
    var from = max(nextRow * rows.sourceStep, rows.start)
    nextRow += 1
    let end = min(nextRow * rows.sourceStep, rows.end)
    if isCopy {
      if from < end { row.withUnsafeBufferPointer { copy($0) } }
      return
    }
    while from < end {
      let boundary = rows.start + (completeRows + 1) * rows.resultStep
      let weight = min(end, boundary) - from
      row.withUnsafeBufferPointer { add($0, weight: weight) }
      covered += weight
      from += weight
      if from == boundary { emitRow() }
    }
  }

  /// The result; rows that never arrived are transparent.
  public consuming func finish() -> Bitmap {
    if covered > 0 { emitRow() }
    let size = PixelSize(width: columns.resultCount, height: rows.resultCount)
    let missing = 4 * size.area - result.count
    // Even nothing appended makes room for a copy, where the caller still holds the reducer.
    if missing > 0 { result.append(contentsOf: repeatElement(0, count: missing)) }
    return Bitmap(size: size, channels: result, hasAlpha: hasAlpha || missing > 0)
  }

  /// Takes a row whose pixels are those of the result.
  private mutating func copy(_ row: UnsafeBufferPointer<UInt8>) {
    let (count, step, hasAlpha, start) = (columns.resultCount, channelCount, hasAlpha, result.count)
    let first = columns.start / columns.sourceStep * step
    let pixels = UnsafeBufferPointer(rebasing: row[first..<first + step * count])
    guard step == 4 else {
      for index in stride(from: 0, to: 3 * count, by: 3) {
        for channel in 0..<3 { result.append(pixels[index + channel]) }
        result.append(255)
      }
      return
    }
    result.append(contentsOf: pixels)
    result.withUnsafeMutableBufferPointer { result in
      for index in stride(from: start, to: result.count, by: 4) {
        if !hasAlpha {
          result[index + 3] = 255
        } else if result[index + 3] == 0 {
          // A transparent pixel has no colour.
          for channel in 0..<3 { result[index + channel] = 0 }
        }
      }
    }
  }

  private mutating func add(_ row: UnsafeBufferPointer<UInt8>, weight: Int) {
    narrowSums?.add(row, weight: weight, hasAlpha: false)
    wideSums?.add(row, weight: weight, hasAlpha: hasAlpha)
  }

  /// Turns the column sums into a row of the result, and begins the next.
  private mutating func emitRow() {
    narrowSums?.fold()
    wideSums?.fold()
    let start = result.count
    result.append(contentsOf: repeatElement(0, count: 4 * columns.resultCount))
    let (columns, coverage, channelCount, hasAlpha) = (columns, coverage, channelCount, hasAlpha)
    let total = Double(covered) * Double(columns.resultStep)
    result.withUnsafeMutableBufferPointer { result in
      let pixels = UnsafeMutableBufferPointer(rebasing: result[start...])
      func emit<Sum: FixedWidthInteger & SIMDScalar>(_ sums: [Sum]) {
        sums.withUnsafeBufferPointer { sums in
          let sums = Pixels(sums: sums, channelCount: channelCount)
          for (index, place) in coverage.enumerated() {
            let sum = sums.sum(of: place, step: UInt64(columns.sourceStep))
            Self.write(sum, of: total, hasAlpha: hasAlpha, to: pixels, at: 4 * index)
          }
        }
      }
      if let narrowSums { emit(narrowSums.weighted) }
      if let wideSums { emit(wideSums.weighted) }
    }
    narrowSums?.clear()
    wideSums?.clear()
    covered = 0
  }

  /// The sums of the source columns as pixels.
  private struct Pixels<Sum: FixedWidthInteger & SIMDScalar> {
    let sums: UnsafeBufferPointer<Sum>
    let channelCount: Int

    subscript(column: Int) -> SIMD4<Sum> {
      @inline(__always) get {
        let index = channelCount * column
        let alpha = channelCount == 4 ? sums[index + 3] : 0
        return SIMD4(sums[index], sums[index + 1], sums[index + 2], alpha)
      }
    }

    @inline(__always)
    func sum(of place: ReductionAxis.Coverage, step: UInt64) -> SIMD4<UInt64> {
      let first = SIMD4<UInt64>(truncatingIfNeeded: self[place.first]) &* place.firstWeight
      guard place.last > place.first else { return first }
      var inner = SIMD4<Sum>.zero
      for column in (place.first + 1)..<place.last { inner &+= self[column] }
      let last = SIMD4<UInt64>(truncatingIfNeeded: self[place.last]) &* place.lastWeight
      return first &+ SIMD4<UInt64>(truncatingIfNeeded: inner) &* step &+ last
    }
  }

  @inline(__always)
  private static func write(
    _ sum: SIMD4<UInt64>, of total: Double, hasAlpha: Bool,
    to pixels: UnsafeMutableBufferPointer<UInt8>, at index: Int
  ) {
    let alpha = Double(sum.w)
    let divisor = hasAlpha ? alpha : total
    guard divisor > 0 else { return }
    pixels[index] = UInt8(Double(sum.x) / divisor + 0.5)
    pixels[index + 1] = UInt8(Double(sum.y) / divisor + 0.5)
    pixels[index + 2] = UInt8(Double(sum.z) / divisor + 0.5)
    pixels[index + 3] = hasAlpha ? UInt8(alpha / total + 0.5) : 255
  }
}
