/// How source pixels along one axis fall onto result pixels, in exact whole units.
///
/// A source pixel is `pixelLength` units long; the window that is shown begins `windowStart` units
/// after the first source pixel's edge and is `windowLength` units long. A window may therefore
/// begin within a source pixel, as it does when a JPEG is decoded at 3/8 of its size and the part
/// wanted begins at column 100: column 37.5 of what comes out of the decoder.
public struct ReductionAxis: Hashable, Sendable {
  /// How many source pixels there are.
  public let sourceCount: Int
  /// Units that a source pixel is long.
  public let pixelLength: Int
  /// Units from the edge of the first source pixel to the window.
  public let windowStart: Int
  /// Units that the window is long.
  public let windowLength: Int
  /// How many result pixels divide the window evenly.
  public let resultCount: Int

  /// Creates an axis.
  ///
  /// - Parameters:
  ///   - sourceCount: How many source pixels there are.
  ///   - pixelLength: Units that a source pixel is long.
  ///   - windowStart: Units from the edge of the first source pixel to the window.
  ///   - windowLength: Units that the window is long.
  ///   - resultCount: How many result pixels divide the window evenly.
  /// - Precondition: All are positive but `windowStart`, which may be 0, and the window is covered
  ///   by source pixels.
  public init(
    sourceCount: Int, pixelLength: Int, windowStart: Int, windowLength: Int, resultCount: Int
  ) {
    precondition(sourceCount > 0 && pixelLength > 0 && windowLength > 0 && resultCount > 0)
    precondition(windowStart >= 0 && windowStart + windowLength <= sourceCount * pixelLength)
    self.sourceCount = sourceCount
    self.pixelLength = pixelLength
    self.windowStart = windowStart
    self.windowLength = windowLength
    self.resultCount = resultCount
  }

  /// The axis that shows all source pixels.
  public init(from sourceCount: Int, to resultCount: Int) {
    self.init(
      sourceCount: sourceCount, pixelLength: 1, windowStart: 0, windowLength: sourceCount,
      resultCount: resultCount)
  }

  // In units so fine that a result pixel is a whole number of them too: `resultCount` times finer.

  /// The length of a source pixel, in fine units.
  var sourceStep: Int { pixelLength * resultCount }
  /// The length of a result pixel, in fine units.
  var resultStep: Int { windowLength }
  /// Where the window begins, in fine units.
  var start: Int { windowStart * resultCount }
  /// Where the window ends, in fine units.
  var end: Int { (windowStart + windowLength) * resultCount }

  /// Whether each result pixel is a source pixel.
  var isCopy: Bool { sourceStep == resultStep && start % sourceStep == 0 }

  /// The source pixels under each result pixel, with the weights of the first and the last.
  var coverage: [Coverage] {
    (0..<resultCount).map { index in
      let from = start + index * resultStep
      let to = from + resultStep
      let first = from / sourceStep
      let last = (to - 1) / sourceStep
      return Coverage(
        first: first, last: last,
        firstWeight: UInt64(min(to, (first + 1) * sourceStep) - from),
        lastWeight: UInt64(to - max(from, last * sourceStep)))
    }
  }

  /// The source pixels under one result pixel.
  struct Coverage {
    let first: Int
    let last: Int
    let firstWeight: UInt64
    let lastWeight: UInt64
  }
}
