import Raster
import TestSupport
import Testing

@Suite("Averaging areas, row by row")
struct RowReducerTests {
  /// The definition, pixel by pixel in floating point.
  private func naive(
    _ source: Bitmap, columns: ReductionAxis, rows: ReductionAxis
  ) -> [[Double]] {
    func overlap(_ axis: ReductionAxis, _ pixel: Int, _ result: Int) -> Double {
      let unit = Double(axis.windowLength) / Double(axis.resultCount)
      let from = Double(axis.windowStart) + Double(result) * unit
      let low = max(from, Double(pixel * axis.pixelLength))
      let high = min(from + unit, Double((pixel + 1) * axis.pixelLength))
      return max(0, high - low)
    }
    var result: [[Double]] = []
    for row in 0..<rows.resultCount {
      for column in 0..<columns.resultCount {
        var sum = [0.0, 0.0, 0.0, 0.0]
        var total = 0.0
        for y in 0..<rows.sourceCount {
          for x in 0..<columns.sourceCount {
            let weight = overlap(columns, x, column) * overlap(rows, y, row)
            let index = 4 * (y * columns.sourceCount + x)
            let alpha = Double(source.channels[index + 3])
            total += weight
            sum[3] += weight * alpha
            for channel in 0..<3 {
              sum[channel] += weight * alpha * Double(source.channels[index + channel])
            }
          }
        }
        // Rounding lets a pixel that ends at an edge seem to reach over it.
        let colors = (0..<3).map { sum[3] > 1e-6 ? sum[$0] / sum[3] : 0 }
        result.append(colors + [sum[3] / total])
      }
    }
    return result
  }

  private func axis(_ generator: inout SeededGenerator) -> ReductionAxis {
    let count = Int.random(in: 1...23, using: &generator)
    let length = [1, 1, 3, 8].randomElement(using: &generator) ?? 1
    if Int.random(in: 0..<3, using: &generator) == 0 {
      // Pixel by pixel.
      let first = Int.random(in: 0..<count, using: &generator)
      let shown = Int.random(in: 1...count - first, using: &generator)
      return ReductionAxis(
        sourceCount: count, pixelLength: length, windowStart: first * length,
        windowLength: shown * length, resultCount: shown)
    }
    let start = Int.random(in: 0..<count * length, using: &generator)
    let window = Int.random(in: 1...count * length - start, using: &generator)
    // Up to three times as many: enlarging must be right too.
    let result = Int.random(in: 1...max(1, 3 * window / length), using: &generator)
    return ReductionAxis(
      sourceCount: count, pixelLength: length, windowStart: start, windowLength: window,
      resultCount: result)
  }

  @Test("agrees with the definition", arguments: 1...200 as ClosedRange<UInt64>)
  func agreesWithDefinition(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let columns = axis(&generator)
    let rows = axis(&generator)
    let hasAlpha = Bool.random(using: &generator)
    let channels = (0..<4 * columns.sourceCount * rows.sourceCount).map { index -> UInt8 in
      if index % 4 == 3, !hasAlpha { return 255 }
      return [0, 255, UInt8.random(in: 0...255, using: &generator)].randomElement(using: &generator)
        ?? 0
    }
    let source = Bitmap(
      size: PixelSize(width: columns.sourceCount, height: rows.sourceCount), channels: channels,
      hasAlpha: hasAlpha)

    var reducer = RowReducer(columns: columns, rows: rows, hasAlpha: hasAlpha)
    let length = 4 * columns.sourceCount
    for row in 0..<rows.sourceCount {
      reducer.append(source.channels.span.extracting(row * length..<(row + 1) * length))
    }
    #expect(reducer.isComplete)
    let result = reducer.finish()
    #expect(result.size == PixelSize(width: columns.resultCount, height: rows.resultCount))

    let expected = naive(source, columns: columns, rows: rows).flatMap { $0 }
    let worst = zip(result.channels, expected).map { abs(Double($0) - $1) }.max() ?? 0
    #expect(worst <= 0.5 + 1e-6, "seed \(seed)")
  }

  @Test("a transparent pixel's colour never shows")
  func transparentColor() {
    let bitmap = Bitmap(
      size: PixelSize(width: 2, height: 1), channels: [200, 100, 50, 255, 0, 255, 0, 0],
      hasAlpha: true)
    #expect(bitmap.resampled(to: PixelSize(width: 1, height: 1)).channels == [200, 100, 50, 128])
  }

  @Test("rows that never arrive are transparent")
  func missingRows() {
    var reducer = RowReducer(
      columns: ReductionAxis(from: 1, to: 1), rows: ReductionAxis(from: 4, to: 2), hasAlpha: false)
    let row: [UInt8] = [9, 8, 7, 255]
    reducer.append(row.span)
    reducer.append(row.span)
    #expect(!reducer.isComplete)
    let result = reducer.finish()
    #expect(result.channels == [9, 8, 7, 255, 0, 0, 0, 0])
    #expect(result.hasAlpha)
  }

  @Test("tall sums do not overflow")
  func tallSums() {
    let height = 150_000
    var reducer = RowReducer(
      columns: ReductionAxis(from: 1, to: 1), rows: ReductionAxis(from: height, to: 1),
      hasAlpha: true)
    let row: [UInt8] = [255, 1, 0, 255]
    for _ in 0..<height { reducer.append(row.span) }
    #expect(reducer.finish().channels == row)
  }

  @Test(
    "fitting keeps proportions and never enlarges",
    arguments: [
      ((4000, 3000), (480, 288), (384, 288)), ((12_000, 300), (480, 288), (480, 12)),
      ((12_000, 1), (480, 288), (480, 1)), ((30, 20), (480, 288), (30, 20)),
    ])
  func fitting(size: (Int, Int), limit: (Int, Int), expected: (Int, Int)) {
    let fitted = PixelSize(width: size.0, height: size.1)
      .fitted(within: PixelSize(width: limit.0, height: limit.1))
    #expect(fitted == PixelSize(width: expected.0, height: expected.1))
  }
}
