/// Sums of the rows under one row of a result, for each channel of each source column.
///
/// `Whole` must hold `rowLimit` rows of the largest value, and `Weighted` that value times the
/// weights of all rows under a result row.
struct ColumnSums<Whole, Weighted>: Sendable
where
  Whole: FixedWidthInteger & UnsignedInteger & Sendable,
  Weighted: FixedWidthInteger & UnsignedInteger & Sendable
{
  /// How many whole rows fit a sum.
  let rowLimit: Int
  /// What a whole row weighs.
  let rowWeight: Int
  /// Sums of the rows that lie wholly within the current result row, each counted once.
  private var whole: [Whole]
  private var wholeRows = 0
  /// Sums of rows times their weight.
  private(set) var weighted: [Weighted]

  init(count: Int, rowLimit: Int, rowWeight: Int) {
    self.rowLimit = rowLimit
    self.rowWeight = rowWeight
    whole = Array(repeating: 0, count: count)
    weighted = Array(repeating: 0, count: count)
  }

  /// Adds a row; colours are multiplied by their opacity if there is any.
  @inline(__always)
  mutating func add(_ row: UnsafeBufferPointer<UInt8>, weight: Int, hasAlpha: Bool) {
    guard weight == rowWeight else {
      let weight = Weighted(truncatingIfNeeded: weight)
      weighted.withUnsafeMutableBufferPointer { sums in
        Self.forEachProduct(in: row, hasAlpha: hasAlpha) {
          sums[$0] &+= weight &* Weighted(truncatingIfNeeded: $1)
        }
      }
      return
    }
    if wholeRows == rowLimit { fold() }
    wholeRows += 1
    whole.withUnsafeMutableBufferPointer { sums in
      Self.forEachProduct(in: row, hasAlpha: hasAlpha) {
        sums[$0] &+= Whole(truncatingIfNeeded: $1)
      }
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

  /// Brings all into the weighted sums.
  mutating func fold() {
    guard wholeRows > 0 else { return }
    let weight = Weighted(truncatingIfNeeded: rowWeight)
    whole.withUnsafeMutableBufferPointer { whole in
      weighted.withUnsafeMutableBufferPointer { weighted in
        for index in 0..<whole.count {
          weighted[index] &+= weight &* Weighted(truncatingIfNeeded: whole[index])
          whole[index] = 0
        }
      }
    }
    wholeRows = 0
  }

  /// Begins the next result row.
  mutating func clear() {
    weighted.withUnsafeMutableBufferPointer { $0.update(repeating: 0) }
  }
}
