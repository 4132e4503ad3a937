import CPNG
import Raster

/// PNG files to bitmaps, row by row.
enum PNGDecoder {
  static func readHeader(
    _ source: ByteSource, orientation: Orientation
  ) throws(DecodeFailure) -> ImageHeader {
    // Judged before libpng sees it, whose words for too large a size are "invalid header".
    let start = source.bytes(at: 16, length: 8)
    let claimed = PixelSize(
      width: bigEndian(start.prefix(4)), height: bigEndian(start.dropFirst(4)))
    try checkSize(claimed, bitsPerPixel: 1, source)
    let header = try PNGReader(DecodeSession(source: source)).readHeader()
    let size = PixelSize(width: Int(header.width), height: Int(header.height))
    try checkSize(size, bitsPerPixel: Int(header.bits_per_pixel), source)
    return ImageHeader(
      format: .png, storedSize: size, orientation: orientation,
      isProgressive: header.is_interlaced, hasAlpha: header.has_alpha, wholeImageBytes: 0)
  }

  private static func bigEndian(_ bytes: ArraySlice<UInt8>) -> Int {
    bytes.reduce(0) { $0 << 8 | Int($1) }
  }

  private static func checkSize(
    _ size: PixelSize, bitsPerPixel: Int, _ source: ByteSource
  ) throws(DecodeFailure) {
    let isPlausible = DecodeLimits.isPlausible(
      size, format: .png, bitsPerPixel: bitsPerPixel, bytes: source.count)
    guard isPlausible else { throw DecodeFailure(.implausibleSize(size, fileBytes: source.count)) }
  }

  static func decode(
    _ plan: DecodePlan, of header: ImageHeader, session: DecodeSession
  ) throws(DecodeFailure) -> (Bitmap, warning: String?) {
    let reader = try PNGReader(session)
    let size = try reader.readHeader()
    try header.check(width: size.width, height: size.height)
    let (passes, channels) = try reader.start()
    let isInterlaced = passes > 1
    let (bitmap, missing) =
      switch method(for: plan, of: header) {
      case .rows: try readRows(of: reader, channels: channels, plan, header, session)
      case .wholePasses: try readPasses(passes, of: reader, plan, header, session)
      case .sparsePasses: try readSparsely(passes, of: reader, plan, header, session)
      }
    let damage = missing > 0 && !reader.endedEarly ? reader.message : reader.damage
    let report = DamageReport(
      endedEarly: reader.endedEarly, damage: damage, missing: missing, isCoarse: isInterlaced)
    return (bitmap, report.text)
  }

  /// What reduces the part of each row that is in the region.
  static func rowReducer(
    _ plan: DecodePlan, hasAlpha: Bool, channelCount: Int = 4
  ) -> RowReducer {
    RowReducer(
      columns: ReductionAxis(from: plan.region.width, to: plan.resultSize.width),
      rows: ReductionAxis(from: plan.region.height, to: plan.resultSize.height),
      hasAlpha: hasAlpha, channelCount: channelCount)
  }

  /// Reduces the region's rows as they come; also gives the share that the file does not hold.
  private static func readRows(
    of reader: borrowing PNGReader, channels: Int, _ plan: DecodePlan, _ header: ImageHeader,
    _ session: DecodeSession
  ) throws(DecodeFailure) -> (Bitmap, missing: Double) {
    let region = plan.region
    let columns = channels * region.left..<channels * region.right
    // The file may have been written over since its header was read.
    let hasAlpha = header.hasAlpha && channels == 4
    var reducer = rowReducer(plan, hasAlpha: hasAlpha, channelCount: channels)
    var row = [UInt8](repeating: 0, count: channels * header.storedSize.width)
    for index in 0..<region.bottom {
      guard !session.isCancelled() else { throw DecodeFailure(.cancelled) }
      let isRead = row.withUnsafeMutableBufferPointer { reader.readRow(into: $0.baseAddress) }
      guard isRead else {
        if index == 0 { throw reader.failure }
        let missing = region.bottom - max(index, region.top)
        return (reducer.finish(), Double(missing) / Double(region.height))
      }
      if index >= region.top { reducer.append(row.span.extracting(columns)) }
    }
    return (reducer.finish(), 0)
  }
}
