import CJPEG
import Glibc
import Raster

/// libjpeg's decoder with a Swift face: owned, and throwing.
struct JPEGReader: ~Copyable {
  private let reader: OpaquePointer
  private let session: DecodeSession

  init(_ session: DecodeSession) throws(DecodeFailure) {
    let created = cjpeg_create(
      { context, offset, bytes, count in
        guard let session = DecodeSession.at(context) else { return 0 }
        let buffer = UnsafeMutableRawBufferPointer(start: bytes, count: count)
        return session.source.read(at: offset, into: buffer)
      },
      { context in DecodeSession.at(context)?.isCancelled() ?? true },
      session.context)
    guard let created else { throw DecodeFailure(.unreadable(ENOMEM)) }
    reader = created
    self.session = session
  }

  deinit {
    cjpeg_destroy(reader)
  }

  var endedEarly: Bool { cjpeg_ended_early(reader) }
  var isDamaged: Bool { cjpeg_is_damaged(reader) }
  var message: String { String(cString: cjpeg_message(reader)) }

  func readHeader() throws(DecodeFailure) -> cjpeg_header {
    var header = cjpeg_header()
    guard cjpeg_read_header(reader, &header) else {
      if cjpeg_last_failure(reader) == cjpeg_failure_size {
        let size = PixelSize(width: Int(header.width), height: Int(header.height))
        throw DecodeFailure(.implausibleSize(size, fileBytes: session.source.count))
      }
      throw failure
    }
    return header
  }

  /// Begins to decode some columns at a scale; sets how wide the rows are.
  func start(eighths: Int, left: Int, width: Int, memory: Int) throws(DecodeFailure) -> cjpeg_output
  {
    var output = cjpeg_output()
    let started = cjpeg_start(
      reader, Int32(eighths), UInt32(left), UInt32(width), UInt64(memory), &output)
    guard started else { throw failure }
    return output
  }

  /// Begins to decode an eighth of the size from the first scans; nil where they hold no such thing.
  func startPreview(memory: Int) throws(DecodeFailure) -> cjpeg_output? {
    var output = cjpeg_output()
    if cjpeg_start_preview(reader, UInt64(memory), &output) { return output }
    guard cjpeg_has_failed(reader) else { return nil }
    throw failure
  }

  func skipRows(_ count: Int) throws(DecodeFailure) {
    guard count > 0 else { return }
    guard cjpeg_skip_rows(reader, UInt32(count)) else { throw failure }
  }

  func readRow(into row: inout [UInt8]) throws(DecodeFailure) {
    let isRead = row.withUnsafeMutableBufferPointer { cjpeg_read_row(reader, $0.baseAddress) }
    guard isRead else { throw failure }
  }

  private var failure: DecodeFailure {
    switch cjpeg_last_failure(reader) {
    case cjpeg_failure_stopped: DecodeFailure(.cancelled)
    case cjpeg_failure_precision:
      DecodeFailure(.unsupported("a JPEG with more than 8 bits a channel"))
    case cjpeg_failure_process: DecodeFailure(.unsupported("a lossless or hierarchical JPEG"))
    case cjpeg_failure_colors: DecodeFailure(.unsupported("a JPEG with unusual colour channels"))
    case cjpeg_failure_memory:
      DecodeFailure(.corrupt("it needs more memory than its size explains"))
    default: DecodeFailure(endedEarly ? .truncated : .corrupt(message))
    }
  }
}
