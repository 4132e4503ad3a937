internal import Cells
internal import Raster

/// Averages a picture's pixels into samples, one row of cells at a time, from the top down.
///
/// The mean is exact: a pixel that lies in two samples counts in each by the area it has there.
/// Each row of the bitmap is read once, unless it is magnified over several rows of cells.
struct PictureSampler {
  let across: SampleAxis
  let down: SampleAxis
  let grid: SubcellGrid
  /// The samples of the row of cells last asked for, row by row over the pane's whole width: red,
  /// green and blue times the opacity, and the opacity, all 0…255.
  private(set) var samples: [SIMD4<Float>]

  private let bitmap: Bitmap
  /// A row of the bitmap reduced to the samples across, and which one.
  private var reducedRow: [SIMD4<Float>]
  private var reducedIndex = -1

  init(_ picture: Picture, in viewport: Viewport, on grid: SubcellGrid) {
    let region = picture.region
    bitmap = picture.bitmap
    // The rows are read without a check of each pixel.
    precondition(bitmap.channels.count == 4 * bitmap.size.area, "channels don't fit the size")
    self.grid = grid
    across = SampleAxis(
      cellCount: viewport.pane.columns, samplesPerCell: grid.columns, start: viewport.origin.x,
      pixelsPerCell: 1 / viewport.columnsPerPixel, region: region.left..<region.right,
      pixelCount: bitmap.size.width)
    down = SampleAxis(
      cellCount: viewport.pane.rows, samplesPerCell: grid.rows, start: viewport.origin.y,
      pixelsPerCell: 1 / viewport.rowsPerPixel, region: region.top..<region.bottom,
      pixelCount: bitmap.size.height)
    samples = Array(repeating: .zero, count: across.runs.count * grid.rows)
    reducedRow = Array(repeating: .zero, count: across.runs.count)
  }

  /// Fills `samples` for a row of cells.
  mutating func sampleRow(_ cellRow: Int) {
    let width = across.runs.count
    for line in 0..<grid.rows {
      let run = down.runs[cellRow * grid.rows + line]
      for index in 0..<width { samples[line * width + index] = .zero }
      for step in 0..<run.count {
        let weight =
          step == 0 ? run.firstWeight : (step == run.count - 1 ? run.lastWeight : run.innerWeight)
        reduce(run.first + step)
        accumulate(weight, into: line * width)
      }
    }
  }

  private mutating func accumulate(_ weight: Float, into start: Int) {
    for index in 0..<reducedRow.count { samples[start + index] += reducedRow[index] * weight }
  }

  /// Averages one row of the bitmap into `reducedRow`.
  private mutating func reduce(_ row: Int) {
    guard row != reducedIndex else { return }
    reducedIndex = row
    let start = 4 * row * bitmap.size.width
    let hasAlpha = bitmap.hasAlpha
    let runs = across.runs
    bitmap.channels.withUnsafeBufferPointer { channels in
      reducedRow.withUnsafeMutableBufferPointer { reduced in
        for index in 0..<runs.count {
          reduced[index] =
            hasAlpha
            ? Self.mean(of: runs[index], in: channels, from: start, Self.premultiplied)
            : Self.mean(of: runs[index], in: channels, from: start) { $0 }
        }
      }
    }
  }

  @inline(__always)
  private static func mean(
    of run: SampleAxis.Run, in channels: UnsafeBufferPointer<UInt8>, from start: Int,
    _ pixel: (SIMD4<Float>) -> SIMD4<Float>
  ) -> SIMD4<Float> {
    guard run.count > 0 else { return .zero }
    var offset = start + 4 * run.first
    var sum = pixel(load(channels, offset)) * run.firstWeight
    guard run.count > 1 else { return sum }
    var inner = SIMD4<Float>.zero
    for _ in 1..<run.count - 1 {
      offset += 4
      inner += pixel(load(channels, offset))
    }
    sum += inner * run.innerWeight
    return sum + pixel(load(channels, offset + 4)) * run.lastWeight
  }

  @inline(__always)
  private static func load(
    _ channels: UnsafeBufferPointer<UInt8>, _ offset: Int
  ) -> SIMD4<Float> {
    SIMD4(
      Float(channels[offset]), Float(channels[offset + 1]), Float(channels[offset + 2]),
      Float(channels[offset + 3]))
  }

  @inline(__always)
  private static func premultiplied(_ pixel: SIMD4<Float>) -> SIMD4<Float> {
    let opacity = pixel.w / 255
    return pixel * SIMD4(opacity, opacity, opacity, 1)
  }
}

extension PictureSampler {
  /// Copies the samples of one cell of the row last sampled.
  @inline(__always)
  func copySamples(ofColumn column: Int, into cell: inout [SIMD4<Float>]) {
    let width = across.runs.count
    for line in 0..<grid.rows {
      for step in 0..<grid.columns {
        cell[line * grid.columns + step] = samples[line * width + column * grid.columns + step]
      }
    }
  }

  /// The share of each sample of a cell that lies inside the picture.
  func inside(column: Int, row: Int) -> [Float] {
    (0..<grid.rows).flatMap { line in
      (0..<grid.columns).map { step in
        down.runs[row * grid.rows + line].inside
          * across.runs[column * grid.columns + step].inside
      }
    }
  }
}
