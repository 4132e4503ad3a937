import CJPEG
import Raster

/// JPEG files to bitmaps, at the smallest scale that serves.
enum JPEGDecoder {
  static func readHeader(
    _ source: ByteSource, orientation: Orientation
  ) throws(DecodeFailure) -> ImageHeader {
    let header = try JPEGReader(DecodeSession(source: source)).readHeader()
    let size = PixelSize(width: Int(header.width), height: Int(header.height))
    guard
      DecodeLimits.isPlausible(size, format: .jpeg, bitsPerPixel: 8, bytes: source.count)
    else { throw DecodeFailure(.implausibleSize(size, fileBytes: source.count)) }
    return ImageHeader(
      format: .jpeg, storedSize: size, orientation: orientation,
      isProgressive: header.has_multiple_scans, hasAlpha: false,
      wholeImageBytes: header.has_multiple_scans ? Int(header.coefficient_bytes) : 0)
  }

  /// Decodes a part of the stored image; `memory` is what the coefficients may take.
  static func decode(
    _ plan: DecodePlan, of expected: ImageHeader, session: DecodeSession, memory: Int
  ) throws(DecodeFailure) -> (Bitmap, warning: String?) {
    let reader = try JPEGReader(session)
    let header = try reader.readHeader()
    try expected.check(width: header.width, height: header.height)
    let eighths = plan.eighths
    let columns = ScaledSpan(plan.region.left, plan.region.right, Int(header.width), eighths)
    let rows = ScaledSpan(plan.region.top, plan.region.bottom, Int(header.height), eighths)
    let crop = columns.padded
    let output = try reader.start(
      eighths: eighths, left: crop.lowerBound, width: crop.count, memory: memory + workingMemory)
    var reducer = RowReducer(
      columns: columns.axis(
        from: Int(output.left), count: Int(output.width), plan.resultSize.width),
      rows: rows.axis(from: rows.first, count: rows.count, plan.resultSize.height),
      hasAlpha: false)
    // Rows of an image in one scan end where its data end; in several, the last only get coarser.
    let blocks = BlockRows(
      height: max(1, Int(output.block_rows)), endWithData: !header.has_multiple_scans)
    var missing = 1.0
    if try skipRows(rows.first, of: reader, blocks, session) {
      let range = rows.first..<rows.first + rows.count
      missing = try readRows(range, of: reader, blocks, into: &reducer, session)
    }
    let report = DamageReport(
      endedEarly: reader.endedEarly, damage: reader.isDamaged ? reader.message : nil,
      missing: missing, isCoarse: header.has_multiple_scans)
    return (reducer.finish(), report.text)
  }

  /// Decodes a progressive image from its first scans; nil for others, and where they are cut short.
  static func preview(
    _ plan: DecodePlan, of expected: ImageHeader, session: DecodeSession, memory: Int
  ) throws(DecodeFailure) -> Bitmap? {
    let reader = try JPEGReader(session)
    let header = try reader.readHeader()
    try expected.check(width: header.width, height: header.height)
    guard let output = try reader.startPreview(memory: memory + workingMemory) else { return nil }
    let columns = ScaledSpan(0, Int(header.width), Int(header.width), 1)
    let rows = ScaledSpan(0, Int(header.height), Int(header.height), 1)
    var reducer = RowReducer(
      columns: columns.axis(from: 0, count: Int(output.width), plan.resultSize.width),
      rows: rows.axis(from: 0, count: rows.count, plan.resultSize.height), hasAlpha: false)
    let blocks = BlockRows(height: max(1, Int(output.block_rows)), endWithData: true)
    let missing = try readRows(0..<rows.count, of: reader, blocks, into: &reducer, session)
    return missing > 0 || reader.isDamaged ? nil : reducer.finish()
  }

  /// What libjpeg may take beside the coefficients: rows of blocks of the widest image.
  private static let workingMemory = 32_000_000

  /// Passes over the rows above the region, in steps between which the work can be cancelled;
  /// returns whether the file holds what follows.
  private static func skipRows(
    _ count: Int, of reader: borrowing JPEGReader, _ blocks: BlockRows, _ session: DecodeSession
  ) throws(DecodeFailure) -> Bool {
    // Steps begin on the border of a row of blocks: libjpeg-turbo misplaces rows elsewhere.
    let step = 16 * blocks.height
    var skipped = 0
    while skipped < count {
      guard !session.isCancelled() else { throw DecodeFailure(.cancelled) }
      if blocks.endWithData, reader.endedEarly { return false }
      let next = min(step, count - skipped)
      try reader.skipRows(next)
      skipped += next
    }
    return true
  }

  /// Feeds rows to the reducer; returns the share of them that the file does not hold.
  private static func readRows(
    _ rows: Range<Int>, of reader: borrowing JPEGReader, _ blocks: BlockRows,
    into reducer: inout RowReducer, _ session: DecodeSession
  ) throws(DecodeFailure) -> Double {
    var row = [UInt8](repeating: 0, count: 4 * reducer.columns.sourceCount)
    var end = rows.upperBound
    var next = rows.lowerBound
    var hasEnded = !blocks.endWithData
    while next < end, !reducer.isComplete {
      guard !session.isCancelled() else { throw DecodeFailure(.cancelled) }
      try reader.readRow(into: &row)
      reducer.append(row.span)
      if !hasEnded, reader.endedEarly {
        hasEnded = true
        end = min(end, blocks.lastRow(whereDataEndAt: next))
      }
      next += 1
    }
    return reducer.isComplete ? 0 : Double(rows.upperBound - next) / Double(rows.count)
  }
}

/// The rows of blocks in which a JPEG is decoded.
private struct BlockRows {
  /// Scaled rows in a row of blocks.
  let height: Int
  /// Whether rows after the end of the data are invented, rather than a coarser picture.
  let endWithData: Bool

  /// The end of the last row of blocks that shows any data, if they ended while a row was read.
  ///
  /// The decoder works a row of blocks ahead once it reaches the last rows of the one before.
  func lastRow(whereDataEndAt row: Int) -> Int {
    let ahead = row % height >= height / 2 && height > 1 ? 2 : 1
    return (row / height + ahead) * height
  }
}

/// A span of full-size pixels as the scaled pixels that it touches.
private struct ScaledSpan {
  let first: Int
  let count: Int
  private let extent: Int
  private let eighths: Int
  private let start: Int
  private let length: Int

  init(_ start: Int, _ end: Int, _ extent: Int, _ eighths: Int) {
    self.start = start
    self.eighths = eighths
    self.extent = (extent * eighths + 7) / 8
    length = end - start
    first = start * eighths / 8
    count = (end * eighths + 7) / 8 - first
  }

  /// The scaled pixels with a few to either side, which lend the outermost ones their colour where
  /// colour is stored more coarsely than brightness.
  var padded: Range<Int> { max(0, first - 4)..<min(extent, first + count + 4) }

  /// How the scaled pixels from one on fall onto the result.
  func axis(from origin: Int, count: Int, _ resultCount: Int) -> ReductionAxis {
    ReductionAxis(
      sourceCount: count, pixelLength: 8, windowStart: start * eighths - origin * 8,
      windowLength: length * eighths, resultCount: resultCount)
  }
}
