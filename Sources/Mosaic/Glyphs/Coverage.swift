/// How much of each part of a cell a glyph covers, on a raster of 4×8 square sub-cells.
///
/// A cell is taken to be twice as high as wide, so that 4×8 sub-cells are square. Values run from
/// 0 (background) to 1 (foreground); sub-cells go row by row from the top left.
public struct Coverage: Hashable, Sendable {
  /// Sub-cells across a cell.
  public static let columns = 4
  /// Sub-cells down a cell.
  public static let rows = 8

  /// The share of each sub-cell that is foreground, 0…1.
  public let subcells: SIMD32<Float>

  /// Creates a coverage from the share of each sub-cell.
  public init(subcells: SIMD32<Float>) { self.subcells = subcells }

  /// The same share of foreground everywhere, as a shade has it.
  public static func flat(_ share: Float) -> Coverage {
    Coverage(subcells: SIMD32(repeating: share))
  }

  /// Foreground in some of the four quarters of the cell.
  public static func quadrants(
    upperLeft: Bool = false, upperRight: Bool = false, lowerLeft: Bool = false,
    lowerRight: Bool = false
  ) -> Coverage {
    var subcells = SIMD32<Float>(repeating: 0)
    for row in 0..<rows {
      for column in 0..<columns {
        let isLeft = column < columns / 2
        let covered =
          row < rows / 2 ? (isLeft ? upperLeft : upperRight) : (isLeft ? lowerLeft : lowerRight)
        if covered { subcells[row * columns + column] = 1 }
      }
    }
    return Coverage(subcells: subcells)
  }

  /// The share of the whole cell that is foreground, 0…1.
  public var share: Float { subcells.sum() / Float(Self.columns * Self.rows) }

  /// Foreground and background exchanged.
  public var inverted: Coverage { Coverage(subcells: 1 - subcells) }

  /// Whether every sub-cell has the same share.
  public var isFlat: Bool { subcells.min() == subcells.max() }

  /// The shares on a coarser raster, row by row: means over blocks of sub-cells.
  func reduced(to grid: SubcellGrid) -> [Float] {
    let across = Self.columns / grid.columns
    let down = Self.rows / grid.rows
    var shares = [Float](repeating: 0, count: grid.count)
    for row in 0..<Self.rows {
      for column in 0..<Self.columns {
        shares[row / down * grid.columns + column / across] += subcells[row * Self.columns + column]
      }
    }
    return shares.map { $0 / Float(across * down) }
  }

  /// Whether the coverage is constant over each block of a coarser raster.
  func isUniform(on grid: SubcellGrid) -> Bool {
    let shares = reduced(to: grid)
    let across = Self.columns / grid.columns
    let down = Self.rows / grid.rows
    return (0..<Self.columns * Self.rows).allSatisfy { index in
      let (row, column) = index.quotientAndRemainder(dividingBy: Self.columns)
      return abs(subcells[index] - shares[row / down * grid.columns + column / across]) < 1e-5
    }
  }
}

/// The raster that a cell's picture is sampled on: as coarse as the glyphs of a set allow.
struct SubcellGrid: Hashable, Sendable {
  /// Samples across a cell: 1, 2 or 4.
  var columns: Int
  /// Samples down a cell: 1, 2, 4 or 8.
  var rows: Int

  /// Samples a cell.
  var count: Int { columns * rows }

  /// The coarsest raster on which no coverage varies within a sample.
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
}
