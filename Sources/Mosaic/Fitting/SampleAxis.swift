/// Where the samples of a pane lie along one axis of a bitmap.
///
/// A sample is the mean of a run of bitmap pixels, the first and the last of them in part.
struct SampleAxis {
  /// One sample's run of pixels; the weights of all its pixels add up to 1.
  struct Run {
    /// The first pixel.
    var first = 0
    /// How many pixels; 0 for a sample outside the picture.
    var count = 0
    /// The weight of the first pixel.
    var firstWeight: Float = 0
    /// The weight of each pixel between the first and the last.
    var innerWeight: Float = 0
    /// The weight of the last pixel, where it isn't the first.
    var lastWeight: Float = 0
    /// The share of the sample that lies inside the picture, 0…1.
    var inside: Float = 0
  }

  /// The samples in order.
  let runs: [Run]
  /// The cells at least partly inside the picture.
  let cells: Range<Int>
  /// The cells wholly inside the picture.
  let wholeCells: Range<Int>

  /// The samples along one axis of a pane.
  ///
  /// - Parameters:
  ///   - cellCount: The pane's extent in cells.
  ///   - samplesPerCell: Samples in each cell.
  ///   - start: Where the pane starts, in pixels of the full-size image.
  ///   - pixelsPerCell: Pixels of the full-size image in a cell.
  ///   - region: The part of the image that the bitmap shows.
  ///   - pixelCount: The bitmap's pixels along the axis.
  ///
  /// A picture thinner than a cell fills the cell that it touches, or it could not be seen.
  init(
    cellCount: Int, samplesPerCell: Int, start: Double, pixelsPerCell: Double,
    region: Range<Int>, pixelCount: Int
  ) {
    var runs = [Run](repeating: Run(), count: cellCount * samplesPerCell)
    if !region.isEmpty, pixelCount > 0 {
      let step = pixelsPerCell / Double(samplesPerCell)
      let scale = Double(pixelCount) / Double(region.count)
      for index in runs.indices {
        let from = (start + Double(index) * step - Double(region.lowerBound)) * scale
        runs[index] = Self.run(from: from, to: from + step * scale, pixelCount: pixelCount)
      }
      if Double(region.count) < pixelsPerCell { Self.widen(&runs, samplesPerCell) }
    }
    self.runs = runs
    let touched = (0..<cellCount).filter { cell in
      (0..<samplesPerCell).contains { runs[cell * samplesPerCell + $0].count > 0 }
    }
    let whole = touched.filter { cell in
      (0..<samplesPerCell).allSatisfy { runs[cell * samplesPerCell + $0].inside == 1 }
    }
    cells = Self.range(of: touched)
    wholeCells = Self.range(of: whole)
  }

  /// Gives the samples of a touched cell that lie outside the picture the nearest one inside.
  private static func widen(_ runs: inout [Run], _ samplesPerCell: Int) {
    for start in stride(from: 0, to: runs.count, by: samplesPerCell) {
      let touched = (start..<start + samplesPerCell).filter { runs[$0].count > 0 }
      guard let first = touched.first, let last = touched.last else { continue }
      for index in start..<start + samplesPerCell {
        runs[index] = runs[max(first, min(last, index))]
        runs[index].inside = 1
      }
    }
  }

  /// A sample from one bitmap position to another, cut at the bitmap's ends.
  private static func run(from: Double, to: Double, pixelCount: Int) -> Run {
    // Positions come from scaled integers: what is off by less than this is meant to be exact.
    let slack = 1e-6 * max(1, to - from)
    let low = max(0, snapped(from, slack))
    let high = min(Double(pixelCount), snapped(to, slack))
    guard high - low > slack else { return Run() }
    let first = Int(low)
    let last = min(pixelCount - 1, Int(high.rounded(.up)) - 1)
    let length = high - low
    var run = Run()
    run.first = first
    run.count = last - first + 1
    run.innerWeight = Float(1 / length)
    run.firstWeight = last == first ? 1 : Float((Double(first + 1) - low) / length)
    run.lastWeight = last == first ? 0 : Float((high - Double(last)) / length)
    let share = length / (to - from)
    run.inside = share > 1 - 1e-4 ? 1 : Float(share)
    return run
  }

  private static func snapped(_ value: Double, _ slack: Double) -> Double {
    let whole = value.rounded()
    return abs(value - whole) < slack ? whole : value
  }

  private static func range(of cells: [Int]) -> Range<Int> {
    guard let first = cells.first, let last = cells.last else { return 0..<0 }
    return first..<last + 1
  }
}
