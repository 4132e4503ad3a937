/// The raster that a cell's picture is sampled on.
struct SubcellGrid: Hashable, Sendable {
  /// Samples across a cell: 1, 2, 4 or 8.
  var columns: Int
  /// Samples down a cell: 1, 2, 4, 8 or 16.
  var rows: Int

  /// Samples a cell.
  var count: Int { columns * rows }

  /// The finest raster, on which glyphs are described.
  static let finest = SubcellGrid(columns: Coverage.columns, rows: Coverage.rows)
  /// A raster that does for reduced pictures: finer across gains a hundredth of a decibel.
  static let middling = SubcellGrid(columns: 4, rows: 16)

  /// The coarsest raster on which no coverage varies within a sample, or the finest there is.
  ///
  /// Area averages are linear, so that a fit on it finds what a fit on the finest one would.
  static func coarsest(for coverages: [Coverage]) -> SubcellGrid {
    let columns = [1, 2, 4].first { columns in
      coverages.allSatisfy { $0.isUniform(on: SubcellGrid(columns: columns, rows: Coverage.rows)) }
    }
    let rows = [1, 2, 4, 8].first { rows in
      coverages.allSatisfy { $0.isUniform(on: SubcellGrid(columns: Coverage.columns, rows: rows)) }
    }
    return SubcellGrid(columns: columns ?? Coverage.columns, rows: rows ?? Coverage.rows)
  }

  /// No finer than another.
  func limited(to other: SubcellGrid) -> SubcellGrid {
    SubcellGrid(columns: min(columns, other.columns), rows: min(rows, other.rows))
  }
}
