import CPNG
import Raster

/// Interlaced PNG files, whose pixels come in seven passes over all rows.
extension PNGDecoder {
  /// How pixels are gathered.
  enum Method {
    /// Row by row.
    case rows
    /// All rows of the region are kept until the last pass has filled them.
    case wholePasses
    /// Each pixel is added to the result's at once.
    case sparsePasses
  }

  /// Regions of interlaced images whose rows take more than this may be reduced as they come.
  private static let greatestWholePasses = 20_000_000

  static func method(for plan: DecodePlan, of header: ImageHeader) -> Method {
    guard header.isInterlaced else { return .rows }
    let kept = keptRowBytes(for: plan, of: header)
    return kept <= max(greatestWholePasses, sparseBytes(for: plan)) ? .wholePasses : .sparsePasses
  }

  private static func keptRowBytes(for plan: DecodePlan, of header: ImageHeader) -> Int {
    4 * header.storedSize.width * plan.region.height
  }

  private static func sparseBytes(for plan: DecodePlan) -> Int {
    PixelReducer.byteCount(ofPixels: plan.resultSize.area)
  }

  /// The bytes that gathering the pixels takes, beside the result.
  static func workingBytes(for plan: DecodePlan, of header: ImageHeader) -> Int {
    switch method(for: plan, of: header) {
    case .rows: 0
    case .wholePasses: keptRowBytes(for: plan, of: header)
    case .sparsePasses: sparseBytes(for: plan)
    }
  }

  /// An interlaced image's first passes, which are the image at a quarter; nil for others.
  static func preview(
    _ plan: DecodePlan, of header: ImageHeader, session: DecodeSession
  ) throws(DecodeFailure) -> Bitmap? {
    guard header.isInterlaced else { return nil }
    let reader = try PNGReader(session)
    let size = try reader.readHeader()
    try header.check(width: size.width, height: size.height)
    _ = try reader.start()
    let (bitmap, missing) = try readSparsely(3, of: reader, plan, header, session)
    return missing > 0 ? nil : bitmap
  }

  /// Gathers the passes of an interlaced image, of the region's rows alone; also gives the share
  /// of the work that the file does not hold.
  static func readPasses(
    _ passes: Int, of reader: borrowing PNGReader, _ plan: DecodePlan, _ header: ImageHeader,
    _ session: DecodeSession
  ) throws(DecodeFailure) -> (Bitmap, missing: Double) {
    let region = plan.region
    let height = header.storedSize.height
    let rowLength = 4 * header.storedSize.width
    var pixels = [UInt8](repeating: 0, count: rowLength * region.height)
    var rowsRead = 0
    passes: for _ in 0..<passes {
      for row in 0..<height {
        guard !session.isCancelled() else { throw DecodeFailure(.cancelled) }
        let isRead = pixels.withUnsafeMutableBufferPointer { all in
          let isWanted = row >= region.top && row < region.bottom
          let place = isWanted ? all.baseAddress?.advanced(by: (row - region.top) * rowLength) : nil
          return reader.readRow(into: place)
        }
        guard isRead else { break passes }
        rowsRead += 1
      }
    }
    if rowsRead == 0 { throw reader.failure }
    let missing = 1 - Double(rowsRead) / Double(passes * height)
    // Pixels that not even the first pass reached are transparent.
    var reducer = rowReducer(plan, hasAlpha: header.hasAlpha || missing > 0)
    for row in 0..<region.height {
      let start = row * rowLength
      reducer.append(
        pixels.span.extracting(start + 4 * region.left..<start + 4 * region.right))
    }
    return (reducer.finish(), missing)
  }

  /// Adds the pixels of some passes to the result as they come; also gives the share of the rows
  /// that the file does not hold.
  static func readSparsely(
    _ passes: Int, of reader: borrowing PNGReader, _ plan: DecodePlan, _ header: ImageHeader,
    _ session: DecodeSession
  ) throws(DecodeFailure) -> (Bitmap, missing: Double) {
    let size = header.storedSize
    var reducer = PixelReducer(region: plan.region, resultSize: plan.resultSize)
    var row = [UInt8](repeating: 0, count: 4 * size.width)
    var rowsRead = 0
    passes: for pass in Adam7Pass.all.prefix(passes) {
      for index in 0..<size.height {
        guard !session.isCancelled() else { throw DecodeFailure(.cancelled) }
        let isRead = row.withUnsafeMutableBufferPointer {
          reader.readSparseRow(into: $0.baseAddress)
        }
        guard isRead else { break passes }
        rowsRead += 1
        guard pass.hasRow(index) else { continue }
        reducer.append(row.span, at: index, columns: pass.columns(in: size.width))
      }
    }
    if rowsRead == 0 { throw reader.failure }
    return (reducer.finish(), 1 - Double(rowsRead) / Double(passes * size.height))
  }
}

/// One of the passes of Adam7 (PNG, third edition, 8.1).
private struct Adam7Pass {
  let firstColumn: Int
  let columnStep: Int
  let firstRow: Int
  let rowStep: Int

  static let all = [
    Adam7Pass(firstColumn: 0, columnStep: 8, firstRow: 0, rowStep: 8),
    Adam7Pass(firstColumn: 4, columnStep: 8, firstRow: 0, rowStep: 8),
    Adam7Pass(firstColumn: 0, columnStep: 4, firstRow: 4, rowStep: 8),
    Adam7Pass(firstColumn: 2, columnStep: 4, firstRow: 0, rowStep: 4),
    Adam7Pass(firstColumn: 0, columnStep: 2, firstRow: 2, rowStep: 4),
    Adam7Pass(firstColumn: 1, columnStep: 2, firstRow: 0, rowStep: 2),
    Adam7Pass(firstColumn: 0, columnStep: 1, firstRow: 1, rowStep: 2),
  ]

  func hasRow(_ row: Int) -> Bool { row % rowStep == firstRow }

  func columns(in width: Int) -> StrideTo<Int> {
    stride(from: firstColumn, to: width, by: columnStep)
  }
}
