import CPNG
import Glibc

/// libpng's decoder with a Swift face: owned, and throwing.
struct PNGReader: ~Copyable {
  private let reader: OpaquePointer
  private let session: DecodeSession

  init(_ session: DecodeSession) throws(DecodeFailure) {
    let created = cpng_create(
      { context, offset, bytes, count in
        guard let session = DecodeSession.at(context) else { return 0 }
        let buffer = UnsafeMutableRawBufferPointer(start: bytes, count: count)
        return session.source.read(at: offset, into: buffer)
      },
      session.context, UInt32(DecodeLimits.greatestSide))
    guard let created else { throw DecodeFailure(.unreadable(ENOMEM)) }
    reader = created
    self.session = session
  }

  deinit {
    cpng_destroy(reader)
  }

  var endedEarly: Bool { cpng_ended_early(reader) }
  var message: String { String(cString: cpng_message(reader)) }
  /// The decoder's words for damage that it read past.
  var damage: String? { cpng_is_damaged(reader) ? message : nil }

  func readHeader() throws(DecodeFailure) -> cpng_header {
    var header = cpng_header()
    guard cpng_read_header(reader, &header) else { throw failure }
    return header
  }

  /// Begins to decode; returns the number of passes over all rows, and of bytes in a pixel.
  func start() throws(DecodeFailure) -> (passes: Int, channels: Int) {
    var passes: Int32 = 0
    var channels: Int32 = 0
    guard cpng_start(reader, &passes, &channels) else { throw failure }
    return (Int(passes), Int(channels))
  }

  /// Decodes the next row into as many bytes a column, or over it; false where the file gives no more.
  func readRow(into row: UnsafeMutablePointer<UInt8>?) -> Bool {
    cpng_read_row(reader, row)
  }

  /// Decodes into a row the pixels that it has in this pass; false where the file gives no more.
  func readSparseRow(into row: UnsafeMutablePointer<UInt8>?) -> Bool {
    cpng_read_sparse_row(reader, row)
  }

  /// Why the last call failed.
  var failure: DecodeFailure {
    DecodeFailure(endedEarly ? .truncated : .corrupt(message))
  }
}
