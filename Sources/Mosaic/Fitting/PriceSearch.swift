internal import Cells

/// Finds what a byte must be worth for a picture to fit its budget.
///
/// Some rows tell most of it; all of them are made only for the price found, and again while they
/// are too many bytes, or far too few.
struct PriceSearch {
  private let mosaic: Mosaicker
  private let budget: Double
  private let count: FrameBytes

  init(_ mosaic: Mosaicker, budget: Int) {
    self.mosaic = mosaic
    self.budget = Double(max(1, budget))
    count = FrameBytes(of: mosaic.options, over: mosaic.shown)
  }

  /// The best grid found within the budget; if none is, the one of the fewest bytes.
  func cells(spread: Spread) -> CellGrid {
    let free = mosaic.cells(at: 0, spread: spread)
    let most = count(free)
    guard most > budget, mosaic.options.screen.depth != .mono else { return free }
    var bracket = PriceBracket(startingAt: first(most / budget), goal: 0.985 * budget)
    let rows = mosaic.rows.filter { $0 % 4 == 1 }
    if rows.count > 4 {
      let share = Double(rows.count) / Double(mosaic.rows.count)
      for _ in 0..<6 where !bracket.isClose {
        let lines = mosaic.lines(rows, at: bracket.price, spread: spread)
        bracket.take(bytes: lines.reduce(0) { $0 + count($1.cells, row: $1.row) } / share)
      }
      // What some rows told is a good start, and no more.
      bracket = PriceBracket(startingAt: bracket.price, goal: 0.985 * budget)
    }
    var best = (grid: free, bytes: most)
    for _ in 0..<10 {
      let grid = mosaic.cells(at: bracket.price, spread: spread)
      let bytes = count(grid)
      let isBetter =
        best.bytes > budget ? bytes < best.bytes : bytes <= budget && bytes > best.bytes
      if isBetter { best = (grid, bytes) }
      bracket.take(bytes: bytes)
      if best.bytes <= budget, bracket.isClose { break }
    }
    // Where few cells make the bytes jump, a price between two that were tried may be out of order.
    var price = bracket.price
    for _ in 0..<8 where best.bytes > budget {
      price *= 2
      let grid = mosaic.cells(at: price, spread: spread)
      let bytes = count(grid)
      if bytes < best.bytes { best = (grid, bytes) }
    }
    return best.grid
  }

  /// A price to begin with, where a picture has to become smaller by a factor.
  private func first(_ factor: Double) -> Float {
    let square = Float(min(factor, 100) * min(factor, 100))
    return 15 * square * square
  }
}

/// What is known of the price that makes a picture a number of bytes.
private struct PriceBracket {
  /// The price to try next.
  private(set) var price: Float
  /// Whether the price tried last gave nearly the bytes wanted.
  private(set) var isClose = false
  private let goal: Double
  private var tooLow: Float?
  private var tooHigh: Float?

  init(startingAt price: Float, goal: Double) {
    self.price = price
    self.goal = goal
  }

  /// Takes what the price tried last gave.
  mutating func take(bytes: Double) {
    let ratio = Float(bytes / goal)
    isClose = ratio > 0.97 && ratio <= 1.01
    if ratio > 1 { tooLow = price } else { tooHigh = price }
    // Bytes fall with about the 0.4th power of the price.
    var next = price * max(0.1, min(20, ratio * ratio * ratio.squareRoot()))
    if let tooLow, let tooHigh, next <= tooLow || next >= tooHigh {
      next = (tooLow * tooHigh).squareRoot()
    }
    price = next
  }
}
