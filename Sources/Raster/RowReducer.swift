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
  /// Sums of the rows that lie wholly within the current result row, each counted once.
  private var wholeSums: [UInt32]
  private var wholeRows = 0
  /// Sums of rows times their share, in fine units.
  private var weightedSums: [UInt64]
  /// How much of the current result row has arrived, in fine units.
  private var covered = 0
  private var result: [UInt8] = []

  /// So many rows of 255 · 255 fit a 32-bit sum.
  private static let wholeRowLimit = 66_000

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
    wholeSums = Array(repeating: 0, count: channelCount * columns.sourceCount)
    weightedSums = Array(repeating: 0, count: channelCount * columns.sourceCount)
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
    precondition(row.count == wholeSums.count, "the row has another width")
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
    let (count, step, hasAlpha) = (columns.resultCount, channelCount, hasAlpha)
    let first = columns.start / columns.sourceStep * step
    let start = result.count
    result.append(contentsOf: repeatElement(0, count: 4 * count))
    result.withUnsafeMutableBufferPointer { result in
      for index in 0..<count {
        let (from, to) = (first + step * index, start + 4 * index)
        let alpha = hasAlpha ? row[from + 3] : 255
        guard alpha > 0 else { continue }
        result[to] = row[from]
        result[to + 1] = row[from + 1]
        result[to + 2] = row[from + 2]
        result[to + 3] = alpha
      }
    }
  }

  private mutating func add(_ row: UnsafeBufferPointer<UInt8>, weight: Int) {
    guard weight == rows.sourceStep else {
      let weight = UInt64(weight)
      weightedSums.withUnsafeMutableBufferPointer { sums in
        Self.forEachProduct(in: row, hasAlpha: hasAlpha) { sums[$0] &+= weight &* UInt64($1) }
      }
      return
    }
    if wholeRows == Self.wholeRowLimit { foldWholeRows() }
    wholeRows += 1
    wholeSums.withUnsafeMutableBufferPointer { sums in
      Self.forEachProduct(in: row, hasAlpha: hasAlpha) { sums[$0] &+= $1 }
    }
  }

  /// Calls `body` with the index and value of each channel, colours multiplied by their alpha.
  @inline(__always)
  private static func forEachProduct(
    in row: UnsafeBufferPointer<UInt8>, hasAlpha: Bool, _ body: (Int, UInt32) -> Void
  ) {
    guard hasAlpha else {
      for index in 0..<row.count { body(index, UInt32(row[index])) }
      return
    }
    for index in stride(from: 0, to: row.count, by: 4) {
      let alpha = UInt32(row[index + 3])
      body(index, UInt32(row[index]) &* alpha)
      body(index + 1, UInt32(row[index + 1]) &* alpha)
      body(index + 2, UInt32(row[index + 2]) &* alpha)
      body(index + 3, alpha)
    }
  }

  private mutating func foldWholeRows() {
    let weight = UInt64(rows.sourceStep)
    wholeSums.withUnsafeMutableBufferPointer { whole in
      weightedSums.withUnsafeMutableBufferPointer { weighted in
        for index in 0..<whole.count {
          weighted[index] &+= weight &* UInt64(whole[index])
          whole[index] = 0
        }
      }
    }
    wholeRows = 0
  }

  /// Turns the column sums into a row of the result, and begins the next.
  private mutating func emitRow() {
    if wholeRows > 0 { foldWholeRows() }
    let total = Double(covered) * Double(columns.resultStep)
    let step = UInt64(columns.sourceStep)
    weightedSums.withUnsafeMutableBufferPointer { sums in
      let pixels = Pixels(sums: sums, channelCount: channelCount)
      for place in coverage {
        var sum = pixels[place.first] &* place.firstWeight
        if place.last > place.first {
          var inner = SIMD4<UInt64>.zero
          for column in (place.first + 1)..<place.last { inner &+= pixels[column] }
          sum &+= inner &* step &+ pixels[place.last] &* place.lastWeight
        }
        Self.append(sum, of: total, hasAlpha: hasAlpha, to: &result)
      }
      sums.update(repeating: 0)
    }
    covered = 0
  }

  /// The sums of the source columns as pixels.
  private struct Pixels {
    let sums: UnsafeMutableBufferPointer<UInt64>
    let channelCount: Int

    subscript(column: Int) -> SIMD4<UInt64> {
      @inline(__always) get {
        let index = channelCount * column
        let alpha = channelCount == 4 ? sums[index + 3] : 0
        return SIMD4(sums[index], sums[index + 1], sums[index + 2], alpha)
      }
    }
  }

  private static func append(
    _ sum: SIMD4<UInt64>, of total: Double, hasAlpha: Bool, to result: inout [UInt8]
  ) {
    let alpha = Double(sum.w)
    let divisor = hasAlpha ? alpha : total
    guard divisor > 0 else {
      result.append(contentsOf: repeatElement(0, count: 4))
      return
    }
    result.append(UInt8(Double(sum.x) / divisor + 0.5))
    result.append(UInt8(Double(sum.y) / divisor + 0.5))
    result.append(UInt8(Double(sum.z) / divisor + 0.5))
    result.append(hasAlpha ? UInt8(alpha / total + 0.5) : 255)
  }
}
