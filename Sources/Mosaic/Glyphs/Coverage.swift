/// How much of each part of a cell a glyph covers, on a raster of 8×16 square sub-cells.
///
/// A cell is taken to be twice as high as wide, so that 8×16 sub-cells are square. Values run from
/// 0 (background) to 1 (foreground); sub-cells go row by row from the top left. A sub-cell that the
/// border of the glyph crosses has the share of its area that lies inside.
public struct Coverage: Hashable, Sendable {
  /// Sub-cells across a cell.
  public static let columns = 8
  /// Sub-cells down a cell.
  public static let rows = 16

  /// The share of each sub-cell that is foreground, 0…1.
  public let subcells: [Float]

  /// Creates a coverage from the share of each sub-cell.
  ///
  /// - Precondition: There are `columns * rows` of them.
  public init(subcells: [Float]) {
    precondition(subcells.count == Self.columns * Self.rows, "a share for each sub-cell")
    self.subcells = subcells
  }

  /// The share of the whole cell that is foreground, 0…1.
  public var share: Float { subcells.reduce(0, +) / Float(subcells.count) }

  /// Foreground and background exchanged.
  public var inverted: Coverage { Coverage(subcells: subcells.map { 1 - $0 }) }

  /// Whether every sub-cell has the same share.
  public var isFlat: Bool { subcells.allSatisfy { $0 == subcells[0] } }

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
    return subcells.indices.allSatisfy { index in
      let (row, column) = index.quotientAndRemainder(dividingBy: Self.columns)
      return abs(subcells[index] - shares[row / down * grid.columns + column / across]) < 1e-5
    }
  }
}

extension Coverage {
  /// The same share of foreground everywhere, as a shade has it.
  public static func flat(_ share: Float) -> Coverage {
    Coverage(subcells: Array(repeating: share, count: columns * rows))
  }

  /// A rectangle, in shares of the cell's width and height from its top left.
  static func rectangle(
    left: Float = 0, top: Float = 0, right: Float = 1, bottom: Float = 1
  ) -> Coverage {
    func shares(_ from: Float, _ to: Float, _ count: Int) -> [Float] {
      (0..<count).map { index in
        let overlap =
          min(Float(index + 1), to * Float(count)) - max(Float(index), from * Float(count))
        // In 1024ths, so that a shape and its complement add up to exactly 1.
        return max(0, min(1, (overlap * 1024).rounded() / 1024))
      }
    }
    let across = shares(left, right, columns)
    return Coverage(
      subcells: shares(top, bottom, rows).flatMap { down in across.map { $0 * down } })
  }

  /// Some of the blocks of a cell in two columns: bit 0 is the upper left one, bit 1 the upper
  /// right one, and so on down the cell.
  static func blocks(_ bits: Int, rows count: Int) -> Coverage {
    let height = 1 / Float(count)
    return sum(
      (0..<2 * count).filter { bits >> $0 & 1 == 1 }.map { block in
        let (row, column) = block.quotientAndRemainder(dividingBy: 2)
        return rectangle(
          left: Float(column) / 2, top: Float(row) * height, right: Float(column + 1) / 2,
          bottom: Float(row + 1) * height)
      })
  }

  /// Some of eight dots, each in the middle half of an eighth of the cell; bits as in Braille.
  static func dots(_ bits: Int) -> Coverage {
    let places = [(0, 0), (0, 1), (0, 2), (1, 0), (1, 1), (1, 2), (0, 3), (1, 3)]
    return sum(
      places.indices.filter { bits >> $0 & 1 == 1 }.map { dot in
        let left = Float(places[dot].0) / 2 + 0.125
        let top = Float(places[dot].1) / 4 + 0.0625
        return rectangle(left: left, top: top, right: left + 0.25, bottom: top + 0.125)
      })
  }

  /// All that lies to the side of a line between two points on which a third one is.
  ///
  /// Coordinates are shares of the cell's width and height.
  static func side(
    of corner: SIMD2<Float>, from start: SIMD2<Float>, to end: SIMD2<Float>
  ) -> Coverage {
    // Which side is positive; the border itself has no area.
    func turn(_ point: SIMD2<Float>) -> Float {
      (end.x - start.x) * (point.y - start.y) - (end.y - start.y) * (point.x - start.x)
    }
    let sign: Float = turn(corner) > 0 ? 1 : -1
    // Points on the line count half, so that a shape and its complement add up to 1.
    func share(_ x: Float, _ y: Float) -> Float {
      let side = turn(SIMD2(x / Float(columns), y / Float(rows))) * sign
      return side > 1e-6 ? 1 : (side < -1e-6 ? 0 : 0.5)
    }
    var subcells: [Float] = []
    for row in 0..<rows {
      for column in 0..<columns {
        let (x, y) = (Float(column), Float(row))
        let corners = share(x, y) + share(x + 1, y) + share(x, y + 1) + share(x + 1, y + 1)
        guard corners > 0, corners < 4 else {
          subcells.append(corners / 4)
          continue
        }
        let places = (0..<64).map { (Float($0 % 8) * 2 + 1) / 16 }
        let lines = (0..<64).map { (Float($0 / 8) * 2 + 1) / 16 }
        subcells.append(zip(places, lines).reduce(0) { $0 + share(x + $1.0, y + $1.1) } / 64)
      }
    }
    return Coverage(subcells: subcells)
  }

  /// The union of coverages that don't overlap.
  private static func sum(_ parts: [Coverage]) -> Coverage {
    var subcells = [Float](repeating: 0, count: columns * rows)
    for part in parts {
      for index in subcells.indices { subcells[index] += part.subcells[index] }
    }
    return Coverage(subcells: subcells.map { min(1, $0) })
  }
}
